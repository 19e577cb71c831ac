//! The squeeze's histogram: how far the close has moved from the middle of its range, as the end
//! of the straight line through those distances.

use super::super::{Bar, Direction, Highest, Indicator, LinearRegression, Lowest};

/// The colour of one bar of the histogram: the side of zero, and whether it rises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MomentumColour {
    /// Cyan: not negative, rising.
    PositiveUp,
    /// Blue: not negative, not rising.
    PositiveDown,
    /// Red: negative, not rising.
    NegativeDown,
    /// Yellow: negative, rising.
    NegativeUp,
}

impl MomentumColour {
    fn of(value: f64, before: f64) -> Self {
        match (value >= 0.0, value > before) {
            (true, true) => Self::PositiveUp,
            (true, false) => Self::PositiveDown,
            (false, false) => Self::NegativeDown,
            (false, true) => Self::NegativeUp,
        }
    }

    /// Whether it is the lighter colour of its side: momentum has turned back towards zero.
    pub fn is_lighter(self) -> bool {
        matches!(self, Self::PositiveDown | Self::NegativeUp)
    }
}

/// The momentum of one bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Momentum {
    /// In dollars.
    pub value: f64,
    /// Absent for the first value, which has none before it.
    pub colour: Option<MomentumColour>,
    /// How many bars in a row, up to this one, were of the lighter colour. Carter exits at the
    /// second.
    pub weakening_bars: u32,
}

impl Momentum {
    /// The side of zero that it is on; none at zero.
    pub fn direction(&self) -> Option<Direction> {
        Direction::from_to(0.0, self.value)
    }

    /// Whether it moves away from zero.
    pub fn is_growing(&self) -> bool {
        self.colour.is_some_and(|colour| !colour.is_lighter())
    }
}

#[derive(Debug, Clone)]
pub(super) struct MomentumLine {
    highest: Highest,
    lowest: Lowest,
    line: LinearRegression,
    before: Option<Momentum>,
}

impl MomentumLine {
    pub(super) fn new(bars: usize) -> Self {
        Self {
            highest: Highest::new(bars),
            lowest: Lowest::new(bars),
            line: LinearRegression::new(bars),
            before: None,
        }
    }

    /// `mean` is that of the closes of as many bars.
    pub(super) fn next(&mut self, bar: Bar, mean: Option<f64>) -> Option<Momentum> {
        let highest = self.highest.next(bar.high);
        let lowest = self.lowest.next(bar.low);
        let middle = f64::midpoint(f64::midpoint(highest?, lowest?), mean?);
        let value = self.line.next(bar.close - middle)?.endpoint;
        self.before = Some(self.momentum(value));
        self.before
    }

    fn momentum(&self, value: f64) -> Momentum {
        let colour = self
            .before
            .map(|before| MomentumColour::of(value, before.value));
        let run = self.before.map_or(0, |before| before.weakening_bars);
        let is_lighter = colour.is_some_and(MomentumColour::is_lighter);
        Momentum {
            value,
            colour,
            weakening_bars: if is_lighter { run.saturating_add(1) } else { 0 },
        }
    }
}
