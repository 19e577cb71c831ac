//! What becomes of a contract that was held to its expiration: it is worth its intrinsic value
//! at the underlying's close.

use chrono::{DateTime, Utc};
use domain::expiration::expires_at;
use domain::{FillBasis, Position, Price};

use crate::fills::Fill;

/// Whether the position's contract has expired.
pub fn is_expired(position: &Position, now: DateTime<Utc>) -> bool {
    now >= expires_at(position.contract.expiration())
}

/// The settlement, as a fill at the expiration's close.
pub fn settle(position: &Position, underlying_close: Price) -> Fill {
    Fill {
        price: position.contract.intrinsic(underlying_close),
        basis: FillBasis::Expiry { underlying_close },
    }
}
