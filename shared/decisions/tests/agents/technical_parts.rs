//! The Technical agent's components, each at the edges of its branches.

use domain::Timeframe;
use domain::studies::{DirectionalStudy, ExtremeStudy, MacdStudy};

use crate::common::utc;
use crate::series::{closing_at, days, five_minutes, steps, walk, with_newest_volume, with_wicks};
use crate::world::{Asked, World};

/// Two hundred bars up and down by a dollar: their average range is about one dollar.
fn up_and_down() -> World {
    World::on(&closing_at(steps(&[1.0, -1.0], 220)))
}

#[test]
fn strength_is_read_by_its_zone() {
    for (rsi, zone, points) in [
        (100.0, "overbought", -5),
        (70.1, "overbought", -5),
        (70.0, "neutral", 15),
        (55.0, "neutral", 15),
        (54.9, "neutral", 0),
        (45.1, "neutral", 0),
        (45.0, "neutral", -15),
        (30.0, "neutral", -15),
        (29.9, "oversold", 5),
        (0.0, "oversold", 5),
    ] {
        let mut world = up_and_down();
        world.technical().rsi_14 = Some(rsi);
        let opinion = world.opinion("technical");
        assert_eq!(opinion.points("rsi"), Some(points), "{rsi}");
        assert_eq!(opinion.told("rsi_zone"), Some(zone), "{rsi}");
    }
}

#[test]
fn momentum_is_strong_where_strength_and_macd_agree() {
    for (rsi, histogram, word) in [
        (60.0, 1.0, "strong"),
        (59.9, 1.0, "weak"),
        (60.0, 0.0, "weak"),
        (60.0, -1.0, "weak"),
        (55.0, 1.0, "weak"),
        (54.9, 1.0, "neutral"),
        (45.1, -1.0, "neutral"),
        (45.0, -1.0, "weak"),
        (40.1, -1.0, "weak"),
        (40.0, -1.0, "strong"),
        (40.0, 1.0, "weak"),
    ] {
        let mut world = up_and_down();
        let study = world.technical();
        study.rsi_14 = Some(rsi);
        study.macd = study.macd.map(|macd| MacdStudy { histogram, ..macd });
        let opinion = world.opinion("technical");
        assert_eq!(opinion.told("momentum"), Some(word), "{rsi}, {histogram}");
    }
}

/// The MACD's points after a move that began twenty bars ago, and so many bars the other way.
fn after_a_turn(step: f64, back: usize) -> (i32, i32) {
    let nothing = std::iter::repeat_n(0.0, 60);
    let moved = nothing.chain(std::iter::repeat_n(step, 20));
    let closes = walk(moved.chain(std::iter::repeat_n(-step, back)));
    let opinion = World::on(&closing_at(closes)).opinion("technical");
    let points = |name| opinion.points(name).unwrap();
    (points("macd_histogram"), points("macd_cross"))
}

#[test]
fn a_crossing_counts_while_it_is_recent() {
    for step in [-0.5, 0.5] {
        let way = if step < 0.0 { 10 } else { -10 };
        let points: Vec<_> = (0..16).map(|back| after_a_turn(step, back)).collect();
        assert_eq!(points[0], (-way, 0), "{points:?}");
        let counted = points.iter().filter(|it| **it == (way, way)).count();
        assert_eq!(counted, 5, "{points:?}");
        assert_eq!(points[15], (way, 0), "{points:?}");
    }
}

#[test]
fn directional_movement_counts_from_its_average_on() {
    for (plus_di, minus_di, adx, points) in [
        (30.0, 10.0, 25.0, 10),
        (10.0, 30.0, 25.0, -10),
        (30.0, 10.0, 24.9, 5),
        (10.0, 30.0, 20.0, -5),
        (30.0, 10.0, 19.9, 0),
        (9.0, 0.0, 100.0, 0),
    ] {
        let mut world = up_and_down();
        let adx = Some(adx);
        world.technical().directional = Some(DirectionalStudy {
            plus_di,
            minus_di,
            adx,
        });
        let found = world.opinion("technical").points("directional_movement");
        assert_eq!(found, Some(points), "{plus_di} {minus_di} {adx:?}");
    }
}

