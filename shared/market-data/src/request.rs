//! What can be asked of a market.

use std::fmt;

use chrono::NaiveDate;
use domain::{OptionContract, OptionRight, Price, Symbol, Timeframe};

/// Which listed contracts are meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContractFilter {
    /// What they are on.
    pub underlying: Symbol,
    /// The first expiration that is meant, a New York date.
    pub expires_from: NaiveDate,
    /// The last one, included.
    pub expires_to: NaiveDate,
    /// Calls or puts; both where absent.
    pub right: Option<OptionRight>,
}

/// Which part of an option chain is meant: calls and puts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChainRequest {
    /// What the options are on.
    pub underlying: Symbol,
    /// The first expiration that is meant, a New York date.
    pub expires_from: NaiveDate,
    /// The last one, included.
    pub expires_to: NaiveDate,
    /// The lowest and the highest strike that are meant; all where absent.
    pub strikes: Option<(Price, Price)>,
}

impl ContractFilter {
    /// Whether a contract is meant: adjusted ones never are.
    pub fn admits(&self, contract: &OptionContract) -> bool {
        !contract.is_adjusted()
            && (self.expires_from..=self.expires_to).contains(&contract.expiration())
            && self.right.is_none_or(|right| right == contract.right())
    }
}

impl ChainRequest {
    /// The contracts that are meant, without regard to strikes.
    pub fn filter(&self) -> ContractFilter {
        ContractFilter {
            underlying: self.underlying.clone(),
            expires_from: self.expires_from,
            expires_to: self.expires_to,
            right: None,
        }
    }

    /// Whether contracts of an expiration are meant.
    pub fn admits_expiration(&self, expiration: NaiveDate) -> bool {
        (self.expires_from..=self.expires_to).contains(&expiration)
    }

    /// Whether a contract is meant: adjusted ones never are.
    pub fn admits(&self, contract: &OptionContract) -> bool {
        let strike = contract.strike();
        !contract.is_adjusted()
            && self.admits_expiration(contract.expiration())
            && self
                .strikes
                .is_none_or(|(low, high)| low <= strike && strike <= high)
    }
}

/// Which bars are meant: the newest ones that have closed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CandleRequest {
    /// Whose.
    pub symbol: Symbol,
    /// How long each is, and where it begins ([`Timeframe::bar_start`]).
    pub timeframe: Timeframe,
    /// How many at most; a market may have fewer, or give fewer at once.
    pub count: usize,
}

/// A right, or both.
fn right_shown(right: Option<OptionRight>) -> &'static str {
    match right {
        Some(OptionRight::Call) => "C",
        Some(OptionRight::Put) => "P",
        None => "CP",
    }
}

impl fmt::Display for ContractFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let right = right_shown(self.right);
        let (from, to) = (self.expires_from, self.expires_to);
        write!(f, "{}#{from}..{to}#{right}", self.underlying)
    }
}

impl fmt::Display for ChainRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.expires_from, self.expires_to);
        write!(f, "{}#{from}..{to}", self.underlying)?;
        match &self.strikes {
            Some((low, high)) => write!(f, "#{low}..{high}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for CandleRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}#{}", self.symbol, self.timeframe, self.count)
    }
}
