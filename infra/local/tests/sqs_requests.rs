//! Requests through the SDK that fail, wholly or in part, and queues themselves.

mod support;

use aws_sdk_sqs::error::ProvideErrorMetadata;
use aws_sdk_sqs::types::{
    DeleteMessageBatchRequestEntry, QueueAttributeName as Name, SendMessageBatchRequestEntry,
};
use support::{Stack, bodies, create};

fn entry(id: &str, body: &str, delay_s: i32) -> SendMessageBatchRequestEntry {
    let entry = SendMessageBatchRequestEntry::builder()
        .id(id)
        .message_body(body);
    entry.delay_seconds(delay_s).build().unwrap()
}

#[tokio::test]
async fn the_sdk_recognises_a_queue_that_does_not_exist() {
    let stack = Stack::in_memory(&[]).await;
    let url = stack.url.replace("orders", "nowhere");
    let error = stack
        .sqs
        .send_message()
        .queue_url(&url)
        .message_body("a")
        .send()
        .await;
    assert!(
        error
            .unwrap_err()
            .into_service_error()
            .is_queue_does_not_exist()
    );
    let error = stack
        .sqs
        .receive_message()
        .queue_url(&url)
        .send()
        .await
        .unwrap_err();
    assert!(error.into_service_error().is_queue_does_not_exist());
    let error = stack
        .sqs
        .get_queue_url()
        .queue_name("nowhere")
        .send()
        .await
        .unwrap_err();
    assert!(error.into_service_error().is_queue_does_not_exist());
}

#[tokio::test]
async fn a_wrong_receipt_is_refused_and_a_stale_one_does_nothing() {
    let stack = Stack::in_memory(&[]).await;
    let other = create(&stack.sqs, "other", &[]).await;
    stack.send("a").await;
    let first = stack.receive().await[0]
        .receipt_handle()
        .unwrap()
        .to_owned();
    let delete = |url: &str, receipt: &str| {
        stack
            .sqs
            .delete_message()
            .queue_url(url)
            .receipt_handle(receipt)
            .send()
    };
    for (url, receipt) in [
        (&stack.url, "nonsense"),
        (&stack.url, ""),
        (&other, first.as_str()),
    ] {
        let error = delete(url, receipt).await.unwrap_err().into_service_error();
        assert!(error.is_receipt_handle_is_invalid(), "{receipt:?} at {url}");
    }
    stack.clock.advance_s(30);
    let request = stack.sqs.change_message_visibility().queue_url(&stack.url);
    let late = request
        .receipt_handle(&first)
        .visibility_timeout(1)
        .send()
        .await;
    assert!(
        late.unwrap_err()
            .into_service_error()
            .is_message_not_inflight()
    );
    assert_eq!(
        stack.receive().await.len(),
        1,
        "received again, so the first receipt is stale"
    );
    delete(&stack.url, &first).await.unwrap();
    let request = stack.sqs.change_message_visibility().queue_url(&stack.url);
    let stale = request
        .receipt_handle(&first)
        .visibility_timeout(1)
        .send()
        .await;
    assert_eq!(
        stale.unwrap_err().into_service_error().code(),
        Some("InvalidParameterValue")
    );
    stack.clock.advance_s(30);
    assert_eq!(stack.receive().await.len(), 1, "still there");
}

#[tokio::test]
async fn each_entry_of_a_batch_may_fail_alone() {
    let stack = Stack::in_memory(&[]).await;
    let request = stack.sqs.send_message_batch().queue_url(&stack.url);
    let entries = vec![
        entry("good", "a", 0),
        entry("late", "b", 901),
        entry("odd", "\u{1}", 0),
    ];
    let answer = request.set_entries(Some(entries)).send().await.unwrap();
    let sent: Vec<_> = answer.successful().iter().map(|each| each.id()).collect();
    let failed: Vec<_> = answer
        .failed()
        .iter()
        .map(|each| (each.id(), each.code()))
        .collect();
    assert_eq!(sent, ["good"]);
    assert_eq!(
        failed,
        [
            ("late", "InvalidParameterValue"),
            ("odd", "InvalidMessageContents")
        ]
    );
    assert!(answer.failed().iter().all(|each| each.sender_fault()));
    let messages = stack.receive().await;
    assert_eq!(bodies(&messages), ["a"]);
    let receipts = [
        ("first", messages[0].receipt_handle().unwrap()),
        ("second", "nonsense"),
    ];
    let deletions = receipts.map(|(id, receipt)| {
        DeleteMessageBatchRequestEntry::builder()
            .id(id)
            .receipt_handle(receipt)
            .build()
            .unwrap()
    });
    let request = stack.sqs.delete_message_batch().queue_url(&stack.url);
    let answer = request
        .set_entries(Some(deletions.to_vec()))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.successful()[0].id(), "first");
    assert_eq!(answer.failed()[0].code(), "ReceiptHandleIsInvalid");
}

