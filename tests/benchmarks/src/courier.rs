//! Carries messages by hand, one after another, so that every call and every invocation can be
//! laid to the signal that caused it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use futures::{StreamExt, TryStreamExt, stream};
use local_stack::wire::{AwsCall, Lost, Reply, SharedWire, Wire};
use serde_json::{Value as Json, json};

use crate::AnyError;
use crate::stage::Stage;

/// Queues that are carried by hand.
pub(crate) const QUEUES: [&str; 5] = [
    "EngineAQueue",
    "EngineBQueue",
    "OrdersQueue",
    "FillsQueue",
    "ExitsQueue",
];
/// The consumer of each queue, by the variable that names the queue.
const CONSUMERS: [(&str, &str); 5] = [
    ("ENGINE_B_QUEUE_URL", "engine-b"),
    ("ENGINE_A_QUEUE_URL", "engine-a"),
    ("ORDERS_QUEUE_URL", "order-creator"),
    ("FILLS_QUEUE_URL", "paper-executor"),
    ("EXITS_QUEUE_URL", "exit-monitor"),
];

/// A message on its way.
#[derive(Debug, Clone)]
struct Message {
    queue_url: String,
    body: String,
}

/// An invocation that ended.
#[derive(Debug, Clone)]
pub(crate) struct Invocation {
    pub(crate) elapsed: Duration,
}

/// Sees what is sent, and delivers it when asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Courier(Arc<Mutex<VecDeque<Message>>>);

#[derive(Debug)]
struct Seeing {
    wire: SharedWire,
    courier: Courier,
}

#[async_trait]
impl Wire for Seeing {
    async fn answer(&self, call: &AwsCall) -> Result<Reply, Lost> {
        let reply = self.wire.answer(call).await?;
        if call.operation.starts_with("SendMessage") {
            self.courier.lock().extend(messages(call));
        }
        Ok(reply)
    }
}

/// What is sent: one message, or several at once.
fn messages(call: &AwsCall) -> Vec<Message> {
    let entries = call.body["Entries"].as_array();
    let sent = entries.map_or_else(|| vec![&call.body], |entries| entries.iter().collect());
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let message = |entry: &Json| Message {
        queue_url: text(&call.body["QueueUrl"]),
        body: text(&entry["MessageBody"]),
    };
    sent.into_iter().map(message).collect()
}

/// An event with these messages, as the event source makes it.
fn event(bodies: &[String]) -> Json {
    let records = bodies.iter().enumerate().map(|(number, body)| {
        json!({
            "messageId": format!("by-hand-{number}"), "receiptHandle": "none", "body": body,
            "attributes": {}, "messageAttributes": {}, "eventSource": "aws:sqs",
        })
    });
    json!({ "Records": records.collect::<Vec<_>>() })
}

impl Courier {
    /// The wire, with every message seen.
    pub(crate) fn before(&self, wire: SharedWire) -> SharedWire {
        let courier = self.clone();
        Arc::new(Seeing { wire, courier })
    }

    /// Delivers everything, and what comes of it, until nothing is left.
    pub(crate) async fn deliver(&self, stage: &Stage) -> Result<Vec<Invocation>, AnyError> {
        let mut invocations = Vec::new();
        loop {
            let Some(message) = self.lock().pop_front() else {
                return Ok(invocations);
            };
            let binary = consumer(stage, &message.queue_url)?;
            let started = Instant::now();
            invoke(stage, binary, &[message.body]).await?;
            invocations.push(Invocation {
                elapsed: started.elapsed(),
            });
        }
    }

    /// Delivers what was sent so far to one function, in batches, several at the same time.
    pub(crate) async fn deliver_batches(
        &self,
        stage: &Stage,
        binary: &str,
        batch_size: usize,
        at_once: usize,
    ) -> Result<usize, AnyError> {
        let bodies: Vec<String> = self.lock().drain(..).map(|message| message.body).collect();
        let batches = bodies.chunks(batch_size).map(<[String]>::to_vec);
        let batches: Vec<Vec<String>> = batches.collect();
        let invocations =
            stream::iter(batches).map(|batch| async move { invoke(stage, binary, &batch).await });
        let invocations = invocations.buffer_unordered(at_once);
        invocations.try_collect::<Vec<()>>().await?;
        Ok(bodies.len())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Message>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Invokes a function with these messages, and expects that it deals with all of them.
async fn invoke(stage: &Stage, binary: &str, bodies: &[String]) -> Result<(), AnyError> {
    let answer = stage.invoke(binary, event(bodies)).await?;
    if answer["batchItemFailures"] == json!([]) {
        return Ok(());
    }
    Err(format!("{binary} failed on {}", bodies.join(" ")).into())
}

fn consumer(stage: &Stage, queue_url: &str) -> Result<&'static str, AnyError> {
    let environment = &stage.stack.surroundings().environment;
    let found = CONSUMERS
        .iter()
        .find(|(variable, _)| environment.get(variable) == Some(queue_url));
    let (_, binary) = found.ok_or_else(|| format!("nobody takes from {queue_url}"))?;
    Ok(binary)
}
