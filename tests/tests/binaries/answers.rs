//! Every binary answers its event as the same function does within the local stack, and leaves
//! the same items behind.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::SignalId;
use runtime::clock::system;
use serde_json::{Value, json};
use system_tests::Harness;
use system_tests::at_rest::at_rest;
use system_tests::runtime_api::Outcome;
use system_tests::samples::{DASHBOARD, MESSAGES, SCHEDULED, Sample, WEBHOOK, parsed};
use tokio::time::sleep;

use crate::support::running;

/// The same stack twice: on one the functions run within this process, on the other as programs.
struct Twice {
    within: Harness,
    apart: Harness,
}

impl Twice {
    async fn start() -> Self {
        let (within, apart) = tokio::join!(at_rest(), at_rest());
        Self { within, apart }
    }

    /// Both answers to an event: the local stack's, and the program's.
    async fn answers(&self, sample: Sample, event: Value) -> (Value, Value) {
        self.within.clock.set(system().now());
        let function = self.within.stack.function(sample.binary()).unwrap();
        let within = function(event.clone()).await.unwrap();
        let mut program = running(&self.apart, sample.binary()).await;
        match program.invoke(&event).await {
            Outcome::Answered(apart) => (within, apart),
            failed @ Outcome::Failed { .. } => panic!("{failed:?}: {}", program.said()),
        }
    }

    /// Expects the same answer of both, and returns it.
    async fn answer(&self, sample: Sample, event: Value) -> Value {
        let (within, apart) = self.answers(sample, event).await;
        assert_eq!(
            without_nature(&apart),
            without_nature(&within),
            "{}",
            sample.name
        );
        within
    }

    async fn stop(self) {
        self.within.stop().await;
        self.apart.stop().await;
    }
}

/// What differs by nature, since one of the two runs a moment later: the time that each answer of
/// the dashboard's API tells. Ids follow from what is sent, so they are the same.
const BY_NATURE: [&str; 1] = ["/headers/x-parallax-now"];

fn without_nature(answer: &Value) -> Value {
    let mut answer = answer.clone();
    for field in BY_NATURE {
        if let Some(value) = answer.pointer_mut(field) {
            *value = json!("differs by nature");
        }
    }
    answer
}

/// Longer than a quote of the simulated market lasts: after it, there is a newer one than that of
/// the fill on both stacks.
const A_QUOTE: Duration = Duration::from_millis(1_100);

#[tokio::test]
async fn each_binary_answers_as_its_function_does_and_leaves_the_same_items() {
    let twice = Twice::start().await;
    let accepted = twice
        .answer(WEBHOOK, WEBHOOK.fired_at(system().now()))
        .await;
    assert_eq!(accepted["statusCode"], 200, "{accepted}");
    let body = parsed(accepted["body"].as_str().unwrap());
    let signal: SignalId = body["signal_id"].as_str().unwrap().parse().unwrap();
    for sample in MESSAGES {
        let answer = twice.answer(sample, sample.naming(signal)).await;
        assert_eq!(
            answer,
            json!({ "batchItemFailures": [] }),
            "{}",
            sample.name
        );
    }
    sleep(A_QUOTE).await;
    for sample in SCHEDULED {
        let answer = twice.answer(sample, sample.event()).await;
        assert!(answer.is_object(), "{}: {answer}", sample.name);
    }
    let asked = twice.answer(DASHBOARD, DASHBOARD.event()).await;
    assert_eq!(asked["statusCode"], 401, "{asked}");
    let (within, apart) = (
        lives(&twice.within, signal).await,
        lives(&twice.apart, signal).await,
    );
    assert_eq!(apart, within);
    assert!(apart.contains(r#""POSITION#A" "open""#), "{apart:?}");
    twice.stop().await;
}

/// What there is of a signal: the sort key and the state of each item. What the monitor remembers
/// of a position is written when the price has gone where it never was, so one of two stacks may
/// have it a moment before the other.
async fn lives(harness: &Harness, signal: SignalId) -> BTreeSet<String> {
    let trace = harness.trace(signal).await;
    let items = trace.items.iter().filter(|item| item["kind"] != "WATCH");
    items
        .map(|item| format!("{} {}", item["sk"], item["state"]))
        .collect()
}
