//! What no trigger sends: a binary says that it failed, and answers the next event.

use serde_json::{Value, json};
use system_tests::Harness;
use system_tests::at_rest::at_rest;
use system_tests::function_binary::FunctionBinary;
use system_tests::runtime_api::Outcome;
use system_tests::samples::{DASHBOARD, MESSAGES, SCHEDULED, Sample};

use crate::support::running;

async fn fails(program: &mut FunctionBinary, event: &str) {
    let outcome = program.invoke_with(event.to_owned()).await;
    let Outcome::Failed { kind, said } = outcome else {
        panic!("{event} was answered: {outcome:?}");
    };
    assert!(!kind.is_empty(), "{said}");
    assert!(said["errorMessage"].is_string(), "{said}");
}

async fn answers(program: &mut FunctionBinary, event: &Value) -> Value {
    match program.invoke(event).await {
        Outcome::Answered(answer) => answer,
        failed @ Outcome::Failed { .. } => panic!("{failed:?}: {}", program.said()),
    }
}

/// Sends what isn't an event, and then one that is.
async fn lives_on(harness: &Harness, sample: Sample, bad: &[&str]) -> Value {
    let mut program = running(harness, sample.binary()).await;
    for event in bad {
        fails(&mut program, event).await;
    }
    let answer = answers(&mut program, &sample.event()).await;
    assert!(program.is_alive(), "{}: {}", sample.name, program.said());
    answer
}

/// Texts that aren't events of anything.
const NO_JSON: [&str; 3] = ["", "not json", "{\"Records\":"];

#[tokio::test]
async fn a_function_of_a_queue_says_what_it_cannot_read_and_goes_on() {
    let harness = at_rest().await;
    let bad = [&NO_JSON[..], &["[]", "{\"Records\":7}"]].concat();
    for sample in MESSAGES {
        // The monitor takes whatever a schedule may send.
        let bad = if sample.binary() == "exit-monitor" {
            &NO_JSON[..]
        } else {
            &bad
        };
        let answer = lives_on(&harness, sample, bad).await;
        assert!(answer["batchItemFailures"].is_array(), "{answer}");
    }
    harness.stop().await;
}

#[tokio::test]
async fn a_function_of_a_schedule_says_what_it_cannot_read_and_goes_on() {
    let harness = at_rest().await;
    for sample in SCHEDULED {
        let answer = lives_on(&harness, sample, &NO_JSON).await;
        assert!(answer.is_object(), "{}: {answer}", sample.name);
    }
    harness.stop().await;
}

#[tokio::test]
async fn a_function_of_the_http_api_says_what_it_cannot_read_and_goes_on() {
    let harness = at_rest().await;
    let bad = [&NO_JSON[..], &["{}", "{\"version\":\"2.0\"}"]].concat();
    let answer = lives_on(&harness, DASHBOARD, &bad).await;
    assert_eq!(answer["statusCode"], 401, "{answer}");
    harness.stop().await;
}

/// A message that isn't ours comes back alone; SQS puts it aside in the end.
#[tokio::test]
async fn a_message_that_is_not_ours_costs_itself_alone() {
    let harness = at_rest().await;
    for sample in MESSAGES {
        let mut event = sample.event();
        let mut poison = event["Records"][0].clone();
        poison["messageId"] = json!("poison");
        poison["body"] = json!("{\"signal_id\":\"nonsense\"}");
        event["Records"].as_array_mut().unwrap().push(poison);
        let mut program = running(&harness, sample.binary()).await;
        let answer = answers(&mut program, &event).await;
        let failures = answer["batchItemFailures"].as_array().unwrap();
        let failed = json!({ "itemIdentifier": "poison" });
        assert!(failures.contains(&failed), "{}: {answer}", sample.name);
        let within = harness.stack.function(sample.binary()).unwrap();
        assert_eq!(within(event).await.unwrap(), answer, "{}", sample.name);
    }
    harness.stop().await;
}
