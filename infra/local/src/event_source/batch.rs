//! What is done with received messages: deleted, or given back at once.

use aws_sdk_sqs::error::DisplayErrorContext;
use aws_sdk_sqs::types::{
    ChangeMessageVisibilityBatchRequestEntry, DeleteMessageBatchRequestEntry, Message,
};

use super::Feed;

/// The most entries of one request.
const MOST_ENTRIES: usize = 10;

impl Feed {
    /// Deletes these messages. What fails is only logged: such a message comes again, and
    /// functions know a message that they have dealt with.
    pub(super) async fn delete(&self, messages: &[&Message]) {
        for chunk in messages.chunks(MOST_ENTRIES) {
            let entries = chunk.iter().enumerate().map(|(index, message)| {
                DeleteMessageBatchRequestEntry::builder()
                    .id(index.to_string())
                    .receipt_handle(message.receipt_handle().unwrap_or_default())
                    .build()
            });
            let entries = entries.filter_map(Result::ok).collect();
            let request = self
                .client
                .delete_message_batch()
                .queue_url(&self.source.queue_url);
            match request.set_entries(Some(entries)).send().await {
                Ok(answer) if answer.failed().is_empty() => {}
                Ok(answer) => self.complain("delete", &format!("{:?}", answer.failed())),
                Err(error) => self.complain("delete", &DisplayErrorContext(error).to_string()),
            }
        }
    }

    /// Makes these messages visible again, for they won't be delivered.
    pub(super) async fn give_back(&self, messages: &[Message]) {
        for chunk in messages.chunks(MOST_ENTRIES) {
            let entries = chunk.iter().enumerate().map(|(index, message)| {
                ChangeMessageVisibilityBatchRequestEntry::builder()
                    .id(index.to_string())
                    .receipt_handle(message.receipt_handle().unwrap_or_default())
                    .visibility_timeout(0)
                    .build()
            });
            let entries = entries.filter_map(Result::ok).collect();
            let request = self.client.change_message_visibility_batch();
            let request = request
                .queue_url(&self.source.queue_url)
                .set_entries(Some(entries));
            if let Err(error) = request.send().await {
                self.complain("give back", &DisplayErrorContext(error).to_string());
            }
        }
    }

    fn complain(&self, act: &str, reason: &str) {
        tracing::warn!(
            queue = self.source.queue_arn,
            reason,
            "can't {act} messages"
        );
    }
}
