//! The common indicators of the signal's timeframe, gathered while its bars pass.

use domain::studies::{
    AtrStudy, AverageStudy, BollingerStudy, DirectionalStudy, ExtremeStudy, MacdCross, MacdStudy,
    TechnicalStudy,
};
use domain::{CandleSet, Timeframe};
use quant::indicators::{Bar, Direction, DirectionalMovement, IndicatorValues, RelativeStrength};

use super::daily::daily_study;
use super::rank::rank;
use super::rounding::{or_nothing, rounded};

/// What has been seen of the bars so far.
#[derive(Default)]
pub(super) struct TechnicalRun {
    newest: Option<(Bar, IndicatorValues)>,
    before: Option<(Bar, IndicatorValues)>,
    ranges: Vec<f64>,
    bandwidths: Vec<f64>,
    crossings: Crossings,
}

impl TechnicalRun {
    /// Takes the next bar, and what the indicators said of it.
    pub(super) fn take(&mut self, bar: &Bar, values: &IndicatorValues) {
        self.before = self.newest.replace((*bar, *values));
        self.ranges.extend(values.atr_14);
        let bands = values.bollinger;
        self.bandwidths
            .extend(bands.and_then(|bands| bands.bandwidth()));
        if let Some(macd) = values.macd {
            self.crossings.take(or_nothing(macd.histogram, bar.close));
        }
    }

    /// What it comes to at the newest bar.
    pub(super) fn study(&self, timeframe: Timeframe, daily: Option<&CandleSet>) -> TechnicalStudy {
        let daily = daily.and_then(daily_study);
        let Some((bar, values)) = &self.newest else {
            return TechnicalStudy {
                daily,
                ..TechnicalStudy::default()
            };
        };
        TechnicalStudy {
            previous_close: self.before.and_then(|(before, _)| rounded(before.close)),
            averages: averages(|length| values.ema(length)),
            rsi_14: values.rsi_14.and_then(strength),
            macd: self.macd(bar.close, values),
            bollinger: self.bollinger(bar.close, values),
            atr: atr_study(&self.ranges),
            directional: values.directional.and_then(directional),
            vwap: session_average(timeframe, values),
            relative_volume_20: values.relative_volume_20.and_then(rounded),
            extremes: self.before.and_then(|(_, before)| extremes(&before)),
            daily,
        }
    }

    fn macd(&self, close: f64, values: &IndicatorValues) -> Option<MacdStudy> {
        let macd = values.macd?;
        Some(MacdStudy {
            line: rounded(or_nothing(macd.line, close))?,
            signal: rounded(or_nothing(macd.signal, close))?,
            histogram: rounded(or_nothing(macd.histogram, close))?,
            cross: self.crossings.last,
        })
    }

    fn bollinger(&self, close: f64, values: &IndicatorValues) -> Option<BollingerStudy> {
        let bands = values.bollinger?;
        let bandwidth = bands.bandwidth().and_then(rounded);
        Some(BollingerStudy {
            upper: rounded(bands.upper)?,
            middle: rounded(bands.middle)?,
            lower: rounded(bands.lower)?,
            percent_b: bands.percent_b(close).and_then(rounded),
            bandwidth,
            bandwidth_rank: bandwidth.and(rank(&self.bandwidths)).and_then(rounded),
        })
    }
}

/// When a difference changed its sign; where it is zero it keeps the one that it had.
#[derive(Default)]
struct Crossings {
    was_above: Option<bool>,
    last: Option<MacdCross>,
}

impl Crossings {
    fn take(&mut self, difference: f64) {
        if let Some(cross) = &mut self.last {
            cross.bars_ago += 1;
        }
        let Some(upward) = Direction::from_to(0.0, difference).map(|way| way == Direction::Up)
        else {
            return;
        };
        if self.was_above.replace(upward) == Some(!upward) {
            let bars_ago = 0;
            self.last = Some(MacdCross { upward, bars_ago });
        }
    }
}

/// The averages that a study keeps, from those of any length.
pub(super) fn averages(ema: impl Fn(usize) -> Option<f64>) -> AverageStudy {
    let kept = |length| ema(length).and_then(rounded);
    AverageStudy {
        ema_8: kept(8),
        ema_21: kept(21),
        ema_50: kept(50),
        ema_200: kept(200),
    }
}

/// The newest of these average true ranges, and its rank among them.
pub(super) fn atr_study(ranges: &[f64]) -> Option<AtrStudy> {
    Some(AtrStudy {
        atr_14: rounded(*ranges.last()?)?,
        rank: rank(ranges).and_then(rounded),
    })
}

/// Directional movement as it is kept.
pub(super) fn directional(movement: DirectionalMovement) -> Option<DirectionalStudy> {
    Some(DirectionalStudy {
        plus_di: rounded(movement.plus_di)?,
        minus_di: rounded(movement.minus_di)?,
        adx: movement.adx.and_then(rounded),
    })
}

fn strength(of_bars: RelativeStrength) -> Option<f64> {
    of_bars.signal().and_then(rounded)
}

/// A bar that is as long as a session has no place in one.
fn session_average(timeframe: Timeframe, values: &IndicatorValues) -> Option<f64> {
    let average = values.vwap.filter(|_| !timeframe.is_days_or_longer())?;
    rounded(average.price)
}

fn extremes(before: &IndicatorValues) -> Option<ExtremeStudy> {
    Some(ExtremeStudy {
        high_20: rounded(before.highest_20?)?,
        low_20: rounded(before.lowest_20?)?,
    })
}
