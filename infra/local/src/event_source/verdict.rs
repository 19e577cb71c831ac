//! What a response says of the records of its batch
//! (<https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html>).

use std::collections::BTreeSet;

use serde_json::Value as Json;

/// Which records were dealt with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// All but those with these message ids, which may be none.
    AllBut(BTreeSet<String>),
    /// None: the response makes no sense, for this reason.
    None(String),
}

/// What this response says of the messages with these ids. No response, or one without
/// failures, means that all were dealt with.
pub fn verdict(response: &Json, message_ids: &BTreeSet<String>) -> Verdict {
    let failures = match response {
        Json::Null => return Verdict::AllBut(BTreeSet::new()),
        Json::Object(response) => response.get("batchItemFailures").unwrap_or(&Json::Null),
        _ => return Verdict::None("the response isn't an object".to_owned()),
    };
    match failures {
        Json::Null => Verdict::AllBut(BTreeSet::new()),
        Json::Array(failures) => failed_ids(failures, message_ids),
        _ => Verdict::None("batchItemFailures isn't a list".to_owned()),
    }
}

fn failed_ids(failures: &[Json], message_ids: &BTreeSet<String>) -> Verdict {
    let mut failed = BTreeSet::new();
    for failure in failures {
        match failure.get("itemIdentifier").and_then(Json::as_str) {
            Some(id) if message_ids.contains(id) => failed.insert(id.to_owned()),
            _ => return Verdict::None(format!("{failure} names no record of the batch")),
        };
    }
    Verdict::AllBut(failed)
}
