//! The report as people read it.

use decisions::experiment::EngineOutcome;
use domain::opinion::Absence;
use domain::vote::Confidence;
use domain::{Answer, Bias, Engine, Mode};

use crate::agents::{heard, opinion};
use crate::world::{World, closed, day, declined, kept_away, stopped};

const GOLDEN: &str = include_str!("golden/split.txt");

/// What B makes of a signal that would bring so much: it declines the worst.
fn judged(net_cents: i64) -> EngineOutcome {
    let (outcome, bias, points) = if net_cents < -1_000 {
        (declined(), Bias::Bearish, 20)
    } else {
        (closed(net_cents), Bias::Bullish, 85)
    };
    EngineOutcome {
        confidence: Some(Confidence {
            halves: 2 * points,
            weight: 1,
        }),
        heard: vec![
            heard("technical", opinion(bias, 70, None)),
            heard("strat", Answer::absent(Absence::Off, "its flag is off")),
        ],
        ..outcome
    }
}

/// Sixty days of a split, in which B declines more and loses less.
fn world() -> World {
    let mut world = World::of(stopped(Mode::Split));
    for number in 0..60 {
        let wave = i64::try_from(number * 7 % 13).unwrap() * 500 - 3_000;
        world.a(day(number), closed(wave));
        world.b(day(number), judged(wave));
        world.a(day(number), kept_away());
        world.b(day(number), declined());
    }
    world.account(Engine::A, &[50_000, 49_000, 49_500, 51_000]);
    world.account(Engine::B, &[50_000, 49_400, 49_900, 52_000]);
    world
}

/// To write it anew: run this test, and take what it prints.
#[test]
fn the_text_is_the_golden_one() {
    let text = world().report().text();
    assert!(text == GOLDEN.trim_end(), "the text is now:\n{text}");
    assert_eq!(world().report().to_string(), text);
}

#[test]
fn no_line_ends_in_a_blank_and_none_is_endless() {
    for line in world().report().text().lines() {
        assert_eq!(line, line.trim_end());
        assert!(line.chars().count() <= 170, "{line}");
    }
}

#[test]
fn the_verdict_comes_before_any_number() {
    for world in [world(), World::of(stopped(Mode::Paired)), World::with(None)] {
        let text = world.report().text();
        let verdict = text.find("VERDICT").unwrap();
        assert!(verdict < text.find("CHECKS").unwrap());
        assert!(text[..verdict].lines().count() <= 4, "{text}");
    }
}
