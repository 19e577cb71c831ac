//! The deployed template with consumers of queues turned off, whose messages a test delivers itself.

use domain::WorkKey;
use runtime::queues::message_body;
use serde_json::json;

use crate::Harness;
use crate::harness::TEMPLATE;

/// Without the consumers of these queues.
pub fn by_hand(queues: &[&str]) -> String {
    queues.iter().fold(TEMPLATE.to_owned(), |text, queue| {
        let source = format!("Queue: !GetAtt {queue}.Arn\n");
        assert!(text.contains(&source), "{queue}");
        text.replace(&source, &turned_off(&source))
    })
}

/// Without any consumer.
pub fn none() -> String {
    let lines = TEMPLATE.split_inclusive('\n').map(|line| {
        if line.trim_start().starts_with("Queue: !GetAtt ") {
            turned_off(line)
        } else {
            line.to_owned()
        }
    });
    lines.collect()
}

/// The line that names an event source's queue, and that it is off.
fn turned_off(source: &str) -> String {
    format!("{source}            Enabled: false\n")
}

/// Hands a message to a function, as its queue would, and expects that it is dealt with.
pub async fn deliver(harness: &Harness, binary: &str, work: WorkKey) {
    let record = json!({
        "messageId": "by-hand", "receiptHandle": "none", "body": message_body(&work),
        "attributes": {}, "messageAttributes": {}, "eventSource": "aws:sqs",
    });
    let function = harness.stack.function(binary).expect("a function");
    let answer = function(json!({ "Records": [record] })).await;
    let answer = answer.expect("an answer");
    assert_eq!(answer["batchItemFailures"], json!([]), "{binary} {work}");
}
