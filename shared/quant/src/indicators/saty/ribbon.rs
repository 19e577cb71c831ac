//! The pivot ribbon: exponential averages whose order tells the trend.
//!
//! Sources: Saty Pivot Ribbon (8, 21 and 34, with the conviction of 13 over 48) and the copy of
//! Saty Pivot Ribbon Pro in rishid/thinkscripts (8, 13, 21, 48 and 200).

use super::super::{Bar, Direction, Ema, Indicator};

/// The order of close and averages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trend {
    /// The shorter the higher.
    Bullish,
    /// The shorter the lower.
    Bearish,
    /// Neither: chop.
    Mixed,
}

impl Trend {
    /// Values from the fastest to the slowest, in order by this comparison.
    fn of(values: &[f64], is_above: impl Fn(&f64, &f64) -> bool) -> Self {
        let all = |holds: &dyn Fn(&f64, &f64) -> bool| {
            values.windows(2).all(|pair| holds(&pair[0], &pair[1]))
        };
        if all(&|faster, slower| is_above(faster, slower)) {
            Self::Bullish
        } else if all(&|faster, slower| is_above(slower, faster)) {
            Self::Bearish
        } else {
            Self::Mixed
        }
    }
}

/// The exponential averages, each absent until it has as many closes as its length.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RibbonAverages {
    /// Of 8 closes.
    pub of_8: Option<f64>,
    /// Of 13 closes.
    pub of_13: Option<f64>,
    /// Of 21 closes.
    pub of_21: Option<f64>,
    /// Of 34 closes.
    pub of_34: Option<f64>,
    /// Of 48 closes.
    pub of_48: Option<f64>,
    /// Of 200 closes.
    pub of_200: Option<f64>,
}

/// The conviction of 13 over 48.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conviction {
    /// Up while the average of 13 isn't below that of 48.
    pub direction: Direction,
    /// Whether that has changed with this bar: an arrow on the chart.
    pub is_new: bool,
}

/// The colour of a candle in the Pro version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CandleBias {
    /// Up, not below the average of 48.
    Green,
    /// Down, not below it.
    Blue,
    /// Up, below it.
    Orange,
    /// Down, below it.
    Red,
    /// Compressed, whichever way it closed.
    Grey,
}

/// What the ribbon says of one closed bar. First valid index 7.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RibbonReading {
    /// The averages.
    pub averages: RibbonAverages,
    /// The stack `8 > 21 > 48`, strictly. First valid index 47.
    pub stack: Option<Trend>,
    /// The label `close ≥ 8 ≥ 21 ≥ 34`. First valid index 33.
    pub trend: Option<Trend>,
    /// First valid index 48.
    pub conviction: Option<Conviction>,
}

impl RibbonReading {
    /// The fast cloud: 8 over 21. First valid index 20.
    pub fn fast_cloud(&self) -> Option<Direction> {
        cloud(self.averages.of_8, self.averages.of_21)
    }

    /// The slow cloud of the free version: 21 over 34. First valid index 33.
    pub fn slow_cloud(&self) -> Option<Direction> {
        cloud(self.averages.of_21, self.averages.of_34)
    }

    /// The slow cloud of the Pro version: 21 over 48. First valid index 47.
    pub fn slow_cloud_pro(&self) -> Option<Direction> {
        cloud(self.averages.of_21, self.averages.of_48)
    }

    /// The long term's bias in the Pro version: 21 over 200. First valid index 199.
    pub fn long_term(&self) -> Option<Direction> {
        cloud(self.averages.of_21, self.averages.of_200)
    }

    /// The candle's colour in the Pro version; `is_compressed` is the phase oscillator's. Absent
    /// before index 47, and for a bar that closed where it opened.
    pub fn candle(&self, bar: &Bar, is_compressed: bool) -> Option<CandleBias> {
        let average = self.averages.of_48?;
        if is_compressed {
            return Some(CandleBias::Grey);
        }
        let direction = Direction::from_to(bar.open, bar.close)?;
        Some(match (direction, bar.close >= average) {
            (Direction::Up, true) => CandleBias::Green,
            (Direction::Down, true) => CandleBias::Blue,
            (Direction::Up, false) => CandleBias::Orange,
            (Direction::Down, false) => CandleBias::Red,
        })
    }
}

/// Up while the faster average isn't below the slower.
fn cloud(faster: Option<f64>, slower: Option<f64>) -> Option<Direction> {
    let is_up = faster? >= slower?;
    Some(if is_up {
        Direction::Up
    } else {
        Direction::Down
    })
}

/// The pivot ribbon of one series of bars.
#[derive(Debug, Clone)]
pub struct PivotRibbon {
    of_8: Ema,
    of_13: Ema,
    of_21: Ema,
    of_34: Ema,
    of_48: Ema,
    of_200: Ema,
    conviction_before: Option<Direction>,
}

impl PivotRibbon {
    /// A series that hasn't begun.
    pub fn new() -> Self {
        Self {
            of_8: Ema::new(8),
            of_13: Ema::new(13),
            of_21: Ema::new(21),
            of_34: Ema::new(34),
            of_48: Ema::new(48),
            of_200: Ema::new(200),
            conviction_before: None,
        }
    }

    fn averages(&mut self, close: f64) -> RibbonAverages {
        RibbonAverages {
            of_8: self.of_8.next(close),
            of_13: self.of_13.next(close),
            of_21: self.of_21.next(close),
            of_34: self.of_34.next(close),
            of_48: self.of_48.next(close),
            of_200: self.of_200.next(close),
        }
    }

    fn conviction(&mut self, averages: &RibbonAverages) -> Option<Conviction> {
        let direction = cloud(averages.of_13, averages.of_48)?;
        let before = self.conviction_before.replace(direction)?;
        Some(Conviction {
            direction,
            is_new: direction != before,
        })
    }
}

impl Default for PivotRibbon {
    fn default() -> Self {
        Self::new()
    }
}

impl Indicator for PivotRibbon {
    type Input = Bar;
    type Output = RibbonReading;

    fn next(&mut self, bar: Bar) -> Option<RibbonReading> {
        let averages = self.averages(bar.close);
        let conviction = self.conviction(&averages);
        averages.of_8?;
        Some(RibbonReading {
            averages,
            stack: stack(&averages),
            trend: trend(bar.close, &averages),
            conviction,
        })
    }
}

fn stack(averages: &RibbonAverages) -> Option<Trend> {
    let values = [averages.of_8?, averages.of_21?, averages.of_48?];
    Some(Trend::of(&values, |faster, slower| faster > slower))
}

fn trend(close: f64, averages: &RibbonAverages) -> Option<Trend> {
    let values = [close, averages.of_8?, averages.of_21?, averages.of_34?];
    Some(Trend::of(&values, |faster, slower| faster >= slower))
}
