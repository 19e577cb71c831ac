//! How two underlyings moved together.

use domain::{CandleSet, Correlation};

/// Placeholder until merged.
pub fn correlation(_own: &CandleSet, _other: &CandleSet) -> Correlation {
    Correlation {
        coefficient: None,
        returns: 0,
    }
}
