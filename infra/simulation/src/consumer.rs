//! What invokes the functions that are fed by a queue, as Lambda's event source does.

use std::sync::Arc;
use std::time::Duration;

use local_stack::event_source::{Verdict, verdict};
use local_stack::template::{Function, QueueTrigger};
use runtime::queues::PositionPage;
use serde_json::{Value as Json, json};
use tokio::sync::Semaphore;

use crate::chance::Chance;
use crate::fleet::Shared;
use crate::invariants::Violation;
use crate::invocation::{Ended, Invocation};
use crate::journal::note;
use crate::queues::Message;

/// Feeds one function from one queue.
pub(crate) struct Consumer {
    pub(crate) shared: Arc<Shared>,
    pub(crate) function: Function,
    pub(crate) trigger: QueueTrigger,
    pub(crate) chance: Chance,
}

impl Consumer {
    /// Takes and delivers messages as long as the run lasts.
    pub(crate) async fn run(self) {
        let consumer = Arc::new(self);
        let concurrency = consumer.trigger.maximum_concurrency.unwrap_or(5) as usize;
        let free = Arc::new(Semaphore::new(concurrency));
        loop {
            consumer.wait().await;
            let Ok(permit) = Arc::clone(&free).acquire_owned().await else {
                return;
            };
            let messages = consumer.take();
            if !messages.is_empty() {
                let consumer = Arc::clone(&consumer);
                tokio::spawn(async move {
                    consumer.deliver(&messages).await;
                    drop(permit);
                });
            }
        }
    }

    /// Waits until there is something to take.
    async fn wait(&self) {
        let queues = &self.shared.queues;
        loop {
            match queues.next_visible(&self.trigger.queue) {
                Some(at) if at <= tokio::time::Instant::now() => return,
                Some(at) => {
                    tokio::select! {
                        biased;
                        () = queues.changed() => {}
                        () = tokio::time::sleep_until(at) => {}
                    }
                }
                None => queues.changed().await,
            }
        }
    }

    /// A batch, which is often smaller than it could be.
    fn take(&self) -> Vec<Message> {
        let most = self.chance.between(1, self.trigger.batch_size.into());
        let most = u32::try_from(most).unwrap_or(1);
        self.shared.queues.take(&self.trigger.queue, most)
    }

    async fn deliver(&self, messages: &[Message]) {
        let records = messages
            .iter()
            .map(|message| json!({ "messageId": message.id, "body": message.body }));
        let event = json!({ "Records": records.collect::<Vec<_>>() });
        let invocation = self.shared.begin_invocation();
        let timeout = Duration::from_secs(self.function.timeout_s.into());
        let binary = &self.function.binary;
        let ended = self
            .shared
            .invoke(&invocation, binary, event, timeout)
            .await;
        self.settle(messages, &ended, &invocation);
    }

    /// Deletes what was dealt with; the rest comes again.
    fn settle(&self, messages: &[Message], ended: &Ended, invocation: &Invocation) {
        let ids: Vec<&str> = messages.iter().map(|message| message.id.as_str()).collect();
        let failed = failed(messages, ended);
        let (queues, queue) = (&self.shared.queues, &self.trigger.queue);
        let undeleted = self.shared.weather.rates().undeleted;
        let is_deleted = |id: &&str| !failed.contains(id) && !self.chance.happens(undeleted);
        let deleted: Vec<&str> = ids.iter().copied().filter(is_deleted).collect();
        queues.delete(queue, &deleted);
        if invocation.faults() > 0 {
            queues.spoil(queue, &failed);
            return;
        }
        for message in messages
            .iter()
            .filter(|it| failed.contains(&it.id.as_str()))
        {
            self.blame(message, ended);
        }
    }

    /// A message of ours failed, and nothing had gone wrong.
    fn blame(&self, message: &Message, ended: &Ended) {
        if is_ours(&message.body) {
            let binary = &self.function.binary;
            let detail = format!(
                "{binary} failed {} without a fault: {ended:?}",
                message.body
            );
            note!(self.shared.journal, "{detail}");
            self.shared.violated(Violation::new("deliveries", detail));
        }
    }
}

/// Whether a message is one that the functions send.
pub(crate) fn is_ours(body: &str) -> bool {
    serde_json::from_str::<PositionPage>(body).is_ok()
        || serde_json::from_str::<domain::WorkKey>(body).is_ok()
}

/// The messages that will come again.
fn failed<'a>(messages: &'a [Message], ended: &Ended) -> Vec<&'a str> {
    let ids = || messages.iter().map(|message| message.id.as_str());
    let Ended::Responded(response) = ended else {
        return ids().collect();
    };
    match said(response, messages) {
        Verdict::AllBut(failed) => ids().filter(|id| failed.contains(*id)).collect(),
        Verdict::None(_) => ids().collect(),
    }
}

fn said(response: &Json, messages: &[Message]) -> Verdict {
    let ids = messages.iter().map(|message| message.id.clone()).collect();
    verdict(response, &ids)
}
