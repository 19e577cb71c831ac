//! Every indicator and study at once, on one bar after the other. What several indicators rest on,
//! such as the true range, is computed once.

use super::{
    Adx, BarError, BarGate, Bollinger, BollingerBands, DirectionalMovement, Ema, Highest,
    Indicator, KeltnerChannel, LinearRegression, Lowest, Macd, MacdValue, RegressionLine,
    RelativeStrength, RelativeVolume, RelativeVolumes, Rsi, SessionBar, Sma, StudySet, StudyValues,
    TimeOfDayVolume, TrueRange, Vwap, VwapValue, Wilder,
};

/// Lengths of the set's exponential averages.
pub const EMA_LENGTHS: [usize; 12] = [3, 8, 9, 12, 13, 20, 21, 26, 34, 48, 50, 200];
/// Where 20 stands among them.
const EMA_20: usize = 5;

/// All indicators of one series, with the lengths that its values are named for. Takes a bar
/// without allocating.
#[derive(Debug, Clone)]
pub struct IndicatorSet {
    gate: BarGate,
    emas: [Ema; EMA_LENGTHS.len()],
    sma_50: Sma,
    sma_200: Sma,
    rsi_2: Rsi,
    rsi_14: Rsi,
    macd: Macd,
    bollinger: Bollinger,
    regression: LinearRegression,
    highest: Highest,
    lowest: Lowest,
    true_range: TrueRange,
    atr_14: Wilder,
    atr_20: Wilder,
    mean_range: Sma,
    adx: Adx,
    vwap: Vwap,
    relative_volume: RelativeVolume,
    time_of_day_volume: TimeOfDayVolume,
    studies: StudySet,
}

/// What the indicators say of one bar. Each is absent before its first valid index.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IndicatorValues {
    /// Exponential averages of the close, in the order of `EMA_LENGTHS`.
    pub emas: [Option<f64>; EMA_LENGTHS.len()],
    /// The mean of 20 closes.
    pub sma_20: Option<f64>,
    /// The mean of 50 closes.
    pub sma_50: Option<f64>,
    /// The mean of 200 closes.
    pub sma_200: Option<f64>,
    /// Wilder's index over 2 differences of the close.
    pub rsi_2: Option<RelativeStrength>,
    /// Wilder's index over 14 differences of the close.
    pub rsi_14: Option<RelativeStrength>,
    /// Over 12, 26 and 9 closes.
    pub macd: Option<MacdValue>,
    /// Over 20 closes, two deviations wide.
    pub bollinger: Option<BollingerBands>,
    /// Through 20 closes.
    pub regression_20: Option<RegressionLine>,
    /// The highest high of 20 bars.
    pub highest_20: Option<f64>,
    /// The lowest low of 20 bars.
    pub lowest_20: Option<f64>,
    /// The bar's true range.
    pub true_range: Option<f64>,
    /// Wilder's average of 14 true ranges.
    pub atr_14: Option<f64>,
    /// Wilder's average of 20 true ranges.
    pub atr_20: Option<f64>,
    /// Over 14 bars.
    pub directional: Option<DirectionalMovement>,
    /// `Ema(20)` and `Atr(20)`.
    pub keltner: Option<KeltnerChannel>,
    /// Means of 20 closes and of 20 true ranges.
    pub keltner_ttm: Option<KeltnerChannel>,
    /// Of the session's regular hours.
    pub vwap: Option<VwapValue>,
    /// Against the 20 bars before.
    pub relative_volume_20: Option<f64>,
    /// Against the same minute of the last 10 sessions, at least 5.
    pub time_of_day_volume: Option<RelativeVolumes>,
    /// The studies; breakouts of the opening range are confirmed by `relative_volume_20`.
    pub studies: StudyValues,
}

impl IndicatorValues {
    /// The exponential average of a length; absent also when the set has none of that length.
    pub fn ema(&self, length: usize) -> Option<f64> {
        let place = EMA_LENGTHS.iter().position(|of_set| *of_set == length)?;
        self.emas.get(place).copied().flatten()
    }
}

