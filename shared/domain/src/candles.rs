//! A run of bars as a provider gave it. Stored by columns, which compress far better than rows.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::money::Price;
use crate::quote::{Candle, Provenance};
use crate::symbol::Symbol;
use crate::timeframe::Timeframe;

/// Bars of one stock that have closed, oldest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Columns", into = "Columns")]
pub struct CandleSet {
    /// Whose.
    pub symbol: Symbol,
    /// How long each is.
    pub timeframe: Timeframe,
    /// The bars.
    pub candles: Vec<Candle>,
    /// Who gave them. The time of the data is when the newest bar closed.
    pub provenance: Provenance,
}

/// Columns that don't belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("has columns of different lengths, or a time that isn't one")]
pub struct ColumnsError;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Columns {
    symbol: Symbol,
    timeframe: Timeframe,
    provenance: Provenance,
    start_s: Vec<i64>,
    open: Vec<Price>,
    high: Vec<Price>,
    low: Vec<Price>,
    close: Vec<Price>,
    volume: Vec<f64>,
}

impl From<CandleSet> for Columns {
    fn from(set: CandleSet) -> Self {
        let price = |of: fn(&Candle) -> Price| set.candles.iter().map(of).collect();
        Self {
            start_s: set.candles.iter().map(|it| it.start.timestamp()).collect(),
            open: price(|candle| candle.open),
            high: price(|candle| candle.high),
            low: price(|candle| candle.low),
            close: price(|candle| candle.close),
            volume: set.candles.iter().map(|candle| candle.volume).collect(),
            symbol: set.symbol,
            timeframe: set.timeframe,
            provenance: set.provenance,
        }
    }
}

impl TryFrom<Columns> for CandleSet {
    type Error = ColumnsError;
    fn try_from(columns: Columns) -> Result<Self, ColumnsError> {
        let count = columns.start_s.len();
        let prices = [&columns.open, &columns.high, &columns.low, &columns.close];
        if prices.iter().any(|column| column.len() != count) || columns.volume.len() != count {
            return Err(ColumnsError);
        }
        let candle = |row: usize| {
            let start: Option<DateTime<Utc>> = DateTime::from_timestamp(columns.start_s[row], 0);
            Some(Candle {
                start: start?,
                open: columns.open[row],
                high: columns.high[row],
                low: columns.low[row],
                close: columns.close[row],
                volume: columns.volume[row],
            })
        };
        let candles: Option<Vec<Candle>> = (0..count).map(candle).collect();
        Ok(Self {
            candles: candles.ok_or(ColumnsError)?,
            symbol: columns.symbol,
            timeframe: columns.timeframe,
            provenance: columns.provenance,
        })
    }
}

#[cfg(test)]
mod tests;
