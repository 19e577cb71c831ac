//! Pivot machine guns: runs of higher lows or lower highs, whose stops lie one behind the other.

use super::super::{Bar, Direction};

/// How long a run must be.
pub const MACHINE_GUN_BARS: u32 = 5;

/// How many bars in a row, up to the last, had a higher low or a lower high than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MachineGun {
    /// Bars with a higher low.
    pub higher_lows: u32,
    /// Bars with a lower high.
    pub lower_highs: u32,
}

impl MachineGun {
    pub(super) fn extend(&mut self, bar: &Bar, high_before: f64, low_before: f64) {
        let next = |run: u32, goes_on: bool| if goes_on { run.saturating_add(1) } else { 0 };
        self.higher_lows = next(self.higher_lows, bar.low > low_before);
        self.lower_highs = next(self.lower_highs, bar.high < high_before);
    }

    /// Whether the run of the trend in this direction is long enough.
    pub fn is_loaded(&self, trend: Direction) -> bool {
        let run = match trend {
            Direction::Up => self.higher_lows,
            Direction::Down => self.lower_highs,
        };
        run >= MACHINE_GUN_BARS
    }
}
