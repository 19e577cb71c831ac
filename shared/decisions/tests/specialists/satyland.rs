//! The Satyland sub-agent on straight ways up and down. Yesterday closed at 600 and a day ranges
//! over 10: triggers are at 602.36 and 597.64.
#![cfg(test)]

use domain::Bias::{self, Bearish, Bullish};
use domain::CandleSet;
use domain::studies::{PhaseZone, SatyRangeStatus, SatyStudy, Way};

use crate::bars::{
    Shape, TODAY, YESTERDAY, around, bar, calm_days, days_before, flat, session, session_from, set,
};
use crate::world::{Said, World, has, points, said, told};

/// Yesterday went nowhere; today goes this far with each of so many bars.
fn straight(step: f64, bars: i32) -> CandleSet {
    let jagged = |index: i32| {
        let price = 600.0 + f64::from(index % 4) * 0.3 * step.signum();
        bar(price, price + 0.5, price - 0.5, price)
    };
    let yesterday: Vec<Shape> = (0..78).map(jagged).collect();
    let today: Vec<Shape> = (1..=bars).map(|index| leg(600.0, step, index)).collect();
    set(
        "5",
        [session(YESTERDAY, &yesterday), session(TODAY, &today)].concat(),
    )
}

/// The bar with this number of a way from a price.
fn leg(from: f64, step: f64, index: i32) -> Shape {
    let price = from + f64::from(index) * step;
    let (open, size) = (price - step, step.abs());
    bar(
        open,
        price.max(open) + 0.3,
        price.min(open) - 0.3,
        open + size.copysign(step),
    )
}

fn on(candles: &CandleSet) -> World {
    World::on(candles, Some(&calm_days(TODAY, 600.0, 10.0)))
}

fn saty(world: &World) -> &SatyStudy {
    &world.studies().saty
}

#[test]
fn each_part_counts_both_ways() {
    for (what, step, bars, confidence, reasons) in [
        ("all agree", 0.2, 20, 90, ["levels", "golden_gate"]),
        ("compressed", 0.2, 12, 35, ["levels", "compressed"]),
        (
            "between triggers",
            0.1,
            20,
            0,
            ["between_triggers", "compressed"],
        ),
        ("distribution", 0.3, 20, 55, ["levels", "range_used"]),
        (
            "nearly spent",
            0.5,
            16,
            20,
            ["levels", "range_nearly_spent"],
        ),
        ("spent", 0.3, 30, 0, ["levels", "range_spent"]),
    ] {
        for (sign, bias) in [(1.0, Bullish), (-1.0, Bearish)] {
            let world = on(&straight(sign * step, bars));
            let world = if sign > 0.0 { world } else { world.short() };
            let opinion = world.opinion("satyland");
            let action = if confidence >= 50 { "ENTER" } else { "SKIP" };
            let expected = said(bias, confidence, action);
            assert_eq!(Said::from(&opinion), expected, "{what} {sign}: {opinion:?}");
            for reason in reasons {
                assert!(has(&opinion, reason), "{what} {sign} {reason}: {opinion:?}");
            }
        }
    }
}

#[test]
fn levels_and_range_are_the_day_s() {
    let world = on(&straight(0.2, 20));
    let levels = saty(&world).levels.known().unwrap();
    let prices = [
        levels.close_before,
        levels.upper_trigger,
        levels.lower_trigger,
    ];
    for (price, expected) in prices.into_iter().zip([600.0, 602.36, 597.64]) {
        assert!((price - expected).abs() < 1e-6, "{levels:?}");
    }
    // From 599.7 to 604.3.
    let used = levels.range_used.unwrap();
    assert!((used.percent - 46.0).abs() < 1e-6, "{used:?}");
    for (bars, status) in [
        (20, SatyRangeStatus::Room),
        (24, SatyRangeStatus::NearlySpent),
        (28, SatyRangeStatus::Spent),
    ] {
        let world = on(&straight(0.3, bars));
        let used = saty(&world).levels.known().unwrap().range_used.unwrap();
        assert_eq!(used.status, status, "{used:?}");
        assert_eq!(told(&world.opinion("satyland"), "range"), status.name());
    }
}

#[test]
fn zones_have_their_points() {
    for (step, bars, zone, expected) in [
        (0.2, 2, PhaseZone::LaunchBox, 0),
        (0.2, 20, PhaseZone::MarkUp, 15),
        (0.3, 20, PhaseZone::Distribution, 0),
        (0.5, 16, PhaseZone::ExtendedUp, -15),
        (-0.2, 20, PhaseZone::MarkDown, -15),
        (-0.3, 20, PhaseZone::Accumulation, 0),
        (-0.5, 16, PhaseZone::ExtendedDown, 15),
    ] {
        let world = on(&straight(step, bars));
        assert_eq!(
            saty(&world).phase.known().unwrap().zone,
            zone,
            "{step} {bars}"
        );
        let opinion = world.opinion("satyland");
        assert_eq!(points(&opinion, "phase"), Some(expected), "{zone:?}");
        assert_eq!(told(&opinion, "phase"), zone.name());
    }
}

