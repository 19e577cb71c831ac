//! Trades: what was filled, at which price, and on which quote.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::contract::OptionContract;
use crate::engine::{Engine, Leg};
use crate::ids::{OrderId, SignalId, TradeId};
use crate::money::{Contracts, Price, Usd};
use crate::order::Side;
use crate::quote::OptionQuote;
use crate::symbol::Symbol;

/// How a fill's price is taken from a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FillModel {
    /// Halfway between bid and ask.
    Mid,
    /// A quarter of the spread worse than the mid.
    MidPlusFraction,
    /// Buy at the ask, sell at the bid.
    Touch,
}

impl std::fmt::Display for FillModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Mid => "mid",
            Self::MidPlusFraction => "mid_plus_fraction",
            Self::Touch => "touch",
        })
    }
}

/// What stood behind a fill's price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "basis", rename_all = "snake_case")]
pub enum FillBasis {
    /// A quote, and the model that read it.
    Quote {
        /// The model.
        model: FillModel,
        /// The quote: sides, sizes, provider and time.
        quote: OptionQuote,
        /// Its age at the fill, in milliseconds.
        quote_age_ms: i64,
        /// The mid at the fill, per share.
        mid: Price,
        /// The worst side at the fill: the ask for a buy, the bid for a sell.
        worst: Price,
    },
    /// The settlement of an expired contract.
    Expiry {
        /// The underlying's official close, in US dollars per share.
        underlying_close: Price,
    },
}

/// A fill. It is made once and never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Trade {
    /// Its identity.
    pub trade_id: TradeId,
    /// The order that it fills.
    pub order_id: OrderId,
    /// The signal of the position's entry.
    pub signal_id: SignalId,
    /// Whose it is.
    pub engine: Engine,
    /// Which leg.
    pub leg: Leg,
    /// Bought or sold.
    pub side: Side,
    /// The underlying.
    pub symbol: Symbol,
    /// What.
    pub contract: OptionContract,
    /// How many: all that was ordered.
    pub quantity: Contracts,
    /// The modelled price, in US dollars per share.
    pub fill_price: Price,
    /// Commission and fees for the whole order.
    pub fee_usd: Usd,
    /// When.
    pub filled_at: DateTime<Utc>,
    /// What the price was read from.
    #[serde(flatten)]
    pub basis: FillBasis,
}

impl Trade {
    /// The mid at the fill, per share; of a settlement, its price.
    pub fn mid_price(&self) -> Price {
        match &self.basis {
            FillBasis::Quote { mid, .. } => *mid,
            FillBasis::Expiry { .. } => self.fill_price,
        }
    }

    /// The worst side at the fill, per share; of a settlement, its price.
    pub fn worst_price(&self) -> Price {
        match &self.basis {
            FillBasis::Quote { worst, .. } => *worst,
            FillBasis::Expiry { .. } => self.fill_price,
        }
    }
}
