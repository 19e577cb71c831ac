//! Receiving messages until a batch is full or its window is over.

use std::time::Duration;

use aws_sdk_sqs::error::DisplayErrorContext;
use aws_sdk_sqs::types::{Message, MessageSystemAttributeName};
use tokio::time::Instant;

use super::Feed;

/// The most messages of one receive.
const MOST_AT_ONCE: usize = 10;

/// How long one receive waits. Longer would be cheaper; but the end waits for it, because a
/// receive that is broken off may have hidden messages that nobody has.
const RECEIVE_WAIT_S: i32 = 1;

/// How long the end waits for a receive.
const LONGEST_FAREWELL: Duration = Duration::from_millis(900);

impl Feed {
    /// The next batch; empty if there was nothing to receive, or at the end.
    pub(super) async fn gather(&self) -> Result<Vec<Message>, String> {
        let mut messages = self
            .receive(self.source.batch_size as usize, RECEIVE_WAIT_S)
            .await?;
        let deadline = Instant::now() + self.source.batching_window;
        while !messages.is_empty() && !self.stopping.is_cancelled() {
            let room = (self.source.batch_size as usize).saturating_sub(messages.len());
            let left = deadline.saturating_duration_since(Instant::now());
            if room == 0 || left.is_zero() {
                break;
            }
            match self.receive_within(left, room).await {
                Ok(more) => messages.extend(more),
                // What there is is delivered; the next poll says what is wrong.
                Err(_) => break,
            }
        }
        if self.stopping.is_cancelled() {
            self.give_back(&messages).await;
            messages.clear();
        }
        Ok(messages)
    }

    /// SQS waits for whole seconds: what is left of one is spent here.
    async fn receive_within(&self, left: Duration, most: usize) -> Result<Vec<Message>, String> {
        if left >= Duration::from_secs(1) {
            return self.receive(most, RECEIVE_WAIT_S).await;
        }
        tokio::select! {
            () = self.stopping.cancelled() => {}
            () = tokio::time::sleep(left) => {}
        }
        self.receive(most, 0).await
    }

    async fn receive(&self, most: usize, wait_s: i32) -> Result<Vec<Message>, String> {
        let most = i32::try_from(most.min(MOST_AT_ONCE)).unwrap_or(1);
        let request = self
            .client
            .receive_message()
            .queue_url(&self.source.queue_url)
            .max_number_of_messages(most)
            .wait_time_seconds(wait_s)
            .message_system_attribute_names(MessageSystemAttributeName::All)
            .message_attribute_names("All");
        let answer = tokio::select! {
            answer = request.send() => answer,
            () = self.end_of_receives() => return Ok(Vec::new()),
        };
        let answer = answer.map_err(|error| DisplayErrorContext(error).to_string())?;
        Ok(answer.messages.unwrap_or_default())
    }

    async fn end_of_receives(&self) {
        self.stopping.cancelled().await;
        tokio::time::sleep(LONGEST_FAREWELL).await;
    }
}
