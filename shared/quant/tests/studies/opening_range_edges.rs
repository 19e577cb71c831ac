//! The opening range where bars are missing, sessions are short, and prices touch its sides.
#![cfg(test)]
#![expect(clippy::float_cmp, reason = "these prices are exact")]

use quant::indicators::opening_range::{
    Attempts, OpeningRange, OpeningRangeBar, OpeningRangeEvent, OpeningRangeReading,
    OpeningRangeSettings, RangeWidth, StopChoice, is_wide_gap,
};
use quant::indicators::{Direction, Indicator, OpeningRangeBreakout, SessionBar};

use crate::series::bar;

/// A bar of a session, five minutes long.
fn at(minute: i32, high: f64, low: f64, close: f64) -> OpeningRangeBar {
    OpeningRangeBar {
        session_bar: SessionBar {
            bar: bar(close, high, low, close),
            session_day: 20_000,
            minute,
            session_minutes: 390,
        },
        relative_volume: Some(2.0),
    }
}

/// The window of ten minutes from 99 to 101, and then these closes.
fn session(closes: &[f64]) -> Vec<OpeningRangeBar> {
    let window = [at(0, 101.0, 100.0, 100.0), at(5, 100.0, 99.0, 100.0)];
    let later = (10..).step_by(5).zip(closes);
    let later = later.map(|(minute, close)| at(minute, *close, *close, *close));
    window.into_iter().chain(later).collect()
}

fn settings(attempts: Attempts) -> OpeningRangeSettings {
    OpeningRangeSettings {
        minutes: 10,
        attempts,
        ..OpeningRangeSettings::default()
    }
}

fn readings(attempts: Attempts, bars: &[OpeningRangeBar]) -> Vec<Option<OpeningRangeReading>> {
    OpeningRangeBreakout::new(settings(attempts)).batch(bars.iter().copied())
}

/// Events as arrows: up, down, and `x` for a false breakout.
fn arrows(attempts: Attempts, closes: &[f64]) -> String {
    let all = readings(attempts, &session(closes)).into_iter().skip(2);
    all.map(|reading| match reading.unwrap().event {
        None => '.',
        Some(OpeningRangeEvent::FalseBreakout(_)) => 'x',
        Some(OpeningRangeEvent::Breakout(of)) if of.direction == Direction::Up => '^',
        Some(OpeningRangeEvent::Breakout(_)) => 'v',
    })
    .collect()
}

#[test]
fn a_session_has_one_breakout_and_perhaps_the_opposite_one() {
    for (closes, first, opposite) in [
        (vec![101.0, 99.0], "..", ".."),
        (vec![101.1, 102.0, 102.0, 102.0, 100.0], "^....", "^...."),
        (vec![101.1, 102.0, 102.0, 101.0, 102.0], "^..x.", "^..x."),
        (
            vec![101.1, 100.0, 98.9, 98.0, 99.0, 102.0],
            "^x....",
            "^xv.x.",
        ),
        (vec![98.9, 101.1, 99.0, 102.0], "v.x.", "v.x^"),
        (vec![98.9, 98.0, 98.0, 98.0, 102.0], "v....", "v...."),
    ] {
        assert_eq!(arrows(Attempts::First, &closes), first, "{closes:?}");
        let ours = arrows(Attempts::OppositeAfterFalse, &closes);
        assert_eq!(ours, opposite, "{closes:?}");
    }
}

fn only_breakout(bars: &[OpeningRangeBar]) -> (bool, bool, bool) {
    let mut events = readings(Attempts::First, bars)
        .into_iter()
        .filter_map(|reading| reading?.event);
    let Some(OpeningRangeEvent::Breakout(breakout)) = events.next() else {
        panic!("no breakout");
    };
    let parts = (
        breakout.is_confirmed,
        breakout.is_in_time,
        breakout.is_range_tradable,
    );
    assert_eq!(breakout.is_entry(), parts == (true, true, true));
    parts
}

