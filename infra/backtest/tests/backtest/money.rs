//! Every cent is accounted for: cash, fees, results, equity.

use decisions::experiment::Fate;
use domain::{Engine, PositionState, Side, Usd};

use crate::world::{done, generated, rules_alone, simulated};

#[test]
fn equity_is_capital_and_what_was_realized_and_what_wasn_t() {
    for (seed, sessions, to) in [
        (1, 8, None),
        (2, 5, Some("2026-06-04")),
        (3, 3, Some("2026-06-03")),
    ] {
        let mut plan = rules_alone(simulated(seed), generated(seed, sessions, 8));
        plan.to = to.map(|to| to.parse().unwrap());
        let capital = plan.settings.trading_rules.starting_capital_usd;
        let done = done(&plan);
        let account = &done.observed.accounts[&Engine::A];
        let last = *account.equity_usd_by_day.values().next_back().unwrap();
        let closed = done.positions.iter().filter_map(|it| match &it.state {
            PositionState::Closed(outcome) => Some(outcome.realized.net_usd),
            _ => None,
        });
        let realized: Usd = closed.sum();
        let is_flat = done
            .positions
            .iter()
            .all(|it| matches!(it.state, PositionState::Closed(_)));
        assert_eq!(is_flat, to.is_none(), "seed {seed}");
        if is_flat {
            assert_eq!(last, capital + realized, "seed {seed}");
        }
        // Fill by fill, whatever is still held counts with what was paid and what it is worth.
        let cash: Usd = done.trades.iter().map(cash_of).sum();
        let held = last - capital - cash;
        assert!(held >= Usd::ZERO, "seed {seed}: {held}");
        assert_eq!(held == Usd::ZERO, is_flat, "seed {seed}");
    }
}

fn cash_of(trade: &domain::Trade) -> Usd {
    let value = trade.fill_price.value(trade.quantity);
    match trade.side {
        Side::Buy => -value - trade.fee_usd,
        Side::Sell => value - trade.fee_usd,
    }
}

#[test]
fn every_order_pays_its_fee_and_a_result_is_net_of_both() {
    let mut plan = rules_alone(simulated(4), generated(4, 4, 8));
    plan.settings.trading_rules.fee_per_contract_usd = Usd::cents(123);
    let done = done(&plan);
    let mut closed = 0;
    for signal in &done.observed.signals {
        let Fate::Closed(trade) = signal.by_engine[&Engine::A].fate else {
            continue;
        };
        closed += 1;
        assert_eq!(trade.fees_usd, Usd::cents(246));
        assert_eq!(trade.net_usd, trade.gross_usd - trade.fees_usd);
        assert!(trade.premium_usd > Usd::ZERO && trade.opened_at < trade.closed_at);
    }
    assert!(closed > 5, "{closed}");
    assert!(
        done.trades
            .iter()
            .all(|trade| trade.fee_usd == Usd::cents(123))
    );
}

#[test]
fn no_limit_is_ever_passed() {
    let mut plan = rules_alone(simulated(6), generated(6, 6, 30));
    plan.settings.risk_limits.max_open_positions = 3;
    plan.settings.risk_limits.max_position_usd = Usd::dollars(400);
    let done = done(&plan);
    assert!(
        done.positions
            .iter()
            .all(|it| it.exposure_usd <= Usd::dollars(400))
    );
    let mut open = 0_i32;
    let mut fills = done.trades.clone();
    fills.sort_by_key(|trade| (trade.filled_at, trade.side == Side::Buy));
    for trade in fills {
        open += if trade.side == Side::Buy { 1 } else { -1 };
        assert!((0..=3).contains(&open), "{open} at {}", trade.filled_at);
    }
}
