//! The recorded market as its users see it: files in, answers through the trait out.
#![cfg(test)]

#[path = "../asking/mod.rs"]
mod asking;
mod candles;
mod files;
mod looking_ahead;
mod options;
mod quotes;

use std::fmt::Write;
use std::path::Path;

use asking::{answer, at, listed, option_quote, quote, symbol};
use chrono::{NaiveDate, TimeDelta};
use domain::Price;
use domain::calendar::session_on;
use market_data::{RecordedMarket, RecordingError};

const HEADER: &str = "datetime,open,high,low,close,volume\n";

fn price(text: &str) -> Price {
    Price::new(text.parse().unwrap()).unwrap()
}

/// A directory with these files.
fn directory(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(dir.path().join(name), text).unwrap();
    }
    dir
}

fn open(dir: &Path) -> Result<RecordedMarket, RecordingError> {
    RecordedMarket::open(dir, None)
}

/// The market of one file with these lines under the usual header.
fn market(name: &str, lines: &str) -> RecordedMarket {
    market_of(&[(name, &format!("{HEADER}{lines}"))])
}

fn market_of(files: &[(&str, &str)]) -> RecordedMarket {
    open(directory(files).path()).unwrap()
}

/// Lines of bars that last so many minutes, over whole sessions, with closes by a function of
/// the bar's number.
fn sessions(dates: &[&str], minutes: i64, close: impl Fn(u32) -> f64) -> String {
    let mut text = String::new();
    let mut number = 0;
    for date in dates {
        let session = session_on(date.parse::<NaiveDate>().unwrap()).unwrap();
        let mut start = session.open;
        while start < session.close {
            let last = close(number);
            let _ = writeln!(
                text,
                "{start},{last},{},{},{last},100",
                last + 0.5,
                last - 0.5
            );
            start += TimeDelta::minutes(minutes);
            number += 1;
        }
    }
    text.replace(" UTC", "+00:00")
}

/// Twenty-five sessions in a row.
const DAYS: [&str; 25] = [
    "2026-06-22",
    "2026-06-23",
    "2026-06-24",
    "2026-06-25",
    "2026-06-26",
    "2026-06-29",
    "2026-06-30",
    "2026-07-01",
    "2026-07-02",
    "2026-07-06",
    "2026-07-07",
    "2026-07-08",
    "2026-07-09",
    "2026-07-10",
    "2026-07-13",
    "2026-07-14",
    "2026-07-15",
    "2026-07-16",
    "2026-07-17",
    "2026-07-20",
    "2026-07-21",
    "2026-07-22",
    "2026-07-23",
    "2026-07-24",
    "2026-07-27",
];
