//! Option contracts and their names.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::money::Price;
use crate::signal::Direction;

/// The right that an option gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
}

/// A listed option: what it is on, when it ends, which right it gives, at which price.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OptionContract {
    root: String,
    expiration: NaiveDate,
    right: OptionRight,
    strike: Price,
}
