//! Old messages meet new functions: what earlier versions sent, and what a queue still holds when
//! a deployment replaces its consumer, is taken as it was meant.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Engine, SignalId};
use local_stack::template::{Function, Trigger};
use serde_json::{Value, json};
use system_tests::Harness;
use system_tests::deliveries;
use system_tests::function_binary::declared;
use system_tests::harness::{Setup, TEMPLATE};
use system_tests::samples::{SECRET, WEBHOOK, parsed};

/// Bodies by queue.
type Messages = BTreeMap<String, Vec<String>>;

/// Every form that there ever was, and whether it closes the position too.
const FORMS: [(&str, bool); 2] = [
    (
        include_str!("../../fixtures/messages/2026-11-22.json"),
        false,
    ),
    (
        include_str!("../../fixtures/messages/2026-11-28.json"),
        true,
    ),
];
/// The queues in the order in which a signal passes them.
const FLOW: [&str; 5] = [
    "EngineAQueue",
    "EngineBQueue",
    "OrdersQueue",
    "FillsQueue",
    "ExitsQueue",
];

fn messages(text: &str) -> Messages {
    serde_json::from_str(text).unwrap()
}

/// Which function takes a queue's messages.
fn consumer(functions: &[Function], queue: &str) -> String {
    let name = queue.replace("Queue", "-queue").to_lowercase();
    let name = name
        .replace("enginea", "engine-a")
        .replace("engineb", "engine-b");
    let takes = |function: &&Function| {
        let mut events = function.events.iter();
        events.any(|event| matches!(&event.trigger, Trigger::Queue(it) if it.queue == name))
    };
    functions.iter().find(takes).unwrap().binary.clone()
}

#[test]
fn every_queue_with_a_consumer_has_its_messages_here() {
    let queues = TEMPLATE.lines().filter_map(|line| {
        let queue = line.trim().strip_prefix("Queue: !GetAtt ")?;
        queue.strip_suffix(".Arn").map(str::to_owned)
    });
    let queues: BTreeSet<String> = queues.collect();
    assert_eq!(queues, FLOW.map(str::to_owned).into());
    for (text, _) in FORMS {
        assert_eq!(messages(text).into_keys().collect::<BTreeSet<_>>(), queues);
    }
}

#[tokio::test]
async fn each_is_taken_as_it_was_meant() {
    for (text, closes) in FORMS {
        let (messages, harness) = (messages(text), taking_by_hand().await);
        let functions = declared(harness.stack.aws().endpoints());
        let signal = alerted(&harness).await;
        for queue in FLOW {
            let function = consumer(&functions, queue);
            for body in &messages[queue] {
                if body.contains("exit:") {
                    begin_exit(&harness, signal).await;
                }
                deliver(&harness, &function, body).await;
            }
        }
        let state = if closes { "closed" } else { "open" };
        harness.position(signal, state).await;
        harness.stop().await;
    }
}

async fn taking_by_hand() -> Harness {
    Harness::with(Setup {
        environment: vec![("TRADINGVIEW_WEBHOOK_SECRET", SECRET)],
        template: Some(deliveries::none()),
        ..Setup::default()
    })
    .await
}

/// The sample alert, which becomes the signal that all the messages name.
async fn alerted(harness: &Harness) -> SignalId {
    let webhook = harness.stack.function("webhook").unwrap();
    let answer = webhook(WEBHOOK.event()).await.unwrap();
    let body = parsed(answer["body"].as_str().unwrap());
    body["signal_id"].as_str().unwrap().parse().unwrap()
}

/// Lets a person's wish begin the first exit.
async fn begin_exit(harness: &Harness, signal: SignalId) {
    let around = harness.stack.surroundings();
    let market = market_data::for_a_look(&around.configuration).ok();
    let controls = closing::Controls::new(around, market).unwrap();
    let closing = controls.close_by_hand(signal, Engine::A, "a-person");
    let _began = closing.await.unwrap();
}

async fn deliver(harness: &Harness, function: &str, body: &str) {
    let record = json!({ "messageId": "old", "body": body, "attributes": {} });
    let function = harness.stack.function(function).unwrap();
    let answer: Value = function(json!({ "Records": [record] })).await.unwrap();
    assert_eq!(answer, json!({ "batchItemFailures": [] }), "{body}");
}