#[test]
fn a_trend_needs_every_sign() {
    for (ema_21, ema_50, line, word) in [
        (590.0, 580.0, 1.0, "up"),
        (590.0, 580.0, 0.0, "sideways"),
        (590.0, 580.0, -1.0, "sideways"),
        (590.0, 610.0, 1.0, "sideways"),
        (599.9, 580.0, 1.0, "sideways"),
        (610.0, 620.0, -1.0, "down"),
        (610.0, 620.0, 1.0, "sideways"),
    ] {
        let mut world = up_and_down();
        let study = world.technical();
        study.averages.ema_21 = Some(ema_21);
        study.averages.ema_50 = Some(ema_50);
        study.macd = study.macd.map(|macd| MacdStudy { line, ..macd });
        let opinion = world.opinion("technical");
        assert_eq!(
            opinion.told("trend"),
            Some(word),
            "{ema_21} {ema_50} {line}"
        );
    }
}

#[test]
fn averages_count_in_the_order_of_a_trend() {
    for (ema_8, ema_21, ema_50, ema_200, in_order, long) in [
        (599.0, 598.0, 597.0, 590.0, 5, 5),
        (599.0, 598.0, 598.5, 610.0, 0, -5),
        (601.0, 602.0, 603.0, 600.4, -5, 0),
        (599.0, 598.95, 597.0, 599.6, 0, 0),
    ] {
        let mut world = up_and_down();
        let averages = &mut world.technical().averages;
        averages.ema_8 = Some(ema_8);
        averages.ema_21 = Some(ema_21);
        averages.ema_50 = Some(ema_50);
        averages.ema_200 = Some(ema_200);
        let opinion = world.opinion("technical");
        assert_eq!(
            opinion.points("averages_in_order"),
            Some(in_order),
            "{ema_8}"
        );
        assert_eq!(opinion.points("long_average"), Some(long), "{ema_200}");
    }
}

#[test]
fn volume_counts_for_the_way_of_its_bar() {
    for (last_step, volume, points) in [
        (0.5, 1_500.0, 5),
        (-0.5, 1_500.0, -5),
        (0.0, 9_000.0, 0),
        (0.5, 1_499.0, 0),
        (0.5, 0.0, 0),
    ] {
        let mut closes = steps(&[1.0, -1.0], 60);
        closes.push(closes[59] + last_step);
        let bars = with_newest_volume(closing_at(closes), volume);
        let found = World::on(&bars).opinion("technical").points("volume");
        assert_eq!(found, Some(points), "{last_step} on {volume}");
    }
}

#[test]
fn without_any_volume_before_nothing_is_relative() {
    let mut bars = closing_at(steps(&[1.0, -1.0], 60));
    for bar in &mut bars {
        bar.volume = 0.0;
    }
    let opinion = World::on(&bars).opinion("technical");
    assert!(opinion.misses("volume") && opinion.misses("vwap"));
}

#[test]
fn the_session_s_average_has_two_sides() {
    for (vwap, points) in [(598.0, 5), (602.0, -5), (599.6, 0), (600.4, 0)] {
        let mut world = up_and_down();
        world.technical().vwap = Some(vwap);
        let found = world.opinion("technical").points("vwap");
        assert_eq!(found, Some(points), "{vwap}");
    }
}

#[test]
fn a_bar_of_a_day_has_no_session_s_average() {
    let daily = days(&closing_at(steps(&[1.0, -1.0], 60)));
    let world = World::bare().with_candles(&daily, None);
    let studies = world.evidence.studies.as_ref().unwrap();
    assert_eq!(studies.timeframe, Timeframe::DAY);
    assert_eq!(studies.newest_start, utc("2026-06-23T13:30:00Z"));
    assert!(world.opinion("technical").misses("vwap"));
}

