//! Indicators as they stood at the close of the newest bar.

use serde::{Deserialize, Serialize};

use crate::timeframe::Timeframe;

/// The latest values; each is absent if there are too few bars for it. Prices in dollars per share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicators {
    /// How long each bar is.
    pub timeframe: Timeframe,
    /// Bars that they were computed from.
    pub candles: u32,
    /// The exponential average of the last closes, over 8 bars.
    pub ema8: Option<f64>,
    /// The same over 21.
    pub ema21: Option<f64>,
    /// Wilder's relative strength over 14 bars, from 0 to 100; absent also without any movement.
    pub rsi: Option<f64>,
    /// Wilder's average true range over 14 bars.
    pub atr: Option<f64>,
}
