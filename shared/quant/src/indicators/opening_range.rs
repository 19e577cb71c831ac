//! The opening range breakout: the range of a session's first minutes, the first close outside it,
//! and the return that makes the breakout false.
//!
//! Regular hours only; bars before the open and after the close are passed over. Which session a
//! bar belongs to, and when that closes, comes in with the bar.

mod breakout;
mod range;

pub use breakout::{Attempts, Breakout, FalseBreakout, OpeningRangeEvent, OpeningRangeSettings};
pub use range::{EXIT_MINUTES_BEFORE_CLOSE, OpeningRange, RangeWidth, StopChoice, is_wide_gap};

use super::{Indicator, SessionBar};
use breakout::Watch;

/// A bar with the volume that it had against what is usual.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpeningRangeBar {
    /// The bar in its session.
    pub session_bar: SessionBar,
    /// Its volume as a multiple of the usual; absent when that isn't known.
    pub relative_volume: Option<f64>,
}

/// The opening range of one session after the other.
#[derive(Debug, Clone)]
pub struct OpeningRangeBreakout {
    settings: OpeningRangeSettings,
    before: Option<SessionBar>,
    range: Option<OpeningRange>,
    watch: Watch,
}

/// What there is to say after a bar of regular hours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpeningRangeReading {
    /// The session's range so far, and from the window's end on for good.
    pub range: OpeningRange,
    /// What this bar did.
    pub event: Option<OpeningRangeEvent>,
}

impl OpeningRangeBreakout {
    /// Under these rules.
    pub fn new(settings: OpeningRangeSettings) -> Self {
        Self {
            settings,
            before: None,
            range: None,
            watch: Watch::default(),
        }
    }

    fn begin_session(&mut self) {
        self.range = None;
        self.watch = Watch::default();
    }
}

impl Indicator for OpeningRangeBreakout {
    type Input = OpeningRangeBar;
    type Output = OpeningRangeReading;

    /// Absent out of regular hours, and in a session none of whose first bars are there.
    fn next(&mut self, input: OpeningRangeBar) -> Option<OpeningRangeReading> {
        let session_bar = input.session_bar;
        if session_bar.opens_session(self.before.as_ref()) {
            self.begin_session();
        }
        self.before = Some(session_bar);
        if !session_bar.is_regular() {
            return None;
        }
        if session_bar.minute < self.settings.minutes {
            let range = OpeningRange::extended(self.range, &session_bar, &self.settings);
            self.range = Some(range);
            return Some(OpeningRangeReading { range, event: None });
        }
        let range = self.range?.ended();
        self.range = Some(range);
        let event = self.watch.next(&range, &input, &self.settings);
        Some(OpeningRangeReading { range, event })
    }
}
