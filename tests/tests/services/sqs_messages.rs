//! Messages through the SDK: what is sent is received, hidden, delayed, deleted, redriven.

use aws_sdk_sqs::types::{MessageSystemAttributeName as System, QueueAttributeName as Name};

use crate::support::{Stack, bodies, create, receive};

#[tokio::test]
async fn a_message_is_received_once_and_is_gone_when_deleted() {
    let stack = Stack::with(&[("VisibilityTimeout", "2")]).await;
    let request = stack
        .sqs
        .send_message()
        .queue_url(&stack.url)
        .message_body("hello");
    let sent = request.send().await.unwrap();
    // The MD5 of "hello" is well known.
    assert_eq!(
        sent.md5_of_message_body(),
        Some("5d41402abc4b2a76b9719d911017c592")
    );
    let messages = stack.receive().await;
    assert_eq!(bodies(&messages), ["hello"]);
    assert_eq!(messages[0].message_id(), sent.message_id());
    assert_eq!(messages[0].md5_of_body(), sent.md5_of_message_body());
    assert!(stack.receive().await.is_empty());
    let receipt = messages[0].receipt_handle().unwrap();
    stack
        .sqs
        .delete_message()
        .queue_url(&stack.url)
        .receipt_handle(receipt)
        .send()
        .await
        .unwrap();
    stack.time.pass(2).await;
    assert!(stack.receive().await.is_empty());
    stack.aws.stop().await.unwrap();
}

#[tokio::test]
async fn a_message_that_is_not_deleted_comes_again_and_counts_its_receives() {
    let stack = Stack::with(&[("VisibilityTimeout", "3")]).await;
    stack.send("again").await;
    let times = [
        System::SentTimestamp,
        System::ApproximateFirstReceiveTimestamp,
    ];
    let mut of_first = None;
    for expected in ["1", "2", "3"] {
        let messages = stack.receive().await;
        assert!(stack.receive().await.is_empty(), "hidden for 3 s");
        let attributes = messages[0].attributes().unwrap();
        assert_eq!(attributes[&System::ApproximateReceiveCount], expected);
        let told = times.each_ref().map(|time| attributes[time].clone());
        assert_eq!(*of_first.get_or_insert(told.clone()), told);
        stack.time.pass(3).await;
    }
}

#[tokio::test]
async fn the_receiver_chooses_how_long_a_message_is_hidden_and_may_change_it() {
    let stack = Stack::with(&[]).await;
    stack.send("a").await;
    let request = stack
        .sqs
        .receive_message()
        .queue_url(&stack.url)
        .visibility_timeout(2);
    let messages = request.send().await.unwrap().messages.unwrap();
    let receipt = messages[0].receipt_handle().unwrap();
    let change = |hidden_s: i32| {
        let request = stack.sqs.change_message_visibility().queue_url(&stack.url);
        request
            .receipt_handle(receipt)
            .visibility_timeout(hidden_s)
            .send()
    };
    change(100).await.unwrap();
    stack.time.pass(2).await;
    assert!(stack.receive().await.is_empty());
    change(0).await.unwrap();
    assert_eq!(bodies(&stack.receive().await), ["a"]);
}

#[tokio::test]
async fn a_delayed_message_is_visible_after_its_delay() {
    let stack = Stack::with(&[("DelaySeconds", "2")]).await;
    stack.send("by the queue").await;
    let request = stack
        .sqs
        .send_message()
        .queue_url(&stack.url)
        .message_body("by itself");
    request.delay_seconds(5).send().await.unwrap();
    assert!(stack.receive().await.is_empty());
    assert_eq!(
        stack.count(Name::ApproximateNumberOfMessagesDelayed).await,
        2
    );
    stack.time.pass(2).await;
    assert_eq!(bodies(&stack.receive().await), ["by the queue"]);
    stack.time.pass(3).await;
    assert_eq!(bodies(&stack.receive().await), ["by itself"]);
}

#[tokio::test]
async fn a_message_received_too_often_goes_to_the_dead_letter_queue() {
    let stack = Stack::with(&[("VisibilityTimeout", "2")]).await;
    let dead = create(&stack.sqs, "orders-dead", &[]).await;
    let arn = stack.arn("orders-dead");
    let policy = format!(r#"{{"deadLetterTargetArn":"{arn}","maxReceiveCount":"2"}}"#);
    let request = stack.sqs.set_queue_attributes().queue_url(&stack.url);
    request
        .attributes(Name::RedrivePolicy, policy)
        .send()
        .await
        .unwrap();
    let id = stack.send("poison").await;
    for _ in 0..2 {
        assert_eq!(bodies(&stack.receive().await), ["poison"]);
        assert!(receive(&stack.sqs, &dead).await.is_empty());
        stack.time.pass(2).await;
    }
    assert!(
        stack.receive().await.is_empty(),
        "a third receive would be too many"
    );
    let moved = receive(&stack.sqs, &dead).await;
    assert_eq!(moved[0].message_id(), Some(id.as_str()));
    let attributes = moved[0].attributes().unwrap();
    let source = stack.arn("orders");
    assert_eq!(attributes[&System::DeadLetterQueueSourceArn], source);
}
