//! The range of a session's first half hour, and what became of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Way;

/// Today's opening range. Prices in dollars per share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningRangeStudy {
    /// How long the window is.
    pub window_minutes: u32,
    /// Highest high of the window.
    pub high: f64,
    /// Lowest low of the window.
    pub low: f64,
    /// Whether the window is over, so that the range no longer changes.
    pub is_over: bool,
    /// Whether every bar of the window is there. Otherwise there is no trade.
    pub is_complete: bool,
    /// Wilder's average true range of 14 sessions, at the close before; absent without the daily
    /// bars for it.
    pub day_true_range: Option<f64>,
    /// The width against that; absent also where the range is zero.
    pub width: Option<RangeWidth>,
    /// From the close before to today's open, in dollars; absent without daily bars or today's
    /// first bar.
    pub gap: Option<f64>,
    /// Whether the gap is wider than the average true range.
    pub is_gap_wide: Option<bool>,
    /// The last instant at which a breakout may be entered.
    pub entries_until: DateTime<Utc>,
    /// Today's newest breakout.
    pub breakout: Option<RangeBreakout>,
}

/// A range's width against a day's average true range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RangeWidth {
    /// So narrow that a break is noise.
    Narrow,
    /// Fit to trade.
    Fair,
    /// So wide that the day's range is already spent.
    Wide,
}

/// A close outside the range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RangeBreakout {
    /// The side that was broken.
    pub way: Way,
    /// How many bars ago; zero for the newest.
    pub bars_ago: u32,
    /// The bar's volume in parts of the mean of the 20 bars before; absent with fewer.
    pub relative_volume: Option<f64>,
    /// Whether the volume confirms it; an unknown volume doesn't.
    pub is_confirmed: bool,
    /// Whether its bar closed by the last time of entry.
    pub is_in_time: bool,
    /// Whether a close back inside, soon after it, made it void.
    pub is_false: bool,
}
