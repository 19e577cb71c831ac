//! One CSV file, read strictly: the first line that can't be a bar refuses the file.

use std::fs;
use std::path::Path;

use domain::Timeframe;
use domain::calendar::session_at;

use super::error::RecordingError;
use super::length;
use super::row::{self, Row, TimeColumn};
use super::series::Series;

/// The largest file, in bytes.
const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// The most bars of a file: five years of minutes.
const ROWS_MAX: usize = 500_000;

/// Reads a file. `named` is the length of its bars, where its name tells it.
pub(super) fn read(file: &Path, named: Option<Timeframe>) -> Result<Series, RecordingError> {
    let failed = |source| RecordingError::File {
        file: file.to_owned(),
        source,
    };
    let bytes = fs::metadata(file).map_err(failed)?.len();
    if bytes > FILE_BYTES_MAX {
        return Err(whole(
            file,
            format!("it has {bytes} bytes; at most {FILE_BYTES_MAX} are read"),
        ));
    }
    parse(file, &fs::read_to_string(file).map_err(failed)?, named)
}

fn parse(file: &Path, text: &str, named: Option<Timeframe>) -> Result<Series, RecordingError> {
    let at_line = |line: usize, fault: String| RecordingError::Line {
        file: file.to_owned(),
        line,
        fault,
    };
    let mut lines = (1..).zip(text.lines());
    let header = lines.next().map_or("", |(_, header)| header);
    let column = row::time_column(header).map_err(|fault| at_line(1, fault))?;
    let mut rows: Vec<(usize, Row)> = Vec::new();
    for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let row = row::row(line, column).map_err(|fault| at_line(number, fault))?;
        refuse_disorder(rows.last(), &row).map_err(|fault| at_line(number, fault))?;
        rows.push((number, row));
        if rows.len() > ROWS_MAX {
            return Err(whole(file, format!("it has more than {ROWS_MAX} bars")));
        }
    }
    let all: Vec<Row> = rows.iter().map(|(_, row)| *row).collect();
    let timeframe = length::of(&all, column, named).map_err(|fault| whole(file, fault))?;
    if timeframe.is_days_or_longer() {
        return Ok(days(&all, column));
    }
    for (number, row) in &rows {
        refuse_off_grid(timeframe, row).map_err(|fault| at_line(*number, fault))?;
    }
    within_sessions(file, timeframe, all)
}

fn whole(file: &Path, fault: String) -> RecordingError {
    RecordingError::Whole {
        file: file.to_owned(),
        fault,
    }
}

fn refuse_disorder(before: Option<&(usize, Row)>, row: &Row) -> Result<(), String> {
    match before {
        Some((line, before)) if before.start == row.start => {
            Err(format!("the same time as in line {line}"))
        }
        Some((line, before)) if before.start > row.start => {
            Err(format!("its time lies before that of line {line}"))
        }
        _ => Ok(()),
    }
}

/// Bars are counted from the session's open; others would close when they seem not to.
fn refuse_off_grid(timeframe: Timeframe, row: &Row) -> Result<(), String> {
    if timeframe.bar_start(row.start) == row.start {
        return Ok(());
    }
    Err(format!(
        "no {timeframe} bar begins then: bars are counted from 09:30 Eastern time"
    ))
}

/// Daily bars carry their date, whatever the time that stands beside it.
fn days(rows: &[Row], column: TimeColumn) -> Series {
    let dated = |row: &Row| match column {
        TimeColumn::Date => *row,
        TimeColumn::Instant => Row {
            start: Timeframe::DAY.bar_start(row.start),
            ..*row
        },
    };
    Series::of(Timeframe::DAY, rows.iter().map(dated))
}

/// What trades before and after the session isn't played: options don't trade then.
fn within_sessions(
    file: &Path,
    timeframe: Timeframe,
    mut rows: Vec<Row>,
) -> Result<Series, RecordingError> {
    rows.retain(|row| session_at(row.start).is_some());
    if rows.is_empty() {
        let fault = "none of its bars lies in a session of the exchange; times without an offset \
                     are Eastern time";
        return Err(whole(file, fault.to_owned()));
    }
    Ok(Series::of(timeframe, rows))
}
