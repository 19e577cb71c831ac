//! The indicators that evidence carries: the latest values of a run of closed bars.

use domain::{CandleSet, Indicators};
use quant::indicators::{Atr, Bar, BarError, Ema, Indicator, Rsi};

use crate::studies::bar;

/// Bars of the faster average.
const FAST: usize = 8;
/// Bars of the slower one.
const SLOW: usize = 21;
/// Bars of Wilder's averages.
const WILDER: usize = 14;

/// The indicators at the close of the newest bar. A run with a bar that can't be has none: what
/// follows it would rest on it.
pub fn indicators(set: &CandleSet) -> Result<Indicators, BarError> {
    let bars = bars(set)?;
    let closes = || bars.iter().map(|bar| bar.close);
    let strength = newest(Rsi::new(WILDER), closes());
    Ok(Indicators {
        timeframe: set.timeframe,
        candles: u32::try_from(bars.len()).unwrap_or(u32::MAX),
        ema8: newest(Ema::new(FAST), closes()),
        ema21: newest(Ema::new(SLOW), closes()),
        rsi: strength.and_then(quant::indicators::RelativeStrength::signal),
        atr: newest(Atr::new(WILDER), bars.iter().copied()),
    })
}

fn newest<I: Indicator>(
    mut indicator: I,
    inputs: impl Iterator<Item = I::Input>,
) -> Option<I::Output> {
    inputs.fold(None, |_, input| indicator.next(input))
}

fn bars(set: &CandleSet) -> Result<Vec<Bar>, BarError> {
    let mut bars: Vec<Bar> = Vec::with_capacity(set.candles.len());
    for candle in &set.candles {
        let bar = bar(candle);
        bar.check(bars.last())?;
        bars.push(bar);
    }
    Ok(bars)
}