#[test]
fn an_entry_is_confirmed_in_time_and_of_a_tradable_range() {
    let with = |change: &dyn Fn(&mut OpeningRangeBar)| {
        let mut bars = session(&[102.0]);
        change(&mut bars[2]);
        only_breakout(&bars)
    };
    assert_eq!(with(&|_| ()), (true, true, true));
    assert_eq!(
        with(&|bar| bar.relative_volume = Some(1.5)),
        (true, true, true)
    );
    assert_eq!(
        with(&|bar| bar.relative_volume = Some(1.49)),
        (false, true, true)
    );
    assert_eq!(with(&|bar| bar.relative_volume = None), (false, true, true));
    assert_eq!(
        with(&|bar| bar.session_bar.minute = 325),
        (true, true, true)
    );
    assert_eq!(
        with(&|bar| bar.session_bar.minute = 330),
        (true, false, true)
    );
    let mut incomplete = session(&[102.0]);
    incomplete.remove(1);
    assert_eq!(only_breakout(&incomplete), (true, true, false));
    let narrow = [0, 5].map(|minute| at(minute, 100.0, 100.0, 100.0));
    let narrow = [narrow[0], narrow[1], at(10, 102.0, 102.0, 102.0)];
    assert_eq!(only_breakout(&narrow), (true, true, false));
}

#[test]
fn an_early_close_ends_entries_early() {
    for (minute, expected) in [(145, true), (150, false)] {
        let mut bars = session(&[102.0]);
        bars[2].session_bar.minute = minute;
        for bar in &mut bars {
            bar.session_bar.session_minutes = 210;
        }
        assert_eq!(only_breakout(&bars), (true, expected, true), "{minute}");
    }
}

#[test]
fn a_range_grows_in_its_window_and_then_stands() {
    let mut bars = vec![at(-5, 200.0, 50.0, 100.0)];
    bars.extend(session(&[103.0]));
    bars.push(at(390, 300.0, 10.0, 100.0));
    let all = readings(Attempts::First, &bars);
    assert_eq!((all[0], all[4]), (None, None));
    let ranges = [1, 2, 3].map(|index| all[index].unwrap().range);
    let told = |range: OpeningRange| (range.high, range.low, range.is_over, range.is_complete);
    assert_eq!(told(ranges[0]), (101.0, 100.0, false, false));
    assert_eq!(told(ranges[1]), (101.0, 99.0, true, true));
    assert_eq!(told(ranges[2]), (101.0, 99.0, true, true));
}

#[test]
fn a_session_without_its_first_bars_has_no_range_and_the_next_begins_anew() {
    let mut bars = session(&[102.0]).split_off(2);
    let mut tomorrow = session(&[98.0]);
    for bar in &mut tomorrow {
        bar.session_bar.session_day += 3;
    }
    bars.extend(tomorrow);
    let all = readings(Attempts::First, &bars);
    assert_eq!(all[0], None);
    assert_eq!(all[1].unwrap().range.high, 101.0);
    assert!(all[3].unwrap().event.is_some());
}

#[test]
fn stops_and_targets_are_measured_from_the_range() {
    let range = readings(Attempts::First, &session(&[102.0]))[2]
        .unwrap()
        .range;
    assert_eq!(range.targets(Direction::Up), [102.0, 103.0, 105.0]);
    assert_eq!(range.targets(Direction::Down), [98.0, 97.0, 95.0]);
    let tighter = |average_true_range| StopChoice::Tighter { average_true_range };
    for (direction, entry, choice, expected) in [
        (Direction::Up, 102.0, StopChoice::Middle, 100.0),
        (Direction::Up, 102.0, StopChoice::OppositeSide, 99.0),
        (Direction::Up, 102.0, tighter(1.0), 101.25),
        (Direction::Up, 102.0, tighter(4.0), 100.0),
        (Direction::Down, 98.0, StopChoice::OppositeSide, 101.0),
        (Direction::Down, 98.0, tighter(1.0), 98.75),
        (Direction::Down, 98.0, tighter(4.0), 100.0),
    ] {
        assert_eq!(range.stop(direction, entry, choice), expected, "{choice:?}");
    }
}

#[test]
fn widths_and_gaps_are_measured_in_a_days_range() {
    let range = readings(Attempts::First, &session(&[102.0]))[2]
        .unwrap()
        .range;
    for (day, expected) in [
        (3.0, Some(RangeWidth::Wide)),
        (4.0, Some(RangeWidth::Fair)),
        (20.0, Some(RangeWidth::Fair)),
        (21.0, Some(RangeWidth::Narrow)),
        (0.0, None),
    ] {
        assert_eq!(range.width_against(day, 0.5), expected, "{day}");
    }
    assert!(!is_wide_gap(100.0, 102.0, 2.0) && is_wide_gap(100.0, 97.9, 2.0));
}
