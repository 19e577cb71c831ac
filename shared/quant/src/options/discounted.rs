//! Spot and strike as seen from expiry: discounted, and how far apart they are.

/// Spot and strike, each discounted at its own rate, and the logarithm of the one over the other.
pub(super) struct Discounted {
    /// `exp(-qT)`.
    pub(super) dividend_discount: f64,
    /// `S exp(-qT)`.
    pub(super) spot: f64,
    /// `K exp(-rT)`.
    pub(super) strike: f64,
    /// `ln(S/K) + (r - q)T`.
    pub(super) log_moneyness: f64,
}

impl Discounted {
    #[inline]
    pub(super) fn of(spot: f64, strike: f64, years: f64, rate: f64, dividend_yield: f64) -> Self {
        let dividend_discount = libm::exp(-dividend_yield * years);
        Self {
            dividend_discount,
            spot: spot * dividend_discount,
            strike: strike * libm::exp(-rate * years),
            log_moneyness: log_ratio(spot, strike) + (rate - dividend_yield) * years,
        }
    }
}

/// `ln(a / b)`. Where they are near one another their difference is exact, and the logarithm
/// keeps its relative precision: a minute before expiry that is all there is.
#[inline]
pub(super) fn log_ratio(a: f64, b: f64) -> f64 {
    let difference = a - b;
    if difference.abs() < 0.5 * b {
        libm::log1p(difference / b)
    } else {
        libm::log(a / b)
    }
}
