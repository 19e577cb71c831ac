//! The phase oscillator: how far the close is from its average in units of the true range, and
//! whether the market is compressed.
//!
//! Source: the copy of Saty's study in rishid/thinkscripts, without its rounding to two decimals.

use super::super::{Atr, Bar, Ema, Indicator, StandardDeviation};

/// The bars of the pivot and of the deviation around it.
const PIVOT_BARS: usize = 21;
const ATR_BARS: usize = 14;
const SMOOTHING_BARS: usize = 3;

/// The bounds of the zones, on both sides of zero.
const NEUTRAL: f64 = 23.6;
const OUTER: f64 = 61.8;
const EXTREME: f64 = 100.0;

/// Two deviations are compared with so many true ranges: within these the market is compressed,
const COMPRESSED_RANGES: f64 = 2.0;
/// and beyond these, once they grow, it no longer is.
const EXPANDING_RANGES: f64 = 1.854;

/// Where the oscillator is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhaseZone {
    /// From 100.
    ExtendedUp,
    /// From 61.8.
    Distribution,
    /// Above 23.6.
    MarkUp,
    /// From -23.6 to 23.6.
    LaunchBox,
    /// Below -23.6.
    MarkDown,
    /// Down from -61.8.
    Accumulation,
    /// Down from -100.
    ExtendedDown,
}

impl PhaseZone {
    fn of(value: f64) -> Self {
        match value {
            value if value >= EXTREME => Self::ExtendedUp,
            value if value >= OUTER => Self::Distribution,
            value if value > NEUTRAL => Self::MarkUp,
            value if value >= -NEUTRAL => Self::LaunchBox,
            value if value > -OUTER => Self::MarkDown,
            value if value > -EXTREME => Self::Accumulation,
            _ => Self::ExtendedDown,
        }
    }
}

/// Bounds that the oscillator crossed back towards zero with this bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four crosses, of which one bar may make two"
)]
pub struct PhaseCrosses {
    /// Up through -61.8.
    pub leaves_accumulation: bool,
    /// Up through -100.
    pub leaves_extreme_down: bool,
    /// Down through 61.8.
    pub leaves_distribution: bool,
    /// Down through 100.
    pub leaves_extreme_up: bool,
}

impl PhaseCrosses {
    fn of(before: f64, now: f64) -> Self {
        let rises_through = |bound: f64| before <= bound && bound < now;
        let falls_through = |bound: f64| before >= bound && bound > now;
        Self {
            leaves_accumulation: rises_through(-OUTER),
            leaves_extreme_down: rises_through(-EXTREME),
            leaves_distribution: falls_through(OUTER),
            leaves_extreme_up: falls_through(EXTREME),
        }
    }
}

/// What the oscillator says of one closed bar. First valid index 20.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PhaseReading {
    /// The distance of the close from its average of 21, as a percentage of three average true
    /// ranges; absent when those are zero.
    pub raw: Option<f64>,
    /// The oscillator: the average of 3 raw values. First valid index 22; absent with `raw`.
    pub value: Option<f64>,
    /// Two deviations less two true ranges, in dollars: not above zero when compressed.
    pub compression: f64,
    /// Two deviations less 1.854 true ranges, in dollars.
    pub expansion: f64,
    /// Whether the market is compressed.
    pub is_compressed: bool,
    /// Where the oscillator is.
    pub zone: Option<PhaseZone>,
    /// What it crossed since the bar before; nothing if that has no value.
    pub crosses: PhaseCrosses,
}

/// The phase oscillator of one series of bars.
#[derive(Debug, Clone)]
pub struct PhaseOscillator {
    pivot: Ema,
    deviation: StandardDeviation,
    atr: Atr,
    smoothing: Ema,
    value_before: Option<f64>,
    compression_before: Option<f64>,
}

impl PhaseOscillator {
    /// A series that hasn't begun.
    pub fn new() -> Self {
        Self {
            pivot: Ema::new(PIVOT_BARS),
            deviation: StandardDeviation::new(PIVOT_BARS),
            atr: Atr::new(ATR_BARS),
            smoothing: Ema::new(SMOOTHING_BARS),
            value_before: None,
            compression_before: None,
        }
    }

    /// A bar without a raw value leaves the smoothing as it is.
    fn smoothed(&mut self, raw: Option<f64>) -> (Option<f64>, PhaseCrosses) {
        let value = raw.and_then(|raw| self.smoothing.next(raw));
        let before = std::mem::replace(&mut self.value_before, value);
        let crosses = before
            .zip(value)
            .map(|(before, now)| PhaseCrosses::of(before, now));
        (value, crosses.unwrap_or_default())
    }

    /// A market whose deviations grow past the inner bound has left its compression before it
    /// passes the outer one.
    fn is_compressed(&mut self, compression: f64, expansion: f64) -> bool {
        let before = self.compression_before.replace(compression);
        let grows = before.is_some_and(|before| before <= compression);
        !(grows && expansion > 0.0) && compression <= 0.0
    }
}

impl Default for PhaseOscillator {
    fn default() -> Self {
        Self::new()
    }
}

impl Indicator for PhaseOscillator {
    type Input = Bar;
    type Output = PhaseReading;

    fn next(&mut self, bar: Bar) -> Option<PhaseReading> {
        let atr = self.atr.next(bar);
        let pivot = self.pivot.next(bar.close);
        let deviation = self.deviation.next(bar.close);
        let (atr, pivot, width) = (atr?, pivot?, 2.0 * deviation?);
        let compression = width - COMPRESSED_RANGES * atr;
        let expansion = width - EXPANDING_RANGES * atr;
        let raw = (atr > 0.0).then(|| (bar.close - pivot) / (3.0 * atr) * 100.0);
        let (value, crosses) = self.smoothed(raw);
        Some(PhaseReading {
            raw,
            value,
            compression,
            expansion,
            is_compressed: self.is_compressed(compression, expansion),
            zone: value.map(PhaseZone::of),
            crosses,
        })
    }
}
