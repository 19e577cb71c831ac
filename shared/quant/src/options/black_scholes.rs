//! European options by Black, Scholes and Merton: the price and its sensitivities in one pass.
//!
//! F. Black and M. Scholes, "The Pricing of Options and Corporate Liabilities" (1973);
//! R. Merton, "Theory of Rational Option Pricing" (1973), for the dividend yield. American
//! exercise isn't priced here.

use super::Right;
use super::pieces::Pieces;

/// Calendar days by which a year's decay is divided to get a day's.
const DAYS_PER_YEAR: f64 = 365.0;
/// Points in one: what vega and rho are divided by.
const POINTS: f64 = 100.0;

/// What the price of a European option depends on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BlackScholesInputs {
    /// The underlying's price, in dollars per share; above zero.
    pub spot: f64,
    /// The strike, in dollars per share; above zero.
    pub strike: f64,
    /// Years to expiry; at or below zero the option is worth its payoff.
    pub years: f64,
    /// Volatility per year: 0.2 is 20 %; at least zero.
    pub volatility: f64,
    /// Continuously compounded interest per year: 0.04 is 4 %.
    pub rate: f64,
    /// Continuously paid dividends per year: 0.01 is 1 %.
    pub dividend_yield: f64,
    /// Call or put.
    pub right: Right,
}

/// What an option is worth, per share, and how that changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OptionValue {
    /// Dollars per share.
    pub price: f64,
    /// Dollars for one dollar of the underlying.
    pub delta: f64,
    /// Delta for one dollar of the underlying.
    pub gamma: f64,
    /// Dollars for one calendar day that passes; usually negative.
    pub theta: f64,
    /// Dollars for one point (1 %) of volatility.
    pub vega: f64,
    /// Dollars for one point (1 %) of interest.
    pub rho: f64,
}

/// Inputs that no option can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BlackScholesError {
    /// An input is infinite or not a number.
    #[error("an input isn't a finite number")]
    NotFinite,
    /// Spot or strike is zero or below.
    #[error("spot and strike must be above zero")]
    NotPositive,
    /// Volatility is below zero.
    #[error("volatility must be at least zero")]
    NegativeVolatility,
    /// The inputs are so far apart that a part of the answer is no finite number.
    #[error("the value is beyond what a number can hold")]
    NotRepresentable,
}

impl BlackScholesInputs {
    /// The price and its sensitivities.
    ///
    /// At expiry (`years <= 0`): the payoff, a delta of 0, 1/2 or 1 with the right's sign, and
    /// no other sensitivity. Without volatility: the discounted payoff of the forward.
    ///
    /// ```
    /// use quant::{BlackScholesInputs, Right};
    /// let call = BlackScholesInputs {
    ///     spot: 100.0, strike: 100.0, years: 1.0, volatility: 0.2,
    ///     rate: 0.05, dividend_yield: 0.0, right: Right::Call,
    /// };
    /// assert!((call.value().unwrap().price - 10.450_583_572_185_57).abs() < 1e-12);
    /// ```
    #[inline]
    pub fn value(&self) -> Result<OptionValue, BlackScholesError> {
        self.check()?;
        if self.years <= 0.0 {
            return Ok(self.at_expiry());
        }
        self.before_expiry().representable()
    }

    #[inline]
    pub(super) fn check(&self) -> Result<(), BlackScholesError> {
        let all = [
            self.spot,
            self.strike,
            self.years,
            self.volatility,
            self.rate,
            self.dividend_yield,
        ];
        if !all.into_iter().all(f64::is_finite) {
            return Err(BlackScholesError::NotFinite);
        }
        if self.spot <= 0.0 || self.strike <= 0.0 {
            return Err(BlackScholesError::NotPositive);
        }
        if self.volatility < 0.0 {
            return Err(BlackScholesError::NegativeVolatility);
        }
        Ok(())
    }

    fn at_expiry(&self) -> OptionValue {
        let sign = self.right.sign();
        let in_the_money = sign * (self.spot - self.strike);
        OptionValue {
            price: self.right.payoff(self.spot, self.strike),
            delta: sign * step(in_the_money),
            gamma: 0.0,
            theta: 0.0,
            vega: 0.0,
            rho: 0.0,
        }
    }

    #[inline]
    fn before_expiry(&self) -> OptionValue {
        let pieces = Pieces::of(self);
        let spot_discounted = pieces.discounted.spot;
        let strike_discounted = pieces.discounted.strike;
        OptionValue {
            price: pieces.price(),
            delta: pieces.delta(),
            gamma: pieces.gamma(self.spot),
            theta: pieces.theta(self) / DAYS_PER_YEAR,
            vega: spot_discounted * pieces.density * pieces.sqrt_years / POINTS,
            rho: pieces.sign * self.years * strike_discounted * pieces.probability_2 / POINTS,
        }
    }
}

impl OptionValue {
    /// Itself if every part is finite: a sum is finite only if its parts are.
    #[inline]
    fn representable(self) -> Result<Self, BlackScholesError> {
        let sum = self.price + self.delta + self.gamma + self.theta + self.vega + self.rho;
        if sum.is_finite() {
            Ok(self)
        } else {
            Err(BlackScholesError::NotRepresentable)
        }
    }
}

/// 0 below zero, 1/2 at zero, 1 above.
fn step(x: f64) -> f64 {
    if x > 0.0 {
        1.0
    } else if x < 0.0 {
        0.0
    } else {
        0.5
    }
}
