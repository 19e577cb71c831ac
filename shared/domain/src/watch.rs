//! What the exit monitor remembers of a position from one pass to the next. It is the monitor's
//! own record: nobody else writes it, and the position knows nothing of it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::engine::{Engine, PositionKey};
use crate::exit_decision::ExitRule;
use crate::ids::SignalId;
use crate::money::Price;

/// The memory of a position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Watch {
    /// The signal of the position's entry.
    pub signal_id: SignalId,
    /// Whose position it is.
    pub engine: Engine,
    /// The highest mid since the entry, per share; it only ever rises.
    pub peak: Price,
    /// The lowest mid since the entry, per share; it only ever falls.
    pub trough: Price,
    /// How often in a row each rule that wants confirmation has read its limit as reached.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub confirmations: BTreeMap<ExitRule, Confirmation>,
    /// The time of the newest price that it has seen.
    pub seen_at: DateTime<Utc>,
}

impl Watch {
    /// The key of the position.
    pub fn key(&self) -> PositionKey {
        PositionKey {
            signal_id: self.signal_id,
            engine: self.engine,
        }
    }
}

/// Readings in a row that said the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Confirmation {
    /// How many.
    pub count: u32,
    /// The time of the price of the last one that counted.
    pub last_at: DateTime<Utc>,
}
