//! Money, prices and percentages: exact decimals. This is also the one place where
//! decimals and the `f64` of the mathematics meet ([`Price::from_f64`], [`Price::to_f64`],
//! [`Usd::to_f64`], [`Usd::share_of`], [`Percent::share`]).

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// How many shares one standard contract delivers.
pub const SHARES_PER_CONTRACT: u32 = 100;

/// Digits after the point that a price keeps: the requirements' `DECIMAL(10, 4)`.
const PRICE_SCALE: u32 = 4;

/// An amount of money in US dollars; negative for a loss or an outflow.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Usd(pub Decimal);

impl Usd {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Whole dollars.
    pub fn dollars(dollars: i64) -> Self {
        Self(Decimal::from(dollars))
    }

    /// Cents.
    pub fn cents(cents: i64) -> Self {
        Self(Decimal::new(cents, 2))
    }

    /// To the mathematics' side.
    pub fn to_f64(self) -> f64 {
        // Every decimal has a nearest f64.
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// What share of `whole` it is, on the mathematics' side: a half is 0.5. Absent where the
    /// whole is nothing, and where the share is beyond every number.
    pub fn share_of(self, whole: Self) -> Option<f64> {
        self.0.checked_div(whole.0)?.to_f64()
    }

    /// Rounded to the cent, half away from zero, as fees are.
    #[must_use]
    pub fn rounded_to_cent(self) -> Self {
        Self(
            self.0
                .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero),
        )
    }
}

impl Add for Usd {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Usd {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Usd {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Usd {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Usd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0.is_sign_negative() && !self.0.is_zero() {
            "-"
        } else {
            ""
        };
        write!(f, "{sign}${:.2}", self.0.abs())
    }
}

/// US dollars per share: of a stock, or of an option (its premium). Never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(try_from = "Decimal", into = "Decimal")]
pub struct Price(Decimal);

/// A number that cannot be a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not a price: it must be a finite number of at least 0")]
pub struct PriceError;

impl Price {
    /// Worthless.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// A price of at least zero.
    pub fn new(per_share: Decimal) -> Result<Self, PriceError> {
        if per_share.is_sign_negative() && !per_share.is_zero() {
            return Err(PriceError);
        }
        Ok(Self(per_share))
    }

    /// A price in cents per share.
    pub fn cents(cents: u32) -> Self {
        Self(Decimal::new(i64::from(cents), 2))
    }

    /// From the mathematics' side, rounded half away from zero to four digits.
    pub fn from_f64(per_share: f64) -> Result<Self, PriceError> {
        let exact = Decimal::from_f64(per_share).ok_or(PriceError)?;
        Self::new(exact.round_dp_with_strategy(PRICE_SCALE, RoundingStrategy::MidpointAwayFromZero))
    }

    /// To the mathematics' side.
    pub fn to_f64(self) -> f64 {
        // A price has few digits, and every such decimal has a nearest f64.
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// The number itself.
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// Whether it is exactly zero.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// What `contracts` at this premium are worth.
    pub fn value(self, contracts: Contracts) -> Usd {
        Usd(self.0 * Decimal::from(contracts.count()) * Decimal::from(SHARES_PER_CONTRACT))
    }

    /// Halfway between two prices.
    #[must_use]
    pub fn midpoint(self, other: Self) -> Self {
        let (low, high) = (self.0.min(other.0), self.0.max(other.0));
        let beyond_sums = || low + (high - low) / Decimal::TWO;
        let sum = low.checked_add(high);
        Self(sum.map_or_else(beyond_sums, |sum| sum / Decimal::TWO))
    }
}

impl TryFrom<Decimal> for Price {
    type Error = PriceError;
    fn try_from(per_share: Decimal) -> Result<Self, Self::Error> {
        Self::new(per_share)
    }
}

impl From<Price> for Decimal {
    fn from(price: Price) -> Self {
        price.0
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.normalize();
        if shown.scale() <= 2 {
            write!(f, "{shown:.2}")
        } else {
            write!(f, "{shown}")
        }
    }
}

/// How many contracts: at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(try_from = "u32", into = "u32")]
pub struct Contracts(u32);

/// Zero contracts are no order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be at least 1 contract")]
pub struct ContractsError;

impl Contracts {
    /// One contract.
    pub const ONE: Self = Self(1);

