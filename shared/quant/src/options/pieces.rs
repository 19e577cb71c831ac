//! What the Black-Scholes-Merton price and its sensitivities have in common, computed once.

use super::BlackScholesInputs;
use super::discounted::Discounted;
use crate::normal;

/// The pieces that price and sensitivities share.
pub(super) struct Pieces {
    pub(super) sign: f64,
    pub(super) discounted: Discounted,
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

impl Pieces {
    #[inline]
    pub(super) fn of(inputs: &BlackScholesInputs) -> Self {
        let discounted = Discounted::of(
            inputs.spot,
            inputs.strike,
            inputs.years,
            inputs.rate,
            inputs.dividend_yield,
        );
        let sqrt_years = inputs.years.sqrt();
        let deviation = inputs.volatility * sqrt_years;
        let tails = Tails::of(&discounted, deviation);
        let sign = inputs.right.sign();
        Self {
            sign,
            sqrt_years,
            deviation,
            density: tails.density,
            probability_1: below(sign * tails.d1, tails.tail_1),
            probability_2: below(sign * tails.d2, tails.tail_2),
            out_of_the_money: tails.out_of_the_money(&discounted),
            discounted,
        }
    }

    /// The right out of the money is priced directly, where the tails are exact; the other one
    /// is it plus the forward's worth, by put-call parity.
    pub(super) fn price(&self) -> f64 {
        let forward_worth = self.sign * (self.discounted.spot - self.discounted.strike);
        self.out_of_the_money.max(0.0) + forward_worth.max(0.0)
    }

    pub(super) fn delta(&self) -> f64 {
        self.sign * self.discounted.dividend_discount * self.probability_1
    }

    pub(super) fn gamma(&self, spot: f64) -> f64 {
        if self.deviation > 0.0 {
            self.discounted.dividend_discount * self.density / (spot * self.deviation)
        } else {
            0.0
        }
    }

    /// Dollars per year: decay, interest on the strike, dividends on the spot.
    pub(super) fn theta(&self, inputs: &BlackScholesInputs) -> f64 {
        let spot = self.discounted.spot;
        let decay = -spot * self.density * inputs.volatility / (2.0 * self.sqrt_years);
        let interest = inputs.rate * self.discounted.strike * self.probability_2;
        let dividends = inputs.dividend_yield * spot * self.probability_1;
        decay + self.sign * (dividends - interest)
    }
}

/// The distances, and the probability beyond each on its own side of zero.
struct Tails {
    d1: f64,
    d2: f64,
    density: f64,
    tail_1: f64,
    tail_2: f64,
}

impl Tails {
    #[inline]
    fn of(discounted: &Discounted, deviation: f64) -> Self {
        if deviation > 0.0 {
            Self::with_volatility(discounted, deviation)
        } else {
            Self::without_volatility(discounted.log_moneyness)
        }
    }

    /// One density serves both tails: `S exp(-qT) n(d1) = K exp(-rT) n(d2)`.
    #[inline]
    fn with_volatility(discounted: &Discounted, deviation: f64) -> Self {
        let centre = discounted.log_moneyness / deviation;
        let (d1, d2) = (centre + 0.5 * deviation, centre - 0.5 * deviation);
        let density = normal::pdf(d1);
        let density_2 = if density > 0.0 {
            density * discounted.spot / discounted.strike
        } else {
            normal::pdf(d2)
        };
        Self {
            d1,
            d2,
            density,
            tail_1: normal::tail(density, d1),
            tail_2: normal::tail(density_2, d2),
        }
    }

    /// The distances are infinite, or zero where forward and strike are the same.
    #[cold]
    fn without_volatility(log_moneyness: f64) -> Self {
        let (distance, tail) = if log_moneyness > 0.0 {
            (f64::INFINITY, 0.0)
        } else if log_moneyness < 0.0 {
            (f64::NEG_INFINITY, 0.0)
        } else {
            (0.0, 0.5)
        };
        Self {
            d1: distance,
            d2: distance,
            density: 0.0,
            tail_1: tail,
            tail_2: tail,
        }
    }

    #[inline]
    fn out_of_the_money(&self, discounted: &Discounted) -> f64 {
        let (spot, strike) = (discounted.spot, discounted.strike);
        let sign = if spot < strike { 1.0 } else { -1.0 };
        let probability_1 = below(sign * self.d1, self.tail_1);
        let probability_2 = below(sign * self.d2, self.tail_2);
        sign * (spot * probability_1 - strike * probability_2)
    }
}

/// `N(distance)`, of the tail on its side.
#[inline]
fn below(distance: f64, tail: f64) -> f64 {
    if distance > 0.0 { 1.0 - tail } else { tail }
}
