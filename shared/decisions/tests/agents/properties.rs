//! What holds of the core agents on any bars.

use std::collections::BTreeMap;

use domain::{Answer, Bias, Opinion};
use proptest::prelude::*;

use crate::series::{Shape, closing_at, days, five_minutes, walk, with_wicks};
use crate::world::World;

/// Steps of whole cents, so that prices are what they are.
fn walks() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec(-150_i32..=150, 1..230)
        .prop_map(|cents| walk(cents.into_iter().map(|step| f64::from(step) / 100.0)))
}

/// Bars that no market ever had, each of which can be.
fn any_bars() -> impl Strategy<Value = Vec<Shape>> {
    let price = prop_oneof![4 => 0.0..1_000.0_f64, 1 => Just(0.0), 1 => Just(1e12)];
    let volume = prop_oneof![3 => 0.0..1e6_f64, 1 => Just(0.0), 1 => Just(1e15)];
    let bar = (price.clone(), price, volume).prop_map(|(open, close, volume)| Shape {
        open,
        high: open.max(close),
        low: open.min(close),
        close,
        volume,
    });
    proptest::collection::vec(bar, 1..230)
}

fn mirrored(bars: &[Shape]) -> Vec<Shape> {
    let turn = |price: f64| 1_200.0 - price;
    bars.iter()
        .map(|bar| Shape {
            open: turn(bar.open),
            high: turn(bar.low),
            low: turn(bar.high),
            close: turn(bar.close),
            volume: bar.volume,
        })
        .collect()
}

fn points(opinion: &Opinion) -> BTreeMap<String, i32> {
    let reasons = opinion.reasons.iter();
    reasons
        .map(|reason| (reason.name.to_string(), reason.points))
        .collect()
}

fn turned(bias: Bias) -> Bias {
    match bias {
        Bias::Bullish => Bias::Bearish,
        Bias::Bearish => Bias::Bullish,
        Bias::Neutral => Bias::Neutral,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn what_is_turned_round_is_read_the_other_way(closes in walks()) {
        let bars = with_wicks(closing_at(closes), |_| 0.11);
        let world = |bars: &[Shape]| {
            World::bare().with_candles(&five_minutes(bars), Some(&days(bars)))
        };
        let (up, down) = (world(&bars), world(&mirrored(&bars)));
        for agent in ["context", "technical"] {
            let (Answer::Given(up), Answer::Given(down)) = (up.answer(agent), down.answer(agent))
            else {
                continue;
            };
            let negated: BTreeMap<_, _> =
                points(&down).into_iter().map(|(name, points)| (name, -points)).collect();
            prop_assert_eq!(points(&up), negated);
            prop_assert_eq!(up.bias, turned(down.bias));
            prop_assert_eq!(up.confidence, down.confidence);
        }
    }

    #[test]
    fn any_bars_give_opinions_that_can_be_stored(bars in any_bars(), daily in any_bars()) {
        let world = World::bare().with_candles(&five_minutes(&bars), Some(&days(&daily)));
        for heard in world.heard() {
            let json = serde_json::to_string(&heard).unwrap();
            prop_assert_eq!(&serde_json::from_str::<domain::Heard>(&json).unwrap(), &heard);
            let Some(opinion) = heard.answer.opinion() else { continue };
            let sum: i32 = points(opinion).values().sum();
            if opinion.risk_score.is_none() {
                prop_assert!(sum.abs() <= 100);
                prop_assert!(opinion.confidence.get() <= sum.unsigned_abs());
            }
        }
        let stored = serde_json::to_string(&world.evidence).unwrap();
        prop_assert_eq!(serde_json::from_str::<domain::Evidence>(&stored).unwrap(), world.evidence);
    }
}