    /// The number of contracts.
    pub fn count(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Contracts {
    type Error = ContractsError;
    fn try_from(count: u32) -> Result<Self, Self::Error> {
        if count == 0 {
            Err(ContractsError)
        } else {
            Ok(Self(count))
        }
    }
}

impl From<Contracts> for u32 {
    fn from(contracts: Contracts) -> Self {
        contracts.0
    }
}

impl fmt::Display for Contracts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Per hundred: 50 is one half.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Percent(pub Decimal);

impl Percent {
    /// A whole number of percent.
    pub fn whole(percent: i64) -> Self {
        Self(Decimal::from(percent))
    }

    /// So many of so many, to a hundredth of a percent; none of nothing.
    pub fn of(part: u64, whole: u64) -> Option<Self> {
        let share = Decimal::from(part).checked_div(Decimal::from(whole))?;
        Some(Self((share * Decimal::ONE_HUNDRED).round_dp(2)))
    }

    /// To the mathematics' side, as a share of one: 50 % is 0.5.
    pub fn share(self) -> f64 {
        // Every decimal has a nearest f64.
        (self.0 / Decimal::ONE_HUNDRED).to_f64().unwrap_or(f64::NAN)
    }
}

impl Neg for Percent {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}%", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_price_is_never_negative() {
        assert_eq!(Price::new(Decimal::new(-1, 2)), Err(PriceError));
        assert_eq!(Price::from_f64(f64::NAN), Err(PriceError));
        assert_eq!(Price::from_f64(-0.01), Err(PriceError));
        assert!(serde_json::from_str::<Price>("\"-1\"").is_err());
    }

    #[test]
    fn amounts_show_their_sign_before_the_dollar() {
        for (cents, shown) in [(-100_000, "-$1000.00"), (5, "$0.05"), (0, "$0.00")] {
            assert_eq!(Usd::cents(cents).to_string(), shown);
        }
    }

    #[test]
    fn a_share_of_nothing_is_absent() {
        let share = |part, whole| Usd::cents(part).share_of(Usd::cents(whole));
        assert_eq!(share(-2_500, 10_000), Some(-0.25));
        assert_eq!(share(1, 0), None);
        assert_eq!(Usd(Decimal::MAX).share_of(Usd(Decimal::new(1, 28))), None);
        assert_eq!(Usd::cents(150).to_f64().to_bits(), 1.5_f64.to_bits());
    }

    #[test]
    fn halfway_between_the_greatest_prices_is_between_them() {
        let greatest = Price::new(Decimal::MAX).unwrap();
        assert_eq!(greatest.midpoint(greatest), greatest);
        assert_eq!(Price::ZERO.midpoint(Price::cents(3)).to_string(), "0.015");
    }

    #[test]
    fn a_percent_is_a_hundredth() {
        for (percent, share) in [(50, 0.5), (15, 0.15), (0, 0.0), (-80, -0.8), (1_000, 10.0)] {
            let found = Percent::whole(percent).share();
            assert_eq!(found.to_bits(), f64::to_bits(share), "{percent}");
        }
    }

    #[test]
    fn fees_round_half_up_to_the_cent() {
        for (exact, cents) in [(Decimal::new(1005, 3), 101), (Decimal::new(1004, 3), 100)] {
            assert_eq!(Usd(exact).rounded_to_cent(), Usd::cents(cents));
        }
    }

    proptest! {
        #[test]
        fn prices_survive_the_way_through_f64(cents in 0_u32..10_000_000) {
            let price = Price::cents(cents);
            prop_assert_eq!(Price::from_f64(price.to_f64()), Ok(price));
        }

        #[test]
        fn values_add_up_over_contracts(cents in 0_u32..100_000, a in 1_u32..50, b in 1_u32..50) {
            let price = Price::cents(cents);
            let contracts = |n: u32| Contracts::try_from(n).unwrap();
            prop_assert_eq!(
                price.value(contracts(a)) + price.value(contracts(b)),
                price.value(contracts(a + b))
            );
        }
    }
}
