//! The ledger of a stack, read and held against the invariants.

use std::path::Path;

use chrono::TimeDelta;
use domain::{SignalId, Usd};
use local_stack::aws::{AwsChoice, LocalAws};
use simulation::invariants::{self, Facts, facts_at};

/// The stacks here run sixty times as fast: a close is dated by its quote, and a busy machine takes seconds
/// to write it.
const WRITTEN_WITHIN: TimeDelta = TimeDelta::minutes(5);
const CAPITAL: Usd = Usd(rust_decimal::Decimal::from_parts(50_000, 0, 0, false, 0));

/// Everything that the ledger of the `DynamoDB` at this address says.
pub(crate) async fn facts(dynamodb_url: &str) -> Facts {
    let facts = facts_at(dynamodb_url, "ledger-table", "evidence-table");
    Facts {
        written_within: WRITTEN_WITHIN,
        ..facts.await.unwrap()
    }
}

/// What hasn't come to rest, or is wrong, in words.
pub(crate) fn unrest(facts: &Facts) -> Vec<String> {
    let found = invariants::at_rest(facts, CAPITAL);
    found.iter().map(|it| format!("{it:?}")).collect()
}

/// Reads a stack that has ended: nothing is wrong, and what was accepted is there. Positions may
/// have begun to close after it was seen at rest.
pub(crate) async fn assert_adds_up(dir: &Path, accepted: &[SignalId]) {
    let aws = LocalAws::start(&AwsChoice::over(dir)).await.unwrap();
    let facts = facts(aws.dynamodb_url()).await;
    assert_eq!(invariants::at_any_instant(&facts, CAPITAL), []);
    for id in accepted {
        assert!(
            facts.signals.contains_key(id),
            "{id} was accepted and is lost"
        );
    }
    aws.stop().await.unwrap();
}
