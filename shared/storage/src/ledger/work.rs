//! Finding work by state and due time. What is found is a hint, from an index that may lag.

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, Utc};
use domain::{Assignment, Order, Position};

use super::Ledger;
use crate::error::StorageError;
use crate::item::{Item, Record, Versioned, decode_each, number};
use crate::keys::state_key;
use crate::page::{Bounded, PageLimit};

const INDEX: &str = "by_state";
/// One page of a listing; a listing has as many pages as it needs, up to its own bound.
const PAGE: i32 = 1_000;
/// No listing reads more than this at once.
const LISTING_MAX: usize = 20_000;

/// States in which work waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkState {
    /// A signal that an engine hasn't decided.
    AssignmentPending,
    /// An approval without an order.
    AssignmentApproved,
    /// An order without a fill.
    OrderPending,
}

impl WorkState {
    /// Where the index lists it.
    pub(super) fn key(self) -> String {
        let (kind, name) = match self {
            Self::AssignmentPending => (Assignment::KIND, "pending"),
            Self::AssignmentApproved => (Assignment::KIND, "approved"),
            Self::OrderPending => (Order::KIND, "pending_execution"),
        };
        state_key(kind, name)
    }
}

/// A piece of work that is overdue.
#[derive(Debug, Clone, PartialEq)]
pub enum DueWork {
    /// An assignment that nobody moved on.
    Assignment(Versioned<Assignment>),
    /// An order that nobody filled.
    Order(Versioned<Order>),
}

impl Ledger {
    /// Up to `limit` pieces of work in `state` that were due at `now`, the oldest first.
    pub async fn due_work(
        &self,
        state: WorkState,
        now: DateTime<Utc>,
        limit: usize,
    ) -> Result<Vec<DueWork>, StorageError> {
        let items = self.in_state(&state.key(), Some(now), limit).await?;
        Ok(match state {
            WorkState::OrderPending => each(items, DueWork::Order),
            _ => each(items, DueWork::Assignment),
        })
    }

    /// Open positions of all engines.
    pub async fn open_positions(&self) -> Result<Vec<Versioned<Position>>, StorageError> {
        self.positions("open").await
    }

    /// Positions whose exit order is under way.
    pub async fn closing_positions(&self) -> Result<Vec<Versioned<Position>>, StorageError> {
        self.positions("closing").await
    }

    /// Assignments in `state` and orders pending, whenever they are due.
    pub async fn all_work(&self, state: WorkState) -> Result<Vec<DueWork>, StorageError> {
        self.due_work(state, DateTime::<Utc>::MAX_UTC, LISTING_MAX)
            .await
    }

    /// Signals that wait for an engine's decision, the longest waiting first.
    pub async fn pending_assignments(
        &self,
        most: PageLimit,
    ) -> Result<Bounded<Assignment>, StorageError> {
        self.waiting("pending", most).await
    }

    /// Signals that an engine wants and that have no order yet, the longest waiting first.
    pub async fn approved_assignments(
        &self,
        most: PageLimit,
    ) -> Result<Bounded<Assignment>, StorageError> {
        self.waiting("approved", most).await
    }

    /// Orders that wait for their fill, the longest waiting first.
    pub async fn pending_orders(&self, most: PageLimit) -> Result<Bounded<Order>, StorageError> {
        self.waiting("pending_execution", most).await
    }

    async fn waiting<R: Record>(
        &self,
        state: &str,
        most: PageLimit,
    ) -> Result<Bounded<R>, StorageError> {
        let state_key = state_key(R::KIND, state);
        let items = self.in_state(&state_key, None, most.count() + 1).await?;
        let found = Bounded::cut(items, most.count());
        let readable = decode_each::<R>(found.items).into_iter();
        Ok(Bounded {
            items: readable.map(|it| it.record).collect(),
            more: found.more,
        })
    }

    async fn positions(&self, state: &str) -> Result<Vec<Versioned<Position>>, StorageError> {
        let items = self
            .in_state(&state_key(Position::KIND, state), None, LISTING_MAX)
            .await?;
        Ok(decode_each(items))
    }

    pub(super) async fn in_state(
        &self,
        state_key: &str,
        due_by: Option<DateTime<Utc>>,
        limit: usize,
    ) -> Result<Vec<Item>, StorageError> {
        let due = due_by.map(|instant| number(instant.timestamp_millis()));
        let condition = match due {
            Some(_) => "state_key = :state AND due_ms <= :due",
            None => "state_key = :state",
        };
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(INDEX)
            .key_condition_expression(condition)
            .expression_attribute_values(":state", AttributeValue::S(state_key.to_owned()));
        let query = due.into_iter().fold(query, |query, due| {
            query.expression_attribute_values(":due", due)
        });
        let page = i32::try_from(limit).unwrap_or(PAGE).min(PAGE);
        let mut pages = query.limit(page).into_paginator().items().send();
        let mut found = Vec::new();
        while let Some(item) = pages.next().await {
            found.push(item.map_err(StorageError::aws("Query"))?);
            if found.len() >= limit {
                break;
            }
        }
        Ok(found)
    }
}

fn each<R: Record>(items: Vec<Item>, as_work: impl Fn(Versioned<R>) -> DueWork) -> Vec<DueWork> {
    decode_each(items).into_iter().map(as_work).collect()
}
