//! Whether an experiment's arms got the shares that they should have: if not, nothing else that
//! it says holds.

use super::{StatisticsError, binomial, check_positive, chi_square, count};

/// Below this probability the arms are taken for wrongly filled.
pub const ALARM: f64 = 0.001;
/// The chi-square test needs so many expected in every arm.
const EXPECTED_MIN: f64 = 5.0;

/// The counts of an experiment's arms against their weights.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleRatio {
    /// How many each arm should have.
    pub expected: Vec<f64>,
    /// Pearson's statistic.
    pub chi_square: f64,
    /// Its degrees of freedom: the arms less one.
    pub df: usize,
    /// How likely a statistic as large is.
    pub chi_square_p: f64,
    /// The same exactly, where there are two arms.
    pub exact_p: Option<f64>,
}

impl SampleRatio {
    /// Compares counts with weights of any unit, such as per cent. At least two arms and one
    /// observation; each weight positive.
    pub fn of(observed: &[usize], weights: &[f64]) -> Result<Self, StatisticsError> {
        if observed.len() != weights.len() {
            return Err(StatisticsError::UnequalLengths);
        }
        let n: usize = observed.iter().sum();
        for (given, needed) in [(observed.len(), 2), (n, 1)] {
            if given < needed {
                return Err(StatisticsError::TooFew { given, needed });
            }
        }
        for weight in weights {
            check_positive("an arm's weight", *weight)?;
        }
        let whole: f64 = weights.iter().sum();
        let expected: Vec<f64> = weights.iter().map(|one| count(n) * one / whole).collect();
        let pairs = observed.iter().zip(&expected);
        let distances = pairs.map(|(seen, due)| (count(*seen) - due) * (count(*seen) - due) / due);
        let (chi_square, df) = (distances.sum(), observed.len() - 1);
        let exact = || binomial::exact_test(observed[0], n, weights[0] / whole);
        Ok(Self {
            expected,
            chi_square,
            df,
            chi_square_p: chi_square::upper_tail(chi_square, df)?,
            exact_p: (df == 1).then(exact).transpose()?,
        })
    }

    /// Whether every arm expects enough for the chi-square test.
    pub fn is_chi_square_valid(&self) -> bool {
        self.expected.iter().all(|due| *due >= EXPECTED_MIN)
    }

    /// The probability to judge by: the chi-square test's where it is valid, else the exact one;
    /// absent for three arms or more that expect too few.
    pub fn p(&self) -> Option<f64> {
        if self.is_chi_square_valid() {
            Some(self.chi_square_p)
        } else {
            self.exact_p
        }
    }

    /// Whether the arms are wrongly filled, by [`ALARM`]; absent where nothing can be said yet.
    pub fn is_mismatch(&self) -> Option<bool> {
        self.p().map(|p| p < ALARM)
    }
}
