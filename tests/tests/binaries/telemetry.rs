//! What the programs say of what they do: every line bears the ids of what it is about, what was
//! consumed is told, and a trace goes with every call.

use local_stack::aws::AwsEndpoints;
use runtime::clock::system;
use serde_json::{Value, json};
use system_tests::at_rest::at_rest;
use system_tests::fault_proxy::FaultProxy;
use system_tests::function_binary::{FunctionBinary, declared};
use system_tests::runtime_api::{Outcome, TRACE_ID};
use system_tests::samples::{MESSAGES, SCHEDULED, WEBHOOK, parsed};

use crate::support::running;

async fn answer(program: &mut FunctionBinary, event: &Value) -> Value {
    match program.invoke(event).await {
        Outcome::Answered(answer) => answer,
        failed @ Outcome::Failed { .. } => panic!("{failed:?}: {}", program.said()),
    }
}

/// The lines of a program: those for people, and the metrics.
fn lines(program: &FunctionBinary) -> (Vec<Value>, Vec<Value>) {
    let said = program.said();
    let lines = said.lines().map(parsed);
    lines.partition(|line| line["_aws"].is_null())
}

/// What a line says under this name, itself or by what it belongs to.
fn id<'a>(line: &'a Value, name: &str) -> Option<&'a str> {
    let own = line[name].as_str().or(line["span"][name].as_str());
    own.filter(|text| !text.is_empty())
}

fn total(metrics: &[Value], name: &str) -> f64 {
    metrics
        .iter()
        .filter_map(|metric| metric[name].as_f64())
        .sum()
}

#[tokio::test]
async fn every_line_bears_the_ids_of_its_alert_or_message() {
    let harness = at_rest().await;
    let mut webhook = running(&harness, "webhook").await;
    let accepted = answer(&mut webhook, &WEBHOOK.fired_at(system().now())).await;
    let body = parsed(accepted["body"].as_str().unwrap());
    let signal = body["signal_id"].as_str().unwrap();
    let (said, metrics) = lines(&webhook);
    assert!(!said.is_empty());
    for line in &said {
        assert!(id(line, "request_id").is_some(), "{line}");
        assert_eq!(id(line, "signal_id"), Some(signal), "{line}");
    }
    assert!(total(&metrics, "WriteUnits") >= 6.0, "{metrics:?}");
    for sample in MESSAGES {
        let mut program = running(&harness, sample.binary()).await;
        answer(&mut program, &sample.naming(signal.parse().unwrap())).await;
        let (said, metrics) = lines(&program);
        for line in &said {
            assert!(id(line, "request_id").is_some(), "{}: {line}", sample.name);
            assert!(id(line, "message_id").is_some(), "{}: {line}", sample.name);
            assert_eq!(
                id(line, "signal_id"),
                Some(signal),
                "{}: {line}",
                sample.name
            );
        }
        let consumed = total(&metrics, "ReadUnits");
        assert!(consumed > 0.0, "{}: {metrics:?}", sample.name);
    }
    harness.stop().await;
}

#[tokio::test]
async fn every_line_of_a_pass_bears_its_request() {
    let harness = at_rest().await;
    for sample in SCHEDULED {
        let mut program = running(&harness, sample.binary()).await;
        answer(&mut program, &sample.event()).await;
        let (said, metrics) = lines(&program);
        for line in &said {
            assert!(id(line, "request_id").is_some(), "{}: {line}", sample.name);
        }
        let passed = metrics.iter().filter(|metric| metric["Pass"] == json!(1));
        assert_eq!(passed.count(), 1, "{}: {metrics:?}", sample.name);
    }
    harness.stop().await;
}

/// With the trace in the call, SQS hands it to whoever gets the message: one trace spans the queues.
#[tokio::test]
async fn a_message_is_sent_within_the_trace_of_the_invocation() {
    let harness = at_rest().await;
    let endpoints = harness.stack.aws().endpoints();
    let proxy = FaultProxy::before(&endpoints.gateway_url).await;
    let watched = AwsEndpoints {
        gateway_url: proxy.url().to_owned(),
        ..endpoints.clone()
    };
    let functions = declared(&watched);
    let webhook = functions.iter().find(|it| it.binary == "webhook").unwrap();
    let mut program = FunctionBinary::start(webhook, &watched, &[]).await;
    let accepted = answer(&mut program, &WEBHOOK.fired_at(system().now())).await;
    assert_eq!(accepted["statusCode"], 200, "{accepted}");
    let sent = proxy.seen("SendMessage");
    assert!(!sent.is_empty());
    for message in sent {
        assert_eq!(message.trace.as_deref(), Some(TRACE_ID));
    }
    harness.stop().await;
}
