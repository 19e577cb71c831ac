//! Requests through the SDK that fail.

use aws_sdk_sqs::error::ProvideErrorMetadata;

use crate::support::{Stack, create};

#[tokio::test]
async fn the_sdk_recognises_a_queue_that_does_not_exist() {
    let stack = Stack::with(&[]).await;
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

/// Receives the only message, and gives its receipt.
async fn receipt_of_only(stack: &Stack) -> String {
    let messages = stack.receive().await;
    assert_eq!(messages.len(), 1);
    messages[0].receipt_handle().unwrap().to_owned()
}

#[tokio::test]
async fn a_wrong_receipt_deletes_nothing() {
    let stack = Stack::with(&[("VisibilityTimeout", "2")]).await;
    let other = create(&stack.sqs, "other", &[]).await;
    stack.send("a").await;
    let first = receipt_of_only(&stack).await;
    for (url, receipt) in [(&stack.url, "nonsense"), (&other, first.as_str())] {
        let request = stack.sqs.delete_message().queue_url(url);
        let error = request.receipt_handle(receipt).send().await.unwrap_err();
        let error = error.into_service_error();
        assert!(error.is_receipt_handle_is_invalid(), "{receipt:?} at {url}");
    }
    stack.time.pass(2).await;
    assert_eq!(stack.receive().await.len(), 1, "still there");
}

#[tokio::test]
async fn a_stale_receipt_is_taken_and_deletes_nothing() {
    let stack = Stack::with(&[("VisibilityTimeout", "2")]).await;
    stack.send("a").await;
    let first = receipt_of_only(&stack).await;
    stack.time.pass(2).await;
    assert_ne!(receipt_of_only(&stack).await, first);
    let request = stack.sqs.delete_message().queue_url(&stack.url);
    request.receipt_handle(first).send().await.unwrap();
    stack.time.pass(2).await;
    assert_eq!(stack.receive().await.len(), 1, "still there");
}

#[tokio::test]
async fn only_who_holds_a_message_changes_how_long_it_is_hidden() {
    let stack = Stack::with(&[("VisibilityTimeout", "2")]).await;
    stack.send("a").await;
    let receipt = receipt_of_only(&stack).await;
    let change = || {
        let request = stack.sqs.change_message_visibility().queue_url(&stack.url);
        request.receipt_handle(&receipt).visibility_timeout(1)
    };
    stack.time.pass(2).await;
    let late = change().send().await.unwrap_err().into_service_error();
    assert!(late.is_message_not_inflight());
    assert_ne!(receipt_of_only(&stack).await, receipt);
    let stale = change().send().await.unwrap_err().into_service_error();
    assert_eq!(stale.code(), Some("InvalidParameterValue"));
}

#[tokio::test]
async fn a_message_has_a_body_of_at_most_one_mebibyte() {
    let stack = Stack::with(&[]).await;
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
