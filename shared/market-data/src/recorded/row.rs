//! One line of a recording: a time, four prices and a volume, each of which must be possible.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use domain::Price;
use domain::calendar::{eastern_instant, midnight};

/// The columns after the time, as the header names them.
const COLUMNS: [&str; 5] = ["open", "high", "low", "close", "volume"];
/// How a time without an offset may be written.
const WALL_FORMATS: [&str; 4] = [
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
];
/// How one with an offset may be written, besides RFC 3339.
const OFFSET_FORMATS: [&str; 2] = ["%Y-%m-%d %H:%M:%S%.f%z", "%Y-%m-%dT%H:%M:%S%.f%z"];

/// What the first column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeColumn {
    /// Instants at which bars begin.
    Instant,
    /// New York dates of whole sessions.
    Date,
}

/// A line as it was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Row {
    /// When the bar begins; for a date, New York midnight.
    pub(super) start: DateTime<Utc>,
    /// First price.
    pub(super) open: Price,
    /// Highest price.
    pub(super) high: Price,
    /// Lowest price.
    pub(super) low: Price,
    /// Last price.
    pub(super) close: Price,
    /// Shares.
    pub(super) volume: f64,
}

/// Reads the header.
pub(super) fn time_column(header: &str) -> Result<TimeColumn, String> {
    let header = header.trim_start_matches('\u{feff}').to_ascii_lowercase();
    let names: Vec<&str> = header.split(',').map(str::trim).collect();
    match names.split_first() {
        Some((&"datetime", rest)) if rest == COLUMNS => Ok(TimeColumn::Instant),
        Some((&"date", rest)) if rest == COLUMNS => Ok(TimeColumn::Date),
        _ => Err(
            "the header must be `datetime,open,high,low,close,volume`, or `date,…` for daily bars"
                .to_owned(),
        ),
    }
}

/// Reads a line.
pub(super) fn row(line: &str, column: TimeColumn) -> Result<Row, String> {
    let fields: Vec<&str> = line.split(',').map(str::trim).collect();
    let &[time, open, high, low, close, volume] = fields.as_slice() else {
        return Err(format!("{} fields instead of 6", fields.len()));
    };
    let row = Row {
        start: instant(time, column)?,
        open: price("open", open)?,
        high: price("high", high)?,
        low: price("low", low)?,
        close: price("close", close)?,
        volume: shares(volume)?,
    };
    refuse_impossible(&row)?;
    Ok(row)
}

fn instant(text: &str, column: TimeColumn) -> Result<DateTime<Utc>, String> {
    let date = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    match column {
        TimeColumn::Date => date(text)
            .map(midnight)
            .ok_or_else(|| format!("`{text}` is no date, such as 2026-07-29")),
        TimeColumn::Instant => with_offset(text)
            .or_else(|| wall(text))
            .ok_or_else(|| format!("`{text}` is no time, such as 2026-07-29 09:30:00-04:00")),
    }
}

fn with_offset(text: &str) -> Option<DateTime<Utc>> {
    let standard = DateTime::parse_from_rfc3339(text).ok();
    let mut others = OFFSET_FORMATS.iter();
    standard
        .or_else(|| others.find_map(|format| DateTime::parse_from_str(text, format).ok()))
        .map(|instant| instant.to_utc())
}

/// A time without an offset is New York's.
fn wall(text: &str) -> Option<DateTime<Utc>> {
    let mut formats = WALL_FORMATS.iter();
    let wall = formats.find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())?;
    Some(eastern_instant(wall.date(), wall.time()))
}

/// Four digits after the point are kept; what rounds to zero is no price.
fn price(name: &str, text: &str) -> Result<Price, String> {
    let number = text.parse::<f64>().ok();
    let price = number.and_then(|number| Price::from_f64(number).ok());
    price
        .filter(|price| !price.is_zero())
        .ok_or_else(|| format!("{name}: `{text}` is no price above zero"))
}

fn shares(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok();
    number
        .filter(|shares| shares.is_finite() && *shares >= 0.0)
        .ok_or_else(|| format!("volume: `{text}` is no number of shares"))
}

fn refuse_impossible(row: &Row) -> Result<(), String> {
    let (highest, lowest) = (row.open.max(row.close), row.open.min(row.close));
    if row.high < row.low {
        Err(format!(
            "the high {} is below the low {}",
            row.high, row.low
        ))
    } else if row.high < highest {
        Err(format!("the high {} is below {highest}", row.high))
    } else if row.low > lowest {
        Err(format!("the low {} is above {lowest}", row.low))
    } else {
        Ok(())
    }
}
