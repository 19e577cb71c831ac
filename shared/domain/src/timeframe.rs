//! The length of a chart's bars, in the many ways in which alerts write it, and where a bar
//! of that length begins. Knows no holidays: the calendar does.

use std::fmt;
use std::str::FromStr;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

mod bar_start;
mod unit;

use unit::Unit;

/// The longest bars of `TradingView`'s charts, in days: twelve months.
const DAYS_MAX: i64 = 12 * DAYS_PER_MONTH;

/// More than any count of a length within a day, and few enough that no duration overflows.
const COUNT_MAX: u32 = 86_400;

/// A month in this module's durations, which are allowances: the longest one.
const DAYS_PER_MONTH: i64 = 31;

/// The length of a bar, always in the largest unit that divides it: `60` is `1h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Timeframe {
    count: u32,
    unit: Unit,
}

/// Why a text is no timeframe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimeframeError {
    /// Not a count and a unit that is known.
    #[error("is no timeframe; write 5, 5m, 1h, D, W or M")]
    Unknown,
    /// Zero, longer than a year, months that divide no year, or hours beyond a day.
    #[error("is a length that no chart's bars have (an upper-case M means months)")]
    NoSuchLength,
}

impl Timeframe {
    /// One minute: the finest bar that most charts have.
    pub const MINUTE: Self = Self {
        count: 1,
        unit: Unit::Minute,
    };

    /// One day: the bar of a whole session.
    pub const DAY: Self = Self {
        count: 1,
        unit: Unit::Day,
    };

    /// Reads a timeframe as alerts write it: `5`, `5m`, `60`, `1h`, `D`, `1D`, `30S`, `M`.
    ///
    /// As on `TradingView` a bare number is in minutes, and an upper-case `M` means months.
    ///
    /// ```
    /// use domain::Timeframe;
    /// assert_eq!(Timeframe::parse("240").unwrap().to_string(), "4h");
    /// assert_eq!(Timeframe::parse("M").unwrap().to_string(), "1M");
    /// ```
    pub fn parse(text: &str) -> Result<Self, TimeframeError> {
        let text = text.trim();
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (count, word) = text.split_at(digits);
        let unit = Unit::parse(word.trim()).ok_or(TimeframeError::Unknown)?;
        match (count, word) {
            ("", "") => Err(TimeframeError::Unknown),
            ("", _) => Self::new(1, unit),
            _ => Self::new(
                count.parse().map_err(|_| TimeframeError::NoSuchLength)?,
                unit,
            ),
        }
    }

    fn new(count: u32, unit: Unit) -> Result<Self, TimeframeError> {
        if count == 0 || count > COUNT_MAX {
            return Err(TimeframeError::NoSuchLength);
        }
        let normalised = Self { count, unit }.in_larger_units();
        let whole_days = normalised.is_days_or_longer() || normalised.duration().num_days() == 0;
        // Five months fit into no year; who writes `5M` most likely means minutes.
        let divides_year = unit != Unit::Month || 12_u32.is_multiple_of(count);
        let in_range = normalised.duration().num_days() <= DAYS_MAX;
        if whole_days && divides_year && in_range {
            Ok(normalised)
        } else {
            Err(TimeframeError::NoSuchLength)
        }
    }

    /// Sixty minutes are an hour; but seven days are no week, since they may start on any day.
    fn in_larger_units(self) -> Self {
        let (size, larger) = match self.unit {
            Unit::Second => (60, Unit::Minute),
            Unit::Minute => (60, Unit::Hour),
            Unit::Hour => (24, Unit::Day),
            Unit::Day | Unit::Week | Unit::Month => return self,
        };
        if !self.count.is_multiple_of(size) {
            return self;
        }
        Self {
            count: self.count / size,
            unit: larger,
        }
        .in_larger_units()
    }

    /// How long a bar lasts at most; a month counts as 31 days.
    pub fn duration(self) -> TimeDelta {
        let count = i64::from(self.count);
        match self.unit {
            Unit::Second => TimeDelta::seconds(count),
            Unit::Minute => TimeDelta::minutes(count),
            Unit::Hour => TimeDelta::hours(count),
            Unit::Day => TimeDelta::days(count),
            Unit::Week => TimeDelta::weeks(count),
            Unit::Month => TimeDelta::days(count * DAYS_PER_MONTH),
        }
    }

    /// Whether its bars last whole trading days.
    pub fn is_days_or_longer(self) -> bool {
        matches!(self.unit, Unit::Day | Unit::Week | Unit::Month)
    }
}

impl fmt::Display for Timeframe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.count, self.unit.letter())
    }
}

impl FromStr for Timeframe {
    type Err = TimeframeError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Timeframe {
    type Error = TimeframeError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Timeframe> for String {
    fn from(timeframe: Timeframe) -> Self {
        timeframe.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_it_has_one_normal_form() {
        for (normal, ways) in [
            (
                "5m",
                vec!["5", "5m", "5min", " 5 ", "5 minutes", "05", "300s"],
            ),
            ("15m", vec!["15", "15m"]),
            ("90m", vec!["90"]),
            ("1h", vec!["60", "1h", "60m", "1H", "h"]),
            ("4h", vec!["240", "4h"]),
            ("1d", vec!["D", "1D", "d", "1d", "day", "1440", "24h"]),
            ("3d", vec!["3D"]),
            ("1w", vec!["W", "1W", "w"]),
            ("1M", vec!["M", "1M", "month"]),
            ("1m", vec!["1", "m", "60S"]),
            ("5s", vec!["5S"]),
            ("30s", vec!["30s", "30S"]),
        ] {
            for way in ways {
                assert_eq!(
                    Timeframe::parse(way).map(String::from),
                    Ok(normal.to_owned()),
                    "{way}"
                );
            }
        }
    }

    #[test]
    fn what_no_chart_has_is_refused() {
        for (text, expected) in [
            ("", TimeframeError::Unknown),
            ("five", TimeframeError::Unknown),
            ("10R", TimeframeError::Unknown),
            ("-5", TimeframeError::Unknown),
            ("1.5h", TimeframeError::Unknown),
            ("0", TimeframeError::NoSuchLength),
            ("25h", TimeframeError::NoSuchLength),
            ("13M", TimeframeError::NoSuchLength),
            ("5M", TimeframeError::NoSuchLength),
            ("4294967295M", TimeframeError::NoSuchLength),
            ("99999999999", TimeframeError::NoSuchLength),
        ] {
            assert_eq!(Timeframe::parse(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn a_month_is_allowed_its_longest_form() {
        assert_eq!(
            Timeframe::parse("1M").unwrap().duration(),
            TimeDelta::days(31)
        );
        assert_eq!(
            Timeframe::parse("5S").unwrap().duration(),
            TimeDelta::seconds(5)
        );
    }
}
