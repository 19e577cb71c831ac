//! Positions: what an engine holds because of a signal, from the entry's fill to the exit's.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::contract::OptionContract;
use crate::engine::{Engine, Leg, PositionKey, WorkKey};
use crate::exit_request::ExitRequest;
use crate::ids::{PositionId, SignalId};
use crate::marked_greeks::MarkedGreeks;
use crate::money::{Contracts, Price, Usd};
use crate::pnl::ProfitAndLoss;
use crate::reason::ExitReason;
use crate::symbol::Symbol;

/// Where a position stands: `open → closing → closed`; a failed exit goes back to `open`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PositionState {
    /// Held.
    Open,
    /// An exit order is under way.
    Closing {
        /// Which rule asked for it.
        exit_reason: ExitReason,
    },
    /// Sold, or settled.
    Closed(Outcome),
}

/// How a position ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = PositionOutcome))]
pub struct Outcome {
    /// Which rule ended it.
    pub exit_reason: ExitReason,
    /// The exit's modelled price, per share.
    pub exit_price: Price,
    /// The mid that set the exit off, per share; absent for a wish, and for a settlement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trigger_price: Option<Price>,
    /// What the position brought more than at that mid; less, where it is negative. Before fees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slippage_usd: Option<Usd>,
    /// When.
    pub closed_at: DateTime<Utc>,
    /// Gross and net, at the modelled price, the mid and the worst side.
    pub realized: ProfitAndLoss,
}

impl PositionState {
    /// The state's name, as it stands in the ledger.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closing { .. } => "closing",
            Self::Closed(_) => "closed",
        }
    }

    /// Whether `next` may follow. An expiry closes an open position without an exit order.
    pub fn may_become(&self, next: &Self) -> bool {
        match self {
            Self::Open => !matches!(next, Self::Open),
            Self::Closing { .. } => !matches!(next, Self::Closing { .. }),
            Self::Closed(_) => false,
        }
    }
}

/// What an engine holds because of one signal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Position {
    /// Its identity.
    pub position_id: PositionId,
    /// The signal of its entry.
    pub signal_id: SignalId,
    /// Whose it is.
    pub engine: Engine,
    /// The underlying.
    pub symbol: Symbol,
    /// The alert's own strategy name, where given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strategy: Option<String>,
    /// Who sent the alert, where given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What is held.
    pub contract: OptionContract,
    /// How many contracts.
    pub quantity: Contracts,
    /// The entry's modelled price, per share.
    pub entry_price: Price,
    /// The mid at the entry's fill, per share.
    pub entry_mid: Price,
    /// The ask at the entry's fill, per share.
    pub entry_worst: Price,
    /// What the entry's fill cost in fees.
    pub entry_fee_usd: Usd,
    /// How its value moved with the market at the entry's fill, where that could be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry_greeks: Option<MarkedGreeks>,
    /// The premium paid: what counts against the exposure limit until it is closed.
    pub exposure_usd: Usd,
    /// When the alert of the entry was received: only a later exit alert means this position.
    pub entry_received_at: DateTime<Utc>,
    /// When the entry was filled.
    pub opened_at: DateTime<Utc>,
    /// Where it stands.
    #[serde(flatten)]
    pub state: PositionState,
    /// Exit orders so far; the next exit is the leg after this number.
    #[serde(default)]
    pub exits_ordered: u32,
    /// Exit orders that failed one after another.
    #[serde(default)]
    pub exit_failures_in_row: u32,
    /// The reason of the last exit order, if that failed: the exit is still due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed_exit: Option<ExitReason>,
    /// The wish to close it, of an alert or of a person. The first stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit_request: Option<ExitRequest>,
}

impl Position {
    /// The leg of the exit order that would come next.
    pub fn next_exit(&self) -> Leg {
        Leg::Exit(self.exits_ordered + 1)
    }

    /// The leg of the exit order that is under way, or was the last.
    pub fn current_exit(&self) -> Leg {
        Leg::Exit(self.exits_ordered.max(1))
    }

    /// Its key.
    pub fn key(&self) -> PositionKey {
        PositionKey {
            signal_id: self.signal_id,
            engine: self.engine,
        }
    }

    /// The key of the entry that it came from.
    pub fn entry_key(&self) -> WorkKey {
        WorkKey::entry(self.signal_id, self.engine)
    }

    /// Whether an exit alert with this strategy (if it names one) means this position.
    pub fn is_meant_by(&self, symbol: &Symbol, strategy: Option<&str>) -> bool {
        self.symbol == *symbol && strategy.is_none_or(|name| self.strategy.as_deref() == Some(name))
    }
}
