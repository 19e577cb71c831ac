//! The order of the contracts that passed: by score, and where that is the same by what a trader
//! would look at next. It is total, so the chain's own order never matters.

use std::cmp::{Ordering, Reverse};

use domain::selection::{RunnerUp, Score};
use rust_decimal::Decimal;

use super::filters::Fit;
use super::score::score;
use super::terms::Terms;

/// A contract that passed, with its score.
pub(super) struct Ranked {
    pub(super) fit: Fit,
    pub(super) score: Score,
}

impl Ranked {
    pub(super) fn runner_up(self) -> RunnerUp {
        RunnerUp {
            contract: self.fit.row.contract,
            score: self.score,
        }
    }
}

/// The contracts, best first.
pub(super) fn ranked(fits: Vec<Fit>, terms: &Terms<'_>) -> Vec<Ranked> {
    let scores: Vec<Score> = fits.iter().map(|fit| score(fit, &fits, terms)).collect();
    let scored = fits.into_iter().zip(scores);
    let mut ranked: Vec<Ranked> = scored.map(|(fit, score)| Ranked { fit, score }).collect();
    ranked.sort_by(|a, b| better(a, b, terms));
    ranked
}

/// Higher score, tighter spread, more held, strike nearer to the price, and then the contracts'
/// own order.
fn better(a: &Ranked, b: &Ranked, terms: &Terms<'_>) -> Ordering {
    let key = |it: &Ranked| {
        (
            Reverse(it.score.total()),
            it.fit.spread_percent,
            Reverse(it.fit.figures.open_interest),
            distance(&it.fit, terms),
        )
    };
    let by_contract = || a.fit.row.contract.cmp(&b.fit.row.contract);
    key(a).cmp(&key(b)).then_with(by_contract)
}

fn distance(fit: &Fit, terms: &Terms<'_>) -> Decimal {
    let strike = fit.row.contract.strike().decimal();
    (strike - terms.wanted.underlying_price.decimal()).abs()
}
