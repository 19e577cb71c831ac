//! Roll-ups: sums that a page can read without adding up the whole ledger. A finished
//! assignment or position leaves a marker in the index; the sweeper, the only writer here,
//! adds marked events to their rows in batches, each event exactly once.

mod agents;
mod finished;
mod profit;
mod profit_ranges;
mod uncounted;

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::Update;
use domain::{Assignment, AssignmentState, PositionState, RejectionClass};
use rust_decimal::Decimal;

use super::Ledger;
use crate::error::StorageError;
use crate::item::{Item, SCHEMA_VERSION, number, number_of, text, text_of};
use crate::keys::{CLEAR_MARKER, Key, unapplied};
use crate::transact::Transaction;

const ACCEPTANCE: &str = "ROLLUP#ACCEPTANCE";

use agents::Voices;
pub use agents::{AgentRow, Biases};
pub use finished::{Finished, Unapplied};
pub use profit::{Dimension, ProfitRow};
use profit::{PROFIT, add_profit};
pub use profit_ranges::ProfitRange;
use profit_ranges::profit_row;
pub use uncounted::{ProfitNow, counted_too};

/// What one batch did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Applied {
    /// Events that were added to their rows.
    pub events: usize,
    /// Whether more are waiting.
    pub more: bool,
}

/// Finished assignments of an engine, counted over one value of one dimension.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AcceptanceRow {
    /// `A#total`, `A#source#name`.
    pub scope: String,
    /// Finished assignments.
    pub signals: u64,
    /// Those that became orders.
    pub ordered: u64,
    /// Those that the engine declined.
    pub rejected_judgement: u64,
    /// Those that circumstances ended.
    pub rejected_capacity: u64,
}

/// What is to be added: by row, by attribute.
type Additions = BTreeMap<(&'static str, String), BTreeMap<&'static str, Decimal>>;

impl Ledger {
    /// Adds one batch of finished events to their rows, each once.
    pub async fn apply_rollups(&self) -> Result<Applied, StorageError> {
        let unapplied = self.unapplied().await?;
        self.apply(unapplied).await
    }

    /// Adds these finished events to their rows, each once.
    pub async fn apply(&self, unapplied: Unapplied) -> Result<Applied, StorageError> {
        let Unapplied { found, more } = unapplied;
        if found.is_empty() {
            return Ok(Applied::default());
        }
        let count = found.len();
        let rows = sums_of(found.iter().map(|it| &it.additions));
        let cleared = found.into_iter().map(|it| clear_marker(it.key));
        let added = rows.into_iter();
        let added = added.map(|((pk, sk), sums)| add_to_row(pk, &sk, sums));
        let writes = cleared
            .chain(added)
            .fold(self.transaction(), Transaction::update);
        // Refused: the index lagged, and an earlier batch had applied some of these. The next
        // pass reads the index again.
        let events = self.commit(writes).await?.map_or(0, |()| count);
        Ok(Applied {
            events,
            more: more && events > 0,
        })
    }

    /// The profit rows whose scope begins with `prefix`, such as `A#` or `B#date#`.
    pub async fn profit_rows(&self, prefix: &str) -> Result<Vec<ProfitRow>, StorageError> {
        let items = self.rows(PROFIT, prefix).await?;
        Ok(items.iter().map(profit_row).collect())
    }

    /// The acceptance rows whose scope begins with `prefix`.
    pub async fn acceptance_rows(&self, prefix: &str) -> Result<Vec<AcceptanceRow>, StorageError> {
        let items = self.rows(ACCEPTANCE, prefix).await?;
        Ok(items.iter().map(acceptance_row).collect())
    }

    async fn rows(&self, pk: &str, prefix: &str) -> Result<Vec<Item>, StorageError> {
        self.client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", text(pk))
            .expression_attribute_values(":prefix", text(prefix))
            .into_paginator()
            .items()
            .send()
            .collect::<Result<Vec<_>, _>>()
            .await
            .map_err(StorageError::aws("Query"))
    }
}

/// All these additions together.
fn sums_of<'a>(each: impl Iterator<Item = &'a Additions>) -> Additions {
    let mut rows = Additions::new();
    for ((pk, scope), sums) in each.flatten() {
        let row = rows.entry((*pk, scope.clone())).or_default();
        for (name, amount) in sums {
            *row.entry(name).or_default() += *amount;
        }
    }
    rows
}

fn additions_of(finished: &Finished, voices: &Voices) -> Additions {
    let mut additions = Additions::new();
    match finished {
        Finished::Position(position) => {
            if let PositionState::Closed(outcome) = &position.state {
                add_profit(position, outcome, &mut additions);
                voices.add_result(position, outcome, &mut additions);
            }
        }
        Finished::Task(assignment) => {
            add_acceptance(assignment, &mut additions);
            voices.add_opinions(assignment, &mut additions);
        }
    }
    additions
}

fn add_acceptance(assignment: &Assignment, additions: &mut Additions) {
    let engine = assignment.engine;
    let source = assignment.source.as_deref().unwrap_or("-");
    let outcome = match &assignment.state {
        AssignmentState::Rejected { rejection } => match rejection.class {
            RejectionClass::Judgement => "rejected_judgement",
            RejectionClass::Capacity => "rejected_capacity",
        },
        _ => "ordered",
    };
    for scope in [
        format!("{engine}#total"),
        format!("{engine}#source#{source}"),
    ] {
        let row = additions.entry((ACCEPTANCE, scope)).or_default();
        *row.entry("signals").or_default() += Decimal::ONE;
        *row.entry(outcome).or_default() += Decimal::ONE;
    }
}

fn clear_marker(key: Key) -> aws_sdk_dynamodb::types::builders::UpdateBuilder {
    Update::builder()
        .key("pk", text(key.pk))
        .key("sk", text(key.sk))
        .update_expression(CLEAR_MARKER)
        .condition_expression("state_key = :marker")
        .expression_attribute_values(":marker", text(unapplied()))
        .expression_attribute_values(":one", number(1))
}

fn add_to_row(
    pk: &str,
    sk: &str,
    sums: BTreeMap<&'static str, Decimal>,
) -> aws_sdk_dynamodb::types::builders::UpdateBuilder {
    let adds: Vec<_> = sums.keys().map(|name| format!("{name} :{name}")).collect();
    let update = Update::builder()
        .key("pk", text(pk))
        .key("sk", text(sk))
        .update_expression(format!(
            "ADD {} SET version = :version, kind = :kind",
            adds.join(", ")
        ))
        .expression_attribute_values(":version", number(SCHEMA_VERSION))
        .expression_attribute_values(":kind", text("ROLLUP"));
    sums.into_iter().fold(update, |update, (name, sum)| {
        update.expression_attribute_values(format!(":{name}"), number(sum))
    })
}

fn acceptance_row(item: &Item) -> AcceptanceRow {
    let count = |name| number_of(item, name).unwrap_or_default();
    AcceptanceRow {
        scope: text_of(item, "sk").unwrap_or_default().to_owned(),
        signals: count("signals"),
        ordered: count("ordered"),
        rejected_judgement: count("rejected_judgement"),
        rejected_capacity: count("rejected_capacity"),
    }
}
