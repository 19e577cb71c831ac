//! The binomial distribution, and the exact two-sided test of a share.

use super::special::ln_beta_power;
use super::{StatisticsError, check_share, count};

/// Outcomes as likely as the observed one count as such despite rounding.
const ALIKE: f64 = 1.0 + 1e-7;

/// The probability of `successes` in `n` trials of probability `share`.
pub fn probability(successes: usize, n: usize, share: f64) -> Result<f64, StatisticsError> {
    check_share("the share of a binomial", share)?;
    if successes > n {
        return Err(StatisticsError::OutOfRange("the successes"));
    }
    Ok(mass(successes, n, share))
}

fn mass(successes: usize, n: usize, share: f64) -> f64 {
    let (total, won, lost) = (count(n), count(successes), count(n - successes));
    if successes == 0 {
        return libm::exp(total * libm::log1p(-share));
    }
    if successes == n {
        return libm::exp(total * libm::log(share));
    }
    let power = ln_beta_power(won, lost, share, 1.0 - share);
    libm::exp(power) * (total / won / lost)
}

/// How likely an outcome is that is no more likely than the observed one, if `share` is true.
pub fn exact_test(successes: usize, n: usize, share: f64) -> Result<f64, StatisticsError> {
    let observed = probability(successes, n, share)?;
    let likely = (0..=n).map(|other| mass(other, n, share));
    let sum: f64 = likely.filter(|mass| *mass <= observed * ALIKE).sum();
    Ok(sum.min(1.0))
}
