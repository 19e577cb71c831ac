//! What dealers hold if the sign that is assumed holds, and what is expected of it.

use super::{RepricedFlip, TotalExposure};

/// Beyond this ratio of net to gross, either way, there is a position.
const POSITION: f64 = 0.10;
/// Beyond this it is a strong one.
const STRONG: f64 = 0.30;

/// The dealers' side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DealerSide {
    /// They hedge against the move.
    LongGamma,
    /// They hedge with the move.
    ShortGamma,
    /// Neither to speak of.
    Neutral,
}

/// How far the ratio goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// From 0.1 to 0.3 of gross.
    Moderate,
    /// Beyond 0.3 of gross.
    Strong,
}

/// On which side of the re-priced flip spot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlipSide {
    /// Above it.
    Above,
    /// Below it, or on it.
    Below,
}

/// What the position lets expect of the volatility that comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VolatilityExpectation {
    /// Small moves, back to the mean, and a pin to the walls.
    Compressed,
    /// Large moves that go on.
    Expanded,
    /// Nothing is said.
    NoStatement,
}

/// What dealers hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DealerPosition {
    /// Which side.
    pub side: DealerSide,
    /// How far; absent where neutral.
    pub strength: Option<Strength>,
    /// Where spot is; absent without a flip. Near a flip it may contradict the side.
    pub spot_against_flip: Option<FlipSide>,
}

impl DealerPosition {
    pub(super) fn of(total: &TotalExposure, flip: &RepricedFlip) -> Option<Self> {
        let ratio = total.ratio()?;
        let side = side_of(ratio);
        let strength = if ratio.abs() > STRONG {
            Strength::Strong
        } else {
            Strength::Moderate
        };
        let against = |flip: f64| {
            if total.spot > flip {
                FlipSide::Above
            } else {
                FlipSide::Below
            }
        };
        Some(Self {
            side,
            strength: (side != DealerSide::Neutral).then_some(strength),
            spot_against_flip: flip.nearest.map(|crossing| against(crossing.price)),
        })
    }

    /// What that lets expect.
    pub fn expectation(&self) -> VolatilityExpectation {
        match self.side {
            DealerSide::LongGamma => VolatilityExpectation::Compressed,
            DealerSide::ShortGamma => VolatilityExpectation::Expanded,
            DealerSide::Neutral => VolatilityExpectation::NoStatement,
        }
    }
}

fn side_of(ratio: f64) -> DealerSide {
    if ratio > POSITION {
        DealerSide::LongGamma
    } else if ratio < -POSITION {
        DealerSide::ShortGamma
    } else {
        DealerSide::Neutral
    }
}
