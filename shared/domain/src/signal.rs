//! (being written)
use serde::{Deserialize, Serialize};

/// Which way the trader expects the underlying to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Up.
    Long,
    /// Down.
    Short,
}
