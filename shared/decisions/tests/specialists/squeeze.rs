//! The squeeze specialist on quiet bars that are left with a ramp, and on waves.
#![cfg(test)]

use domain::Bias::{Bearish, Bullish, Neutral};
use domain::studies::{Compression, MomentumColour, SqueezeStudy, Way};
use proptest::prelude::*;

use crate::bars::{Shape, TODAY, bar, flat, session, set};
use crate::world::{Said, World, has, said, told};

fn on(shapes: &[Shape]) -> World {
    World::on(&set("5", session(TODAY, shapes)), None)
}

fn study(world: &World) -> SqueezeStudy {
    world.studies().squeeze.known().unwrap().clone()
}

/// Wide bars around one price, then some that go up and some that go down twice as fast.
struct Ramp {
    quiet: usize,
    up: usize,
    down: usize,
    step: f64,
}

impl Ramp {
    fn shapes(&self) -> Vec<Shape> {
        let mut shapes = vec![bar(600.0, 601.0, 599.0, 600.0); self.quiet];
        let mut price = 600.0;
        for _ in 0..self.up {
            price += self.step;
            shapes.push(bar(
                price - 0.7 * self.step,
                price + 0.5,
                price - 3.0,
                price,
            ));
        }
        for _ in 0..self.down {
            price -= 2.0 * self.step;
            shapes.push(bar(
                price + 0.7 * self.step,
                price + 3.0,
                price - 0.5,
                price,
            ));
        }
        shapes
    }

    /// The same upside down.
    fn mirrored(&self) -> Vec<Shape> {
        let turn = |price: f64| 1_200.0 - price;
        let turned = |Shape(open, high, low, close, volume): Shape| {
            Shape(turn(open), turn(low), turn(high), turn(close), volume)
        };
        self.shapes().into_iter().map(turned).collect()
    }
}

const fn ramp(quiet: usize, up: usize, down: usize) -> Ramp {
    let step = if down > 0 { 3.0 } else { 1.5 };
    Ramp {
        quiet,
        up,
        down,
        step,
    }
}

/// A wave of four dollars, which is narrow where it turns for three bars only.
fn wave(bars: i32) -> Vec<Shape> {
    let price = |step: i32| 600.0 + 4.0 * libm::sin(f64::from(step) / 6.0);
    let around = |price: f64| bar(price, price + 1.0, price - 1.0, price);
    (0..bars).map(|step| around(price(step))).collect()
}

#[test]
fn a_squeeze_is_traded_once_it_fires_and_while_momentum_grows() {
    for (what, ramp, bias, confidence, reason) in [
        ("on", ramp(45, 4, 0), Bullish, 0, "squeeze_on"),
        ("fires", ramp(45, 5, 0), Bullish, 100, "fired"),
        ("eight bars later", ramp(45, 13, 0), Bullish, 100, "fired"),
        (
            "nine bars later",
            ramp(45, 14, 0),
            Bullish,
            0,
            "fired_long_ago",
        ),
        ("pauses", ramp(45, 4, 2), Bullish, 35, "momentum_pauses"),
        ("weakens", ramp(45, 4, 3), Bullish, 0, "momentum_weakens"),
        (
            "turns",
            ramp(45, 4, 4),
            Bearish,
            0,
            "momentum_against_squeeze",
        ),
        ("no momentum", ramp(33, 4, 0), Neutral, 0, "no_momentum"),
        (
            "no direction",
            ramp(33, 7, 0),
            Bullish,
            0,
            "fired_without_direction",
        ),
        (
            "first momentum",
            ramp(35, 4, 0),
            Bullish,
            0,
            "growth_unknown",
        ),
    ] {
        let opinion = on(&ramp.shapes()).opinion("ttm");
        let action = if confidence >= 50 { "ENTER" } else { "SKIP" };
        assert_eq!(
            Said::from(&opinion),
            said(bias, confidence, action),
            "{what}: {opinion:?}"
        );
        assert!(has(&opinion, reason), "{what}: {opinion:?}");
        let opposite = match bias {
            Bullish => Bearish,
            Bearish => Bullish,
            Neutral => Neutral,
        };
        let below = on(&ramp.mirrored()).short().opinion("ttm");
        assert_eq!(
            Said::from(&below),
            said(opposite, confidence, action),
            "{what}: {below:?}"
        );
        assert!(has(&below, reason), "{what}: {below:?}");
    }
}

