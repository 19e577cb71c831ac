//! A bar that is still forming: an inside bar at first, then perhaps a 2, then perhaps a 3.

use super::super::Direction;
use super::bar_type::BarType;

/// The bar of now against the closed one before it. What it broke stays broken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FormingBar {
    high_before: f64,
    low_before: f64,
    broke_high: bool,
    broke_low: bool,
}

impl FormingBar {
    /// A bar without trades yet, after one with that high and low.
    pub fn after(high_before: f64, low_before: f64) -> Self {
        Self {
            high_before,
            low_before,
            broke_high: false,
            broke_low: false,
        }
    }

    /// Takes a trade, and says what the bar is now.
    pub fn trade(&mut self, price: f64) -> BarType {
        self.broke_high |= price > self.high_before;
        self.broke_low |= price < self.low_before;
        self.bar_type()
    }

    /// What the bar is now.
    pub fn bar_type(&self) -> BarType {
        BarType::from_breaks(self.broke_high, self.broke_low)
    }

    /// The price in the middle of the bar before.
    pub fn middle(&self) -> f64 {
        f64::midpoint(self.high_before, self.low_before)
    }

    /// The 50 % rule: the side to watch for an outside bar, once a bar that took the other side
    /// trades back through the middle of the bar before.
    pub fn outside_watch(&self, price: f64) -> Option<Direction> {
        let towards = self.bar_type().direction()?.opposite();
        towards.is_beyond(price, self.middle()).then_some(towards)
    }
}