#[test]
fn volatility_is_told_by_its_rank() {
    type Amplitude = fn(usize) -> f64;
    let swing = |bar: usize, size: f64| if bar.is_multiple_of(2) { size } else { -size };
    let cases: [(&str, Amplitude, &str); 3] = [
        (
            "calm, then wild",
            |bar| if bar < 150 { 0.5 } else { 3.0 },
            "high",
        ),
        (
            "wild, then calm",
            |bar| if bar < 150 { 3.0 } else { 0.5 },
            "low",
        ),
        (
            "calm, wild, and between",
            |bar| match bar {
                0..75 => 0.5,
                75..150 => 3.0,
                _ => 1.5,
            },
            "normal",
        ),
    ];
    for (name, amplitude, word) in cases {
        let closes = walk((0..220).map(|bar| swing(bar, amplitude(bar))));
        let opinion = World::on(&closing_at(closes)).opinion("technical");
        assert_eq!(opinion.told("volatility"), Some(word), "{name}");
        assert_eq!(opinion.points("volatility"), Some(0), "{name}");
    }
}

#[test]
fn ranks_meet_their_bounds() {
    for (range, width, word) in [
        (0.75, 0.75, "high"),
        (0.5, 1.0, "high"),
        (0.74, 0.75, "normal"),
        (0.25, 0.26, "normal"),
        (0.25, 0.25, "low"),
    ] {
        let mut world = up_and_down();
        let study = world.technical();
        study.atr.as_mut().unwrap().rank = Some(range);
        study.bollinger.as_mut().unwrap().bandwidth_rank = Some(width);
        let found = world.opinion("technical");
        assert_eq!(found.told("volatility"), Some(word), "{range} {width}");
    }
}

/// The closes lie at $600, the average range is $1.10, and Bollinger's bands are at $599.5 and
/// $601.5 at least as far away as the extremes.
#[test]
fn levels_are_broken_near_or_far() {
    for (low_20, high_20, points) in [
        (590.0, 599.9, 10),
        (600.1, 610.0, -10),
        (590.0, 600.5, -5),
        (599.5, 610.0, 5),
        (599.5, 600.5, 0),
        (590.0, 610.0, 0),
        (600.0, 600.0, 0),
    ] {
        let mut world = up_and_down();
        let study = world.technical();
        study.extremes = Some(ExtremeStudy { high_20, low_20 });
        study.bollinger = None;
        let opinion = world.opinion("technical");
        assert_eq!(opinion.points("levels"), Some(points), "{low_20} {high_20}");
    }
}

#[test]
fn the_nearest_level_is_told() {
    let mut world = up_and_down();
    let study = world.technical();
    study.extremes = Some(ExtremeStudy {
        high_20: 604.0,
        low_20: 596.0,
    });
    let bands = study.bollinger.as_mut().unwrap();
    (bands.upper, bands.lower) = (603.0, 590.0);
    let opinion = world.opinion("technical");
    assert_eq!(opinion.told("resistance"), Some("603.00"));
    assert_eq!(opinion.told("support"), Some("596.00"));
    let above_all = closing_at(steps(&[0.1], 60));
    let mut risen = World::on(&above_all);
    risen.technical().bollinger = None;
    let opinion = risen.opinion("technical");
    assert_eq!(opinion.told("resistance"), None);
    assert!(opinion.told("support").is_some());
}

#[test]
fn a_price_of_next_to_nothing_or_very_much_is_read_all_the_same() {
    for scale in [1e-4, 1e5] {
        let closes = steps(&[1.0, -0.5], 220).into_iter().map(|it| it * scale);
        let bars = with_wicks(closing_at(closes), |_| 0.0);
        let candles = five_minutes(&bars);
        let opinion = World::bare()
            .with_candles(&candles, None)
            .opinion("technical");
        for reason in &opinion.reasons {
            assert!(reason.figures.values().all(|figure| figure.is_finite()));
        }
    }
}
