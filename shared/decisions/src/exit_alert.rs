//! What an exit alert (or the first half of a reversal) means for an engine's open work.

use chrono::{DateTime, TimeDelta, Utc};
use domain::signal::{Intent, Signal};
use domain::{Position, PositionState};

/// Entries received up to this instant are cancelled by the alert. A reversal's own second half
/// was received with it and goes on.
pub fn cancels_until(signal: &Signal) -> DateTime<Utc> {
    match signal.intent {
        Intent::Reverse(_) => signal.received_at - TimeDelta::milliseconds(1),
        _ => signal.received_at,
    }
}

/// Whether the alert asks for this position to be closed.
pub fn means(signal: &Signal, position: &Position) -> bool {
    let meant = position.is_meant_by(&signal.symbol, signal.strategy.as_deref());
    let wrong_side = match signal.intent {
        Intent::Exit => true,
        Intent::Reverse(new_side) => {
            position.contract.right() != domain::OptionRight::bought_for(new_side)
        }
        _ => false,
    };
    meant && wrong_side && position.entry_received_at <= cancels_until(signal)
}

/// Whether the position still has to be told. One on its way out is told too: if that exit fails,
/// the wish must not be lost.
pub fn is_still_to_tell(signal: &Signal, position: &Position) -> bool {
    let told = position.exit_request.is_some();
    means(signal, position)
        && match position.state {
            PositionState::Open => true,
            PositionState::Closing { .. } => !told,
            PositionState::Closed(_) => false,
        }
}
