//! A queue feeds a function: what it gets, and what remains in the queue after each outcome.

mod support;

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use aws_sdk_sqs::types::QueueAttributeName as Name;
use futures::FutureExt;
use parallax::event_source::{EventSource, RunningEventSource, Verdict, verdict};
use parallax::invoke::{InvokeError, Invoker};
use serde_json::{Value as Json, json};
use support::Stack;
use tokio_util::sync::CancellationToken;

type Outcome = Result<Json, InvokeError>;

fn source(stack: &Stack) -> EventSource {
    EventSource {
        queue_url: stack.url.clone(),
        queue_arn: "arn:aws:sqs:us-east-1:000000000000:orders".to_owned(),
        batch_size: 10,
        batching_window: Duration::ZERO,
        maximum_concurrency: 5,
        reports_batch_item_failures: true,
        timeout: Duration::from_secs(5),
        farewell: Duration::from_secs(5),
    }
}

fn start(stack: &Stack, source: EventSource, invoker: Invoker) -> RunningEventSource {
    source.start(stack.sqs.clone(), invoker, CancellationToken::new())
}

fn message_ids(event: &Json) -> Vec<String> {
    let records = event["Records"].as_array().unwrap().iter();
    records
        .map(|record| record["messageId"].as_str().unwrap().to_owned())
        .collect()
}

/// A function that answers so, and the events that it got.
fn function(answer: impl Fn(&Json) -> Outcome + Send + Sync + 'static) -> (Invoker, Events) {
    let events = Events::default();
    let kept = events.clone();
    let invoker: Invoker = Arc::new(move |event| {
        let outcome = answer(&event);
        kept.0.lock().unwrap().push(event);
        async move { outcome }.boxed()
    });
    (invoker, events)
}

#[derive(Clone, Default)]
struct Events(Arc<Mutex<Vec<Json>>>);

impl Events {
    fn records(&self) -> usize {
        self.0
            .lock()
            .unwrap()
            .iter()
            .map(|event| message_ids(event).len())
            .sum()
    }
}

