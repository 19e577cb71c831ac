//! What several tests need: a local AWS on a clock that stands still, and queues in it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{Message, MessageSystemAttributeName, QueueAttributeName};
use local_stack::aws::LocalAws;
use local_stack::wall_clock::WallClock;

/// Moves only when it is told to.
#[derive(Debug)]
pub(crate) struct StandingClock(AtomicI64);

impl StandingClock {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(1_700_000_000_000)))
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.0
            .fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }

    pub(crate) fn advance_s(&self, seconds: u64) {
        self.advance(Duration::from_secs(seconds));
    }
}

impl WallClock for StandingClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// A local AWS with one queue, whose time stands still.
pub(crate) struct Stack {
    pub(crate) aws: LocalAws,
    pub(crate) clock: Arc<StandingClock>,
    pub(crate) sqs: Client,
    pub(crate) url: String,
}

impl Stack {
    pub(crate) async fn in_memory(attributes: &[(&str, &str)]) -> Self {
        Self::over(None, attributes).await
    }

    pub(crate) async fn over(directory: Option<&Path>, attributes: &[(&str, &str)]) -> Self {
        let clock = StandingClock::new();
        let aws = LocalAws::start_at(directory, clock.clone()).await.unwrap();
        let sqs = aws.sqs_client();
        let url = create(&sqs, "orders", attributes).await;
        Self {
            aws,
            clock,
            sqs,
            url,
        }
    }

    pub(crate) async fn send(&self, body: &str) -> String {
        let sent = self
            .sqs
            .send_message()
            .queue_url(&self.url)
            .message_body(body)
            .send()
            .await;
        sent.unwrap().message_id.unwrap()
    }

    pub(crate) async fn receive(&self) -> Vec<Message> {
        receive(&self.sqs, &self.url).await
    }

    pub(crate) async fn count(&self, attribute: QueueAttributeName) -> i64 {
        let request = self.sqs.get_queue_attributes().queue_url(&self.url);
        let answer = request
            .attribute_names(attribute.clone())
            .send()
            .await
            .unwrap();
        answer.attributes.unwrap()[&attribute].parse().unwrap()
    }
}

/// Creates a queue, and gives its URL.
pub(crate) async fn create(sqs: &Client, name: &str, attributes: &[(&str, &str)]) -> String {
    let mut request = sqs.create_queue().queue_name(name);
    for (name, value) in attributes {
        request = request.attributes(QueueAttributeName::from(*name), *value);
    }
    request.send().await.unwrap().queue_url.unwrap()
}

/// Up to ten messages, without waiting.
pub(crate) async fn receive(sqs: &Client, url: &str) -> Vec<Message> {
    let request = sqs
        .receive_message()
        .queue_url(url)
        .max_number_of_messages(10);
    let request = request.message_system_attribute_names(MessageSystemAttributeName::All);
    request.send().await.unwrap().messages.unwrap_or_default()
}

/// The bodies of messages.
pub(crate) fn bodies(messages: &[Message]) -> Vec<&str> {
    messages
        .iter()
        .map(|message| message.body().unwrap())
        .collect()
}
