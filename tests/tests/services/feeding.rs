//! What tests of event sources need: a source over a queue, and functions that remember.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures::FutureExt;
use local_stack::event_source::{EventSource, RunningEventSource};
use local_stack::invoke::{InvokeError, Invoker};
use serde_json::Value as Json;
use tokio_util::sync::CancellationToken;

use crate::support::Stack;

pub(crate) type Outcome = Result<Json, InvokeError>;

pub(crate) fn source(stack: &Stack) -> EventSource {
    EventSource {
        queue_url: stack.url.clone(),
        queue_arn: stack.arn("orders"),
        batch_size: 10,
        batching_window: Duration::ZERO,
        maximum_concurrency: 5,
        reports_batch_item_failures: true,
        timeout: Duration::from_secs(5),
        farewell: Duration::from_secs(5),
    }
}

pub(crate) fn start(stack: &Stack, source: EventSource, invoker: Invoker) -> RunningEventSource {
    source.start(stack.sqs.clone(), invoker, CancellationToken::new())
}

pub(crate) fn message_ids(event: &Json) -> Vec<String> {
    let records = event["Records"].as_array().unwrap().iter();
    records
        .map(|record| record["messageId"].as_str().unwrap().to_owned())
        .collect()
}

/// A function that answers so, and the events that it got.
pub(crate) fn function(
    answer: impl Fn(&Json) -> Outcome + Send + Sync + 'static,
) -> (Invoker, Events) {
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
pub(crate) struct Events(pub(crate) Arc<Mutex<Vec<Json>>>);

impl Events {
    pub(crate) fn records(&self) -> usize {
        self.0
            .lock()
            .unwrap()
            .iter()
            .map(|event| message_ids(event).len())
            .sum()
    }
}

pub(crate) async fn wait_until<F: Future<Output = bool>>(condition: impl Fn() -> F) {
    let started = Instant::now();
    while !condition().await {
        assert!(
            started.elapsed() < Duration::from_secs(10),
            "it doesn't come to pass"
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
