//! Breakouts of a finished range: which close is one, which may be entered, which was false.

use super::super::{Direction, SessionBar};
use super::OpeningRangeBar;
use super::range::OpeningRange;

/// How often a session's range may be traded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempts {
    /// The first breakout only, whatever became of it.
    First,
    /// After a false first breakout also the first one of the other side.
    OppositeAfterFalse,
}

/// The rules of the opening range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpeningRangeSettings {
    /// The window after the open, in minutes: 5, 15 or 30.
    pub minutes: i32,
    /// How long a bar is, in minutes.
    pub bar_minutes: i32,
    /// The relative volume from which a breakout is confirmed.
    pub relative_volume_min: f64,
    /// Within how many bars a close back inside makes a breakout false.
    pub false_breakout_bars: u32,
    /// The last entry, in minutes before the close: 60 is 15:00, and 12:00 on an early close.
    pub entry_minutes_before_close: i32,
    /// How often the range may be traded.
    pub attempts: Attempts,
}

impl Default for OpeningRangeSettings {
    /// Thirty minutes of 5-minute bars.
    fn default() -> Self {
        Self {
            minutes: 30,
            bar_minutes: 5,
            relative_volume_min: 1.5,
            false_breakout_bars: 3,
            entry_minutes_before_close: 60,
            attempts: Attempts::OppositeAfterFalse,
        }
    }
}

impl OpeningRangeSettings {
    /// Whether the bar has closed by the last time of entry.
    fn is_in_time(&self, session_bar: &SessionBar) -> bool {
        session_bar.minutes_to_close() >= self.bar_minutes + self.entry_minutes_before_close
    }
}

/// What a bar did to the range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OpeningRangeEvent {
    /// It closed outside.
    Breakout(Breakout),
    /// It closed inside again, soon after a breakout: that one is void.
    FalseBreakout(FalseBreakout),
}

/// The first close outside the range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Breakout {
    /// The side that was broken.
    pub direction: Direction,
    /// The broken side's price.
    pub level: f64,
    /// Whether the volume confirms it; an unknown volume doesn't.
    pub is_confirmed: bool,
    /// Whether the bar closed by the last time of entry.
    pub is_in_time: bool,
    /// Whether the range is one that may be traded: complete, and wider than nothing.
    pub is_range_tradable: bool,
}

impl Breakout {
    fn of(
        direction: Direction,
        range: &OpeningRange,
        bar: &OpeningRangeBar,
        settings: &OpeningRangeSettings,
    ) -> Self {
        let is_enough = |volume| volume >= settings.relative_volume_min;
        Self {
            direction,
            level: range.side(direction),
            is_confirmed: bar.relative_volume.is_some_and(is_enough),
            is_in_time: settings.is_in_time(&bar.session_bar),
            is_range_tradable: range.is_complete && range.width() > 0.0,
        }
    }

    /// Whether it may be entered.
    pub fn is_entry(&self) -> bool {
        self.is_confirmed && self.is_in_time && self.is_range_tradable
    }
}

/// The close back inside that voids a breakout.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FalseBreakout {
    /// The way of the breakout that it voids.
    pub direction: Direction,
    /// The price of the side that had been broken.
    pub level: f64,
}

/// What has become of a session's range since its window ended.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Watch {
    attempt: Option<Attempt>,
    attempts: u32,
}

#[derive(Debug, Clone, Copy)]
struct Attempt {
    direction: Direction,
    bars_since: u32,
    is_false: bool,
}

impl Watch {
    pub(super) fn next(
        &mut self,
        range: &OpeningRange,
        bar: &OpeningRangeBar,
        settings: &OpeningRangeSettings,
    ) -> Option<OpeningRangeEvent> {
        let outside = range.direction_of(bar.session_bar.bar.close);
        if let Some(event) = self.void(range, outside, settings) {
            return Some(OpeningRangeEvent::FalseBreakout(event));
        }
        let direction = outside.filter(|direction| self.may_try(*direction, settings))?;
        self.attempt = Some(Attempt {
            direction,
            bars_since: 0,
            is_false: false,
        });
        self.attempts += 1;
        let breakout = Breakout::of(direction, range, bar, settings);
        Some(OpeningRangeEvent::Breakout(breakout))
    }

    /// Voids the attempt that is under way if the bar closed inside soon enough. A close through
    /// to the other side is no return into the range.
    fn void(
        &mut self,
        range: &OpeningRange,
        outside: Option<Direction>,
        settings: &OpeningRangeSettings,
    ) -> Option<FalseBreakout> {
        let attempt = self.attempt.as_mut().filter(|attempt| !attempt.is_false)?;
        attempt.bars_since = attempt.bars_since.saturating_add(1);
        if outside.is_some() || attempt.bars_since > settings.false_breakout_bars {
            return None;
        }
        attempt.is_false = true;
        Some(FalseBreakout {
            direction: attempt.direction,
            level: range.side(attempt.direction),
        })
    }

    fn may_try(&self, direction: Direction, settings: &OpeningRangeSettings) -> bool {
        match self.attempt {
            None => true,
            Some(attempt) => {
                settings.attempts == Attempts::OppositeAfterFalse
                    && self.attempts == 1
                    && attempt.is_false
                    && attempt.direction != direction
            }
        }
    }
}
