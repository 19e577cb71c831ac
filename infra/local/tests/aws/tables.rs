//! A template becomes tables and queues, and they stay over restarts.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;
use local_stack::aws::{AwsChoice, LocalAws};
use local_stack::template::{Surroundings, Template};

fn sample(aws: &LocalAws) -> Template {
    let surroundings = Surroundings {
        queue_endpoint: aws.gateway_url().to_owned(),
        account: aws.endpoints().account,
        stack_name: "parallax".to_owned(),
        parameters: BTreeMap::new(),
    };
    Template::parse(include_str!("../fixtures/sample.yaml"), &surroundings).unwrap()
}

#[tokio::test]
async fn the_tables_of_a_template_are_created_and_stay_over_restarts() {
    let directory = tempfile::tempdir().unwrap();
    for round in 0..2 {
        let aws = LocalAws::start(&AwsChoice::over(directory.path()))
            .await
            .unwrap();
        aws.create(&sample(&aws)).await.unwrap();
        aws.create(&sample(&aws)).await.unwrap();
        let client = aws.dynamodb_client();
        let name = AttributeValue::S("ada".to_owned());
        if round == 0 {
            let request = client
                .put_item()
                .table_name("parallax-users")
                .item("name", name);
            request.send().await.unwrap();
        } else {
            let request = client
                .get_item()
                .table_name("parallax-users")
                .key("name", name);
            assert!(request.send().await.unwrap().item.is_some());
        }
        aws.stop().await.unwrap();
    }
}
