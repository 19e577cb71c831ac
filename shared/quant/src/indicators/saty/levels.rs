//! Levels around the close of the period before, at parts of its average true range.
//!
//! Source: Saty ATR Levels, Pine version 5. The periods are days for trading within the day,
//! weeks, months, quarters or years for longer holding: whichever bars it is given. They are of
//! regular sessions, where the original asks for extended ones.

use super::super::{Atr, Bar, Direction, Indicator};

/// The bars of the average true range.
const ATR_BARS: usize = 14;

/// The parts of the average true range at which levels lie on both sides of the close.
pub const LEVEL_FACTORS: [f64; 18] = [
    TRIGGER, 0.382, 0.5, 0.618, 0.786, 1.0, 1.236, 1.382, 1.5, 1.618, 1.786, 2.0, 2.236, 2.382,
    2.5, 2.618, 2.786, 3.0,
];

/// The factor of the first level, beyond which there is a bias.
const TRIGGER: f64 = 0.236;

/// The depth of the cloud at the trigger, as a part of the average true range.
const CLOUD: f64 = 0.01;

/// Up to this percentage there is room left in the range.
const ROOM_PERCENT: f64 = 70.0;

/// From this percentage on the range is spent.
const SPENT_PERCENT: f64 = 90.0;

/// Which period the levels lie around.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LevelBasis {
    /// The last completed before this one.
    #[default]
    PreviousPeriod,
    /// This one, once it has closed: tomorrow's levels, planned tonight.
    CurrentClose,
}

/// The centre and the spacing of the levels, in dollars.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Levels {
    /// The close that they lie around.
    pub close: f64,
    /// Wilder's average true range of 14 periods, at that close.
    pub average_true_range: f64,
}

impl Levels {
    /// The price at this part of the average true range.
    pub fn at(&self, direction: Direction, factor: f64) -> f64 {
        self.close + direction.sign() * factor * self.average_true_range
    }

    /// Beyond this price there is a bias.
    pub fn trigger(&self, direction: Direction) -> f64 {
        self.at(direction, TRIGGER)
    }

    /// From the trigger to the far end of its cloud, as the study's first version drew it.
    pub fn trigger_cloud(&self, direction: Direction) -> (f64, f64) {
        let trigger = self.trigger(direction);
        let depth = CLOUD * self.average_true_range;
        (trigger, trigger + direction.sign() * depth)
    }

    /// Calls above the upper trigger, puts below the lower; none between them.
    pub fn bias(&self, price: f64) -> Option<Direction> {
        [Direction::Up, Direction::Down]
            .into_iter()
            .find(|direction| direction.is_beyond(price, self.trigger(*direction)))
    }
}

/// How much of its average range a period has used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RangeStatus {
    /// Green, up to 70 %: there is room.
    Room,
    /// Orange.
    NearlySpent,
    /// Red, from 90 %: only a return to the mean is left.
    Spent,
}

impl RangeStatus {
    fn of(percent: f64) -> Self {
        if percent <= ROOM_PERCENT {
            Self::Room
        } else if percent < SPENT_PERCENT {
            Self::NearlySpent
        } else {
            Self::Spent
        }
    }
}

/// A period's own range against the average.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RangeUsed {
    /// From low to high, in dollars.
    pub range: f64,
    /// Its percentage of the average true range; absent when that is zero.
    pub percent: Option<f64>,
}

impl RangeUsed {
    fn of(high: f64, low: f64, average_true_range: f64) -> Self {
        let range = high - low;
        let is_known = average_true_range > 0.0;
        Self {
            range,
            percent: is_known.then(|| range / average_true_range * 100.0),
        }
    }

    /// What that percentage means.
    pub fn status(&self) -> Option<RangeStatus> {
        self.percent.map(RangeStatus::of)
    }
}

/// The levels of a period, and its use of the range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LevelReading {
    /// Where the levels lie.
    pub levels: Levels,
    /// How much of the range is used.
    pub range_used: RangeUsed,
}

impl LevelReading {
    fn of(levels: Levels, high: f64, low: f64) -> Self {
        Self {
            levels,
            range_used: RangeUsed::of(high, low, levels.average_true_range),
        }
    }
}

/// The levels of one series of periods. First valid index 15, or 14 around the current close.
#[derive(Debug, Clone)]
pub struct AtrLevels {
    basis: LevelBasis,
    atr: Atr,
    last: Option<Levels>,
}

impl AtrLevels {
    /// Around the closes of these periods.
    pub fn new(basis: LevelBasis) -> Self {
        Self {
            basis,
            atr: Atr::new(ATR_BARS),
            last: None,
        }
    }

    /// What holds in the period that is still forming, given its high and low so far: its levels
    /// lie around the last closed one.
    pub fn forming(&self, high: f64, low: f64) -> Option<LevelReading> {
        Some(LevelReading::of(self.last?, high, low))
    }
}

impl Indicator for AtrLevels {
    type Input = Bar;
    type Output = LevelReading;

    fn next(&mut self, bar: Bar) -> Option<LevelReading> {
        let atr = self.atr.next(bar);
        let current = atr.map(|average_true_range| Levels {
            close: bar.close,
            average_true_range,
        });
        let previous = std::mem::replace(&mut self.last, current);
        let levels = match self.basis {
            LevelBasis::PreviousPeriod => previous,
            LevelBasis::CurrentClose => current,
        };
        Some(LevelReading::of(levels?, bar.high, bar.low))
    }
}
