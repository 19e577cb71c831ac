//! What one bar is: its type against the bar before it, its colour, its shape.

use super::super::{Bar, Direction};

/// What a bar broke of the one before it. An equal high or low is no break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BarType {
    /// `1`: neither side.
    Inside,
    /// `2U`: the high only.
    Up,
    /// `2D`: the low only.
    Down,
    /// `3`: both sides.
    Outside,
}

impl BarType {
    /// The type of a bar after one with that high and low.
    pub fn of(bar: &Bar, high_before: f64, low_before: f64) -> Self {
        Self::from_breaks(bar.high > high_before, bar.low < low_before)
    }

    /// The type of a bar that broke these sides.
    pub fn from_breaks(high: bool, low: bool) -> Self {
        match (high, low) {
            (false, false) => Self::Inside,
            (true, false) => Self::Up,
            (false, true) => Self::Down,
            (true, true) => Self::Outside,
        }
    }

    /// The type that breaks one side only.
    pub fn breaking(direction: Direction) -> Self {
        match direction {
            Direction::Up => Self::Up,
            Direction::Down => Self::Down,
        }
    }

    /// The one side that it broke; none for an inside or outside bar.
    pub fn direction(self) -> Option<Direction> {
        match self {
            Self::Up => Some(Direction::Up),
            Self::Down => Some(Direction::Down),
            Self::Inside | Self::Outside => None,
        }
    }

    /// As traders write it: `1`, `2U`, `2D` or `3`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Inside => "1",
            Self::Up => "2U",
            Self::Down => "2D",
            Self::Outside => "3",
        }
    }
}

/// Which way a bar closed from its open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Colour {
    /// Above.
    Green,
    /// Below.
    Red,
    /// At the same price.
    Doji,
}

impl Colour {
    /// The colour of a bar with that open and close.
    pub fn of(open: f64, close: f64) -> Self {
        match Direction::from_to(open, close) {
            Some(Direction::Up) => Self::Green,
            Some(Direction::Down) => Self::Red,
            None => Self::Doji,
        }
    }

    /// The way it closed; none for a doji.
    pub fn direction(self) -> Option<Direction> {
        match self {
            Self::Green => Some(Direction::Up),
            Self::Red => Some(Direction::Down),
            Self::Doji => None,
        }
    }
}

/// A bar that is mostly one wick. The next bar acts on it by breaking its other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Open and close in the highest quarter of the range.
    Hammer,
    /// Open and close in the lowest quarter of the range.
    Shooter,
}

/// The part of its range in which a shape opens and closes.
const BODY_SHARE: f64 = 0.25;

impl Shape {
    /// The shape of a bar, if it has one. A bar without range has none.
    pub fn of(bar: &Bar) -> Option<Self> {
        let range = bar.high - bar.low;
        let share = BODY_SHARE * range;
        if range <= 0.0 {
            None
        } else if bar.high - bar.open.min(bar.close) <= share {
            Some(Self::Hammer)
        } else if bar.open.max(bar.close) - bar.low <= share {
            Some(Self::Shooter)
        } else {
            None
        }
    }

    /// The way in which breaking it is acted on.
    pub fn direction(self) -> Direction {
        match self {
            Self::Hammer => Direction::Up,
            Self::Shooter => Direction::Down,
        }
    }
}
