//! Attributes of messages and queues through the SDK: those asked for, and right.

use aws_sdk_sqs::types::{
    MessageAttributeValue, MessageSystemAttributeName as System, QueueAttributeName as Name,
};

use runtime::Environment;
use runtime::queues::depth::{QueueDepth, QueueGauges};

use crate::support::{Stack, create};

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

#[tokio::test]
async fn depths_are_told_for_each_queue_and_its_dead_letters() {
    let stack = Stack::with(&[]).await;
    let letters = create(&stack.sqs, "letters", &[]).await;
    stack.send("a").await;
    stack.send("b").await;
    assert_eq!(receive_one(&stack).await, 1);
    let late = stack.sqs.send_message().queue_url(&stack.url);
    let late = late.message_body("c").delay_seconds(60);
    late.send().await.unwrap();
    let mut variables = Vec::new();
    for name in ["ENGINE_A", "ENGINE_B", "ORDERS", "FILLS", "EXITS"] {
        variables.push((format!("{name}_QUEUE_URL"), stack.url.clone()));
        variables.push((format!("{name}_DEAD_LETTERS_URL"), letters.clone()));
    }
    // One that isn't there costs the others nothing.
    let gone = stack.url.replace("orders", "gone");
    variables.push(("EXITS_QUEUE_URL".to_owned(), gone));
    let environment: Environment = variables.into_iter().collect();
    let gauges = QueueGauges::named(&stack.sqs, &environment).unwrap();
    let read = gauges.read().await;
    let expected = QueueDepth {
        waiting: 1,
        in_flight: 1,
        delayed: 1,
    };
    assert_eq!((read.len(), read[0].queue.as_str()), (5, "engine_a"));
    let depths: Vec<_> = read.iter().map(|it| it.depth).collect();
    assert_eq!(depths[..4], [Some(expected); 4]);
    assert_eq!(depths[4], None);
    let empty = Some(QueueDepth::default());
    assert!(read.iter().all(|it| it.dead_letters == empty));
}

async fn receive_one(stack: &Stack) -> usize {
    let request = stack.sqs.receive_message().queue_url(&stack.url);
    let answer = request.max_number_of_messages(1).send().await.unwrap();
    answer.messages.unwrap_or_default().len()
}
