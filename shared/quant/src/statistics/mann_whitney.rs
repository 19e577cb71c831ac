//! The Mann-Whitney test: whether one sample tends to be larger, by ranks alone.

use super::{StatisticsError, check_sample, count};
use crate::normal;

/// Up to so many observations in the smaller sample, and without ties, the test is exact.
const EXACT_MAX: usize = 8;

/// The outcome of a test by ranks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannWhitney {
    /// In how many pairs the variant is the larger one; a tie counts half.
    pub u: f64,
    /// How likely a `u` as far from the middle is, if neither tends to be larger. Exact for small
    /// samples without ties; else by the normal approximation with corrections for ties and
    /// continuity.
    pub p_two_sided: f64,
}

/// Compares two samples. Refuses an empty one, and two in which all observations are equal.
pub fn mann_whitney(control: &[f64], variant: &[f64]) -> Result<MannWhitney, StatisticsError> {
    check_sample(control, 1)?;
    check_sample(variant, 1)?;
    let ranks = Ranks::of(control, variant);
    let (n, m) = (count(variant.len()), count(control.len()));
    let u = ranks.sum_of_variant - n * (n + 1.0) / 2.0;
    let further = u.max(n * m - u);
    let is_small = control.len().min(variant.len()) <= EXACT_MAX;
    let p = if is_small && ranks.ties <= 0.0 {
        2.0 * exact_tail(control.len(), variant.len(), further)
    } else {
        let total = n + m;
        let ties = ranks.ties / (total * (total - 1.0));
        let variance = n * m / 12.0 * (total + 1.0 - ties);
        if variance <= 0.0 {
            return Err(StatisticsError::NoSpread);
        }
        let z = (further - n * m / 2.0 - 0.5) / variance.sqrt();
        2.0 * normal::cdf(-z)
    };
    Ok(MannWhitney {
        u,
        p_two_sided: p.min(1.0),
    })
}

struct Ranks {
    sum_of_variant: f64,
    /// The sum of `t^3 - t` over groups of `t` equal observations.
    ties: f64,
}

impl Ranks {
    fn of(control: &[f64], variant: &[f64]) -> Self {
        // Adding zero makes one zero of the two.
        let marked = |sample: &[f64], is_variant| {
            let each = sample.iter().map(move |value| (value + 0.0, is_variant));
            each.collect::<Vec<_>>()
        };
        let mut all = [marked(control, false), marked(variant, true)].concat();
        all.sort_by(|one, other| one.0.total_cmp(&other.0));
        let (mut ranked, mut ranks) = (0, Self::none());
        for group in all.chunk_by(|one, other| one.0.total_cmp(&other.0).is_eq()) {
            let size = count(group.len());
            let rank = count(ranked) + 0.5 * (size + 1.0);
            let of_variant = group.iter().filter(|(_, is_variant)| *is_variant).count();
            ranks.sum_of_variant += rank * count(of_variant);
            ranks.ties += size * (size * size - 1.0);
            ranked += group.len();
        }
        ranks
    }

    fn none() -> Self {
        Self {
            sum_of_variant: 0.0,
            ties: 0.0,
        }
    }
}

/// The probability that U is at least `u`, by counting the arrangements of ranks.
fn exact_tail(n: usize, m: usize, u: f64) -> f64 {
    let (small, large) = (n.min(m), n.max(m));
    let shares = distribution(small, large);
    let from = shares.iter().enumerate();
    from.filter(|(value, _)| count(*value) >= u)
        .map(|(_, share)| share)
        .sum()
}

/// The probability of each value of U. The arrangements are the coefficients of the Gaussian
/// binomial, a product of `(1 - x^(large + i)) / (1 - x^i)`.
fn distribution(small: usize, large: usize) -> Vec<f64> {
    let top = small * large;
    let mut shares = vec![0.0; top + 1];
    shares[0] = 1.0;
    for i in 1..=small {
        for value in (large + i..=top).rev() {
            shares[value] -= shares[value - large - i];
        }
        for value in i..=top {
            shares[value] += shares[value - i];
        }
    }
    let all: f64 = shares.iter().sum();
    shares.iter().map(|ways| ways / all).collect()
}
