//! Batches through the SDK: each entry may fail alone, and some batches are none.

use aws_sdk_sqs::error::ProvideErrorMetadata;
use aws_sdk_sqs::types::{
    BatchResultErrorEntry, DeleteMessageBatchRequestEntry, SendMessageBatchRequestEntry,
    SendMessageBatchResultEntry,
};

use crate::support::{Stack, bodies};

fn entry(id: &str, body: &str) -> SendMessageBatchRequestEntry {
    let entry = SendMessageBatchRequestEntry::builder()
        .id(id)
        .message_body(body);
    entry.build().unwrap()
}

#[tokio::test]
async fn each_entry_of_a_batch_may_fail_alone() {
    let stack = Stack::with(&[]).await;
    let request = stack.sqs.send_message_batch().queue_url(&stack.url);
    let entries = vec![entry("good", "a"), entry("odd", "\u{1}")];
    let answer = request.set_entries(Some(entries)).send().await.unwrap();
    let sent: Vec<_> = answer
        .successful()
        .iter()
        .map(SendMessageBatchResultEntry::id)
        .collect();
    let failed: Vec<_> = answer
        .failed()
        .iter()
        .map(|each| (each.id(), each.code()))
        .collect();
    assert_eq!(sent, ["good"]);
    assert_eq!(failed, [("odd", "InvalidMessageContents")]);
    assert!(
        answer
            .failed()
            .iter()
            .all(BatchResultErrorEntry::sender_fault)
    );
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
    let stack = Stack::with(&[]).await;
    let large = "x".repeat(600_000);
    let cases = [
        ("EmptyBatchRequest", vec![]),
        (
            "TooManyEntriesInBatchRequest",
            (0..11).map(|n| entry(&n.to_string(), "a")).collect(),
        ),
        (
            "BatchEntryIdsNotDistinct",
            vec![entry("a", "a"), entry("a", "b")],
        ),
        ("InvalidBatchEntryId", vec![entry("a b", "a")]),
        (
            "BatchRequestTooLong",
            vec![entry("a", &large), entry("b", &large)],
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
