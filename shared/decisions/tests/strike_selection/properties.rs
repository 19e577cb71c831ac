//! What holds of every chain.

use decisions::strike_selection::Shortlist;
use domain::selection::Score;
use domain::{Greeks, ListedOption, Price};
use proptest::prelude::*;

use crate::common::sides;
use crate::world::{call, good, greeks, world};

/// A part of a score, in hundredths of a point.
type Part = fn(&Score) -> u32;

/// A row as a provider might give it, good or not.
fn any_row() -> impl Strategy<Value = ListedOption> {
    let name = (200_u32..320, prop::bool::weighted(0.1)).prop_map(|(strike, adjusted)| {
        let name = call(strike);
        if adjusted {
            name.replacen("AAPL", "AAPL1", 1)
        } else {
            name
        }
    });
    let quoted = prop::option::weighted(0.9, (0_u32..1_200, 0_u32..1_200, any::<bool>()));
    let figures = (
        prop::option::weighted(0.9, 0.0..4.0_f64),
        prop::option::weighted(0.9, -0.2..1.2_f64),
        prop::option::weighted(0.9, 0_u64..6_000),
        prop::option::weighted(0.9, 0_u64..1_500),
    );
    (name, quoted, figures).prop_map(|(name, quoted, (volatility, delta, held, traded))| {
        ListedOption {
            sides: quoted.map(|(a, b, near)| {
                if near {
                    sides(a, a + b % 60)
                } else {
                    sides(a, b)
                }
            }),
            implied_volatility: volatility,
            greeks: delta.map(greeks),
            open_interest: held,
            volume: traded,
            ..good(&name)
        }
    })
}

/// A row that passes, with figures that differ.
fn fit_row() -> impl Strategy<Value = ListedOption> {
    let figures = (
        0.05..1.0_f64,
        0.30..0.60_f64,
        500_u64..9_000,
        100_u64..2_000,
        -0.5..0.0_f64,
    );
    (200_u32..320, 200_u32..900, 1_u32..20, figures).prop_map(
        |(strike, bid, width, (volatility, delta, held, traded, theta))| ListedOption {
            sides: Some(sides(bid, bid + width)),
            implied_volatility: Some(volatility),
            greeks: Some(Greeks {
                theta,
                ..greeks(delta)
            }),
            open_interest: Some(held),
            volume: Some(traded),
            ..good(&call(strike))
        },
    )
}

/// The score of one row beside another.
fn score_of(row: &ListedOption, other: &ListedOption) -> Option<Score> {
    let mut other = other.clone();
    other.contract = good(&call(1)).contract;
    let reasons = world(vec![row.clone(), other]).select().ok()?.reasons;
    let runner_up = reasons
        .runners_up
        .iter()
        .find(|it| it.contract == row.contract);
    Some(runner_up.map_or(reasons.score, |it| it.score))
}

proptest! {
    #[test]
    fn the_order_of_a_chain_makes_no_difference(
        rows in prop::collection::vec(any_row(), 0..60),
        seed: prop::sample::Selector,
    ) {
        let first = world(rows.clone());
        let mut mixed: Vec<_> = Vec::new();
        let mut left = rows;
        while !left.is_empty() {
            let place = seed.select(0..left.len());
            mixed.push(left.swap_remove(place));
        }
        let second = world(mixed);
        let (a, b) = (first.shortlist(), second.shortlist());
        prop_assert_eq!(a.as_ref().map(Shortlist::contracts), b.as_ref().map(Shortlist::contracts));
        if a.is_ok() {
            prop_assert_eq!(first.select(), second.select());
        }
    }

    #[test]
    fn what_is_chosen_can_be_bought(rows in prop::collection::vec(any_row(), 0..60)) {
        let any = world(rows);
        let Ok(selected) = any.select() else { return Ok(()) };
        let chosen = &selected.chosen;
        prop_assert!(!chosen.contract.is_adjusted());
        prop_assert!(chosen.sides.is_two_sided() && chosen.sides.bid < chosen.sides.ask);
        prop_assert!(chosen.cost_usd <= any.settings.risk_limits.max_position_usd);
        let same = |row: &&ListedOption| row.contract == chosen.contract;
        let of_chosen: Vec<_> = any.chain.options.iter().filter(same).collect();
        prop_assert!(of_chosen.iter().all(|row| *row == of_chosen[0]));
        let score = &selected.reasons.score;
        prop_assert!(score.total().0 <= 10_000);
        prop_assert!(selected.reasons.runners_up.iter().all(|it| it.score.total() <= score.total()));
        let rejected: u32 = selected.reasons.rejected.values().sum();
        prop_assert!(rejected < selected.reasons.considered);
    }

    #[test]
    fn a_tighter_spread_never_scores_lower(row in fit_row(), other in fit_row(), by in 1_u32..40) {
        let wide = row.sides.unwrap();
        let part = Price::cents(by).decimal() / rust_decimal::Decimal::from(100);
        let half = (wide.ask.decimal() - wide.bid.decimal()) / rust_decimal::Decimal::TWO;
        let mut tight = row.clone();
        let inwards = half * part;
        let moved = |price: rust_decimal::Decimal| Price::new(price).unwrap();
        tight.sides = Some(domain::quote::BidAsk {
            bid: moved(wide.bid.decimal() + inwards),
            ask: moved(wide.ask.decimal() - inwards),
        });
        let (before, after) = (score_of(&row, &other), score_of(&tight, &other));
        let (Some(before), Some(after)) = (before, after) else { return Ok(()) };
        prop_assert!(after.total() >= before.total(), "{before:?} {after:?}");
        prop_assert!(after.spread >= before.spread);
    }

    #[test]
    fn a_better_figure_never_scores_lower(
        row in fit_row(),
        other in fit_row(),
        (held, traded) in (0_u64..5_000, 0_u64..5_000),
        (nearer, slower, cheaper) in (0.0..1.0_f64, 0.0..1.0_f64, 0.0..0.9_f64),
    ) {
        let Some(before) = score_of(&row, &other) else { return Ok(()) };
        let greeks = row.greeks.unwrap();
        let improved: [(&str, Part, ListedOption); 5] = [
            ("open interest", |s| s.open_interest.0, ListedOption {
                open_interest: row.open_interest.map(|it| it + held), ..row.clone()
            }),
            ("volume", |s| s.volume.0, ListedOption {
                volume: row.volume.map(|it| it + traded), ..row.clone()
            }),
            ("delta", |s| s.delta.0, ListedOption {
                greeks: Some(Greeks {
                    delta: greeks.delta + (0.45 - greeks.delta) * nearer, ..greeks
                }),
                ..row.clone()
            }),
            ("theta", |s| s.theta.0, ListedOption {
                greeks: Some(Greeks { theta: greeks.theta * slower, ..greeks }), ..row.clone()
            }),
            ("volatility", |s| s.volatility.0, ListedOption {
                implied_volatility: row.implied_volatility.map(|it| (it * (1.0 - cheaper)).max(0.03)),
                ..row.clone()
            }),
        ];
        for (name, part, better) in improved {
            let after = score_of(&better, &other).unwrap();
            prop_assert!(part(&after) >= part(&before), "{name}: {before:?} {after:?}");
            prop_assert!(after.total() >= before.total(), "{name}: {before:?} {after:?}");
        }
    }
}
