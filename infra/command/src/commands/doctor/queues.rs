//! Whether each queue is as the template declares it, how much waits in it, and whether messages
//! were put aside.

use std::collections::BTreeSet;

use aws_sdk_sqs::Client;
use local_stack::account::AccountId;
use local_stack::queues::{self, QueueState};
use local_stack::template::Queue;
use runtime::telemetry::chain;

use super::finding::Finding;

const SUBJECT: &str = "queues";
const DEAD_LETTERS: &str = "dead letters";

/// Looks at every declared queue.
pub(super) async fn check(client: &Client, declared: &[Queue]) -> Vec<Finding> {
    let redrives = declared.iter().filter_map(|queue| queue.redrive.as_ref());
    let dead: BTreeSet<&str> = redrives
        .map(|redrive| redrive.dead_letter_queue.as_str())
        .collect();
    let (mut found, mut waiting, mut put_aside) = (Vec::new(), Vec::new(), Vec::new());
    for queue in declared {
        match queues::look(client, queue, AccountId::EMBEDDED).await {
            Ok(None) => found.push(missing(&queue.name)),
            Ok(Some(state)) => {
                found.extend(different(&queue.name, &state));
                let depths = if dead.contains(queue.name.as_str()) {
                    &mut put_aside
                } else {
                    &mut waiting
                };
                depths.push((queue.name.as_str(), state.messages));
            }
            Err(error) => {
                let advice = "end the stack and start it again";
                found.push(Finding::fail(SUBJECT, chain(&error), advice));
            }
        }
    }
    if found.is_empty() {
        found.push(depths(&waiting));
    }
    found.push(dead_letters(&put_aside));
    found
}

fn missing(queue: &str) -> Finding {
    let says = format!("{queue} is missing");
    Finding::fail(SUBJECT, says, "the next start of the stack makes it")
}

fn different(queue: &str, state: &QueueState) -> Option<Finding> {
    let differences = state.differences.join(", ");
    (!differences.is_empty()).then(|| {
        let says = format!("{queue}: {differences}");
        Finding::fail(SUBJECT, says, "the next start of the stack sets it right")
    })
}

fn depths(waiting: &[(&str, u64)]) -> Finding {
    let each: Vec<_> = waiting
        .iter()
        .map(|(queue, messages)| format!("{queue} {messages}"))
        .collect();
    let says = format!(
        "all as template.yaml declares; messages: {}",
        each.join(", ")
    );
    Finding::ok(SUBJECT, says)
}

fn dead_letters(put_aside: &[(&str, u64)]) -> Finding {
    let filled: Vec<_> = put_aside
        .iter()
        .filter(|(_, messages)| *messages > 0)
        .map(|(queue, messages)| format!("{queue} has {messages}"))
        .collect();
    if filled.is_empty() {
        return Finding::ok(DEAD_LETTERS, "none");
    }
    Finding::warn(
        DEAD_LETTERS,
        filled.join(", "),
        "each is work that crashed five times: look for errors in the stack's log, and follow the \
         signal with `parallax trace`; what can still be done is sent again by the sweeper, so \
         the messages themselves may expire",
    )
}
