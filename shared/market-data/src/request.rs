//! What can be asked of a market.

use chrono::NaiveDate;
use domain::{OptionRight, Symbol, Timeframe};

/// Which listed contracts are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// Which bars are meant: the newest ones that have closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CandleRequest {
    /// Whose.
    pub symbol: Symbol,
    /// How long each is, and where it begins ([`Timeframe::bar_start`]).
    pub timeframe: Timeframe,
    /// How many at most; a market may have fewer, or give fewer at once.
    pub count: usize,
}
