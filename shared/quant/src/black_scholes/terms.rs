//! What the Black-Scholes-Merton price and its sensitivities have in common, computed once.

use super::BlackScholesInputs;
use crate::normal;

/// The pieces that price and sensitivities share.
pub(super) struct Terms {
    pub(super) sign: f64,
    /// `S exp(-qT)`.
    pub(super) spot_discounted: f64,
    /// `K exp(-rT)`.
    pub(super) strike_discounted: f64,
    /// `exp(-qT)`.
    dividend_discount: f64,
    pub(super) sqrt_years: f64,
    /// `sigma sqrt(T)`.
    deviation: f64,
    /// `n(d1)`; zero without volatility.
    pub(super) density: f64,
    /// `N(w d1)`.
    probability_1: f64,
    /// `N(w d2)`.
    pub(super) probability_2: f64,
    /// The price of the right that is out of the money.
    out_of_the_money: f64,
}

impl Terms {
    pub(super) fn of(inputs: &BlackScholesInputs) -> Self {
        let sign = inputs.right.sign();
        let dividend_discount = libm::exp(-inputs.dividend_yield * inputs.years);
        let spot_discounted = inputs.spot * dividend_discount;
        let strike_discounted = inputs.strike * libm::exp(-inputs.rate * inputs.years);
        let sqrt_years = inputs.years.sqrt();
        let deviation = inputs.volatility * sqrt_years;
        let (d1, d2) = distances(inputs, deviation);
        let otm = if spot_discounted < strike_discounted {
            1.0
        } else {
            -1.0
        };
        Self {
            sign,
            spot_discounted,
            strike_discounted,
            dividend_discount,
            sqrt_years,
            deviation,
            density: if deviation > 0.0 {
                normal::pdf(d1)
            } else {
                0.0
            },
            probability_1: normal::cdf(sign * d1),
            probability_2: normal::cdf(sign * d2),
            out_of_the_money: otm
                * (spot_discounted * normal::cdf(otm * d1)
                    - strike_discounted * normal::cdf(otm * d2)),
        }
    }

    /// The right out of the money is priced directly, where the tails are exact; the other one
    /// is it plus the forward's worth, by put-call parity.
    pub(super) fn price(&self) -> f64 {
        let forward_worth = self.sign * (self.spot_discounted - self.strike_discounted);
        self.out_of_the_money.max(0.0) + forward_worth.max(0.0)
    }

    pub(super) fn delta(&self) -> f64 {
        self.sign * self.dividend_discount * self.probability_1
    }

    pub(super) fn gamma(&self, spot: f64) -> f64 {
        if self.deviation > 0.0 {
            self.dividend_discount * self.density / (spot * self.deviation)
        } else {
            0.0
        }
    }

    /// Dollars per year: decay, interest on the strike, dividends on the spot.
    pub(super) fn theta(&self, inputs: &BlackScholesInputs) -> f64 {
        let decay =
            -self.spot_discounted * self.density * inputs.volatility / (2.0 * self.sqrt_years);
        let interest = -self.sign * inputs.rate * self.strike_discounted * self.probability_2;
        let dividends =
            self.sign * inputs.dividend_yield * self.spot_discounted * self.probability_1;
        decay + interest + dividends
    }
}

/// `d1` and `d2`: how many deviations the forward lies above the strike. Without volatility
/// they are infinite, or zero where forward and strike are the same.
fn distances(inputs: &BlackScholesInputs, deviation: f64) -> (f64, f64) {
    let drift = (inputs.rate - inputs.dividend_yield) * inputs.years;
    let forward_over_strike = libm::log(inputs.spot / inputs.strike) + drift;
    if deviation > 0.0 {
        let d1 = forward_over_strike / deviation + 0.5 * deviation;
        return (d1, d1 - deviation);
    }
    let limit = if forward_over_strike > 0.0 {
        f64::INFINITY
    } else if forward_over_strike < 0.0 {
        f64::NEG_INFINITY
    } else {
        0.0
    };
    (limit, limit)
}
