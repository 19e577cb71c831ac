//! Series of bars to test with: those of the reference, with their places in sessions.

use chrono::{DateTime, Datelike, Utc};
use domain::calendar::session_at;
use quant::indicators::{Bar, SessionBar};
use reference_answers::Row;

/// Days from the year 1 to 1970.
const DAYS_TO_1970: i32 = 719_163;

/// Bars of a file of the reference, with their places in sessions. Where it has no instants within
/// sessions, each bar is a session of its own, as daily bars are.
pub(crate) fn session_bars(file: &str) -> Vec<SessionBar> {
    let rows = reference_answers::rows(file);
    (0..)
        .zip(&rows)
        .map(|(day, row)| session_bar(day, row))
        .collect()
}

/// Bars of a file of the reference.
pub(crate) fn bars(file: &str) -> Vec<Bar> {
    session_bars(file).into_iter().map(|bar| bar.bar).collect()
}

fn session_bar(day: i32, row: &Row) -> SessionBar {
    let start = row.text("t").parse::<DateTime<Utc>>().ok();
    let daily = SessionBar {
        bar: bar(start.map_or(i64::from(day), |start| start.timestamp()), row),
        session_day: day,
        minute: 0,
        session_minutes: 390,
    };
    let Some((start, session)) = start.and_then(|start| Some((start, session_at(start)?))) else {
        return daily;
    };
    SessionBar {
        session_day: session.date.num_days_from_ce() - DAYS_TO_1970,
        minute: minutes_between(session.open, start),
        session_minutes: minutes_between(session.open, session.close),
        ..daily
    }
}

fn minutes_between(from: DateTime<Utc>, to: DateTime<Utc>) -> i32 {
    i32::try_from((to - from).num_minutes()).unwrap_or(i32::MAX)
}

fn bar(start_s: i64, row: &Row) -> Bar {
    Bar {
        start_s,
        open: row.value("open"),
        high: row.value("high"),
        low: row.value("low"),
        close: row.value("close"),
        volume: row.value("volume"),
    }
}
