//! The TTM squeeze: how tight the market is, when it last let go, and where momentum goes.

use serde::{Deserialize, Serialize};

use super::Way;

/// The squeeze at the close of the newest bar. Prices in dollars per share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SqueezeStudy {
    /// Whether it is on.
    pub is_on: bool,
    /// How many bars it has been on; zero while it is off.
    pub bars: u32,
    /// The tightest channel that the bands are inside of.
    pub compression: Compression,
    /// The last squeeze that fired.
    pub fired: Option<SqueezeFired>,
    /// Absent with fewer than 39 bars.
    pub momentum: Option<SqueezeMomentum>,
    /// The way to enter under the default rules: a ripe squeeze fired not long ago, and momentum
    /// grows in its direction.
    pub entry: Option<Way>,
}

/// How tight a squeeze is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compression {
    /// Outside of every channel.
    None,
    /// Inside two mean true ranges: not yet a squeeze.
    Low,
    /// Inside one and a half.
    Middle,
    /// Inside one.
    High,
}

impl Compression {
    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Low => "low",
            Self::Middle => "middle",
            Self::High => "high",
        }
    }
}

/// The end of a squeeze.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SqueezeFired {
    /// Where momentum went at that bar; absent for nowhere, or if it wasn't known yet.
    pub way: Option<Way>,
    /// How many bars ago; zero for the newest.
    pub bars_ago: u32,
    /// How many bars the squeeze had been on.
    pub squeeze_bars: u32,
}

/// The squeeze's histogram at one bar.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SqueezeMomentum {
    /// In dollars.
    pub value: f64,
    /// The side of zero; absent at zero.
    pub way: Option<Way>,
    /// Side and change; absent for the first value.
    pub colour: Option<MomentumColour>,
    /// Bars in a row, up to the newest, in which it turned back towards zero.
    pub weakening_bars: u32,
}

/// The colour of one bar of the histogram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MomentumColour {
    /// Not negative, rising.
    Cyan,
    /// Not negative, not rising.
    Blue,
    /// Negative, not rising.
    Red,
    /// Negative, rising.
    Yellow,
}

impl MomentumColour {
    /// Whether momentum moves away from zero.
    pub fn is_growing(self) -> bool {
        matches!(self, Self::Cyan | Self::Red)
    }

    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cyan => "cyan",
            Self::Blue => "blue",
            Self::Red => "red",
            Self::Yellow => "yellow",
        }
    }
}
