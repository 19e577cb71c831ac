//! Parts that several of Alpaca's answers have in common.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use domain::Price;
use domain::quote::BidAsk;
use serde::Deserialize;

use crate::provider::number::Number;
use crate::provider::times::from_rfc3339;

/// The best prices of a stock or a contract.
#[derive(Deserialize)]
pub(super) struct Quote<'a> {
    #[serde(borrow)]
    t: Cow<'a, str>,
    #[serde(default)]
    bp: Option<Number>,
    #[serde(default)]
    ap: Option<Number>,
    #[serde(default)]
    bs: Option<Number>,
    #[serde(default, rename = "as")]
    as_: Option<Number>,
}

impl Quote<'_> {
    /// When it was made.
    pub(super) fn at(&self) -> Option<DateTime<Utc>> {
        from_rfc3339(&self.t)
    }

    /// Its sides, where both are prices. An absent side is a zero one, as on the wire.
    pub(super) fn sides(&self) -> Option<BidAsk> {
        let side = |price: Option<Number>| price.map_or(Some(Price::ZERO), Number::price);
        Some(BidAsk {
            bid: side(self.bp)?,
            ask: side(self.ap)?,
        })
    }

    /// How much is wanted and how much is offered.
    pub(super) fn sizes(&self) -> (u32, u32) {
        let size = |size: Option<Number>| size.and_then(Number::size).unwrap_or(0);
        (size(self.bs), size(self.as_))
    }
}
