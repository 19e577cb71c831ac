//! What the common indicators said: of the signal's timeframe, and of the daily bars beside it.
//!
//! Prices are in dollars per share. What there are too few bars for is absent, and so is what has
//! no value on bars that don't move.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The common indicators at the close of the newest bar.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TechnicalStudy {
    /// The close of the bar before the newest.
    pub previous_close: Option<f64>,
    /// Averages of the close.
    pub averages: AverageStudy,
    /// Wilder's relative strength over 14 bars, from 0 to 100; absent also without any movement.
    pub rsi_14: Option<f64>,
    /// Convergence of averages, over 12, 26 and 9 bars.
    pub macd: Option<MacdStudy>,
    /// Bollinger's bands, over 20 bars and two deviations wide.
    pub bollinger: Option<BollingerStudy>,
    /// The average true range.
    pub atr: Option<AtrStudy>,
    /// Wilder's directional movement, over 14 bars.
    pub directional: Option<DirectionalStudy>,
    /// The session's average price by volume; absent also for bars of a day or longer.
    pub vwap: Option<f64>,
    /// The newest bar's volume in parts of the mean of the 20 bars before.
    pub relative_volume_20: Option<f64>,
    /// Where the price turned before.
    pub extremes: Option<ExtremeStudy>,
    /// The daily bars; absent without any, or with one that can't be.
    pub daily: Option<DailyStudy>,
}

/// Exponential averages of the close, each over as many bars as its name says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AverageStudy {
    /// Over 8.
    pub ema_8: Option<f64>,
    /// Over 21.
    pub ema_21: Option<f64>,
    /// Over 50.
    pub ema_50: Option<f64>,
    /// Over 200.
    pub ema_200: Option<f64>,
}

/// Moving average convergence and divergence. What is nothing beside the price is zero.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MacdStudy {
    /// The fast average less the slow one.
    pub line: f64,
    /// The line's own average.
    pub signal: f64,
    /// The line less its average.
    pub histogram: f64,
    /// When the line last crossed its average, if it did on the bars at hand.
    pub cross: Option<MacdCross>,
}

/// A crossing of the line and its average.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MacdCross {
    /// Whether the line rose above its average; it fell below it otherwise.
    pub upward: bool,
    /// How many bars before the newest: 0 is the newest itself.
    pub bars_ago: u32,
}

/// Bollinger's bands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BollingerStudy {
    /// The upper band.
    pub upper: f64,
    /// The mean between them.
    pub middle: f64,
    /// The lower band.
    pub lower: f64,
    /// Where the close lies: 0 on the lower band, 1 on the upper; absent when they are one.
    pub percent_b: Option<f64>,
    /// Their distance as a part of the mean: 0.1 is 10 %; absent when they are one.
    pub bandwidth: Option<f64>,
    /// The share of the bandwidths seen that aren't above this one, up to 1.
    pub bandwidth_rank: Option<f64>,
}

/// Wilder's average true range over 14 bars.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AtrStudy {
    /// The average.
    pub atr_14: f64,
    /// The share of the averages seen that aren't above this one, up to 1. Absent with fewer than
    /// 20 of them, or when they are all the same.
    pub rank: Option<f64>,
}

/// Directional movement, each from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectionalStudy {
    /// Upward movement in parts of the range.
    pub plus_di: f64,
    /// Downward movement in parts of the range.
    pub minus_di: f64,
    /// How one-sided the movement has been; it needs more bars than the others.
    pub adx: Option<f64>,
}

/// The highest and the lowest price of the 20 bars before the newest one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtremeStudy {
    /// The highest high.
    pub high_20: f64,
    /// The lowest low.
    pub low_20: f64,
}

/// The common indicators of the daily bars, at the close of the newest of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DailyStudy {
    /// Bars that they were computed from.
    pub bars: u32,
    /// When the newest began.
    pub newest_start: DateTime<Utc>,
    /// Its close.
    pub close: f64,
    /// Averages of the close.
    pub averages: AverageStudy,
    /// Wilder's directional movement, over 14 days.
    pub directional: Option<DirectionalStudy>,
    /// The average true range.
    pub atr: Option<AtrStudy>,
}
