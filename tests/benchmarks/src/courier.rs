//! Carries messages by hand, one after another, so that every call and every invocation can be
//! laid to the signal that caused it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use local_stack::wire::{AwsCall, Lost, Reply, SharedWire, Wire};
use serde_json::json;

use crate::AnyError;
use crate::stage::Stage;

/// Queues that are carried by hand.
pub(crate) const QUEUES: [&str; 4] = ["EngineAQueue", "OrdersQueue", "FillsQueue", "ExitsQueue"];
/// The consumer of each queue, by the variable that names the queue.
const CONSUMERS: [(&str, &str); 4] = [
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
        if call.operation == "SendMessage" {
            let field = |name: &str| call.body[name].as_str().unwrap_or_default().to_owned();
            self.courier.lock().push_back(Message {
                queue_url: field("QueueUrl"),
                body: field("MessageBody"),
            });
        }
        Ok(reply)
    }
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
            let event = json!({ "Records": [{
                "messageId": "by-hand", "receiptHandle": "none", "body": message.body,
                "attributes": {}, "messageAttributes": {}, "eventSource": "aws:sqs",
            }]});
            let started = Instant::now();
            let answer = stage.invoke(binary, event).await?;
            if answer["batchItemFailures"] != json!([]) {
                return Err(format!("{binary} failed on {}", message.body).into());
            }
            invocations.push(Invocation {
                elapsed: started.elapsed(),
            });
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Message>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn consumer(stage: &Stage, queue_url: &str) -> Result<&'static str, AnyError> {
    let environment = &stage.stack.surroundings().environment;
    let found = CONSUMERS
        .iter()
        .find(|(variable, _)| environment.get(variable) == Some(queue_url));
    let (_, binary) = found.ok_or_else(|| format!("nobody takes from {queue_url}"))?;
    Ok(binary)
}
