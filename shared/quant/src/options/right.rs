//! Call and put, as the mathematics knows them.

/// The right that an option gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// To buy.
    Call,
    /// To sell.
    Put,
}

impl Right {
    /// +1 for a call, -1 for a put.
    pub(crate) fn sign(self) -> f64 {
        match self {
            Self::Call => 1.0,
            Self::Put => -1.0,
        }
    }

    /// What exercise yields, in dollars per share: never below zero.
    pub(super) fn payoff(self, spot: f64, strike: f64) -> f64 {
        (self.sign() * (spot - strike)).max(0.0)
    }
}
