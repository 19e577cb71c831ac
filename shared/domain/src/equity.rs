//! What an engine is worth at one minute: a point of its equity curve.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::money::Usd;

/// What an engine was worth. `equity = starting capital + realized + unrealized`, to the cent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EquityPoint {
    /// Whose.
    pub engine: Engine,
    /// When: a full minute.
    pub at: DateTime<Utc>,
    /// Cash, and what is held at the mid.
    pub equity_usd: Usd,
    /// Cash alone.
    pub cash_usd: Usd,
    /// What closed positions brought since the start, net.
    pub realized_usd: Usd,
    /// What held positions gained at the mid, less the fees of their entries.
    pub unrealized_usd: Usd,
    /// Positions held.
    pub positions: u32,
    /// Those among them that were never marked: they count at their entry's price.
    pub unmarked: u32,
    /// The age of the oldest mark that counts, in milliseconds; zero where nothing is marked.
    pub oldest_mark_age_ms: i64,
}
