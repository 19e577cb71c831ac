//! Orders: one for each leg of an engine's trade on a signal.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::contract::OptionContract;
use crate::engine::{Engine, Leg, WorkKey};
use crate::ids::{OrderId, SignalId};
use crate::money::{Contracts, Price, Usd};
use crate::quote::BidAsk;
use crate::reason::{ExitReason, Rejection};
use crate::symbol::Symbol;

/// Whether an order buys or sells the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Entries buy.
    Buy,
    /// Exits sell.
    Sell,
}

impl Side {
    /// The side of a leg: nothing is ever sold to open.
    pub fn of(leg: Leg) -> Self {
        if leg.is_exit() { Self::Sell } else { Self::Buy }
    }
}

/// Where an order stands: `pending_execution → filled | failed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OrderState {
    /// Waiting for its fill.
    PendingExecution,
    /// Filled as a whole.
    Filled,
    /// Ended without a fill.
    Failed {
        /// Why.
        failure: Rejection,
    },
}

impl OrderState {
    /// The state's name, as it stands in the ledger.
    pub fn name(&self) -> &'static str {
        match self {
            Self::PendingExecution => "pending_execution",
            Self::Filled => "filled",
            Self::Failed { .. } => "failed",
        }
    }

    /// Whether `next` may follow.
    pub fn may_become(&self, next: &Self) -> bool {
        matches!(self, Self::PendingExecution) && !matches!(next, Self::PendingExecution)
    }
}

/// An order for one contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Order {
    /// Its identity.
    pub order_id: OrderId,
    /// The signal of the position's entry.
    pub signal_id: SignalId,
    /// Whose it is.
    pub engine: Engine,
    /// Which leg it fills.
    pub leg: Leg,
    /// Buy for entries, sell for exits.
    pub side: Side,
    /// The underlying.
    pub symbol: Symbol,
    /// What is bought or sold.
    pub contract: OptionContract,
    /// How many.
    pub quantity: Contracts,
    /// Where it stands.
    #[serde(flatten)]
    pub state: OrderState,
    /// Tries to fill it that found no usable quote.
    #[serde(default)]
    pub attempts: u32,
    /// How often the sweeper had to send it again.
    #[serde(default)]
    pub sends: u32,
    /// When it counts as forgotten, unless somebody moves it on; absent in terminal states.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<DateTime<Utc>>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// What only an entry or only an exit has.
    #[serde(flatten)]
    pub purpose: Purpose,
}

/// What an order is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "purpose", rename_all = "snake_case")]
pub enum Purpose {
    /// To open a position.
    Entry {
        /// When the signal was received: an exit alert after that cancels the order.
        received_at: DateTime<Utc>,
        /// No fill after this instant.
        valid_until: DateTime<Utc>,
        /// Premium set aside for it: quantity × 100 × the ask when it was written.
        reserved_usd: Usd,
        /// The contract's market when it was chosen.
        chosen_at: BidAsk,
        /// The underlying's price when it was chosen, in US dollars per share.
        underlying_price: Price,
    },
    /// To close one.
    Exit {
        /// Which rule asked for it.
        reason: ExitReason,
        /// The mid that set the rule off; absent for an alert.
        #[serde(skip_serializing_if = "Option::is_none")]
        trigger_price: Option<Price>,
    },
}

impl Order {
    /// The mid that set an exit off; none for a wish or an entry.
    pub fn trigger_price(&self) -> Option<Price> {
        match self.purpose {
            Purpose::Exit { trigger_price, .. } => trigger_price,
            Purpose::Entry { .. } => None,
        }
    }

    /// The key under which its work is sent.
    pub fn work_key(&self) -> WorkKey {
        WorkKey {
            signal_id: self.signal_id,
            engine: self.engine,
            leg: self.leg,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reason::RejectionReason;

    #[test]
    fn only_a_pending_order_moves() {
        let failed = OrderState::Failed {
            failure: Rejection::new(RejectionReason::NoFill, "no quote"),
        };
        let all = [OrderState::PendingExecution, OrderState::Filled, failed];
        for from in &all {
            for to in &all {
                let legal = *from == OrderState::PendingExecution && *to != *from;
                assert_eq!(
                    from.may_become(to),
                    legal,
                    "{} to {}",
                    from.name(),
                    to.name()
                );
            }
        }
    }

    #[test]
    fn nothing_is_sold_to_open() {
        assert_eq!(Side::of(Leg::Entry), Side::Buy);
        assert_eq!(Side::of(Leg::Exit(3)), Side::Sell);
    }
}
