//! The whole life of a signal, in one Query.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::signal::Signal;
use domain::{
    Assignment, Decision, Engine, ExitDecision, Leg, Opinions, Order, Position, Selection,
    SignalId, Trade, Watch,
};

use super::Ledger;
use crate::error::StorageError;
use crate::evidence::EvidencePointer;
use crate::filled_order::fill_of;
use crate::item::{Item, Record, Versioned, decode, key_of, text_of};
use crate::keys;
use crate::opinions::{self, StoredOpinions};
use crate::webhook_event::WebhookEvent;

/// Everything that the ledger has about a signal.
#[derive(Debug, Clone)]
pub struct Trace {
    /// The alert.
    pub signal: Signal,
    /// The webhook's events: the accepted alert, and its duplicates.
    pub webhook_events: Vec<WebhookEvent>,
    /// Each engine's task.
    pub assignments: Vec<Versioned<Assignment>>,
    /// What was captured before the first decision.
    pub evidence: Option<EvidencePointer>,
    /// Each engine's decision.
    pub decisions: Vec<Decision>,
    /// What each committee said.
    pub opinions: Vec<Opinions>,
    /// Why each engine's entry buys the contract that it buys.
    pub selections: Vec<Selection>,
    /// Why each exit was begun.
    pub exit_decisions: Vec<ExitDecision>,
    /// What the exit monitor remembers of each engine's position.
    pub watches: Vec<Watch>,
    /// Orders, entries before exits.
    pub orders: Vec<Versioned<Order>>,
    /// Fills.
    pub trades: Vec<Trade>,
    /// What is or was held.
    pub positions: Vec<Versioned<Position>>,
    /// The items as they stand in the table, as JSON.
    pub items: Vec<serde_json::Value>,
}

impl Trace {
    /// The assignment of `engine`.
    pub fn assignment(&self, engine: Engine) -> Option<&Versioned<Assignment>> {
        self.assignments
            .iter()
            .find(|assignment| assignment.engine == engine)
    }

    /// The decision of `engine`.
    pub fn decision(&self, engine: Engine) -> Option<&Decision> {
        self.decisions
            .iter()
            .find(|decision| decision.engine == engine)
    }

    /// What the committee of `engine` said.
    pub fn opinions(&self, engine: Engine) -> Option<&Opinions> {
        self.opinions
            .iter()
            .find(|opinions| opinions.engine == engine)
    }

    /// The order of this leg.
    pub fn order(&self, engine: Engine, leg: Leg) -> Option<&Versioned<Order>> {
        self.orders
            .iter()
            .find(|order| order.engine == engine && order.leg == leg)
    }

    /// The position of `engine`.
    pub fn position(&self, engine: Engine) -> Option<&Versioned<Position>> {
        self.positions
            .iter()
            .find(|position| position.engine == engine)
    }
}

impl Ledger {
    /// Reads the whole life of a signal, consistently, in one Query (paged beyond 1 MB).
    pub async fn trace(&self, signal_id: SignalId) -> Result<Trace, StorageError> {
        let items = self.collection(&keys::trace(signal_id)).await?;
        Trace::of(signal_id, items)
    }

    async fn collection(&self, pk: &str) -> Result<Vec<Item>, StorageError> {
        self.client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(pk.to_owned()))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send()
            .collect::<Result<Vec<_>, _>>()
            .await
            .map_err(StorageError::aws("Query"))
    }
}

/// Gathers the items of a collection by kind.
#[derive(Default)]
struct Gathered {
    signal: Option<Signal>,
    webhook_events: Vec<WebhookEvent>,
    assignments: Vec<Versioned<Assignment>>,
    evidence: Option<EvidencePointer>,
    decisions: Vec<Decision>,
    opinions: Vec<Opinions>,
    selections: Vec<Selection>,
    exit_decisions: Vec<ExitDecision>,
    watches: Vec<Watch>,
    orders: Vec<Versioned<Order>>,
    trades: Vec<Trade>,
    positions: Vec<Versioned<Position>>,
}

impl Gathered {
    fn add(&mut self, item: Item) -> Result<(), StorageError> {
        match text_of(&item, "kind").unwrap_or_default() {
            Signal::KIND => {
                self.webhook_events.push(WebhookEvent::of_accepted(&item)?);
                self.signal = Some(decode::<Signal>(item)?.record);
            }
            WebhookEvent::KIND => self
                .webhook_events
                .push(decode::<WebhookEvent>(item)?.record),
            Assignment::KIND => self.assignments.push(decode(item)?),
            EvidencePointer::KIND => self.evidence = Some(decode::<EvidencePointer>(item)?.record),
            Decision::KIND => self.decisions.push(decode::<Decision>(item)?.record),
            StoredOpinions::KIND => self.opinions.push(opinions::read(item)?),
            Selection::KIND => self.selections.push(decode::<Selection>(item)?.record),
            ExitDecision::KIND => self
                .exit_decisions
                .push(decode::<ExitDecision>(item)?.record),
            Watch::KIND => self.watches.push(decode::<Watch>(item)?.record),
            Order::KIND => {
                self.trades.extend(fill_of(&item)?);
                self.orders.push(decode(item)?);
            }
            Position::KIND => self.positions.push(decode(item)?),
            other => {
                let source = format!("a signal's collection has no `{other}`");
                return Err(crate::item::unreadable(&key_of(&item), other, source));
            }
        }
        Ok(())
    }
}

impl Trace {
    fn of(signal_id: SignalId, items: Vec<Item>) -> Result<Self, StorageError> {
        let shown = items.iter().map(as_json).collect();
        let mut gathered = Gathered::default();
        items.into_iter().try_for_each(|item| gathered.add(item))?;
        Ok(Self {
            signal: gathered.signal.ok_or(StorageError::NoSignal(signal_id))?,
            webhook_events: gathered.webhook_events,
            assignments: gathered.assignments,
            evidence: gathered.evidence,
            decisions: gathered.decisions,
            opinions: gathered.opinions,
            selections: gathered.selections,
            exit_decisions: gathered.exit_decisions,
            watches: gathered.watches,
            orders: gathered.orders,
            trades: gathered.trades,
            positions: gathered.positions,
            items: shown,
        })
    }
}

fn as_json(item: &Item) -> serde_json::Value {
    serde_dynamo::from_item(item.clone()).unwrap_or_else(|_| {
        serde_json::Value::String(format!("the item {} can't be shown", key_of(item)))
    })
}
