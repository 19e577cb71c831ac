//! What several tests need: an AWS with a queue in it, and the time of its queues.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{Message, MessageSystemAttributeName, QueueAttributeName};
use local_stack::aws::LocalAws;
use system_tests::back_end::{QueueTime, with_queue_time};

/// An AWS with one queue.
pub(crate) struct Stack {
    pub(crate) aws: LocalAws,
    pub(crate) time: QueueTime,
    pub(crate) sqs: Client,
    pub(crate) url: String,
}

impl Stack {
    pub(crate) async fn with(attributes: &[(&str, &str)]) -> Self {
        let (aws, time) = with_queue_time().await;
        let sqs = aws.sqs_client();
        let url = create(&sqs, "orders", attributes).await;
        Self {
            aws,
            time,
            sqs,
            url,
        }
    }

    /// The ARN of a queue of this name.
    pub(crate) fn arn(&self, name: &str) -> String {
        self.aws.endpoints().queue_arn(name)
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
