//! The opening range against its reference, and against a plain search through each session.
#![cfg(test)]

use std::collections::BTreeMap;

use domain::calendar::session_on;
use proptest::prelude::*;
use quant::indicators::opening_range::{
    Attempts, OpeningRange, OpeningRangeBar, OpeningRangeEvent, OpeningRangeReading,
    OpeningRangeSettings,
};
use quant::indicators::{Bar, Direction, Indicator, OpeningRangeBreakout, SessionBar};
use reference_answers::{Row, assert_none_wrong, rows};

use crate::series::{TOLERANCE, bar_of, cell, date, is_close_call, mean, price_rows, random_bars};

/// Open and length of a session in minutes. The reference's bars may be of other years than its
/// calendar, so this is our own, which has tests of its own.
fn session_hours(day: &str) -> (i64, i32) {
    let session = session_on(date(day)).unwrap();
    (
        session.open.timestamp(),
        i32::try_from(session.minutes()).unwrap(),
    )
}

/// The volume against the mean of the twenty bars before.
fn relative_volume(bars: &[Bar], index: usize) -> Option<f64> {
    let before: Vec<f64> = bars[index.checked_sub(20)?..index]
        .iter()
        .map(|bar| bar.volume)
        .collect();
    let usual = mean(&before);
    (usual > 0.0).then(|| bars[index].volume / usual)
}

/// The reference's bars in their sessions.
pub(crate) fn session_bars() -> Vec<OpeningRangeBar> {
    let rows = price_rows("5m");
    let bars: Vec<Bar> = rows.iter().map(bar_of).collect();
    rows.iter()
        .enumerate()
        .map(|(index, row)| {
            let (open_s, session_minutes) = session_hours(row.text("session"));
            OpeningRangeBar {
                session_bar: SessionBar {
                    bar: bars[index],
                    session_day: i32::try_from(open_s / 86_400).unwrap(),
                    minute: i32::try_from((bars[index].start_s - open_s) / 60).unwrap(),
                    session_minutes,
                },
                relative_volume: relative_volume(&bars, index),
            }
        })
        .collect()
}

fn first_only(minutes: i32) -> OpeningRangeSettings {
    OpeningRangeSettings {
        minutes,
        attempts: Attempts::First,
        ..OpeningRangeSettings::default()
    }
}

fn readings(
    settings: OpeningRangeSettings,
    bars: &[OpeningRangeBar],
) -> Vec<Option<OpeningRangeReading>> {
    OpeningRangeBreakout::new(settings).batch(bars.iter().copied())
}

fn window_of(row: &Row) -> (i32, i32) {
    let day = date(row.text("session"));
    let day = day
        .signed_duration_since(chrono::NaiveDate::default())
        .num_days();
    (i32::try_from(day).unwrap(), row.value("minutes"))
}

#[test]
fn ranges_are_those_of_the_reference() {
    let bars = session_bars();
    let mut ours: BTreeMap<(i32, i32), OpeningRange> = BTreeMap::new();
    for minutes in [5, 15, 30] {
        for (bar, reading) in bars.iter().zip(readings(first_only(minutes), &bars)) {
            let last = reading.map(|reading| reading.range);
            ours.extend(last.map(|range| ((bar.session_bar.session_day, minutes), range)));
        }
    }
    let file = "5_strat_ttm_saty/orb_ranges_5m.csv";
    let theirs = rows(file);
    assert_eq!(theirs.len(), ours.len(), "{file}");
    let wrong = theirs.iter().map(|row| {
        let range = ours[&window_of(row)];
        let mut wrong = row.far(
            TOLERANCE,
            &[
                ("or_high", Some(range.high)),
                ("or_low", Some(range.low)),
                ("or_width", Some(range.width())),
                ("or_mid", Some(range.middle())),
            ],
        );
        wrong.extend(row.unequal(&[("complete", u8::from(range.is_complete).to_string())]));
        (row, wrong)
    });
    assert_none_wrong(file, theirs.len(), wrong);
}

