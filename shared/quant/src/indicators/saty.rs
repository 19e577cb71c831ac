//! Saty Mahajan's studies: levels by the average true range, the phase oscillator with its
//! compression, and the pivot ribbon.
//!
//! They begin with TA-Lib's seeds, and charting sites with their own: values are comparable after
//! some 150 bars. For a ribbon of a longer timeframe (his "time warp"), give it that timeframe's
//! closed bars.

mod golden_gate;
mod levels;
mod phase;
mod ribbon;

pub use golden_gate::{GateState, GoldenGate};
pub use levels::{
    AtrLevels, LEVEL_FACTORS, LevelBasis, LevelReading, Levels, RangeStatus, RangeUsed,
};
pub use phase::{PhaseCrosses, PhaseOscillator, PhaseReading, PhaseZone};
pub use ribbon::{CandleBias, Conviction, PivotRibbon, RibbonAverages, RibbonReading, Trend};
