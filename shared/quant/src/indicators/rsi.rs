//! The relative strength index by Wilder, as TA-Lib computes it.

use super::Indicator;
use super::wilder::Wilder;

/// `100 · G / (G + L)`, where `G` and `L` are Wilder's averages of what a price gained and lost
/// from one value to the next. First valid index `length`.
#[derive(Debug, Clone)]
pub struct Rsi {
    before: Option<f64>,
    gains: Wilder,
    losses: Wilder,
}

/// What the index says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RelativeStrength {
    /// From 0 (only losses) to 100 (only gains); 0 also without any movement, as TA-Lib has it.
    pub index: f64,
    /// Whether the price moved at all. If not, `index` says nothing, and isn't "oversold".
    pub has_moved: bool,
}

impl RelativeStrength {
    /// The index as something to decide on: absent without movement.
    pub fn signal(self) -> Option<f64> {
        self.has_moved.then_some(self.index)
    }
}

impl Rsi {
    /// Over so many differences; none counts as one.
    pub fn new(length: usize) -> Self {
        Self {
            before: None,
            gains: Wilder::new(length),
            losses: Wilder::new(length),
        }
    }
}

impl Indicator for Rsi {
    type Input = f64;
    type Output = RelativeStrength;

    #[inline]
    fn next(&mut self, value: f64) -> Option<RelativeStrength> {
        let difference = value - self.before.replace(value)?;
        let gains = self.gains.next(difference.max(0.0));
        let losses = self.losses.next((-difference).max(0.0));
        Some(strength(gains?, losses?))
    }
}

/// Divided before it is multiplied, so that gains alone give exactly 100.
fn strength(gains: f64, losses: f64) -> RelativeStrength {
    let movement = gains + losses;
    let has_moved = movement > 0.0;
    RelativeStrength {
        index: if has_moved {
            100.0 * (gains / movement)
        } else {
            0.0
        },
        has_moved,
    }
}