#[test]
fn events_are_those_of_the_reference_and_no_others() {
    let bars = session_bars();
    let mut ours = BTreeMap::new();
    for minutes in [5, 15, 30] {
        let all = readings(first_only(minutes), &bars).into_iter().enumerate();
        ours.extend(all.filter_map(|(index, reading)| {
            let reading = reading?;
            Some(((minutes, index), (reading.range, reading.event?)))
        }));
    }
    let file = "5_strat_ttm_saty/orb_events_5m.csv";
    let theirs = rows(file);
    assert_eq!(theirs.len(), ours.len(), "{file}");
    let wrong = theirs.iter().map(|row| {
        let index: usize = row.value("i");
        let wrong = match ours.get(&(row.value("minutes"), index)) {
            Some((range, event)) => wrong_event(row, &bars[index], range, event),
            None => vec!["there is no such event".to_owned()],
        };
        (row, wrong)
    });
    assert_none_wrong(file, theirs.len(), wrong);
}

fn wrong_event(
    row: &Row,
    bar: &OpeningRangeBar,
    range: &OpeningRange,
    event: &OpeningRangeEvent,
) -> Vec<String> {
    let flag = |flag: bool| Some(u8::from(flag));
    let (name, direction, level, flags) = match event {
        OpeningRangeEvent::Breakout(breakout) => (
            "breakout",
            breakout.direction,
            breakout.level,
            [
                breakout.is_confirmed,
                breakout.is_in_time,
                breakout.is_entry(),
            ]
            .map(flag),
        ),
        OpeningRangeEvent::FalseBreakout(void) => {
            ("false_breakout", void.direction, void.level, [None; 3])
        }
    };
    let mut wrong = row.far(
        TOLERANCE,
        &[
            ("close", Some(bar.session_bar.bar.close)),
            ("level", Some(level)),
            ("rvol20", bar.relative_volume),
        ],
    );
    wrong.extend(row.unequal(&[
        ("event", name.to_owned()),
        ("direction", direction.sign().to_string()),
        ("time_ok", cell(flags[1])),
        ("range_complete", u8::from(range.is_complete).to_string()),
    ]));
    let is_volume_close = bar
        .relative_volume
        .is_some_and(|volume| is_close_call(1.0, &[volume - 1.5]));
    if !is_volume_close {
        wrong.extend(row.unequal(&[
            ("volume_ok", cell(flags[0])),
            ("entry_valid", cell(flags[2])),
        ]));
    }
    wrong
}

/// What a session's bars say: the bar and direction of the first breakout, and the bar that voids it.
fn plain_events(bars: &[OpeningRangeBar], minutes: i32) -> Vec<(usize, &'static str, Direction)> {
    let in_window = |bar: &&OpeningRangeBar| bar.session_bar.minute < minutes;
    let window = bars.iter().filter(in_window).map(|bar| bar.session_bar.bar);
    let high = window.clone().map(|bar| bar.high).fold(f64::MIN, f64::max);
    let low = window.map(|bar| bar.low).fold(f64::MAX, f64::min);
    let close = |index: usize| bars[index].session_bar.bar.close;
    let is_inside = |index: usize| (low..=high).contains(&close(index));
    let after = (0..bars.len()).filter(|index| !in_window(&&bars[*index]));
    let Some(first) = after
        .filter(|_| low <= high)
        .find(|index| !is_inside(*index))
    else {
        return Vec::new();
    };
    let direction = if close(first) > high {
        Direction::Up
    } else {
        Direction::Down
    };
    let void = (first + 1..bars.len().min(first + 4)).find(|index| is_inside(*index));
    let void = void.map(|index| (index, "false", direction));
    std::iter::once((first, "breakout", direction))
        .chain(void)
        .collect()
}

proptest! {
    #[test]
    fn one_bar_at_a_time_finds_what_a_search_through_the_session_finds(
        bars in random_bars(60),
        missing in prop::collection::vec(prop::bool::weighted(0.2), 60),
    ) {
        let session: Vec<OpeningRangeBar> = bars
            .iter()
            .zip(missing)
            .filter(|(_, is_missing)| !is_missing)
            .map(|(bar, _)| OpeningRangeBar {
                session_bar: SessionBar {
                    bar: *bar,
                    session_day: 20_000,
                    minute: i32::try_from(bar.start_s / 60).unwrap(),
                    session_minutes: 390,
                },
                relative_volume: None,
            })
            .collect();
        let all = readings(first_only(30), &session).into_iter().enumerate();
        let ours: Vec<_> = all
            .filter_map(|(index, reading)| Some((index, reading?.event?)))
            .map(|(index, event)| match event {
                OpeningRangeEvent::Breakout(of) => (index, "breakout", of.direction),
                OpeningRangeEvent::FalseBreakout(of) => (index, "false", of.direction),
            })
            .collect();
        prop_assert_eq!(ours, plain_events(&session, 30));
    }
}
