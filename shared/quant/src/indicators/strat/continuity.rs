//! Full-timeframe continuity: whether the price is on the same side of every timeframe's open.
//!
//! It forms the candles of all timeframes from the bars of the shortest. When a candle begins is
//! told with each bar: nothing here knows a calendar.

use super::super::{Bar, Direction, Indicator};
use super::bar_type::BarType;

/// A bar, and in which candle of each timeframe it lies; the shortest timeframe comes first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimeframeBar<const N: usize> {
    /// The bar.
    pub bar: Bar,
    /// A number for each timeframe that changes when its next candle begins, such as the date of
    /// a week's first session.
    pub periods: [i64; N],
}

/// What all timeframes say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Continuity {
    /// All point up.
    Up,
    /// All point down.
    Down,
    /// They differ, or one points nowhere: no trade.
    Conflict,
}

impl Continuity {
    /// What these directions say together.
    pub fn of(directions: impl IntoIterator<Item = Option<Direction>>) -> Self {
        let mut directions = directions.into_iter();
        let first = directions.next().flatten();
        match first.filter(|_| directions.all(|direction| direction == first)) {
            Some(Direction::Up) => Self::Up,
            Some(Direction::Down) => Self::Down,
            None => Self::Conflict,
        }
    }
}

/// One timeframe's forming candle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimeframeReading {
    /// Its first price.
    pub open: f64,
    /// The way from its open to the price; absent when they are equal.
    pub direction: Option<Direction>,
    /// What it has broken of the candle before it; absent in the first candle.
    pub bar_type: Option<BarType>,
    /// Whether it began together with the shortest timeframe's candle, so that both have one open
    /// and agree by construction: many halve their size then. Never set for the shortest.
    pub is_coupled: bool,
}

/// All timeframes after one bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ContinuityReading<const N: usize> {
    /// Each timeframe, the shortest first.
    pub timeframes: [TimeframeReading; N],
    /// By the price against the opens.
    pub by_open: Continuity,
    /// By bar types, which is stricter: all 2U, or all 2D. Absent while one timeframe has no type.
    pub by_bar_type: Option<Continuity>,
}

/// Continuity over `N` timeframes.
#[derive(Debug, Clone)]
pub struct FullTimeframeContinuity<const N: usize> {
    candles: [Option<Candle>; N],
}

#[derive(Debug, Clone, Copy)]
struct Candle {
    period: i64,
    start_s: i64,
    open: f64,
    high: f64,
    low: f64,
    before: Option<(f64, f64)>,
}

impl Candle {
    fn begin(bar: &Bar, period: i64, before: Option<(f64, f64)>) -> Self {
        Self {
            period,
            start_s: bar.start_s,
            open: bar.open,
            high: bar.high,
            low: bar.low,
            before,
        }
    }

    fn after(candle: Option<Self>, bar: &Bar, period: i64) -> Self {
        match candle {
            Some(candle) if candle.period == period => Self {
                high: candle.high.max(bar.high),
                low: candle.low.min(bar.low),
                ..candle
            },
            other => Self::begin(bar, period, other.map(|candle| (candle.high, candle.low))),
        }
    }

    fn reading(&self, price: f64) -> TimeframeReading {
        let breaks = |(high, low)| BarType::from_breaks(self.high > high, self.low < low);
        TimeframeReading {
            open: self.open,
            direction: Direction::from_to(self.open, price),
            bar_type: self.before.map(breaks),
            is_coupled: false,
        }
    }
}

impl<const N: usize> FullTimeframeContinuity<N> {
    /// Timeframes without candles.
    pub fn new() -> Self {
        Self { candles: [None; N] }
    }
}

impl<const N: usize> Default for FullTimeframeContinuity<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Indicator for FullTimeframeContinuity<N> {
    type Input = TimeframeBar<N>;
    type Output = ContinuityReading<N>;

    fn next(&mut self, input: TimeframeBar<N>) -> Option<ContinuityReading<N>> {
        let mut shortest_start_s = None;
        let timeframes = std::array::from_fn(|index| {
            let candle = Candle::after(self.candles[index], &input.bar, input.periods[index]);
            self.candles[index] = Some(candle);
            let is_coupled = shortest_start_s == Some(candle.start_s);
            shortest_start_s = shortest_start_s.or(Some(candle.start_s));
            TimeframeReading {
                is_coupled,
                ..candle.reading(input.bar.close)
            }
        });
        Some(ContinuityReading {
            timeframes,
            by_open: Continuity::of(timeframes.map(|timeframe| timeframe.direction)),
            by_bar_type: by_bar_type(&timeframes),
        })
    }
}

fn by_bar_type(timeframes: &[TimeframeReading]) -> Option<Continuity> {
    let types = timeframes.iter().map(|timeframe| timeframe.bar_type);
    types
        .clone()
        .all(|bar_type| bar_type.is_some())
        .then(|| Continuity::of(types.map(|bar_type| bar_type?.direction())))
}
