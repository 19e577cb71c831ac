//! Where the exposure at today's spot, summed up from the lowest strike, changes its sign. Often
//! called the flip, too; it is another quantity than the re-priced one, and the two can lie far
//! apart.

use super::StrikeExposure;

/// Sums that are no more than this part of the gross exposure say nothing.
const NOTHING: f64 = 1e-6;

/// Where the sum over strikes changes its sign, interpolated between strikes; in dollars.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CumulativeStrikeFlip {
    /// The one nearest to spot; absent if there is none.
    pub nearest: Option<f64>,
    /// All, ascending.
    pub all: Vec<f64>,
}

pub(super) fn flip(levels: &[StrikeExposure], spot: f64) -> CumulativeStrikeFlip {
    let sums = cumulated(levels);
    let changes = sums.windows(2).filter_map(|pair| match pair {
        [from, to] => change_between(*from, *to),
        _ => None,
    });
    let all: Vec<f64> = changes.collect();
    CumulativeStrikeFlip {
        nearest: super::nearest_strike(all.iter().copied(), spot),
        all,
    }
}

/// Strikes with the sum up to each, without those where it is next to nothing.
fn cumulated(levels: &[StrikeExposure]) -> Vec<(f64, f64)> {
    let gross: f64 = levels.iter().map(|level| level.call - level.put).sum();
    let sums = levels.iter().scan(0.0, |sum, level| {
        *sum += level.net();
        Some((level.strike, *sum))
    });
    sums.filter(|(_, sum)| sum.abs() > NOTHING * gross)
        .collect()
}

fn change_between(from: (f64, f64), to: (f64, f64)) -> Option<f64> {
    let is_change = (from.1 < 0.0) != (to.1 < 0.0);
    is_change.then(|| from.0 - from.1 * (to.0 - from.0) / (to.1 - from.1))
}