#[test]
fn a_turn_out_of_an_extreme_counts_against_the_way_so_far() {
    for (sign, turn, expected) in [(1.0, Way::Down, -25), (-1.0, Way::Up, 25)] {
        let top = 600.0 + sign * 6.0;
        let way = straight(sign * 0.3, 20).candles;
        let back: Vec<Shape> = (1..=8).map(|index| leg(top, -0.5 * sign, index)).collect();
        let back = session_from(TODAY, "5", 20, &back);
        let turned = (1..=back.len()).filter_map(|bars| {
            let world = on(&set("5", [&way[..], &back[..bars]].concat()));
            let phase = saty(&world).phase.known().unwrap();
            (phase.turn == Some(turn)).then(|| points(&world.opinion("satyland"), "phase_turn"))
        });
        assert_eq!(turned.collect::<Vec<_>>(), [Some(expected)]);
    }
}

#[test]
fn a_ribbon_may_be_mixed_and_its_conviction_new() {
    let mut news = 0;
    let mut mixed = 0;
    for bars in 1..=20 {
        let fallen: Vec<Shape> = (1..=60).map(|index| leg(606.0, -0.1, index)).collect();
        let risen: Vec<Shape> = (1..=bars).map(|index| leg(600.0, 0.3, index)).collect();
        let candles = [session(YESTERDAY, &fallen), session(TODAY, &risen)].concat();
        let world = on(&set("5", candles));
        let ribbon = saty(&world).ribbon.known().unwrap();
        let opinion = world.opinion("satyland");
        let conviction = ribbon.conviction.signed(10);
        assert_eq!(
            points(&opinion, "conviction"),
            Some(conviction),
            "{opinion:?}"
        );
        if ribbon.is_conviction_new {
            news += 1;
            assert_eq!(ribbon.conviction, Way::Up);
        }
        if ribbon.stack.is_none() {
            mixed += 1;
            assert_eq!(points(&opinion, "stack"), Some(0), "{opinion:?}");
            assert_eq!(told(&opinion, "stack"), "mixed");
        }
    }
    assert_eq!(news, 1);
    assert!(mixed > 0);
}

#[test]
fn what_is_missing_is_named_and_the_rest_counts() {
    let candles = straight(0.2, 20);
    let opinion = World::on(&candles, None).opinion("satyland");
    assert_eq!(Said::from(&opinion), said(Bullish, 40, "SKIP"));
    assert_eq!(opinion.missing, ["levels", "golden_gate"]);

    let today = session(TODAY, &[around(600.0); 22]);
    let opinion = on(&set("5", today)).opinion("satyland");
    assert_eq!(opinion.missing, ["ribbon", "phase"]);

    let late = session_from(TODAY, "5", 1, &[around(603.0); 60]);
    let opinion = on(&set("5", late)).opinion("satyland");
    assert_eq!(opinion.missing, ["range_used", "golden_gate"]);
    assert_eq!(points(&opinion, "levels"), Some(30));
}

#[test]
fn the_ribbon_takes_49_bars_and_the_phase_23() {
    for (bars, ribbon, phase) in [
        (22, false, false),
        (23, false, true),
        (48, false, true),
        (49, true, true),
    ] {
        let world = on(&set("5", session(TODAY, &vec![around(600.0); bars])));
        assert_eq!(saty(&world).ribbon.known().is_ok(), ribbon, "{bars}");
        assert_eq!(saty(&world).phase.known().is_ok(), phase, "{bars}");
    }
}

#[test]
fn without_anything_there_is_no_evidence() {
    let few = set("5", session(TODAY, &[around(600.0); 3]));
    let why = World::on(&few, None).no_evidence("satyland");
    assert_eq!(
        why,
        "there is no levels, no ribbon, no phase, no golden_gate"
    );
}

#[test]
fn levels_need_fifteen_sessions_that_end_yesterday() {
    let candles = straight(0.2, 3);
    let why = |world: World| saty(&world).levels.known().unwrap_err().to_string();
    let fourteen = days_before(TODAY, &[around(600.0); 14]);
    assert_eq!(
        why(World::on(&candles, Some(&fourteen))),
        "the day's true range takes 15 sessions, and there are 14"
    );
    let fifteen = days_before(TODAY, &[around(600.0); 15]);
    assert!(
        saty(&World::on(&candles, Some(&fifteen)))
            .levels
            .known()
            .is_ok()
    );
    let yesterday = set("5", session(YESTERDAY, &[around(600.0); 78]));
    let morning = "2026-06-24T13:32:00Z".parse().unwrap();
    let days = calm_days(TODAY, 600.0, 10.0);
    assert_eq!(
        why(World::at(morning, &yesterday, Some(&days))),
        "there is no bar of today's session yet"
    );
}

#[test]
fn a_market_that_doesn_t_move_has_no_phase_and_no_range() {
    let level = set(
        "5",
        [
            session(YESTERDAY, &[flat(600.0); 78]),
            session(TODAY, &[flat(600.0); 9]),
        ]
        .concat(),
    );
    let world = World::on(&level, Some(&calm_days(TODAY, 600.0, 0.0)));
    assert_eq!(saty(&world).levels.known().unwrap().range_used, None);
    let opinion = world.opinion("satyland");
    assert_eq!(opinion.missing, ["range_used", "phase"]);
    assert_eq!(opinion.confidence.get(), 0);
    assert_ne!(opinion.bias, Bias::Bearish);
}
