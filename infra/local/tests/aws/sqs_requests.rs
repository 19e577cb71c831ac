//! Requests through the SDK that fail.

use aws_sdk_sqs::error::ProvideErrorMetadata;

use crate::support::{Stack, create};

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
