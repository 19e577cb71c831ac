//! How tight the squeeze is, how long it has been on, and when it fired.

use super::super::Direction;
use super::CHANNEL;
use super::momentum::Momentum;

/// The tightest channel that the bands are inside of, by its width in mean true ranges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Compression {
    /// Green: none.
    None,
    /// Black: 2.0.
    Low,
    /// Red: 1.5. From here on the squeeze is on.
    Middle,
    /// Orange: 1.0.
    High,
}

impl Compression {
    /// Of bands this far from their middle, under this mean true range. A flat market, with both
    /// zero, isn't compressed.
    pub(super) fn of(width: f64, mean_true_range: f64) -> Self {
        if width < mean_true_range {
            Self::High
        } else if width < CHANNEL * mean_true_range {
            Self::Middle
        } else if width < 2.0 * mean_true_range {
            Self::Low
        } else {
            Self::None
        }
    }

    /// Whether the squeeze is on.
    pub fn is_on(self) -> bool {
        self >= Self::Middle
    }

    /// 0 to 3, from none to high.
    pub fn level(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Low => 1,
            Self::Middle => 2,
            Self::High => 3,
        }
    }
}

/// The end of a squeeze.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fired {
    /// The way of the momentum at that bar; absent if it was zero or there was none yet.
    pub direction: Option<Direction>,
    /// How many bars the squeeze had been on.
    pub squeeze_bars: u32,
    /// How many bars ago it fired; zero for this bar.
    pub bars_ago: u32,
}

/// The squeeze at one bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SqueezeState {
    /// The tightest channel that the bands are inside of.
    pub compression: Compression,
    /// How many bars it has been on, this one included; zero while it is off.
    pub bars: u32,
    /// The last one that fired.
    pub last_fired: Option<Fired>,
}

impl SqueezeState {
    /// What fired at this very bar.
    pub fn fired(&self) -> Option<Fired> {
        self.last_fired.filter(|fired| fired.bars_ago == 0)
    }
}

/// When a squeeze that fired may be entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SqueezeEntryRules {
    /// How many bars it must have been on.
    pub squeeze_bars_min: u32,
    /// How many bars after it fired the signal lives.
    pub lifetime_bars: u32,
}

impl Default for SqueezeEntryRules {
    fn default() -> Self {
        Self {
            squeeze_bars_min: 5,
            lifetime_bars: 8,
        }
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct StateOfSqueeze {
    bars: u32,
    last_fired: Option<Fired>,
}

impl StateOfSqueeze {
    pub(super) fn next(
        &mut self,
        compression: Compression,
        momentum: Option<Momentum>,
    ) -> SqueezeState {
        self.last_fired = if !compression.is_on() && self.bars > 0 {
            Some(Fired {
                direction: momentum.and_then(|momentum| momentum.direction()),
                squeeze_bars: self.bars,
                bars_ago: 0,
            })
        } else {
            self.last_fired.map(Fired::one_bar_later)
        };
        self.bars = if compression.is_on() {
            self.bars.saturating_add(1)
        } else {
            0
        };
        SqueezeState {
            compression,
            bars: self.bars,
            last_fired: self.last_fired,
        }
    }
}

impl Fired {
    fn one_bar_later(self) -> Self {
        Self {
            bars_ago: self.bars_ago.saturating_add(1),
            ..self
        }
    }
}
