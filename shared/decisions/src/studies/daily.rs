//! The common indicators of the daily bars.

use domain::CandleSet;
use domain::studies::DailyStudy;
use quant::indicators::{Adx, Atr, Bar, DirectionalMovement, Ema, Indicator};

use super::rounding::rounded;
use super::session_bars::bar;
use super::technical::{atr_study, averages, directional};

/// The averages of the close that are kept, by their lengths.
const EMA_LENGTHS: [usize; 4] = [8, 21, 50, 200];
/// Bars of Wilder's averages.
const WILDER: usize = 14;

/// What has been seen of the daily bars so far.
struct DailyRun {
    before: Option<Bar>,
    emas: [Ema; EMA_LENGTHS.len()],
    average_closes: [Option<f64>; EMA_LENGTHS.len()],
    adx: Adx,
    movement: Option<DirectionalMovement>,
    atr: Atr,
    ranges: Vec<f64>,
}

/// The study of these daily bars; absent without any, or with one that can't be, since what
/// follows it would rest on it.
pub(super) fn daily_study(daily: &CandleSet) -> Option<DailyStudy> {
    let mut run = DailyRun::new();
    for candle in &daily.candles {
        run.take(bar(candle))?;
    }
    let newest = daily.candles.last()?;
    Some(DailyStudy {
        bars: u32::try_from(daily.candles.len()).unwrap_or(u32::MAX),
        newest_start: newest.start,
        close: rounded(newest.close.to_f64())?,
        averages: averages(|length| run.average(length)),
        directional: run.movement.and_then(directional),
        atr: atr_study(&run.ranges),
    })
}

impl DailyRun {
    fn new() -> Self {
        Self {
            before: None,
            emas: EMA_LENGTHS.map(Ema::new),
            average_closes: [None; EMA_LENGTHS.len()],
            adx: Adx::new(WILDER),
            movement: None,
            atr: Atr::new(WILDER),
            ranges: Vec::new(),
        }
    }

    fn take(&mut self, bar: Bar) -> Option<()> {
        bar.check(self.before.as_ref()).ok()?;
        self.before = Some(bar);
        for (average, ema) in self.average_closes.iter_mut().zip(&mut self.emas) {
            *average = ema.next(bar.close);
        }
        self.movement = self.adx.next(bar);
        self.ranges.extend(self.atr.next(bar));
        Some(())
    }

    fn average(&self, length: usize) -> Option<f64> {
        let place = EMA_LENGTHS.iter().position(|kept| *kept == length)?;
        self.average_closes.get(place).copied().flatten()
    }
}
