//! Option contracts and their names.
//!
//! A contract is checked when it's made, so whoever holds one has a root, a date and a strike
//! that can be listed. Whether it *is* listed only a provider knows.

mod parse;

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::Price;
use crate::signal::Direction;

/// The longest root that a contract's name has room for.
const ROOT_LENGTH_MAX: usize = 6;
/// Digits after a strike's point that a name has room for.
const STRIKE_SCALE_MAX: u32 = 3;
/// Strikes lie below this, in US dollars per share.
const STRIKE_LIMIT_USD: u32 = 100_000;
/// A name holds the last two digits of a year in this range.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2099;

/// The right that an option gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OptionRight {
    /// To buy the underlying.
    Call,
    /// To sell it.
    Put,
}

impl OptionRight {
    /// What is bought for a direction: long buys a call, short buys a put.
    pub fn bought_for(direction: Direction) -> Self {
        match direction {
            Direction::Long => Self::Call,
            Direction::Short => Self::Put,
        }
    }

    /// The direction for which it is bought.
    pub fn direction(self) -> Direction {
        match self {
            Self::Call => Direction::Long,
            Self::Put => Direction::Short,
        }
    }

    /// Its name: `call` or `put`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Put => "put",
        }
    }

    /// The letter that stands for it in a contract's name.
    pub fn letter(self) -> char {
        match self {
            Self::Call => 'C',
            Self::Put => 'P',
        }
    }
}

/// A listed option: what it is on, when it ends, which right it gives, at which price.
///
/// Its text is the OCC symbol without padding, which is what the ledger and messages hold.
///
/// ```
/// use domain::OptionContract;
/// let contract = OptionContract::parse("SPY   260213C00451000").unwrap();
/// assert_eq!(contract.to_string(), "SPY260213C00451000");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OptionContract {
    root: String,
    expiration: NaiveDate,
    right: OptionRight,
    strike: Price,
}

/// Why something is no option contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContractError {
    /// A text of none of the known forms.
    #[error("is not an option symbol; one looks like `SPY260213C00451000`")]
    Form,
    /// A root that no class has.
    #[error("has a root that is not 1 to {ROOT_LENGTH_MAX} letters and digits")]
    Root,
    /// A date that doesn't exist, or that a name has no room for.
    #[error("has an expiration that is not a date of the years 2000 to 2099")]
    Expiration,
    /// Neither a call nor a put.
    #[error("is neither a call nor a put")]
    Right,
    /// A strike that no contract can have.
    #[error(
        "has a strike that is not above 0 and below {STRIKE_LIMIT_USD} with at most {STRIKE_SCALE_MAX} decimals"
    )]
    Strike,
}

impl OptionContract {
    /// A contract on `root`, the name of its class in upper or lower case: usually the
    /// underlying's symbol without its dot, but `SPXW` for weeklies on `SPX`.
    pub fn new(
        root: &str,
        expiration: NaiveDate,
        right: OptionRight,
        strike: Price,
    ) -> Result<Self, ContractError> {
        if !is_root(root) {
            return Err(ContractError::Root);
        }
        if !YEARS.contains(&expiration.year()) {
            return Err(ContractError::Expiration);
        }
        if !is_strike(strike.decimal()) {
            return Err(ContractError::Strike);
        }
        Ok(Self {
            root: root.to_ascii_uppercase(),
            expiration,
            right,
            strike,
        })
    }

    /// Reads a contract's name in any form that providers, brokers and alerts use, in upper or
    /// lower case: `SPY260213C00451000`, with its root padded to six characters, with `O:`
    /// before it, `SPY 260213C451`, or `SPY-20260213-CALL-451.00`.
    pub fn parse(text: &str) -> Result<Self, ContractError> {
        parse::contract(text)
    }

    /// The name of its class: `SPY`, `SPXW`, `BRKB`.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The New York date on which it expires.
    pub fn expiration(&self) -> NaiveDate {
        self.expiration
    }

    /// Call or put.
    pub fn right(&self) -> OptionRight {
        self.right
    }

    /// What a share costs when it is exercised, in US dollars.
    pub fn strike(&self) -> Price {
        self.strike
    }

    /// Whether it may deliver something else than 100 shares: a digit in the root marks what a
    /// split or merger has adjusted (`XOM2`), or a FLEX class (`2SPX`). Such are never entered.
    pub fn is_adjusted(&self) -> bool {
        self.root.bytes().any(|byte| byte.is_ascii_digit())
    }

    /// What exercising it is worth when the underlying stands at a price, per share: never less
    /// than zero.
    pub fn intrinsic(&self, underlying_price: Price) -> Price {
        let (underlying, strike) = (underlying_price.decimal(), self.strike.decimal());
        let gain = match self.right {
            OptionRight::Call => underlying - strike,
            OptionRight::Put => strike - underlying,
        };
        Price::new(gain).unwrap_or(Price::ZERO)
    }

    /// The name in the 21 characters of the Options Symbology Initiative.
    pub fn to_osi_padded(&self) -> String {
        format!("{:<ROOT_LENGTH_MAX$}{}", self.root, self.series())
    }

    /// The last 15 characters of the name: date, right, and strike in thousandths of a dollar.
    fn series(&self) -> String {
        let date = self.expiration;
        let (year, month, day) = (date.year() % 100, date.month(), date.day());
        let right = self.right.letter();
        let strike_thousandths = (self.strike.decimal() * Decimal::ONE_THOUSAND).trunc();
        format!("{year:02}{month:02}{day:02}{right}{strike_thousandths:08}")
    }
}

fn is_root(text: &str) -> bool {
    (1..=ROOT_LENGTH_MAX).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

fn is_strike(strike: Decimal) -> bool {
    strike > Decimal::ZERO
        && strike < Decimal::from(STRIKE_LIMIT_USD)
        && strike.normalize().scale() <= STRIKE_SCALE_MAX
}

impl fmt::Display for OptionContract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.root, self.series())
    }
}

impl FromStr for OptionContract {
    type Err = ContractError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for OptionContract {
    type Error = ContractError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<OptionContract> for String {
    fn from(contract: OptionContract) -> Self {
        contract.to_string()
    }
}

#[cfg(test)]
mod tests;
