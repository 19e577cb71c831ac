//! A queue feeds a function: what it gets, and what remains in the queue after each outcome.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_sdk_sqs::types::QueueAttributeName as Name;
use futures::FutureExt;
use local_stack::event_source::EventSource;
use local_stack::invoke::{InvokeError, Invoker};
use serde_json::{Value as Json, json};
use tokio_util::sync::CancellationToken;

use crate::feeding::{Outcome, function, message_ids, source, start, wait_until};
use crate::support::Stack;

/// How many messages are left, once the function got all of these and the source has stopped.
async fn left_after(
    bodies: &[&str],
    adjust: impl FnOnce(&mut EventSource),
    answer: impl Fn(&Json) -> Outcome + Send + Sync + 'static,
) -> i64 {
    let stack = Stack::with(&[]).await;
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
    let stack = Stack::with(&[]).await;
    let id = stack.send("hello").await;
    let (invoker, events) = function(|_| Ok(Json::Null));
    let running = start(&stack, source(&stack), invoker);
    wait_until(|| async { events.records() == 1 }).await;
    running.stop().await;
    let event = events.0.lock().unwrap()[0].clone();
    let read: aws_lambda_events::sqs::SqsEvent = serde_json::from_value(event).unwrap();
    assert_eq!(read.records[0].message_id.as_ref(), Some(&id));
    let mut record = events.0.lock().unwrap()[0]["Records"][0].clone();
    assert!(!record["receiptHandle"].take().as_str().unwrap().is_empty());
    for time in ["SentTimestamp", "ApproximateFirstReceiveTimestamp"] {
        let text = record["attributes"][time].take();
        let epoch_ms: i64 = text.as_str().unwrap().parse().unwrap();
        assert!(epoch_ms > 1_600_000_000_000, "{time} in milliseconds");
    }
    assert!(record["attributes"]["SenderId"].take().is_string());
    let expected = json!({
        "messageId": id,
        "receiptHandle": null,
        "body": "hello",
        "attributes": {
            "ApproximateReceiveCount": "1",
            "SentTimestamp": null,
            "ApproximateFirstReceiveTimestamp": null,
            "SenderId": null,
        },
        "messageAttributes": {},
        "md5OfBody": "5d41402abc4b2a76b9719d911017c592",
        "eventSource": "aws:sqs",
        "eventSourceARN": stack.arn("orders"),
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
    let stack = Stack::with(&[]).await;
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
    let stack = Stack::with(&[]).await;
    stack.send("slow").await;
    let (ended, begun) = (CancellationToken::new(), CancellationToken::new());
    let (guard, told) = (ended.clone(), begun.clone());
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
    begun.cancelled().await;
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
    let stack = Stack::with(&[("VisibilityTimeout", "1")]).await;
    let id = stack.send("twice").await;
    let first = AtomicUsize::new(0);
    let (invoker, events) = function(move |_| match first.fetch_add(1, Ordering::SeqCst) {
        0 => Ok(json!({ "batchItemFailures": [{ "itemIdentifier": id }] })),
        _ => Ok(json!({ "batchItemFailures": [] })),
    });
    let running = start(&stack, source(&stack), invoker);
    wait_until(|| async { events.records() == 1 }).await;
    stack.time.pass(1).await;
    wait_until(|| async { events.records() == 2 }).await;
    running.stop().await;
    assert_eq!(
        stack
            .count(Name::ApproximateNumberOfMessagesNotVisible)
            .await,
        0
    );
}
