//! The Strat (Rob Smith): every bar is told by what it broke of the bar before it, and a few bars
//! in a row make a setup with a trigger, a stop and a target.
//!
//! It sees regular sessions only: the first bar of a day compares with the last of the session
//! before. A closed bar tells what a forming one became; [`FormingBar`] and [`Strat::armed`] serve
//! a trade that doesn't wait for the close.

mod bar_type;
mod combination;
mod continuity;
mod forming;
mod machine_gun;
mod signal;

pub use bar_type::{BarType, Colour, Shape};
pub use combination::{Combination, CombinationKind};
pub use continuity::{
    Continuity, ContinuityReading, FullTimeframeContinuity, TimeframeBar, TimeframeReading,
};
pub use forming::FormingBar;
pub use machine_gun::{MACHINE_GUN_BARS, MachineGun};
pub use signal::Signal;

use super::{Bar, Direction, Indicator};
use signal::Extremes;

/// The Strat of one series of bars.
#[derive(Debug, Clone, Default)]
pub struct Strat {
    extremes: Extremes,
    /// Types of the last three bars, oldest first.
    types: [Option<BarType>; 3],
    shape: Option<Shape>,
    machine_gun: MachineGun,
}

/// What the Strat says of one closed bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StratReading {
    /// What it broke; absent for the first bar of a series.
    pub bar_type: Option<BarType>,
    /// Which way it closed.
    pub colour: Colour,
    /// Where in its range it opened and closed, if that makes a shape.
    pub shape: Option<Shape>,
    /// The setup that this bar triggered.
    pub signal: Option<Signal>,
    /// Runs of higher lows and lower highs up to this bar.
    pub machine_gun: MachineGun,
}

impl StratReading {
    /// Whether a bar that broke one side closed against it: a red 2U, a green 2D.
    pub fn is_failed_break(&self) -> bool {
        let broke = self.bar_type.and_then(BarType::direction);
        let closed = self.colour.direction();
        broke.is_some() && closed.is_some() && broke != closed
    }
}

impl Strat {
    /// A series that hasn't begun.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next bar before its first trade; absent while there is none to compare it with.
    pub fn forming(&self) -> Option<FormingBar> {
        let (high, low) = self.extremes.back(0)?;
        Some(FormingBar::after(high, low))
    }

    /// The setup that the next bar triggers the moment it breaks one side, filled at the trigger.
    pub fn armed(&self, direction: Direction) -> Option<Signal> {
        let combination = Combination::of(self.types, direction)?;
        Signal::of(combination, direction, self.shape, &self.extremes)
    }

    fn signal(&self, bar: &Bar, bar_type: BarType) -> Option<Signal> {
        let armed = self.armed(bar_type.direction()?)?;
        Some(armed.filled_at_open(bar.open))
    }
}

impl Indicator for Strat {
    type Input = Bar;
    type Output = StratReading;

    fn next(&mut self, bar: Bar) -> Option<StratReading> {
        let before = self.extremes.back(0);
        let bar_type = before.map(|(high, low)| BarType::of(&bar, high, low));
        let signal = bar_type.and_then(|bar_type| self.signal(&bar, bar_type));
        if let Some((high, low)) = before {
            self.machine_gun.extend(&bar, high, low);
        }
        let [_, older, newer] = self.types;
        self.types = [older, newer, bar_type];
        self.shape = Shape::of(&bar);
        self.extremes.push(bar.high, bar.low);
        Some(StratReading {
            bar_type,
            colour: Colour::of(bar.open, bar.close),
            shape: self.shape,
            signal,
            machine_gun: self.machine_gun,
        })
    }
}
