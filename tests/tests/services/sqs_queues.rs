//! Queues through the SDK: created, described, removed.

use aws_sdk_sqs::types::QueueAttributeName as Name;

use crate::support::{Stack, create};

#[tokio::test]
async fn a_queue_is_created_again_only_as_it_is() {
    let stack = Stack::with(&[("DelaySeconds", "3")]).await;
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
}

#[tokio::test]
async fn queues_are_listed_described_and_removed() {
    let stack = Stack::with(&[("VisibilityTimeout", "77")]).await;
    let fills = create(&stack.sqs, "fills", &[]).await;
    let listed = stack.sqs.list_queues().send().await.unwrap();
    let mut urls = listed.queue_urls.unwrap();
    urls.sort();
    assert_eq!(urls, [fills.clone(), stack.url.clone()]);
    let listed = stack
        .sqs
        .list_queues()
        .queue_name_prefix("or")
        .send()
        .await
        .unwrap();
    assert_eq!(listed.queue_urls(), std::slice::from_ref(&stack.url));
    let request = stack.sqs.get_queue_attributes().queue_url(&stack.url);
    let answer = request.attribute_names(Name::All).send().await.unwrap();
    let attributes = answer.attributes.unwrap();
    assert_eq!(attributes[&Name::VisibilityTimeout], "77");
    assert_eq!(attributes[&Name::QueueArn], stack.arn("orders"));
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
