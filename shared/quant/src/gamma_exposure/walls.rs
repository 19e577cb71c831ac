//! The strikes at which most is held: where hedging is expected to hold the price.

use core::cmp::Ordering;

use super::StrikeExposure;

/// The strikes of the two sides; absent where a side holds nothing. In dollars.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WallsBy {
    /// Of calls. Of several, the one nearest to spot, then the higher.
    pub call: Option<f64>,
    /// Of puts. Of several, the one nearest to spot, then the lower.
    pub put: Option<f64>,
}

/// The walls, by what is measured.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Walls {
    /// By exposure: what is meant where nothing else is said.
    pub by_exposure: WallsBy,
    /// By open interest, whether or not a contract has an exposure.
    pub by_open_interest: WallsBy,
    /// By net exposure: the highest strike above zero, and the lowest below.
    pub by_net_exposure: WallsBy,
}

impl Walls {
    pub(super) fn of(levels: &[StrikeExposure], spot: f64) -> Self {
        let by = |call: fn(&StrikeExposure) -> f64, put: fn(&StrikeExposure) -> f64| WallsBy {
            call: highest(levels, spot, call, f64::total_cmp),
            put: highest(levels, spot, put, |a, b| b.total_cmp(a)),
        };
        Self {
            by_exposure: by(|it| it.call, |it| -it.put),
            by_open_interest: by(|it| it.call_open_interest, |it| it.put_open_interest),
            by_net_exposure: by(StrikeExposure::net, |it| -it.net()),
        }
    }
}

/// The strike that has most of something; of several the nearest to spot, then the one that
/// `prefer` puts last.
fn highest(
    levels: &[StrikeExposure],
    spot: f64,
    of: fn(&StrikeExposure) -> f64,
    prefer: fn(&f64, &f64) -> Ordering,
) -> Option<f64> {
    let distance = |level: &StrikeExposure| (level.strike - spot).abs();
    let held = levels.iter().filter(|level| of(level) > 0.0);
    let wall = held.max_by(|a, b| {
        of(a)
            .total_cmp(&of(b))
            .then(distance(b).total_cmp(&distance(a)))
            .then_with(|| prefer(&a.strike, &b.strike))
    });
    wall.map(|level| level.strike)
}
