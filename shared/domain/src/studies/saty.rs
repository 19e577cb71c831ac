//! Saty Mahajan's studies: the day's levels with their golden gate, the phase oscillator, and the
//! pivot ribbon.

use serde::{Deserialize, Serialize};

use super::{Study, Way};

/// All of them at the close of the newest bar. Prices in dollars per share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SatyStudy {
    /// The day's levels.
    pub levels: Study<SatyLevels>,
    /// Today's golden gates.
    pub golden_gates: Study<GoldenGates>,
    /// The phase oscillator.
    pub phase: Study<SatyPhase>,
    /// The pivot ribbon.
    pub ribbon: Study<SatyRibbon>,
}

/// The levels around the close of the session before.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SatyLevels {
    /// That close.
    pub close_before: f64,
    /// Wilder's average true range of 14 sessions, at that close.
    pub day_true_range: f64,
    /// Above it calls are an idea.
    pub upper_trigger: f64,
    /// Below it puts are.
    pub lower_trigger: f64,
    /// The side on which the newest close is; absent between the triggers.
    pub bias: Option<Way>,
    /// What today has used of its range; absent without today's first bar, or where the average
    /// is zero.
    pub range_used: Option<SatyRange>,
}

/// Today's range against the average.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SatyRange {
    /// In percent.
    pub percent: f64,
    /// What that means.
    pub status: SatyRangeStatus,
}

/// How much of its range a day has used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SatyRangeStatus {
    /// Up to 70 %.
    Room,
    /// Above that.
    NearlySpent,
    /// From 90 %: only a return to the mean is left.
    Spent,
}

impl SatyRangeStatus {
    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::NearlySpent => "nearly_spent",
            Self::Spent => "spent",
        }
    }
}

/// The two sides' golden gates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldenGates {
    /// The upper side's.
    pub up: GateState,
    /// The lower side's.
    pub down: GateState,
}

/// Where a golden gate stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GateState {
    /// The level at 38.2 % hasn't been touched.
    Closed,
    /// It has: the one at 61.8 % is ahead.
    Open,
    /// That has been touched.
    Completed,
    /// Ten minutes closed back through the trigger before that.
    Invalid,
}

/// The phase oscillator.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SatyPhase {
    /// Its value: 100 is three average true ranges above the average close.
    pub value: f64,
    /// Where that is.
    pub zone: PhaseZone,
    /// The way out of an extreme, if the newest bar took it back towards zero.
    pub turn: Option<Way>,
    /// Whether the market is compressed.
    pub is_compressed: bool,
}

/// Where the phase oscillator is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Self::ExtendedUp => "extended_up",
            Self::Distribution => "distribution",
            Self::MarkUp => "mark_up",
            Self::LaunchBox => "launch_box",
            Self::MarkDown => "mark_down",
            Self::Accumulation => "accumulation",
            Self::ExtendedDown => "extended_down",
        }
    }
}

/// The pivot ribbon; it takes 49 bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SatyRibbon {
    /// Of the averages 8, 21 and 48, the shorter the further this way; absent for chop.
    pub stack: Option<Way>,
    /// The same of close, 8, 21 and 34, equal ones included.
    pub trend: Option<Way>,
    /// Up while the average of 13 isn't below that of 48.
    pub conviction: Way,
    /// Whether that has changed with the newest bar.
    pub is_conviction_new: bool,
}
