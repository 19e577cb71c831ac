//! The signal: what an alert asks for, once it has been read. It never changes afterwards.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

mod intent;

use crate::ids::SignalId;
use crate::money::{Contracts, Price};
use crate::symbol::Symbol;
use crate::timeframe::Timeframe;
pub use intent::{Direction, Intent};

/// What a signal's timestamp is the time of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TimestampOrigin {
    /// The alert fired then.
    FireTime,
    /// The bar on which it fired began then.
    BarTime,
    /// The alert told no time: when it came in, floored to its timeframe.
    ReceivedAt,
}

/// An alert that was read and understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Signal {
    /// Derived from the hash.
    pub signal_id: SignalId,
    /// SHA-256 in 64 hexadecimal digits; two alerts with the same hash are the same signal.
    pub hash: String,
    /// The underlying.
    pub symbol: Symbol,
    /// What to do.
    #[serde(flatten)]
    pub intent: Intent,
    /// The length of the bars of the chart on which the alert was set.
    pub timeframe: Timeframe,
    /// The alert's own time, where it told one.
    pub timestamp: DateTime<Utc>,
    /// What the timestamp is the time of.
    pub timestamp_origin: TimestampOrigin,
    /// The beginning of the bar that holds the timestamp.
    pub bar_start: DateTime<Utc>,
    /// When it came in.
    pub received_at: DateTime<Utc>,
    /// The author's name for the strategy.
    pub strategy: Option<String>,
    /// Where the alert says that it comes from.
    pub source: Option<String>,
    /// Which indicator raised it.
    pub indicator: Option<String>,
    /// The underlying's price that the alert told, in US dollars per share.
    pub price: Option<Price>,
    /// How many option contracts the author asks for.
    pub option_contracts: Option<Contracts>,
    /// SHA-256 of the redacted body with sorted keys, in 64 hexadecimal digits.
    pub body_sha256: String,
    /// The body as it came, without its secrets.
    #[serde(with = "json_text")]
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub raw: serde_json::Value,
}

/// A body may hold numbers and keys that no table takes as they are, so it is stored as text.
mod json_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use serde_json::Value;

    pub(super) fn serialize<S: Serializer>(
        value: &Value,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&value.to_string())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Value, D::Error> {
        let text = String::deserialize(deserializer)?;
        serde_json::from_str(&text).map_err(D::Error::custom)
    }
}
