//! What the Strat tells of the last bars, and whether all timeframes point one way.

use serde::{Deserialize, Serialize};

use super::{Study, Way};
use crate::opinion::Word;

/// The Strat at the close of the newest bar. Prices in dollars per share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StratStudy {
    /// Types of the last bars, oldest first, at most four.
    pub bar_types: Vec<StratBar>,
    /// Which way the newest bar closed from its open; absent for neither.
    pub closed: Option<Way>,
    /// Whether the newest bar broke one side and closed against it.
    pub is_failed_break: bool,
    /// The newest setup that was triggered and is traded by itself.
    pub setup: Option<StratSetup>,
    /// Bars in a row, up to the newest, with a higher low.
    pub higher_lows: u32,
    /// Bars in a row, up to the newest, with a lower high.
    pub lower_highs: u32,
    /// Whether all timeframes point one way.
    pub continuity: Study<ContinuityStudy>,
}

/// What a bar broke of the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum StratBar {
    /// Neither side.
    #[serde(rename = "1")]
    Inside,
    /// The high only.
    #[serde(rename = "2U")]
    Up,
    /// The low only.
    #[serde(rename = "2D")]
    Down,
    /// Both sides.
    #[serde(rename = "3")]
    Outside,
}

impl StratBar {
    /// The one side that it broke; none for an inside or outside bar.
    pub fn way(self) -> Option<Way> {
        match self {
            Self::Up => Some(Way::Up),
            Self::Down => Some(Way::Down),
            Self::Inside | Self::Outside => None,
        }
    }

    /// As traders write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Inside => "1",
            Self::Up => "2U",
            Self::Down => "2D",
            Self::Outside => "3",
        }
    }
}

/// What a setup says of the move before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StratKind {
    /// It goes against the bars before it.
    Reversal,
    /// It goes on with the bars before it.
    Continuation,
    /// It leaves an inside bar whose mother bar has no direction.
    Breakout,
    /// An inside bar was broken one way, and that bar the other way.
    RevStrat,
}

impl StratKind {
    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reversal => "reversal",
            Self::Continuation => "continuation",
            Self::Breakout => "breakout",
            Self::RevStrat => "rev_strat",
        }
    }
}

/// A setup that was triggered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StratSetup {
    /// Its name, such as `2D-1-2U`.
    pub combination: Word,
    /// What it says of the move before it.
    pub kind: StratKind,
    /// The way in which it trades.
    pub way: Way,
    /// Beyond this price it is on.
    pub trigger: f64,
    /// The tight stop: the other side of the setup bar.
    pub stop: f64,
    /// The first extreme beyond the trigger; absent when there is only blue sky.
    pub target: Option<f64>,
    /// How many bars ago it was triggered; zero for the newest.
    pub bars_ago: u32,
    /// What has ended it since; within one bar the stop counts first.
    pub end: Option<SetupEnd>,
}

/// What ended a setup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetupEnd {
    /// A later bar touched the stop.
    Stopped,
    /// A bar touched the target.
    TargetReached,
}

/// The price against the open of each timeframe's candle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContinuityStudy {
    /// Each timeframe, the shortest first.
    pub frames: Vec<FrameStudy>,
    /// What they say together.
    pub by_open: Agreement,
    /// The same by bar types, which is stricter; absent while a timeframe has no type.
    pub by_bar_type: Option<Agreement>,
}

/// One timeframe's candle, as far as it has come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameStudy {
    /// Which.
    pub frame: Frame,
    /// Its first price.
    pub open: f64,
    /// From its open to the price; absent when they are equal.
    pub way: Option<Way>,
    /// What it has broken of the candle before it; absent without one.
    pub bar_type: Option<StratBar>,
    /// Whether it began together with a shorter one, so that both agree by construction.
    pub is_coupled: bool,
}

/// A timeframe of continuity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frame {
    /// That of the signal.
    Bar,
    /// A session.
    Day,
    /// The sessions of a week.
    Week,
    /// The sessions of a month.
    Month,
}

/// What several timeframes say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// All point up.
    Up,
    /// All point down.
    Down,
    /// They differ, or one points nowhere.
    Conflict,
}

impl Agreement {
    /// The way in which they agree.
    pub fn way(self) -> Option<Way> {
        match self {
            Self::Up => Some(Way::Up),
            Self::Down => Some(Way::Down),
            Self::Conflict => None,
        }
    }

    /// Its word.
    pub fn name(self) -> &'static str {
        self.way().map_or("conflict", Way::name)
    }
}
