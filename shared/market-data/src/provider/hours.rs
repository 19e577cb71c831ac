//! The clock of a market whose provider tells whether it is open, but not until when.

use domain::calendar::{next_session, session_at};
use domain::quote::{MarketClock, Provenance};

/// What the provider's word and our calendar say together: open only where both say so, since
/// the calendar knows the hours and only the provider knows of a closure that nobody planned.
pub fn agreed(says_open: bool, provenance: Provenance) -> MarketClock {
    let now = provenance.received_at;
    let session = session_at(now).filter(|_| says_open);
    MarketClock {
        is_open: session.is_some(),
        closes_at: session.map(|session| session.close),
        opens_at: next_session(now).open,
        closed_because: None,
        provenance,
    }
}
