//! A template becomes tables and queues, again and again, and differences are refused.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::{AttributeValue, TimeToLiveStatus};
use local_stack::aws::LocalAws;
use local_stack::tables::create_tables;
use local_stack::template::{Projection, Surroundings, Template};
use system_tests::back_end;

fn sample(aws: &LocalAws) -> Template {
    let surroundings = Surroundings {
        queue_endpoint: aws.gateway_url().to_owned(),
        account: aws.endpoints().account,
        stack_name: "parallax".to_owned(),
        parameters: BTreeMap::new(),
    };
    Template::parse(
        include_str!("../../../infra/local/tests/fixtures/sample.yaml"),
        &surroundings,
    )
    .unwrap()
}

#[tokio::test]
async fn a_table_has_the_indexes_and_the_expiry_of_the_template() {
    let aws = LocalAws::start(&back_end::fresh()).await.unwrap();
    aws.create(&sample(&aws)).await.unwrap();
    let client = aws.dynamodb_client();
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let put = client
        .put_item()
        .table_name("ledger-table")
        .item("pk", text("SIGNAL#1"));
    let put = put
        .item("sk", text("ORDER#1"))
        .item("work", text("ORDER#open"));
    let put = put
        .item("due", AttributeValue::N("5".to_owned()))
        .item("state", text("open"));
    put.item("other", text("not projected"))
        .send()
        .await
        .unwrap();
    let query = client
        .query()
        .table_name("ledger-table")
        .index_name("by-work");
    let query = query.key_condition_expression("#work = :work AND due <= :now");
    let query = query.expression_attribute_names("#work", "work");
    let query = query.expression_attribute_values(":work", text("ORDER#open"));
    let query = query.expression_attribute_values(":now", AttributeValue::N("5".to_owned()));
    let items = query.send().await.unwrap().items.unwrap();
    assert_eq!(items[0]["state"], text("open"));
    assert!(!items[0].contains_key("other"));
    let expiry = client
        .describe_time_to_live()
        .table_name("ledger-table")
        .send()
        .await
        .unwrap();
    let expiry = expiry.time_to_live_description.unwrap();
    assert_eq!(expiry.attribute_name(), Some("expires_at"));
    assert_eq!(
        expiry.time_to_live_status(),
        Some(&TimeToLiveStatus::Enabled)
    );
}

#[tokio::test]
async fn a_table_with_other_keys_or_indexes_is_refused_and_left_alone() {
    let aws = LocalAws::start(&back_end::fresh()).await.unwrap();
    let declared = sample(&aws).tables;
    create_tables(&aws.dynamodb_client(), &declared)
        .await
        .unwrap();
    let mut others = vec![declared[0].clone(); 3];
    others[0].key.sort = None;
    others[1].indexes[0].projection = Projection::All;
    others[2].indexes[0].name = "by-other".to_owned();
    for other in others {
        let error = create_tables(&aws.dynamodb_client(), &[other])
            .await
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("ledger-table") && error.contains("by-work"),
            "{error}"
        );
    }
    create_tables(&aws.dynamodb_client(), &declared)
        .await
        .unwrap();
}

#[tokio::test]
async fn queues_are_as_declared_even_if_they_were_otherwise() {
    let aws = LocalAws::start(&back_end::fresh()).await.unwrap();
    let mut template = sample(&aws);
    aws.create(&template).await.unwrap();
    template.queues[0].visibility_timeout_s = 99;
    template.queues[0].redrive = None;
    aws.create(&template).await.unwrap();
    let sqs = aws.sqs_client();
    let url = sqs
        .get_queue_url()
        .queue_name("orders")
        .send()
        .await
        .unwrap()
        .queue_url
        .unwrap();
    let all = aws_sdk_sqs::types::QueueAttributeName::All;
    let answer = sqs
        .get_queue_attributes()
        .queue_url(&url)
        .attribute_names(all)
        .send()
        .await;
    let attributes = answer.unwrap().attributes.unwrap();
    let by_name: BTreeMap<_, _> = attributes
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(by_name["VisibilityTimeout"], "99");
    assert_eq!(by_name["DelaySeconds"], "1");
    assert!(!by_name.contains_key("RedrivePolicy"));
}
