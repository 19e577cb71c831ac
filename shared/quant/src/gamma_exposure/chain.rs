//! A chain put in order: what can't be, what is there twice and what has expired is gone, and
//! contracts that are held have their exposure.

use super::exclusions::is_possible;
use super::{Exclusions, GammaExposureInputs, ListedContract};
use crate::normal;
use crate::options::Right;

/// Minutes by which time to expiry is divided to get years.
const MINUTES_PER_YEAR: f64 = 525_600.0;
/// On the last minute a contract counts as having the whole of it.
const MINUTES_MIN: f64 = 1.0;

/// A chain put in order.
pub(super) struct Chain {
    pub(super) spot: f64,
    /// What is listed and hasn't expired, by expiry, strike and right. Since the order doesn't
    /// depend on the caller's, neither does the last bit of any sum.
    pub(super) listed: Vec<Listed>,
    pub(super) exclusions: Exclusions,
}

/// A contract that hasn't expired.
pub(super) struct Listed {
    pub(super) contract: ListedContract,
    /// Absent if it was left out.
    pub(super) held: Option<Held>,
}

/// A contract that has an exposure.
///
/// As a function of `x`, the logarithm of the underlying's price by spot, it is a bell: its gamma
/// times the square of the price is `price · weight · exp(-(x - centre)² · sharpness)`.
#[derive(Clone, Copy)]
pub(super) struct Held {
    pub(super) right: Right,
    /// In [`super::UNIT`], at spot.
    pub(super) exposure: f64,
    /// Where `d1` is zero.
    pub(super) centre: f64,
    /// `1 / (2 σ² T)`.
    pub(super) sharpness: f64,
    /// Open interest, discounted, by the deviation; negative for puts.
    pub(super) weight: f64,
}

impl Chain {
    pub(super) fn of(inputs: &GammaExposureInputs<'_>) -> Self {
        let mut exclusions = Exclusions::default();
        let contracts = still_listed(inputs.contracts, &mut exclusions);
        exclusions.other_right_missing = without_other_right(&contracts);
        let mut listed = |contract: ListedContract| Listed {
            held: exclusions
                .admit(&contract)
                .then(|| Held::of(&contract, inputs))
                .flatten(),
            contract,
        };
        Self {
            spot: inputs.spot,
            listed: contracts.into_iter().map(&mut listed).collect(),
            exclusions,
        }
    }

    /// What has an exposure, in order.
    pub(super) fn held(&self) -> impl Iterator<Item = &Held> {
        self.listed.iter().filter_map(|listed| listed.held.as_ref())
    }

    /// What is listed, expiry by expiry.
    pub(super) fn expiries(&self) -> impl Iterator<Item = &[Listed]> {
        self.listed
            .chunk_by(|a, b| a.contract.expiry == b.contract.expiry)
    }

    /// All strikes that are listed, some of them more than once.
    pub(super) fn strikes(&self) -> impl Iterator<Item = f64> {
        self.listed.iter().map(|listed| listed.contract.strike)
    }
}

impl Held {
    /// Nothing if the contract lacks what an exposure takes.
    fn of(contract: &ListedContract, inputs: &GammaExposureInputs<'_>) -> Option<Self> {
        let open_interest = contract.open_interest?;
        let volatility = contract.implied_volatility?;
        let years = contract.minutes_to_expiry.max(MINUTES_MIN) / MINUTES_PER_YEAR;
        let variance = volatility * volatility * years;
        let drift = (inputs.rate - inputs.dividend_yield) * years + 0.5 * variance;
        let centre = libm::log(contract.strike / inputs.spot) - drift;
        let deviation = volatility * years.sqrt();
        let discount = libm::exp(-inputs.dividend_yield * years);
        let weight = contract.right.sign() * open_interest * discount / deviation;
        Some(Self {
            right: contract.right,
            exposure: inputs.spot * weight * normal::pdf(centre / deviation),
            centre,
            sharpness: 0.5 / variance,
            weight: weight * normal::pdf(0.0),
        })
    }
}

/// What can be, once each, and hasn't expired, in order.
fn still_listed(contracts: &[ListedContract], exclusions: &mut Exclusions) -> Vec<ListedContract> {
    let mut kept = contracts.to_vec();
    kept.retain(is_possible);
    exclusions.impossible = lost(contracts.len(), kept.len());
    let before = kept.len();
    kept.sort_by(|a, b| {
        let expiries = a.expiry.cmp(&b.expiry);
        expiries
            .then(a.strike.total_cmp(&b.strike))
            .then(b.right.sign().total_cmp(&a.right.sign()))
    });
    // The sort is stable, so that what is kept of several is what came first.
    kept.dedup_by(|later, earlier| is_same_strike(later, earlier) && later.right == earlier.right);
    exclusions.duplicate = lost(before, kept.len());
    let before = kept.len();
    kept.retain(|contract| contract.minutes_to_expiry > 0.0);
    exclusions.expired = lost(before, kept.len());
    kept
}

fn without_other_right(contracts: &[ListedContract]) -> u32 {
    let alone = contracts.chunk_by(is_same_strike);
    let alone = alone.filter(|both| both.len() == 1).count();
    lost(alone, 0)
}

fn is_same_strike(a: &ListedContract, b: &ListedContract) -> bool {
    a.expiry == b.expiry && a.strike.total_cmp(&b.strike).is_eq()
}

fn lost(before: usize, after: usize) -> u32 {
    u32::try_from(before - after).unwrap_or(u32::MAX)
}
