//! Whether what was called likely happened often: support or confidence by fifths, and how many
//! of each were winners.

use serde::Serialize;

use super::figures::{Share, mean};

/// One fifth of the scale from 0 to 100. The last one holds 100 as well.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Bin {
    /// Its lower end, which belongs to it.
    pub from: u32,
    /// Its upper end.
    pub to: u32,
    /// The mean of what was said; absent where nothing was.
    pub mean_said: Option<f64>,
    /// How many were winners; absent where nothing was said.
    pub winners: Option<Share>,
}

/// All five.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Calibration {
    /// From the lowest to the highest.
    pub bins: Vec<Bin>,
}

const ENDS: [(u32, u32); 5] = [(0, 20), (20, 40), (40, 60), (60, 80), (80, 100)];

impl Calibration {
    /// Of what was said, 0 to 100, each with whether it won.
    pub(super) fn of(said: &[(f64, bool)], confidence: f64) -> Self {
        let bin = |(from, to): (u32, u32)| {
            let last = to == 100;
            let holds = |points: f64| points >= f64::from(from) && (last || points < f64::from(to));
            let those = said.iter().filter(|(points, _)| holds(*points));
            let (points, won): (Vec<f64>, Vec<bool>) = those.copied().unzip();
            let winners = won.iter().filter(|won| **won).count();
            Bin {
                from,
                to,
                mean_said: mean(&points),
                winners: Share::of(winners, won.len(), confidence),
            }
        };
        Self {
            bins: ENDS.into_iter().map(bin).collect(),
        }
    }

    /// How many were said.
    pub fn n(&self) -> usize {
        let winners = self.bins.iter().filter_map(|bin| bin.winners);
        winners.map(|share| share.n).sum()
    }
}