/// What comes from true ranges.
struct Ranges {
    true_range: Option<f64>,
    atr_14: Option<f64>,
    atr_20: Option<f64>,
    mean: Option<f64>,
}

impl IndicatorSet {
    /// Of a series of 5-minute bars that begins with the next one.
    pub fn new() -> Self {
        Self::of_bars(5)
    }

    /// Of a series of bars of so many minutes that begins with the next one. Only the opening
    /// ranges depend on the length.
    pub fn of_bars(bar_minutes: i32) -> Self {
        Self {
            gate: BarGate::new(),
            emas: EMA_LENGTHS.map(Ema::new),
            sma_50: Sma::new(50),
            sma_200: Sma::new(200),
            rsi_2: Rsi::new(2),
            rsi_14: Rsi::new(14),
            macd: Macd::new(12, 26, 9),
            bollinger: Bollinger::new(20, 2.0),
            regression: LinearRegression::new(20),
            highest: Highest::new(20),
            lowest: Lowest::new(20),
            true_range: TrueRange::new(),
            atr_14: Wilder::new(14),
            atr_20: Wilder::new(20),
            mean_range: Sma::new(20),
            adx: Adx::new(14),
            vwap: Vwap::new(),
            relative_volume: RelativeVolume::new(20),
            time_of_day_volume: TimeOfDayVolume::new(10, 5),
            studies: StudySet::new(bar_minutes),
        }
    }

    /// Takes the next bar. One that can't be, or doesn't follow the one before, is refused and
    /// leaves every later value as if it had never come.
    pub fn next(&mut self, session_bar: SessionBar) -> Result<IndicatorValues, BarError> {
        let session_bar = self.gate.pass(session_bar)?;
        let bar = session_bar.bar;
        let close = bar.close;
        let emas = self.next_emas(close);
        let bollinger = self.bollinger.next(close);
        let sma_20 = bollinger.map(|bands| bands.middle);
        let ranges = self.next_ranges(&session_bar);
        let relative_volume_20 = self.relative_volume.next(bar.volume);
        Ok(IndicatorValues {
            emas,
            sma_20,
            sma_50: self.sma_50.next(close),
            sma_200: self.sma_200.next(close),
            rsi_2: self.rsi_2.next(close),
            rsi_14: self.rsi_14.next(close),
            macd: self.macd.next(close),
            bollinger,
            regression_20: self.regression.next(close),
            highest_20: self.highest.next(bar.high),
            lowest_20: self.lowest.next(bar.low),
            true_range: ranges.true_range,
            atr_14: ranges.atr_14,
            atr_20: ranges.atr_20,
            directional: self.adx.next(bar),
            keltner: channel(emas[EMA_20], ranges.atr_20),
            keltner_ttm: channel(sma_20, ranges.mean),
            vwap: self.vwap.next(session_bar),
            relative_volume_20,
            time_of_day_volume: self.time_of_day_volume.next(session_bar),
            studies: self.studies.next(session_bar, relative_volume_20),
        })
    }

    fn next_emas(&mut self, close: f64) -> [Option<f64>; EMA_LENGTHS.len()] {
        let mut values = [None; EMA_LENGTHS.len()];
        for (value, ema) in values.iter_mut().zip(&mut self.emas) {
            *value = ema.next(close);
        }
        values
    }

    fn next_ranges(&mut self, bar: &SessionBar) -> Ranges {
        let true_range = self.true_range.next(bar.bar);
        Ranges {
            true_range,
            atr_14: true_range.and_then(|range| self.atr_14.next(range)),
            atr_20: true_range.and_then(|range| self.atr_20.next(range)),
            mean: true_range.and_then(|range| self.mean_range.next(range)),
        }
    }
}

impl Default for IndicatorSet {
    fn default() -> Self {
        Self::new()
    }
}

fn channel(middle: Option<f64>, range: Option<f64>) -> Option<KeltnerChannel> {
    Some(KeltnerChannel {
        middle: middle?,
        range: range?,
    })
}
