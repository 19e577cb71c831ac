//! What speaks for a contract among those that passed: six parts, each from 0 to its weight.
//!
//! Points are whole hundredths, so that scores that look the same are the same, and a tie is
//! decided by what follows the score. A better figure never earns less.
//!
//! The rank of an implied volatility in its own history would be the same for every contract of
//! an underlying and could not choose between them. Its part goes to the rank among the contracts
//! that are left: the cheapest volatility earns all of it.

use domain::selection::{Points, Score};

use super::filters::Fit;
use super::terms::{Terms, figure};

/// Hundredths of a point in a point.
const HUNDREDTHS: f64 = 100.0;
const PERCENT: f64 = 100.0;

/// The score of one of the contracts that are left.
pub(super) fn score(fit: &Fit, all: &[Fit], terms: &Terms<'_>) -> Score {
    let rules = terms.rules;
    let figures = &fit.figures;
    Score {
        spread: points(tightness(fit, terms), rules.spread_weight),
        delta: points(nearness(figures.delta, terms), rules.delta_weight),
        open_interest: points(
            on_log_scale(figures.open_interest, rules.open_interest_enough),
            rules.open_interest_weight,
        ),
        volume: points(
            on_log_scale(figures.volume, rules.volume_enough),
            rules.volume_weight,
        ),
        theta: points(patience(fit, terms), rules.theta_weight),
        volatility: points(cheapness(fit, all), rules.volatility_weight),
    }
}

/// 1 for no spread, 0 for the widest that is allowed.
fn tightness(fit: &Fit, terms: &Terms<'_>) -> f64 {
    1.0 - figure(fit.spread_percent) / figure(terms.rules.spread_max_percent.0)
}

/// 1 at the target, 0 a band away.
fn nearness(delta: f64, terms: &Terms<'_>) -> f64 {
    let distance = (delta.abs() - figure(terms.rules.delta_target)).abs();
    1.0 - distance / figure(terms.rules.delta_band)
}

/// 0 for none, 1 for enough and more.
fn on_log_scale(count: u64, enough: u32) -> f64 {
    let count = u32::try_from(count).unwrap_or(u32::MAX).min(enough);
    libm::log1p(f64::from(count)) / libm::log1p(f64::from(enough))
}

/// 1 for losing nothing with a day, 0 for the largest part of the mid that is reckoned with.
fn patience(fit: &Fit, terms: &Terms<'_>) -> f64 {
    let a_day = fit.figures.theta.abs() / fit.choice.sides.mid().to_f64();
    1.0 - a_day * PERCENT / figure(terms.rules.theta_max_percent.0)
}

/// The part of the others whose implied volatility isn't lower; 1 where there are no others.
fn cheapness(fit: &Fit, all: &[Fit]) -> f64 {
    let own = fit.figures.implied_volatility;
    let lower = all.iter().filter(|it| it.figures.implied_volatility < own);
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    1.0 - count(lower.count()) / count(all.len().saturating_sub(1).max(1))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number from 0 to 10,000"
)]
fn points(share: f64, weight: u32) -> Points {
    let hundredths = share.clamp(0.0, 1.0) * f64::from(weight) * HUNDREDTHS;
    Points(hundredths.round() as u32)
}