#[tokio::test]
async fn a_batch_that_is_none_is_refused_as_a_whole() {
    let stack = Stack::in_memory(&[]).await;
    let large = "x".repeat(600_000);
    let cases = [
        ("EmptyBatchRequest", vec![]),
        (
            "TooManyEntriesInBatchRequest",
            (0..11).map(|n| entry(&n.to_string(), "a", 0)).collect(),
        ),
        (
            "BatchEntryIdsNotDistinct",
            vec![entry("a", "a", 0), entry("a", "b", 0)],
        ),
        ("InvalidBatchEntryId", vec![entry("a b", "a", 0)]),
        (
            "BatchRequestTooLong",
            vec![entry("a", &large, 0), entry("b", &large, 0)],
        ),
    ];
    for (code, entries) in cases {
        let request = stack.sqs.send_message_batch().queue_url(&stack.url);
        let error = request.set_entries(Some(entries)).send().await.unwrap_err();
        let expected = format!("AWS.SimpleQueueService.{code}");
        assert_eq!(error.into_service_error().code(), Some(expected.as_str()));
    }
    assert!(stack.receive().await.is_empty());
}

#[tokio::test]
async fn a_message_has_a_body_of_at_most_one_mebibyte() {
    let stack = Stack::in_memory(&[]).await;
    let send = |body: String| {
        stack
            .sqs
            .send_message()
            .queue_url(&stack.url)
            .message_body(body)
            .send()
    };
    send("x".repeat(1_048_576)).await.unwrap();
    let error = send("x".repeat(1_048_577))
        .await
        .unwrap_err()
        .into_service_error();
    assert_eq!(error.code(), Some("InvalidParameterValue"));
    let error = send(String::new()).await.unwrap_err().into_service_error();
    assert_eq!(error.code(), Some("MissingParameter"));
}

#[tokio::test]
async fn a_receive_out_of_bounds_is_refused() {
    let stack = Stack::in_memory(&[]).await;
    let request = || stack.sqs.receive_message().queue_url(&stack.url);
    let requests = [
        request().max_number_of_messages(0),
        request().max_number_of_messages(11),
        request().wait_time_seconds(21),
        request().visibility_timeout(43_201),
    ];
    for request in requests {
        let error = request.send().await.unwrap_err().into_service_error();
        assert_eq!(error.code(), Some("InvalidParameterValue"));
    }
}

#[tokio::test]
async fn a_queue_is_created_again_only_as_it_is() {
    let stack = Stack::in_memory(&[("DelaySeconds", "3")]).await;
    assert_eq!(
        create(&stack.sqs, "orders", &[("DelaySeconds", "3")]).await,
        stack.url
    );
    assert_eq!(create(&stack.sqs, "orders", &[]).await, stack.url);
    let request = stack.sqs.create_queue().queue_name("orders");
    let error = request
        .attributes(Name::DelaySeconds, "4")
        .send()
        .await
        .unwrap_err();
    assert!(error.into_service_error().is_queue_name_exists());
    let error = stack
        .sqs
        .create_queue()
        .queue_name("a/b")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        error.into_service_error().code(),
        Some("InvalidParameterValue")
    );
}

#[tokio::test]
async fn queues_are_listed_described_and_removed() {
    let stack = Stack::in_memory(&[("VisibilityTimeout", "77")]).await;
    let fills = create(&stack.sqs, "fills", &[]).await;
    let listed = stack.sqs.list_queues().send().await.unwrap();
    assert_eq!(listed.queue_urls(), [fills.clone(), stack.url.clone()]);
    let listed = stack
        .sqs
        .list_queues()
        .queue_name_prefix("or")
        .send()
        .await
        .unwrap();
    assert_eq!(listed.queue_urls(), [stack.url.clone()]);
    let request = stack.sqs.get_queue_attributes().queue_url(&stack.url);
    let answer = request.attribute_names(Name::All).send().await.unwrap();
    let attributes = answer.attributes.unwrap();
    assert_eq!(attributes[&Name::VisibilityTimeout], "77");
    assert_eq!(
        attributes[&Name::QueueArn],
        "arn:aws:sqs:us-east-1:000000000000:orders"
    );
    stack
        .sqs
        .delete_queue()
        .queue_url(&fills)
        .send()
        .await
        .unwrap();
    let error = stack
        .sqs
        .get_queue_url()
        .queue_name("fills")
        .send()
        .await
        .unwrap_err();
    assert!(error.into_service_error().is_queue_does_not_exist());
}
