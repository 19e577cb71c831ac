//! The range itself, and the levels and filters that follow from it.

use super::super::{Direction, SessionBar};
use super::breakout::OpeningRangeSettings;

/// Positions of the day are closed this many minutes before the session's close.
pub const EXIT_MINUTES_BEFORE_CLOSE: i32 = 15;

/// Targets beyond the broken side, in widths.
const TARGET_WIDTHS: [f64; 3] = [0.5, 1.0, 2.0];

/// A width below this part of a day's average true range is noise.
const NARROW_SHARE: f64 = 0.1;

/// The part of the bars' average true range that a tight stop is away from the entry.
const STOP_SHARE: f64 = 0.75;

/// High and low of a session's first minutes. All levels are prices.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpeningRange {
    /// Highest high.
    pub high: f64,
    /// Lowest low.
    pub low: f64,
    /// Whether the window is over, so that the range no longer changes.
    pub is_over: bool,
    /// Whether every bar of the window was there, and none reached beyond its end. Otherwise there
    /// is no trade.
    pub is_complete: bool,
    minutes_seen: i32,
}

/// Where a breakout is given up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StopChoice {
    /// In the middle of the range.
    Middle,
    /// On the other side of the range.
    OppositeSide,
    /// In the middle, or 0.75 times this average true range of the bars from the entry, whichever
    /// is nearer to the entry.
    Tighter {
        /// The average true range of the bars that break out, in dollars.
        average_true_range: f64,
    },
}

/// A range's width against a day's average true range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RangeWidth {
    /// So narrow that a break is noise.
    Narrow,
    /// Fit to trade.
    Fair,
    /// So wide that the day's range is already spent.
    Wide,
}

impl OpeningRange {
    pub(super) fn extended(
        range: Option<Self>,
        session_bar: &SessionBar,
        settings: &OpeningRangeSettings,
    ) -> Self {
        let bar = session_bar.bar;
        let before = range.unwrap_or(Self {
            high: bar.high,
            low: bar.low,
            is_over: false,
            is_complete: false,
            minutes_seen: 0,
        });
        let minutes_seen = before.minutes_seen.saturating_add(settings.bar_minutes);
        Self {
            high: before.high.max(bar.high),
            low: before.low.min(bar.low),
            is_over: session_bar.minute.saturating_add(settings.bar_minutes) >= settings.minutes,
            is_complete: minutes_seen == settings.minutes,
            minutes_seen,
        }
    }

    pub(super) fn ended(self) -> Self {
        Self {
            is_over: true,
            ..self
        }
    }

    /// From low to high, in dollars.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }

    /// The price in the middle.
    pub fn middle(&self) -> f64 {
        f64::midpoint(self.high, self.low)
    }

    /// The side that a break in this direction crosses.
    pub fn side(&self, direction: Direction) -> f64 {
        match direction {
            Direction::Up => self.high,
            Direction::Down => self.low,
        }
    }

    /// The way in which a price lies outside; none on either side and between them.
    pub fn direction_of(&self, price: f64) -> Option<Direction> {
        [Direction::Up, Direction::Down]
            .into_iter()
            .find(|direction| direction.is_beyond(price, self.side(*direction)))
    }

    /// Half a width, one and two widths beyond the broken side.
    pub fn targets(&self, direction: Direction) -> [f64; 3] {
        TARGET_WIDTHS.map(|widths| self.side(direction) + direction.sign() * widths * self.width())
    }

    /// Where a breakout that was entered at a price is given up.
    pub fn stop(&self, direction: Direction, entry: f64, choice: StopChoice) -> f64 {
        match choice {
            StopChoice::Middle => self.middle(),
            StopChoice::OppositeSide => self.side(direction.opposite()),
            StopChoice::Tighter { average_true_range } => {
                let near = entry - direction.sign() * STOP_SHARE * average_true_range;
                if direction.is_beyond(near, self.middle()) {
                    near
                } else {
                    self.middle()
                }
            }
        }
    }

    /// The width against a day's average true range. `wide_share` is the part of it from which the
    /// range counts as spent, 0.5 to 0.6. Absent without a true range.
    pub fn width_against(&self, day_true_range: f64, wide_share: f64) -> Option<RangeWidth> {
        let width = self.width();
        if day_true_range <= 0.0 {
            None
        } else if width > wide_share * day_true_range {
            Some(RangeWidth::Wide)
        } else if width < NARROW_SHARE * day_true_range {
            Some(RangeWidth::Narrow)
        } else {
            Some(RangeWidth::Fair)
        }
    }
}

/// Whether a session opened more than one day's average true range from the close before it, which
/// halves the size.
pub fn is_wide_gap(close_before: f64, open: f64, day_true_range: f64) -> bool {
    (open - close_before).abs() > day_true_range
}
