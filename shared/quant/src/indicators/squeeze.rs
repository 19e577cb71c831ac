//! The TTM Squeeze (John Carter): Bollinger Bands inside a Keltner Channel tell of a market that
//! has gone quiet; when they leave it, the squeeze fires in the direction of the momentum.
//!
//! Both bands share their middle, the mean of 20 closes, so that "inside" is a comparison of two
//! standard deviations with a multiple of the mean true range. The original's momentum was never
//! published; this is the equivalent that its ports agree on.

mod momentum;
mod state;

pub use momentum::{Momentum, MomentumColour};
pub use state::{Compression, Fired, SqueezeEntryRules, SqueezeState};

use super::{Atr, Bar, Direction, Ema, Indicator, Sma, StandardDeviation, TrueRange};
use momentum::MomentumLine;
use state::StateOfSqueeze;

/// The window of bands, channel and momentum, in bars.
const BARS: usize = 20;

/// The width of the Bollinger Bands on each side, in standard deviations.
const DEVIATIONS: f64 = 2.0;

/// The width on each side of the channel that decides, in mean true ranges.
const CHANNEL: f64 = 1.5;

/// The squeeze of one series of bars.
#[derive(Debug, Clone)]
pub struct Squeeze {
    mean: Sma,
    deviation: StandardDeviation,
    true_range: TrueRange,
    mean_true_range: Sma,
    exponential_mean: Ema,
    wilder_true_range: Atr,
    momentum: MomentumLine,
    state: StateOfSqueeze,
}

/// What the squeeze says of one closed bar. First valid index 19.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SqueezeReading {
    /// The mean of 20 closes: the middle of bands and channel.
    pub middle: f64,
    /// The upper Bollinger Band.
    pub upper: f64,
    /// The lower Bollinger Band.
    pub lower: f64,
    /// The mean true range of 20 bars, in dollars. First valid index 20.
    pub mean_true_range: Option<f64>,
    /// Whether it is on, and what fired. First valid index 20.
    pub state: Option<SqueezeState>,
    /// First valid index 38: a squeeze may be on or fire before there is a momentum.
    pub momentum: Option<Momentum>,
    /// Whether the bands are inside the other channel in use, of the exponential mean and Wilder's
    /// average true range. First valid index 20.
    pub is_on_by_exponential_channel: Option<bool>,
}

impl SqueezeReading {
    /// The way to enter: a squeeze that lasted long enough has fired not long ago, and momentum
    /// still grows in its direction.
    pub fn entry(&self, rules: &SqueezeEntryRules) -> Option<Direction> {
        let fired = self.state?.last_fired?;
        let momentum = self.momentum?;
        let direction = fired.direction?;
        let is_ripe = fired.squeeze_bars >= rules.squeeze_bars_min;
        let is_fresh = fired.bars_ago <= rules.lifetime_bars;
        let agrees = momentum.direction() == Some(direction) && momentum.is_growing();
        (is_ripe && is_fresh && agrees).then_some(direction)
    }
}

impl Squeeze {
    /// A series that hasn't begun.
    pub fn new() -> Self {
        Self {
            mean: Sma::new(BARS),
            deviation: StandardDeviation::new(BARS),
            true_range: TrueRange::new(),
            mean_true_range: Sma::new(BARS),
            exponential_mean: Ema::new(BARS),
            wilder_true_range: Atr::new(BARS),
            momentum: MomentumLine::new(BARS),
            state: StateOfSqueeze::default(),
        }
    }

    fn exponential_channel(&mut self, bar: Bar) -> Option<(f64, f64)> {
        let middle = self.exponential_mean.next(bar.close);
        let width = CHANNEL * self.wilder_true_range.next(bar)?;
        Some((middle? - width, middle? + width))
    }
}

impl Default for Squeeze {
    fn default() -> Self {
        Self::new()
    }
}

impl Indicator for Squeeze {
    type Input = Bar;
    type Output = SqueezeReading;

    fn next(&mut self, bar: Bar) -> Option<SqueezeReading> {
        let true_range = self.true_range.next(bar);
        let mean_true_range = true_range.and_then(|range| self.mean_true_range.next(range));
        let channel = self.exponential_channel(bar);
        let middle = self.mean.next(bar.close);
        let width = self
            .deviation
            .next(bar.close)
            .map(|deviation| DEVIATIONS * deviation);
        let momentum = self.momentum.next(bar, middle);
        let (middle, width) = (middle?, width?);
        let compression = mean_true_range.map(|range| Compression::of(width, range));
        let (upper, lower) = (middle + width, middle - width);
        Some(SqueezeReading {
            middle,
            upper,
            lower,
            mean_true_range,
            state: compression.map(|compression| self.state.next(compression, momentum)),
            momentum,
            is_on_by_exponential_channel: channel.map(|(low, high)| lower > low && upper < high),
        })
    }
}
