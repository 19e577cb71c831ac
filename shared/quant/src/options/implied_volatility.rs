//! The volatility at which Black, Scholes and Merton give a known price, and how precisely that
//! price determines it.
//!
//! The idea to solve in normalised coordinates, and to make equations of the price that are
//! nearly straight where it isn't, is P. Jaeckel's ("Let's Be Rational", 2015). A volatility that
//! the price doesn't determine is an error, never a number.

mod guess;
mod normalised;
mod solver;

use super::Right;
use super::discounted::Discounted;
use normalised::Normalised;

/// What rounding does to spot and strike before a price is made of them, relative to the larger.
const ROUNDING: f64 = 2.3e-16;
/// A volatility that is uncertain by more, in absolute terms, is none.
const RESOLUTION_MAX: f64 = 1e-7;

/// What an option's worth depends on besides volatility.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OptionTerms {
    /// The underlying's price, in dollars per share; above zero.
    pub spot: f64,
    /// The strike, in dollars per share; above zero.
    pub strike: f64,
    /// Years to expiry; above zero.
    pub years: f64,
    /// Continuously compounded interest per year: 0.04 is 4 %.
    pub rate: f64,
    /// Continuously paid dividends per year: 0.01 is 1 %.
    pub dividend_yield: f64,
    /// Call or put.
    pub right: Right,
}

/// The volatility that a price implies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ImpliedVolatility {
    /// Per year: 0.2 is 20 %.
    pub volatility: f64,
    /// How far rounding of price, spot and strike alone can move `volatility`; at most 1e-7.
    pub resolution: f64,
}

/// Why a price implies no volatility.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImpliedVolatilityError {
    /// An input is infinite or not a number.
    #[error("an input isn't a finite number")]
    NotFinite,
    /// Spot or strike is zero or below.
    #[error("spot and strike must be above zero")]
    NotPositive,
    /// No time is left.
    #[error("an option at or past expiry has no volatility")]
    Expired,
    /// The price is no higher than without any volatility.
    #[error("the price is at or below the discounted intrinsic value")]
    BelowIntrinsic,
    /// The price is no lower than with volatility without end.
    #[error("the price is at or above what the option can be worth")]
    AboveBound,
    /// Rounding alone moves the volatility by more than 1e-7.
    #[error("the price doesn't determine the volatility")]
    Unidentifiable,
}

/// The volatility at which a European option is worth `price` dollars per share.
///
/// ```
/// use quant::options::{OptionTerms, Right, implied_volatility};
/// let call = OptionTerms {
///     spot: 100.0, strike: 100.0, years: 1.0,
///     rate: 0.05, dividend_yield: 0.0, right: Right::Call,
/// };
/// let implied = implied_volatility(10.450_583_572_185_57, &call).unwrap();
/// assert!((implied.volatility - 0.2).abs() < 1e-14);
/// ```
pub fn implied_volatility(
    price: f64,
    terms: &OptionTerms,
) -> Result<ImpliedVolatility, ImpliedVolatilityError> {
    terms.check(price)?;
    let discounted = Discounted::of(
        terms.spot,
        terms.strike,
        terms.years,
        terms.rate,
        terms.dividend_yield,
    );
    let time_value = time_value(price, terms.right, &discounted)?;
    let normalised =
        Normalised::of(time_value, &discounted).ok_or(ImpliedVolatilityError::Unidentifiable)?;
    let deviation = solver::deviation(&normalised);
    let sqrt_years = terms.years.sqrt();
    let vega = normalised.dollars(normalised.slope(deviation)) * sqrt_years;
    terms.told(price, deviation / sqrt_years, vega)
}

impl OptionTerms {
    fn check(&self, price: f64) -> Result<(), ImpliedVolatilityError> {
        let all = [
            price,
            self.spot,
            self.strike,
            self.years,
            self.rate,
            self.dividend_yield,
        ];
        if !all.into_iter().all(f64::is_finite) {
            return Err(ImpliedVolatilityError::NotFinite);
        }
        if self.spot <= 0.0 || self.strike <= 0.0 {
            return Err(ImpliedVolatilityError::NotPositive);
        }
        if self.years <= 0.0 {
            return Err(ImpliedVolatilityError::Expired);
        }
        Ok(())
    }

    /// A volatility with its resolution, by the slope of the price (dollars for 1.0 of
    /// volatility), if that is fine enough.
    fn told(
        &self,
        price: f64,
        volatility: f64,
        vega: f64,
    ) -> Result<ImpliedVolatility, ImpliedVolatilityError> {
        let noise = (price.next_up() - price) + ROUNDING * self.spot.max(self.strike);
        let resolution = noise / vega;
        if volatility.is_finite() && resolution <= RESOLUTION_MAX {
            Ok(ImpliedVolatility {
                volatility,
                resolution,
            })
        } else {
            Err(ImpliedVolatilityError::Unidentifiable)
        }
    }
}

/// What the price is above its lower bound. By put-call parity that is the whole price of the
/// twin out of the money, whose volatility is the same.
fn time_value(
    price: f64,
    right: Right,
    discounted: &Discounted,
) -> Result<f64, ImpliedVolatilityError> {
    let (spot, strike) = (discounted.spot, discounted.strike);
    let most = match right {
        Right::Call => spot,
        Right::Put => strike,
    };
    let least = right.payoff(spot, strike);
    if price <= least {
        Err(ImpliedVolatilityError::BelowIntrinsic)
    } else if price >= most {
        Err(ImpliedVolatilityError::AboveBound)
    } else {
        Ok(price - least)
    }
}
