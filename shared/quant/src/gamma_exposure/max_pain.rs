//! Max pain: the listed strike at which those who hold options would get least at expiry.
//!
//! What they get is a broken line over the strikes, and it is convex. Its slope behind a strike
//! is the calls at or below it less the puts above it, which are whole numbers: so ties are exact.

use super::chain::{Chain, Listed};
use crate::options::Right;

/// Contracts held at a strike.
struct Interest {
    strike: f64,
    calls: f64,
    puts: f64,
}

/// Over all expiries together.
pub(super) fn of_all(chain: &Chain) -> Option<f64> {
    of(&chain.listed, chain.spot)
}

/// Over these contracts; of several strikes the nearest to spot, then the lower. Absent if nothing
/// is held.
pub(super) fn of(listed: &[Listed], spot: f64) -> Option<f64> {
    let strikes = interest_by_strike(listed);
    let mut slope = -strikes.iter().map(|it| it.puts).sum::<f64>();
    let held = strikes.iter().map(|it| it.calls).sum::<f64>() - slope;
    if held <= 0.0 {
        return None;
    }
    let mut least = Vec::new();
    for at in &strikes {
        let before = slope;
        slope += at.calls + at.puts;
        if before <= 0.0 && slope >= 0.0 {
            least.push(at.strike);
        }
    }
    // Where parts of contracts are held, rounding may keep the last slope just below zero.
    let last = strikes.last().map(|it| it.strike);
    super::nearest_strike(least.into_iter(), spot).or(last)
}

fn interest_by_strike(listed: &[Listed]) -> Vec<Interest> {
    let mut all: Vec<Interest> = listed.iter().map(Interest::of).collect();
    all.sort_by(|a, b| a.strike.total_cmp(&b.strike));
    all.dedup_by(|later, earlier| {
        let is_same = later.strike.total_cmp(&earlier.strike).is_eq();
        if is_same {
            earlier.calls += later.calls;
            earlier.puts += later.puts;
        }
        is_same
    });
    all
}

impl Interest {
    fn of(listed: &Listed) -> Self {
        let held = listed.contract.open_interest.unwrap_or(0.0);
        let (calls, puts) = match listed.contract.right {
            Right::Call => (held, 0.0),
            Right::Put => (0.0, held),
        };
        Self {
            strike: listed.contract.strike,
            calls,
            puts,
        }
    }
}
