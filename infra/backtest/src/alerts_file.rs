//! Alerts from a file: JSON lines, or CSV.
//!
//! A line of JSON is `{"at": …, "alert": {…}}`, or an alert's body as it was sent, which then has
//! to tell its own time. CSV has a header with `time`, `action` and `ticker`; any other column is
//! a field of the alert under its own name, and an empty cell is a field that isn't there.

mod delimited;
mod json_lines;

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};
use domain::calendar::eastern_instant;

use crate::plan::SentAlert;

/// The largest file, in bytes.
const BYTES_MAX: u64 = 256 * 1024 * 1024;
/// Faults that are told at once.
const FAULTS_TOLD_MAX: usize = 10;
/// How a New York time may be written, without an offset.
const WALL_FORMATS: [&str; 4] = [
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
];

/// A line that gives no alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which, counted from one.
    pub line: u64,
    /// What is wrong with it.
    pub what: String,
}

/// What is wrong with a file: some faults, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    told: Vec<Fault>,
    count: usize,
}

impl Faults {
    /// The first of them.
    pub fn told(&self) -> &[Fault] {
        &self.told
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Fault { line, what } in &self.told {
            write!(f, "\n  line {line}: {what}")?;
        }
        match self.count - self.told.len() {
            0 => Ok(()),
            more => write!(f, "\n  and {more} lines more"),
        }
    }
}

/// Why a file gives no alerts.
#[derive(Debug, thiserror::Error)]
pub enum AlertsFileError {
    /// It can't be read at all.
    #[error("{} can't be read", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// It is too large.
    #[error("{} has {bytes} bytes; at most {BYTES_MAX} are read", file.display())]
    TooLarge {
        /// The file.
        file: PathBuf,
        /// Its size.
        bytes: u64,
    },
    /// Some lines give no alert.
    #[error("{}: {faults}", file.display())]
    Lines {
        /// The file.
        file: PathBuf,
        /// What is wrong with them.
        faults: Faults,
    },
}

/// Reads a file: CSV by its name (`.csv`), and JSON lines otherwise.
pub fn read(file: &Path) -> Result<Vec<SentAlert>, AlertsFileError> {
    let failed = |source| AlertsFileError::File {
        file: file.to_owned(),
        source,
    };
    let bytes = fs::metadata(file).map_err(failed)?.len();
    if bytes > BYTES_MAX {
        let file = file.to_owned();
        return Err(AlertsFileError::TooLarge { file, bytes });
    }
    let text = fs::read_to_string(file).map_err(failed)?;
    let extension = file.extension().and_then(|it| it.to_str());
    let is_csv = extension.is_some_and(|it| it.eq_ignore_ascii_case("csv"));
    let read = if is_csv {
        delimited::alerts(&text)
    } else {
        json_lines::alerts(&text)
    };
    sorted_out(read).map_err(|faults| {
        let file = file.to_owned();
        AlertsFileError::Lines { file, faults }
    })
}

/// The alerts of JSON lines.
pub fn from_json_lines(text: &str) -> Result<Vec<SentAlert>, Faults> {
    sorted_out(json_lines::alerts(text))
}

/// The alerts of CSV.
pub fn from_csv(text: &str) -> Result<Vec<SentAlert>, Faults> {
    sorted_out(delimited::alerts(text))
}

/// All alerts, or all faults.
fn sorted_out(read: Vec<Result<SentAlert, Fault>>) -> Result<Vec<SentAlert>, Faults> {
    let (mut alerts, mut told, mut count) = (Vec::new(), Vec::new(), 0);
    for one in read {
        match one {
            Ok(alert) => alerts.push(alert),
            Err(fault) => {
                count += 1;
                if count <= FAULTS_TOLD_MAX {
                    told.push(fault);
                }
            }
        }
    }
    if count == 0 {
        Ok(alerts)
    } else {
        Err(Faults { told, count })
    }
}

/// An instant with its offset, or New York's time without one.
fn instant(text: &str) -> Result<DateTime<Utc>, String> {
    let text = text.trim();
    let with_offset = DateTime::parse_from_rfc3339(text).ok();
    let with_offset =
        with_offset.or_else(|| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%:z").ok());
    let formats = WALL_FORMATS.iter();
    let wall = formats.flat_map(|format| NaiveDateTime::parse_from_str(text, format));
    with_offset
        .map(|at| at.to_utc())
        .or_else(|| {
            let wall = wall.map(|wall| eastern_instant(wall.date(), wall.time()));
            wall.min()
        })
        .ok_or_else(|| {
            format!(
                "`{text}` is no time, such as 2026-07-30T09:35:00-04:00; without an offset it is \
                 New York's"
            )
        })
}
