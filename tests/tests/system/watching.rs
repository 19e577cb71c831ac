//! What the minutes of an open position leave: Greeks in its marks, the monitor's memory, points of
//! equity; and an exit that takes more than one of them.

use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::trading_date;
use domain::{Engine, ExitReason, ExitRule, Position, Usd};
use system_tests::Harness;

use crate::support::{Prices, gain, outcome, wide};

async fn minute(harness: &Harness, at: DateTime<Utc>) {
    harness.clock.set(at);
    harness.minute().await;
}

/// A rule that reads its limit as reached at once: no delta is above one.
const DELTA: [(&str, &str); 2] = [("DELTA_DROP_ENABLED", "true"), ("DELTA_MIN_PCT", "100")];

#[tokio::test]
async fn a_fill_and_its_marks_tell_the_greeks() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let position = harness.open("SPY", "long").await;
    let bought = position.entry_greeks.unwrap();
    assert!(bought.reliable);
    assert!((0.3..=0.6).contains(&bought.greeks.delta), "{bought:?}");
    assert!(bought.greeks.theta < 0.0 && bought.greeks.vega > 0.0);
    let at = position.opened_at + TimeDelta::minutes(1);
    minute(&harness, at).await;
    let contracts = std::slice::from_ref(&position.contract);
    let marks = harness.marks.marks(contracts, at).await.unwrap();
    let marked = marks[&position.contract].greeks.unwrap();
    assert!(
        (marked.greeks.delta - bought.greeks.delta).abs() < 0.2,
        "{marked:?}"
    );
    harness.stop().await;
}

#[tokio::test]
async fn an_exit_on_greeks_takes_two_readings_and_leaves_every_rules_reading() {
    let harness = Harness::with_environment(&wide(&DELTA)).await;
    let position = harness.open("SPY", "long").await;
    let first = position.opened_at + TimeDelta::minutes(1);
    minute(&harness, first).await;
    let remembered = harness
        .until("the first reading", || async {
            let trace = harness.trace(position.signal_id).await;
            assert_eq!(trace.positions[0].state.name(), "open");
            trace.watches.into_iter().next()
        })
        .await;
    assert_eq!(remembered.confirmations[&ExitRule::DeltaDrop].count, 1);
    minute(&harness, first + TimeDelta::minutes(1)).await;
    let closed = harness.position(position.signal_id, "closed").await;
    assert_eq!(outcome(&closed).exit_reason, ExitReason::DeltaDrop);
    let trace = harness.trace(position.signal_id).await;
    let [decision] = trace.exit_decisions.as_slice() else {
        panic!("{:?}", trace.exit_decisions);
    };
    assert_eq!(decision.reason, ExitReason::DeltaDrop);
    let rules: Vec<_> = decision.readings.iter().map(|it| it.rule).collect();
    assert_eq!(rules, ExitRule::ALL);
    let told = outcome(&closed);
    assert_eq!(told.trigger_price, decision.trigger_price);
    // Filled at the mid that set it off.
    assert_eq!(told.slippage_usd, Some(Usd::ZERO));
    harness.stop().await;
}

#[tokio::test]
async fn a_slip_between_trigger_and_fill_is_told() {
    let once = [("EXIT_CONFIRMATIONS", "1"), ("FILL_MODEL", "touch")];
    let own = [DELTA, once].concat();
    let harness = Harness::with_environment(&wide(&own)).await;
    let position = harness.open("SPY", "long").await;
    minute(&harness, position.opened_at + TimeDelta::minutes(1)).await;
    let closed = harness.position(position.signal_id, "closed").await;
    let told = outcome(&closed);
    let (trigger, sold) = (told.trigger_price.unwrap(), told.exit_price);
    assert!(sold < trigger, "{sold} of {trigger}");
    let slipped = gain(&position, sold) - gain(&position, trigger);
    assert_eq!(told.slippage_usd, Some(Usd(slipped)));
    let rows = harness
        .until("the roll-up", || async {
            harness.run("sweeper").await;
            let rows = harness.ledger.profit_rows("A#total").await.unwrap();
            rows.into_iter().next()
        })
        .await;
    assert_eq!((rows.triggered, rows.slippage_usd), (1, slipped));
    harness.stop().await;
}

#[tokio::test]
async fn each_minute_has_a_point_of_equity_that_adds_up() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let held: Vec<Position> = vec![
        harness.open("SPY", "long").await,
        harness.open("QQQ", "short").await,
    ];
    let start = harness.now();
    for passed in 1..=3 {
        minute(&harness, start + TimeDelta::minutes(passed)).await;
    }
    harness.exit("QQQ").await;
    harness.position(held[1].signal_id, "closed").await;
    minute(&harness, start + TimeDelta::minutes(4)).await;
    let curve = harness
        .ledger
        .equity_of(Engine::A, trading_date(start))
        .await;
    let curve = curve.unwrap();
    let positions: Vec<_> = curve.iter().map(|point| point.positions).collect();
    assert_eq!(positions, [2, 2, 2, 1]);
    for point in &curve {
        let sum = Usd::dollars(50_000) + point.realized_usd + point.unrealized_usd;
        assert_eq!((point.equity_usd, point.unmarked), (sum, 0));
    }
    let closed = harness.position(held[1].signal_id, "closed").await;
    assert_eq!(curve[3].realized_usd, outcome(&closed).realized.net_usd);
    let at = start + TimeDelta::minutes(4);
    let mid = Prices::around_the_clock().mid(&held[0].contract, at).await;
    let gained = Usd(gain(&held[0], mid)) - held[0].entry_fee_usd;
    assert_eq!(curve[3].unrealized_usd, gained);
    harness.stop().await;
}
