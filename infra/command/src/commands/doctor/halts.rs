//! Whether an engine's entries are stopped by hand, by whom and why.

use domain::{Engine, Halt};
use local_stack::aws::AwsEndpoints;
use runtime::telemetry::chain;

use super::finding::Finding;
use crate::commands::trace;

const SUBJECT: &str = "entries";

/// Reads the halt of each engine's book, opening none.
pub(super) async fn check(aws: &AwsEndpoints) -> Vec<Finding> {
    let ledger = match trace::ledger(&aws.dynamodb_url).await {
        Ok(ledger) => ledger,
        Err(error) => return vec![unread(&chain(error.as_ref()))],
    };
    let mut found = Vec::new();
    for engine in Engine::ALL {
        match ledger.halt_in_force(engine).await {
            Ok(halt) => found.extend(halt.map(|halt| halted(engine, &halt))),
            Err(error) => found.push(unread(&chain(&error))),
        }
    }
    if found.is_empty() {
        found.push(Finding::ok(SUBJECT, "no engine is halted"));
    }
    found
}

fn halted(engine: Engine, halt: &Halt) -> Finding {
    let says = format!("engine {engine} is halted {halt}");
    let advice = format!("`parallax resume --engine {engine}` lets it enter again");
    Finding::warn(SUBJECT, says, advice)
}

fn unread(why: &str) -> Finding {
    let advice = "until a book can be read, its engine enters nothing";
    Finding::fail(SUBJECT, why, advice)
}
