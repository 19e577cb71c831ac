//! What several tests need: a local AWS on a clock that stands still, and queues in it.

use std::path::Path;
use std::sync::Arc;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{Message, MessageSystemAttributeName, QueueAttributeName};
use local_stack::aws::LocalAws;
use local_stack::wall_clock::StandingWallClock;

/// A local AWS with one queue, whose time stands still.
pub(crate) struct Stack {
    pub(crate) aws: LocalAws,
    pub(crate) clock: Arc<StandingWallClock>,
    pub(crate) sqs: Client,
    pub(crate) url: String,
}

impl Stack {
    pub(crate) async fn in_memory(attributes: &[(&str, &str)]) -> Self {
        Self::over(None, attributes).await
    }

    pub(crate) async fn over(directory: Option<&Path>, attributes: &[(&str, &str)]) -> Self {
        let clock = Arc::<StandingWallClock>::default();
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
