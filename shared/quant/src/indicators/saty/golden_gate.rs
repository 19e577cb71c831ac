//! The golden gate: once a period has touched the level at 38.2 %, it tends to go on to 61.8 %.

use super::super::{Bar, Direction, Indicator};
use super::levels::Levels;

/// Touching this level opens the gate.
const ENTRY: f64 = 0.382;

/// Touching this level completes it.
const TARGET: f64 = 0.618;

/// Where one period's gate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GateState {
    /// The entry level hasn't been touched.
    Closed,
    /// The entry level has been touched: the target is ahead.
    Open,
    /// The target has been touched.
    Completed,
    /// A bar closed back through the trigger before that.
    Invalid,
}

/// One side's gate in one period. It takes the period's bars of ten minutes.
#[derive(Debug, Clone)]
pub struct GoldenGate {
    levels: Levels,
    direction: Direction,
    state: GateState,
}

impl GoldenGate {
    /// The gate of one side of these levels.
    pub fn new(levels: Levels, direction: Direction) -> Self {
        Self {
            levels,
            direction,
            state: GateState::Closed,
        }
    }

    /// The price that completes it.
    pub fn target(&self) -> f64 {
        self.levels.at(self.direction, TARGET)
    }

    fn touches(&self, bar: &Bar, factor: f64) -> bool {
        let level = self.levels.at(self.direction, factor);
        match self.direction {
            Direction::Up => bar.high >= level,
            Direction::Down => bar.low <= level,
        }
    }

    fn closes_back(&self, bar: &Bar) -> bool {
        let trigger = self.levels.trigger(self.direction);
        self.direction.opposite().is_beyond(bar.close, trigger)
    }
}

impl Indicator for GoldenGate {
    type Input = Bar;
    type Output = GateState;

    fn next(&mut self, bar: Bar) -> Option<GateState> {
        if self.state == GateState::Closed && self.touches(&bar, ENTRY) {
            self.state = GateState::Open;
        }
        if self.state == GateState::Open {
            if self.touches(&bar, TARGET) {
                self.state = GateState::Completed;
            } else if self.closes_back(&bar) {
                self.state = GateState::Invalid;
            }
        }
        Some(self.state)
    }
}