async fn wait_until<F: Future<Output = bool>>(condition: impl Fn() -> F) {
    let started = Instant::now();
    while !condition().await {
        assert!(
            started.elapsed() < Duration::from_secs(10),
            "it doesn't come to pass"
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// How many messages are left, once the function got all of these and the source has stopped.
async fn left_after(
    bodies: &[&str],
    adjust: impl FnOnce(&mut EventSource),
    answer: impl Fn(&Json) -> Outcome + Send + Sync + 'static,
) -> i64 {
    let stack = Stack::in_memory(&[]).await;
    for body in bodies {
        stack.send(body).await;
    }
    let (invoker, events) = function(answer);
    let mut source = source(&stack);
    adjust(&mut source);
    let running = start(&stack, source, invoker);
    wait_until(|| async { events.records() == bodies.len() }).await;
    running.stop().await;
    assert_eq!(stack.count(Name::ApproximateNumberOfMessages).await, 0);
    stack
        .count(Name::ApproximateNumberOfMessagesNotVisible)
        .await
}

#[tokio::test]
async fn the_event_is_what_lambda_sends() {
    let stack = Stack::in_memory(&[]).await;
    let id = stack.send("hello").await;
    let (invoker, events) = function(|_| Ok(Json::Null));
    let running = start(&stack, source(&stack), invoker);
    wait_until(|| async { events.records() == 1 }).await;
    running.stop().await;
    let mut record = events.0.lock().unwrap()[0]["Records"][0].clone();
    assert!(!record["receiptHandle"].take().as_str().unwrap().is_empty());
    let expected = json!({
        "messageId": id,
        "receiptHandle": null,
        "body": "hello",
        "attributes": {
            "ApproximateReceiveCount": "1",
            "SentTimestamp": "1700000000000",
            "ApproximateFirstReceiveTimestamp": "1700000000000",
            "SenderId": "000000000000",
        },
        "messageAttributes": {},
        "md5OfBody": "5d41402abc4b2a76b9719d911017c592",
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:orders",
        "awsRegion": "us-east-1",
    });
    assert_eq!(record, expected);
}

#[tokio::test]
async fn only_records_that_did_not_fail_are_deleted() {
    let left = left_after(
        &["good", "bad", "good"],
        |_| {},
        |event| {
            let records = event["Records"].as_array().unwrap().iter();
            let bad = records.filter(|record| record["body"] == "bad");
            let failures: Vec<_> = bad
                .map(|record| json!({ "itemIdentifier": record["messageId"] }))
                .collect();
            Ok(json!({ "batchItemFailures": failures }))
        },
    );
    assert_eq!(left.await, 1);
}

#[tokio::test]
async fn an_invocation_that_fails_deletes_nothing() {
    let error = |_: &Json| Err(InvokeError("out of order".to_owned()));
    assert_eq!(left_after(&["a", "b"], |_| {}, error).await, 2);
    let nonsense = |_: &Json| Ok(json!({ "batchItemFailures": [{ "itemIdentifier": "" }] }));
    assert_eq!(left_after(&["a", "b"], |_| {}, nonsense).await, 2);
}

#[tokio::test]
async fn a_function_that_does_not_report_has_dealt_with_all() {
    let left = left_after(
        &["a", "b"],
        |source| source.reports_batch_item_failures = false,
        |event| {
            let id = &message_ids(event)[0];
            Ok(json!({ "batchItemFailures": [{ "itemIdentifier": id }] }))
        },
    );
    assert_eq!(left.await, 0);
}

#[tokio::test]
async fn a_panic_costs_its_batch_and_nothing_else() {
    let stack = Stack::in_memory(&[]).await;
    stack.send("poison").await;
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let invoker: Invoker = Arc::new(move |event| {
        counted.fetch_add(1, Ordering::SeqCst);
        assert_ne!(event["Records"][0]["body"], "poison", "a panic on purpose");
        async { Ok(Json::Null) }.boxed()
    });
    let running = start(&stack, source(&stack), invoker);
    wait_until(|| async { calls.load(Ordering::SeqCst) == 1 }).await;
    stack.send("good").await;
    wait_until(|| async { calls.load(Ordering::SeqCst) == 2 }).await;
    running.stop().await;
    assert_eq!(
        stack
            .count(Name::ApproximateNumberOfMessagesNotVisible)
            .await,
        1
    );
}

#[tokio::test]
async fn a_function_that_takes_too_long_is_ended_and_deletes_nothing() {
    let stack = Stack::in_memory(&[]).await;
    stack.send("slow").await;
    let (ended, invoked) = (CancellationToken::new(), CancellationToken::new());
    let (guard, told) = (ended.clone(), invoked.clone());
    let invoker: Invoker = Arc::new(move |_| {
        let guard = guard.clone().drop_guard();
        told.cancel();
        async move {
            let _guard = guard;
            std::future::pending().await
        }
        .boxed()
    });
    let short = EventSource {
        timeout: Duration::from_millis(100),
        ..source(&stack)
    };
    let running = start(&stack, short, invoker);
    invoked.cancelled().await;
    tokio::time::timeout(Duration::from_secs(5), ended.cancelled())
        .await
        .unwrap();
    running.stop().await;
    assert_eq!(
        stack
            .count(Name::ApproximateNumberOfMessagesNotVisible)
            .await,
        1
    );
}

#[tokio::test]
async fn a_failed_record_comes_again_when_it_is_visible() {
    let stack = Stack::in_memory(&[]).await;
    let id = stack.send("twice").await;
    let first = AtomicUsize::new(0);
    let (invoker, events) = function(move |_| match first.fetch_add(1, Ordering::SeqCst) {
        0 => Ok(json!({ "batchItemFailures": [{ "itemIdentifier": id }] })),
        _ => Ok(json!({ "batchItemFailures": [] })),
    });
    let running = start(&stack, source(&stack), invoker);
    wait_until(|| async { events.records() == 1 }).await;
    stack.clock.advance_s(30);
    wait_until(|| async { events.records() == 2 }).await;
    running.stop().await;
    assert_eq!(
        stack
            .count(Name::ApproximateNumberOfMessagesNotVisible)
            .await,
        0
    );
}

#[tokio::test]
async fn there_are_never_more_invocations_than_allowed_nor_larger_batches() {
    let stack = Stack::in_memory(&[]).await;
    for n in 0..20 {
        stack.send(&n.to_string()).await;
    }
    let (now, most, done) = <(Arc<AtomicUsize>, Arc<AtomicUsize>, Arc<AtomicUsize>)>::default();
    let counts = (Arc::clone(&now), Arc::clone(&most), Arc::clone(&done));
    let invoker: Invoker = Arc::new(move |event| {
        let (now, most, done) = counts.clone();
        let records = message_ids(&event).len();
        assert!(records <= 3);
        async move {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(20)).await;
            now.fetch_sub(1, Ordering::SeqCst);
            done.fetch_add(records, Ordering::SeqCst);
            Ok(Json::Null)
        }
        .boxed()
    });
    let narrow = EventSource {
        batch_size: 3,
        maximum_concurrency: 2,
        ..source(&stack)
    };
    let running = start(&stack, narrow, invoker);
    wait_until(|| async { done.load(Ordering::SeqCst) == 20 }).await;
    running.stop().await;
    assert_eq!(most.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_window_gathers_what_comes_within_it() {
    let stack = Stack::in_memory(&[]).await;
    let (invoker, events) = function(|_| Ok(Json::Null));
    let patient = EventSource {
        batching_window: Duration::from_secs(1),
        ..source(&stack)
    };
    let running = start(&stack, patient, invoker);
    stack.send("first").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    stack.send("second").await;
    wait_until(|| async { events.records() == 2 }).await;
    running.stop().await;
    assert_eq!(events.0.lock().unwrap().len(), 1, "one batch of two");
}

#[tokio::test]
async fn stopping_waits_for_invocations_that_run_but_takes_no_more() {
    let stack = Stack::in_memory(&[]).await;
    stack.send("running").await;
    let invoked = CancellationToken::new();
    let told = invoked.clone();
    let invoker: Invoker = Arc::new(move |_| {
        told.cancel();
        async {
            tokio::time::sleep(Duration::from_millis(1500)).await;
            Ok(Json::Null)
        }
        .boxed()
    });
    let running = start(&stack, source(&stack), invoker);
    invoked.cancelled().await;
    running.stop().await;
    assert_eq!(
        stack
            .count(Name::ApproximateNumberOfMessagesNotVisible)
            .await,
        0,
        "deleted"
    );
}

#[tokio::test]
async fn an_idle_source_stops_within_a_second() {
    let stack = Stack::in_memory(&[]).await;
    let (invoker, _) = function(|_| Ok(Json::Null));
    let running = start(&stack, source(&stack), invoker);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let started = Instant::now();
    running.stop().await;
    assert!(
        started.elapsed() <= Duration::from_millis(1100),
        "took {:?}",
        started.elapsed()
    );
}

#[test]
fn a_response_says_which_records_failed() {
    let ids: HashSet<String> = ["a", "b"].map(str::to_owned).into();
    let all_but = |failed: &[&str]| Some(failed.iter().map(|id| (*id).to_owned()).collect());
    let cases: [(Json, Option<HashSet<String>>); 13] = [
        (Json::Null, all_but(&[])),
        (json!({}), all_but(&[])),
        (json!({ "batchItemFailures": null }), all_but(&[])),
        (json!({ "batchItemFailures": [] }), all_but(&[])),
        (
            json!({ "batchItemFailures": [{ "itemIdentifier": "a" }] }),
            all_but(&["a"]),
        ),
        (
            json!({ "batchItemFailures": [{ "itemIdentifier": "" }] }),
            None,
        ),
        (
            json!({ "batchItemFailures": [{ "itemIdentifier": null }] }),
            None,
        ),
        (
            json!({ "batchItemFailures": [{ "itemIdentifier": "c" }] }),
            None,
        ),
        (
            json!({ "batchItemFailures": [{ "itemIdentifier": "a" }, {}] }),
            None,
        ),
        (json!({ "batchItemFailures": [{ "id": "a" }] }), None),
        (json!({ "batchItemFailures": "a" }), None),
        (json!("done"), None),
        (json!([]), None),
    ];
    for (response, expected) in cases {
        let actual = match verdict(&response, &ids) {
            Verdict::AllBut(failed) => Some(failed),
            Verdict::None(_) => None,
        };
        assert_eq!(actual, expected, "{response}");
    }
}
