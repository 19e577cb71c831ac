//! Attributes of messages and queues through the SDK: those asked for, and right.

use aws_sdk_sqs::types::{
    MessageAttributeValue, MessageSystemAttributeName as System, QueueAttributeName as Name,
};

use crate::support::Stack;

#[tokio::test]
async fn only_system_attributes_that_are_asked_for_are_given() {
    let stack = Stack::with(&[]).await;
    stack.send("a").await;
    let request = stack.sqs.receive_message().queue_url(&stack.url);
    let request = request.message_system_attribute_names(System::SentTimestamp);
    let messages = request.send().await.unwrap().messages.unwrap();
    let names: Vec<_> = messages[0].attributes().unwrap().keys().cloned().collect();
    assert_eq!(names, [System::SentTimestamp]);
}

#[tokio::test]
async fn attributes_of_a_message_come_with_their_digest_if_asked_for() {
    let stack = Stack::with(&[]).await;
    let value = |kind: &str, text: &str| {
        let value = MessageAttributeValue::builder()
            .data_type(kind)
            .string_value(text);
        value.build().unwrap()
    };
    let message = || {
        stack
            .sqs
            .send_message()
            .queue_url(&stack.url)
            .message_body("a")
    };
    let number = message().message_attributes("timestamp", value("Number", "1493147359900"));
    let sent = number.send().await.unwrap();
    assert_eq!(
        sent.md5_of_message_attributes(),
        Some("235c5c510d26fb653d073faed50ae77c")
    );
    stack
        .sqs
        .purge_queue()
        .queue_url(&stack.url)
        .send()
        .await
        .unwrap();
    let both = message().message_attributes("trace.id", value("String", "t-1"));
    both.message_attributes("other", value("String", "o"))
        .send()
        .await
        .unwrap();
    let request = stack.sqs.receive_message().queue_url(&stack.url);
    let answer = request
        .message_attribute_names("trace.*")
        .send()
        .await
        .unwrap();
    let messages = answer.messages.unwrap();
    let attributes = messages[0].message_attributes().unwrap();
    assert_eq!(attributes.len(), 1);
    assert_eq!(attributes["trace.id"].string_value(), Some("t-1"));
}

#[tokio::test]
async fn counts_tell_visible_from_hidden_and_purging_leaves_none() {
    let stack = Stack::with(&[]).await;
    for body in ["a", "b", "c"] {
        stack.send(body).await;
    }
    stack
        .sqs
        .receive_message()
        .queue_url(&stack.url)
        .send()
        .await
        .unwrap();
    assert_eq!(stack.count(Name::ApproximateNumberOfMessages).await, 2);
    assert_eq!(
        stack
            .count(Name::ApproximateNumberOfMessagesNotVisible)
            .await,
        1
    );
    stack
        .sqs
        .purge_queue()
        .queue_url(&stack.url)
        .send()
        .await
        .unwrap();
    assert_eq!(stack.count(Name::ApproximateNumberOfMessages).await, 0);
    assert_eq!(
        stack
            .count(Name::ApproximateNumberOfMessagesNotVisible)
            .await,
        0
    );
}
