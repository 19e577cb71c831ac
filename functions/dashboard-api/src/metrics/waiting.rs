//! Signals that aren't done: undecided, approved without an order, ordered without a fill.

use chrono::{DateTime, Utc};
use domain::{Assignment, Engine, Order, SignalId, Symbol};
use serde::Serialize;
use storage::page::PageLimit;
use utoipa::ToSchema;

use crate::problem::Problem;
use crate::sources::Shared;

/// Waiting signals that are shown of each kind.
const MOST: u32 = 50;

/// A signal that waits.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct QueuedSignal {
    signal_id: SignalId,
    engine: Engine,
    symbol: Symbol,
    waits_for: WaitsFor,
    pub(crate) since: DateTime<Utc>,
    /// How often it had to be sent again.
    sends: u32,
}

/// What it waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WaitsFor {
    Decision,
    Order,
    Fill,
}

impl QueuedSignal {
    fn of(assignment: Assignment, waits_for: WaitsFor) -> Self {
        Self {
            signal_id: assignment.signal_id,
            engine: assignment.engine,
            symbol: assignment.symbol,
            waits_for,
            since: assignment.received_at,
            sends: assignment.sends,
        }
    }

    fn of_order(order: Order) -> Self {
        Self {
            signal_id: order.signal_id,
            engine: order.engine,
            symbol: order.symbol,
            waits_for: WaitsFor::Fill,
            since: order.created_at,
            sends: order.sends,
        }
    }
}

/// What waits, the oldest first.
pub(crate) async fn read(sources: &Shared) -> Result<Vec<QueuedSignal>, Problem> {
    let (ledger, most) = (&sources.ledger, PageLimit::near(MOST));
    let (undecided, approved, ordered) = futures::try_join!(
        ledger.pending_assignments(most),
        ledger.approved_assignments(most),
        ledger.pending_orders(most)
    )?;
    let undecided = undecided.items.into_iter();
    let undecided = undecided.map(|it| QueuedSignal::of(it, WaitsFor::Decision));
    let approved = approved.items.into_iter();
    let approved = approved.map(|it| QueuedSignal::of(it, WaitsFor::Order));
    let ordered = ordered.items.into_iter().map(QueuedSignal::of_order);
    let mut waiting: Vec<_> = undecided.chain(approved).chain(ordered).collect();
    waiting.sort_by_key(|it| (it.since, it.signal_id));
    Ok(waiting)
}
