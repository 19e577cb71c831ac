//! One invocation: the function gets the batch, and what it dealt with is deleted.

use std::collections::BTreeSet;
use std::sync::Arc;

use aws_sdk_sqs::types::Message;
use serde_json::Value as Json;
use tokio::task::JoinHandle;

use super::Feed;
use super::event::event;
use super::verdict::{Verdict, verdict};

impl Feed {
    /// Invokes the function with these messages. If it fails, panics or takes too long, none
    /// of them is deleted.
    pub(super) async fn deliver(&self, messages: Vec<Message>) {
        match self.invoke(&messages).await {
            Ok(response) => self.settle(&messages, &response).await,
            Err(reason) => self.none_dealt_with(&messages, &reason),
        }
    }

    async fn invoke(&self, messages: &[Message]) -> Result<Json, String> {
        let invoker = Arc::clone(&self.invoker);
        let event = event(messages, &self.source.queue_arn);
        // A task of its own, so that a panic ends there.
        let task = EndsWithItsOwner(tokio::spawn(async move { invoker(event).await }));
        match tokio::time::timeout(self.source.timeout, task).await {
            Ok(Ok(Ok(response))) => Ok(response),
            Ok(Ok(Err(error))) => Err(error.to_string()),
            Ok(Err(error)) if error.is_panic() => Err("the function panicked".to_owned()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err(format!("no response after {:?}", self.source.timeout)),
        }
    }

    async fn settle(&self, messages: &[Message], response: &Json) {
        let ids = messages
            .iter()
            .filter_map(|message| message.message_id.clone())
            .collect();
        let verdict = if self.source.reports_batch_item_failures {
            verdict(response, &ids)
        } else {
            Verdict::AllBut(BTreeSet::new())
        };
        match verdict {
            Verdict::AllBut(failed) => {
                let is_done =
                    |message: &&Message| message.message_id().is_none_or(|id| !failed.contains(id));
                let done: Vec<&Message> = messages.iter().filter(is_done).collect();
                self.delete(&done).await;
            }
            Verdict::None(reason) => self.none_dealt_with(messages, &reason),
        }
    }

    fn none_dealt_with(&self, messages: &[Message], reason: &str) {
        let (queue, records) = (&self.source.queue_arn, messages.len());
        tracing::warn!(queue, records, reason, "an invocation failed");
    }
}

/// A task that is aborted when nobody waits for it any more: after its timeout, or at the end.
struct EndsWithItsOwner<T>(JoinHandle<T>);

impl<T> Drop for EndsWithItsOwner<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl<T> Future for EndsWithItsOwner<T> {
    type Output = Result<T, tokio::task::JoinError>;

    fn poll(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Self::Output> {
        std::pin::Pin::new(&mut self.0).poll(context)
    }
}
