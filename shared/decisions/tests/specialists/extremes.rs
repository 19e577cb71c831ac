//! Whatever bars there are, studies have a written form that reads back, and opinions keep their
//! bounds.
#![cfg(test)]

use chrono::TimeDelta;
use domain::{Answer, Studies};
use proptest::prelude::*;

use crate::bars::{Shape, TODAY, YESTERDAY, calm_days, days_before, flat, session_from, set};
use crate::world::World;

const READERS: [&str; 4] = ["orb", "strat", "ttm", "satyland"];

fn assert_sound(world: &World) {
    let text = serde_json::to_string(world.studies()).unwrap();
    let read: Studies = serde_json::from_str(&text).unwrap();
    assert_eq!(&read, world.studies(), "{text}");
    for name in READERS {
        let Answer::Given(opinion) = world.answer(name) else {
            continue;
        };
        let sum: i32 = opinion.reasons.iter().map(|it| it.points).sum();
        assert!(sum.unsigned_abs() <= 100, "{name}: {opinion:?}");
        assert!(
            opinion.confidence.get() <= sum.unsigned_abs(),
            "{name}: {opinion:?}"
        );
        let text = serde_json::to_string(&opinion).unwrap();
        let read: domain::Opinion = serde_json::from_str(&text).unwrap();
        assert_eq!(read, opinion, "{name}");
    }
}

#[test]
fn prices_and_volumes_may_be_very_large_very_small_and_zero() {
    for price in [0.0, 0.0001, 1e-4, 1.0, 999_999.0, 1e12] {
        for volume in [0.0, 1e-300, 1e15] {
            let step = price / 7.0;
            let shape = |index: i32| {
                let low = price + step * f64::from(index % 5);
                Shape(low, low + step, low, low + step / 2.0, volume)
            };
            let shapes: Vec<Shape> = (0..70).map(shape).collect();
            let candles = set("5", session_from(TODAY, "5", 0, &shapes));
            for daily in [
                days_before(TODAY, &shapes[..20]),
                calm_days(TODAY, price, 0.0),
            ] {
                assert_sound(&World::on(&candles, Some(&daily)));
            }
        }
    }
}

#[test]
fn a_bar_that_can_t_be_leaves_no_studies() {
    let mut candles = set("5", session_from(TODAY, "5", 0, &[flat(600.0); 60]));
    candles.candles[30].volume = f64::NAN;
    let now = crate::bars::just_after(&candles);
    assert!(decisions::studies::studies(&candles, None, now).is_err());
    let none = set("5", Vec::new());
    assert!(decisions::studies::studies(&none, None, now).is_err());
}

#[test]
fn a_daily_bar_that_can_t_be_leaves_the_rest() {
    let candles = set("5", session_from(TODAY, "5", 0, &[flat(600.0); 60]));
    let mut daily = calm_days(TODAY, 600.0, 10.0);
    daily.candles[3].volume = f64::INFINITY;
    let world = World::on(&candles, Some(&daily));
    assert_sound(&world);
    let why = "a daily bar can't be: a figure of the bar isn't a finite number";
    assert_eq!(world.studies().saty.levels.known().unwrap_err(), why);
    assert!(world.studies().opening_range.known().is_ok());
}

fn shapes(most: usize) -> impl Strategy<Value = Vec<Shape>> {
    let step = (-6..=6_i32, 0..=3_i32, 0..=3_i32, -3..=3_i32, 0..=500_u32);
    prop::collection::vec(step, 1..most).prop_map(|steps| {
        let mut close = 400_i32;
        let quarters = |price: i32| f64::from(price) / 4.0;
        let shape = |(body, above, below, gap, volume): (i32, i32, i32, i32, u32)| {
            let open = (close + gap).max(8);
            close = (open + body).max(8);
            let (high, low) = (open.max(close) + above, open.min(close) - below);
            Shape(
                quarters(open),
                quarters(high),
                quarters(low),
                quarters(close),
                f64::from(volume),
            )
        };
        steps.into_iter().map(shape).collect()
    })
}

#[test]
fn studies_of_another_shape_are_refused() {
    let candles = set("5", session_from(TODAY, "5", 0, &[flat(600.0); 60]));
    let world = World::on(&candles, Some(&calm_days(TODAY, 600.0, 10.0)));
    let written = serde_json::to_value(world.studies()).unwrap();
    for part in [
        "",
        "/opening_range/known",
        "/strat/known",
        "/strat/known/continuity/known",
        "/strat/known/continuity/known/frames/0",
        "/squeeze/known",
        "/squeeze/known/momentum",
        "/saty",
        "/saty/levels/known",
        "/saty/golden_gates/known",
        "/saty/ribbon/known",
    ] {
        let mut longer = written.clone();
        let part_of = longer.pointer_mut(part).and_then(|it| it.as_object_mut());
        let fields = part_of.unwrap_or_else(|| panic!("no {part} in {written}"));
        fields.insert("weather".to_owned(), "fair".into());
        assert!(serde_json::from_value::<Studies>(longer).is_err(), "{part}");
    }
}

proptest! {
    #[test]
    fn random_bars_make_sound_studies_and_opinions(
        yesterday in shapes(79),
        today in shapes(79),
        days in shapes(60),
        length in prop::sample::select(vec!["1", "5", "10", "15", "30", "60"]),
        first in 0..3_i32,
        later_s in 0..40_000_i64,
    ) {
        let session = |day, shapes: &[Shape], first| {
            let minutes: usize = length.parse().unwrap();
            let fits = (390 / minutes).saturating_sub(3).min(shapes.len());
            session_from(day, length, first, &shapes[..fits])
        };
        let all = [session(YESTERDAY, &yesterday, 0), session(TODAY, &today, first)].concat();
        prop_assume!(!all.is_empty());
        let candles = set(length, all);
        let now = crate::bars::just_after(&candles) + TimeDelta::seconds(later_s);
        let daily = days_before(TODAY, &days);
        for daily in [None, Some(&daily)] {
            assert_sound(&World::at(now, &candles, daily));
        }
    }
}