#[test]
fn a_squeeze_of_fewer_than_five_bars_isn_t_ripe() {
    let world = on(&wave(41));
    let fired = study(&world).fired.unwrap();
    assert_eq!(
        (fired.squeeze_bars, fired.bars_ago, fired.way),
        (3, 0, Some(Way::Up))
    );
    let opinion = world.opinion("ttm");
    assert_eq!(Said::from(&opinion), said(Bullish, 0, "SKIP"));
    assert!(has(&opinion, "squeeze_not_ripe"), "{opinion:?}");
}

#[test]
fn momentum_has_its_colours() {
    for (bars, colour, weakening_bars) in [
        (40, MomentumColour::Cyan, 0),
        (51, MomentumColour::Blue, 2),
        (58, MomentumColour::Red, 0),
        (69, MomentumColour::Yellow, 2),
    ] {
        let world = on(&wave(bars));
        let momentum = study(&world).momentum.unwrap();
        assert_eq!(momentum.colour, Some(colour), "{bars}");
        assert_eq!(momentum.weakening_bars, weakening_bars, "{bars}");
        assert_eq!(told(&world.opinion("ttm"), "momentum"), colour.name());
    }
}

#[test]
fn compression_is_told() {
    for (shapes, compression) in [
        (ramp(45, 0, 0).shapes(), Compression::High),
        (ramp(45, 4, 0).shapes(), Compression::Middle),
        (ramp(45, 5, 0).shapes(), Compression::Low),
        (ramp(45, 9, 0).shapes(), Compression::None),
    ] {
        let world = on(&shapes);
        assert_eq!(study(&world).compression, compression);
        assert_eq!(
            told(&world.opinion("ttm"), "compression"),
            compression.name()
        );
    }
}

#[test]
fn a_market_that_doesn_t_move_has_no_squeeze_and_no_direction() {
    // No sum of these is exact in binary but the first.
    for price in [600.0, 600.1, 33.33, 0.07] {
        let opinion = on(&[flat(price); 60]).opinion("ttm");
        assert_eq!(Said::from(&opinion), said(Neutral, 0, "SKIP"));
        for reason in ["no_squeeze", "momentum_without_direction"] {
            assert!(has(&opinion, reason), "{price}: {opinion:?}");
        }
    }
}

#[test]
fn it_takes_21_bars_and_momentum_39() {
    for (bars, why) in [(1, true), (20, true), (21, false), (38, false)] {
        let world = on(&ramp(bars, 0, 0).shapes());
        if why {
            assert_eq!(world.no_evidence("ttm"), "the squeeze takes 21 bars");
        } else {
            assert_eq!(world.opinion("ttm").missing, ["momentum"], "{bars}");
        }
    }
    assert_eq!(on(&ramp(39, 0, 0).shapes()).opinion("ttm").missing, [""; 0]);
}

proptest! {
    /// Whoever enters does so by the study's own rules; and where the rules enter and no new
    /// squeeze is on, so does the agent.
    #[test]
    fn it_enters_by_the_rules_and_always_by_them(
        quiet in 20_usize..50, up in 0_usize..14, down in 0_usize..9, step in 0.3_f64..4.0,
    ) {
        let ramp = Ramp { quiet, up, down, step };
        prop_assume!(quiet + up + down >= 21);
        for shapes in [ramp.shapes(), ramp.mirrored()] {
            let world = on(&shapes);
            let squeeze = study(&world);
            let opinion = world.opinion("ttm");
            let rules = squeeze.entry.filter(|_| !squeeze.is_on);
            let enters = (opinion.confidence.get() >= 50).then_some(opinion.bias);
            prop_assert_eq!(enters, rules.map(Way::bias), "{:?}", opinion);
        }
    }
}
