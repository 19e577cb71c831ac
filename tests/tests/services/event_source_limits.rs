//! How much an event source takes at once, and how it ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use aws_sdk_sqs::types::QueueAttributeName as Name;
use futures::FutureExt;
use local_stack::event_source::EventSource;
use local_stack::invoke::Invoker;
use serde_json::Value as Json;
use tokio_util::sync::CancellationToken;

use crate::feeding::{function, message_ids, source, start, wait_until};
use crate::support::Stack;

#[tokio::test]
async fn there_are_never_more_invocations_than_allowed_nor_larger_batches() {
    let stack = Stack::with(&[]).await;
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
    let stack = Stack::with(&[]).await;
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
    let stack = Stack::with(&[]).await;
    stack.send("running").await;
    let begun = CancellationToken::new();
    let told = begun.clone();
    let invoker: Invoker = Arc::new(move |_| {
        told.cancel();
        async {
            tokio::time::sleep(Duration::from_millis(1500)).await;
            Ok(Json::Null)
        }
        .boxed()
    });
    let running = start(&stack, source(&stack), invoker);
    begun.cancelled().await;
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
    let stack = Stack::with(&[]).await;
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
