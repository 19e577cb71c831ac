//! Exposure by strike and by expiry.

use super::chain::{Chain, Listed};
use super::max_pain;
use crate::options::Right;

/// The exposure at one strike, over all expiries.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StrikeExposure {
    /// Dollars per share.
    pub strike: f64,
    /// Of calls, in [`super::UNIT`]: at least zero.
    pub call: f64,
    /// Of puts: at most zero.
    pub put: f64,
    /// Calls held, whether or not they have an exposure; unknown ones are none.
    pub call_open_interest: f64,
    /// Puts held.
    pub put_open_interest: f64,
}

/// The exposure of one expiry, over all strikes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExpiryExposure {
    /// The caller's number.
    pub expiry: u32,
    /// Of calls, in [`super::UNIT`]: at least zero.
    pub call: f64,
    /// Of puts: at most zero.
    pub put: f64,
    /// Contracts that are in it; without any, both sides are zero.
    pub contracts: u32,
    /// The price at which holders would get least, in dollars; absent if nothing is held.
    pub max_pain: Option<f64>,
}

impl StrikeExposure {
    /// Calls and puts against each other.
    pub fn net(&self) -> f64 {
        self.call + self.put
    }

    fn add(&mut self, listed: &Listed) {
        let exposure = listed.held.map_or(0.0, |held| held.exposure);
        let open_interest = listed.contract.open_interest.unwrap_or(0.0);
        match listed.contract.right {
            Right::Call => {
                self.call += exposure;
                self.call_open_interest += open_interest;
            }
            Right::Put => {
                self.put += exposure;
                self.put_open_interest += open_interest;
            }
        }
    }
}

impl ExpiryExposure {
    /// Calls and puts against each other.
    pub fn net(&self) -> f64 {
        self.call + self.put
    }
}

/// One for each strike, ascending.
pub(super) fn by_strike(chain: &Chain) -> Vec<StrikeExposure> {
    let mut strikes: Vec<f64> = chain.strikes().collect();
    strikes.sort_by(f64::total_cmp);
    strikes.dedup_by(|a, b| a.total_cmp(b).is_eq());
    let mut levels: Vec<StrikeExposure> = strikes.into_iter().map(nothing_at).collect();
    for listed in &chain.listed {
        let strike = listed.contract.strike;
        let place = levels.binary_search_by(|level| level.strike.total_cmp(&strike));
        if let Some(level) = place.ok().and_then(|place| levels.get_mut(place)) {
            level.add(listed);
        }
    }
    levels
}

fn nothing_at(strike: f64) -> StrikeExposure {
    StrikeExposure {
        strike,
        call: 0.0,
        put: 0.0,
        call_open_interest: 0.0,
        put_open_interest: 0.0,
    }
}

/// One for each expiry, ascending.
pub(super) fn by_expiry(chain: &Chain) -> Vec<ExpiryExposure> {
    chain
        .expiries()
        .filter_map(|expiry| of_expiry(expiry, chain.spot))
        .collect()
}

fn of_expiry(listed: &[Listed], spot: f64) -> Option<ExpiryExposure> {
    let mut exposure = ExpiryExposure {
        expiry: listed.first()?.contract.expiry,
        call: 0.0,
        put: 0.0,
        contracts: 0,
        max_pain: max_pain::of(listed, spot),
    };
    for held in listed.iter().filter_map(|listed| listed.held.as_ref()) {
        exposure.contracts += 1;
        match held.right {
            Right::Call => exposure.call += held.exposure,
            Right::Put => exposure.put += held.exposure,
        }
    }
    Some(exposure)
}
