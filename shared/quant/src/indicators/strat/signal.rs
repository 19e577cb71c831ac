//! What a combination trades: where it enters, where it is wrong, how far it may go.

use super::super::Direction;
use super::bar_type::Shape;
use super::combination::Combination;

/// How many bars before the setup bar are searched for a target.
const TARGET_BARS_MAX: usize = 50;

/// Those, the setup bar, and room up to a power of two.
const KEPT: usize = 64;

/// A triggered setup. All levels are prices.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signal {
    /// The bars that make it.
    pub combination: Combination,
    /// The way in which it trades.
    pub direction: Direction,
    /// The high or low of the setup bar: beyond it the signal is on.
    pub trigger: f64,
    /// What a back-test pays: the trigger, or the open of a bar that opened beyond it.
    pub entry: f64,
    /// The tight stop: the other side of the setup bar.
    pub stop: f64,
    /// The wide stop: the far side of all setup bars.
    pub stop_wide: f64,
    /// The first extreme beyond the trigger, going back; absent when there is only blue sky.
    pub target: Option<f64>,
    /// The shape of the setup bar, whichever way it points.
    pub setup_shape: Option<Shape>,
}

impl Signal {
    pub(super) fn of(
        combination: Combination,
        direction: Direction,
        setup_shape: Option<Shape>,
        extremes: &Extremes,
    ) -> Option<Self> {
        let trigger = extremes.front(direction, 0)?;
        let stop = extremes.front(direction.opposite(), 0)?;
        let stop_wide = (1..combination.setup_bars())
            .filter_map(|bars| extremes.front(direction.opposite(), bars))
            .fold(stop, |far, extreme| match direction {
                Direction::Up => far.min(extreme),
                Direction::Down => far.max(extreme),
            });
        Some(Self {
            combination,
            direction,
            trigger,
            entry: trigger,
            stop,
            stop_wide,
            target: extremes.first_beyond(direction, trigger),
            setup_shape,
        })
    }

    /// The same signal on a bar with that open, which may have gapped over the trigger.
    pub(super) fn filled_at_open(self, open: f64) -> Self {
        let entry = match self.direction {
            Direction::Up => self.trigger.max(open),
            Direction::Down => self.trigger.min(open),
        };
        Self { entry, ..self }
    }

    /// Whether the price is beyond the trigger now.
    pub fn is_in_force(&self, price: f64) -> bool {
        self.direction.is_beyond(price, self.trigger)
    }
}

/// Highs and lows of the last bars.
#[derive(Debug, Clone)]
pub(super) struct Extremes {
    highs: [f64; KEPT],
    lows: [f64; KEPT],
    /// How many bars there ever were.
    seen: usize,
}

impl Default for Extremes {
    fn default() -> Self {
        Self {
            highs: [0.0; KEPT],
            lows: [0.0; KEPT],
            seen: 0,
        }
    }
}

impl Extremes {
    pub(super) fn push(&mut self, high: f64, low: f64) {
        self.highs[self.seen % KEPT] = high;
        self.lows[self.seen % KEPT] = low;
        self.seen += 1;
    }

    /// High and low of the bar that many bars before the last one.
    pub(super) fn back(&self, bars: usize) -> Option<(f64, f64)> {
        let index = self.index(bars)?;
        Some((self.highs[index], self.lows[index]))
    }

    /// The side of a bar that a move in this direction meets: its high going up, its low going down.
    fn front(&self, direction: Direction, bars: usize) -> Option<f64> {
        let index = self.index(bars)?;
        Some(match direction {
            Direction::Up => self.highs[index],
            Direction::Down => self.lows[index],
        })
    }

    fn index(&self, bars: usize) -> Option<usize> {
        (bars < self.seen.min(KEPT)).then(|| (self.seen - 1 - bars) % KEPT)
    }

    /// Going back from the bar before the last one, the first extreme strictly beyond a level.
    fn first_beyond(&self, direction: Direction, level: f64) -> Option<f64> {
        (1..=TARGET_BARS_MAX)
            .map_while(|bars| self.front(direction, bars))
            .find(|extreme| direction.is_beyond(*extreme, level))
    }
}
