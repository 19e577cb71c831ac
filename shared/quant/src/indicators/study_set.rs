//! Every study at once, on one bar after the other. Continuity over timeframes isn't among them:
//! it needs to be told when the candles of the others begin.

use super::opening_range::{
    OpeningRangeBar, OpeningRangeBreakout, OpeningRangeReading, OpeningRangeSettings,
};
use super::saty::{
    AtrLevels, LevelBasis, LevelReading, PhaseOscillator, PhaseReading, PivotRibbon, RibbonReading,
};
use super::squeeze::{Squeeze, SqueezeReading};
use super::strat::{Strat, StratReading};
use super::{Indicator, SessionBar};

/// The windows of the set's opening ranges, in minutes.
pub const OPENING_RANGE_MINUTES: [i32; 3] = [5, 15, 30];

/// All studies of one series. Takes a bar without allocating.
#[derive(Debug, Clone)]
pub struct StudySet {
    strat: Strat,
    squeeze: Squeeze,
    levels: AtrLevels,
    phase: PhaseOscillator,
    ribbon: PivotRibbon,
    opening_ranges: [OpeningRangeBreakout; OPENING_RANGE_MINUTES.len()],
}

/// What the studies say of one bar. Each is absent before its first valid index.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StudyValues {
    /// The bar's type, and the setup that it triggered.
    pub strat: Option<StratReading>,
    /// The TTM squeeze.
    pub squeeze: Option<SqueezeReading>,
    /// Levels around the close before, with these bars as periods.
    pub levels: Option<LevelReading>,
    /// Saty's phase oscillator.
    pub phase: Option<PhaseReading>,
    /// Saty's pivot ribbon.
    pub ribbon: Option<RibbonReading>,
    /// In the order of `OPENING_RANGE_MINUTES`.
    pub opening_ranges: [Option<OpeningRangeReading>; OPENING_RANGE_MINUTES.len()],
}

impl StudySet {
    /// Of a series of bars this long, that begins with the next one. An opening range shorter than
    /// a bar, or not a multiple of it, is never complete.
    pub fn new(bar_minutes: i32) -> Self {
        let opening_range = |minutes| {
            OpeningRangeBreakout::new(OpeningRangeSettings {
                minutes,
                bar_minutes,
                ..OpeningRangeSettings::default()
            })
        };
        Self {
            strat: Strat::new(),
            squeeze: Squeeze::new(),
            levels: AtrLevels::new(LevelBasis::PreviousPeriod),
            phase: PhaseOscillator::new(),
            ribbon: PivotRibbon::new(),
            opening_ranges: OPENING_RANGE_MINUTES.map(opening_range),
        }
    }

    /// Takes the next bar, and its volume as a multiple of the usual, where that is known. The bar
    /// has passed the gate.
    pub fn next(&mut self, session_bar: SessionBar, relative_volume: Option<f64>) -> StudyValues {
        let bar = session_bar.bar;
        let input = OpeningRangeBar {
            session_bar,
            relative_volume,
        };
        let mut opening_ranges = [None; OPENING_RANGE_MINUTES.len()];
        for (reading, range) in opening_ranges.iter_mut().zip(&mut self.opening_ranges) {
            *reading = range.next(input);
        }
        StudyValues {
            strat: self.strat.next(bar),
            squeeze: self.squeeze.next(bar),
            levels: self.levels.next(bar),
            phase: self.phase.next(bar),
            ribbon: self.ribbon.next(bar),
            opening_ranges,
        }
    }
}
