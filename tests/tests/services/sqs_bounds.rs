//! Numbers and names that SQS refuses.

use aws_sdk_sqs::error::ProvideErrorMetadata;

use crate::support::Stack;

/// The code of an error.
fn code<E: ProvideErrorMetadata>(error: &E) -> &str {
    error.code().unwrap_or_default()
}

#[tokio::test]
async fn a_receive_asks_for_one_to_ten_messages() {
    let stack = Stack::with(&[]).await;
    for most in [0, 11] {
        let request = stack.sqs.receive_message().queue_url(&stack.url);
        let request = request.max_number_of_messages(most);
        let error = request.send().await.unwrap_err();
        assert_eq!(code(&error), "InvalidParameterValue", "{most}");
    }
}

#[tokio::test]
async fn a_receive_waits_20_s_and_hides_12_h_at_most() {
    let stack = Stack::with(&[]).await;
    let request = || stack.sqs.receive_message().queue_url(&stack.url);
    let requests = [
        request().visibility_timeout(43_201),
        request().wait_time_seconds(21),
    ];
    for request in requests {
        let error = request.send().await.unwrap_err();
        assert_eq!(code(&error), "InvalidParameterValue");
    }
}

#[tokio::test]
async fn a_message_is_delayed_by_15_minutes_at_most() {
    let stack = Stack::with(&[]).await;
    let request = stack.sqs.send_message().queue_url(&stack.url);
    let request = request.message_body("late").delay_seconds(901);
    let error = request.send().await.unwrap_err();
    assert_eq!(code(&error), "InvalidParameterValue");
}

#[tokio::test]
async fn a_queue_has_a_name_of_letters_digits_hyphens_and_underscores() {
    let stack = Stack::with(&[]).await;
    let error = stack.sqs.create_queue().queue_name("a/b").send().await;
    assert_eq!(code(&error.unwrap_err()), "InvalidParameterValue");
}
