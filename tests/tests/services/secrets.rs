//! Secrets through the SDK: made once, changed, described, found.

use aws_sdk_secretsmanager::Client;
use local_stack::aws::LocalAws;
use local_stack::declared_secrets::make_secret;
use system_tests::back_end;

async fn make(client: &Client, given: Option<&str>, made: &str) -> String {
    let secret = make_secret(client, "webhook", given, || made.to_owned());
    secret.await.unwrap()
}

async fn value(client: &Client, id: &str, stage: Option<&str>) -> Option<String> {
    let request = client.get_secret_value().secret_id(id);
    let answer = request
        .set_version_stage(stage.map(str::to_owned))
        .send()
        .await;
    match answer {
        Ok(answer) => answer.secret_string,
        Err(error) => {
            assert!(error.into_service_error().is_resource_not_found_exception());
            None
        }
    }
}

#[tokio::test]
async fn a_secret_has_a_current_and_a_previous_version() {
    let aws = LocalAws::start(&back_end::fresh()).await.unwrap();
    let client = aws.secrets_client();
    assert_eq!(value(&client, "webhook", None).await, None);
    for (given, made, expected) in [
        (None, "one", "one"),
        (None, "other", "one"),
        (Some("one"), "other", "one"),
    ] {
        assert_eq!(make(&client, given, made).await, expected);
    }
    assert_eq!(value(&client, "webhook", Some("AWSPREVIOUS")).await, None);
    make(&client, Some("two"), "other").await;
    make(&client, Some("two"), "other").await;
    let versions = [
        (None, "two"),
        (Some("AWSCURRENT"), "two"),
        (Some("AWSPREVIOUS"), "one"),
    ];
    for (stage, expected) in versions {
        assert_eq!(
            value(&client, "webhook", stage).await.as_deref(),
            Some(expected),
            "{stage:?}"
        );
    }
    aws.stop().await.unwrap();
}

#[tokio::test]
async fn a_secret_is_described_and_found_by_arn_and_version() {
    let aws = LocalAws::start(&back_end::fresh()).await.unwrap();
    let client = aws.secrets_client();
    make(&client, Some("one"), "other").await;
    make(&client, Some("two"), "other").await;
    let described = client
        .describe_secret()
        .secret_id("webhook")
        .send()
        .await
        .unwrap();
    assert_eq!(described.name(), Some("webhook"));
    let arn = described.arn().unwrap();
    assert_eq!(value(&client, arn, None).await.as_deref(), Some("two"));
    let versions = described.version_ids_to_stages().unwrap();
    let mut values = Vec::new();
    for (id, stages) in versions {
        let answer = client
            .get_secret_value()
            .secret_id(arn)
            .version_id(id)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.version_stages(), stages);
        values.push(answer.secret_string.unwrap());
    }
    values.sort();
    assert_eq!(values, ["one", "two"]);
    let missing = client
        .describe_secret()
        .secret_id("nobody")
        .send()
        .await
        .unwrap_err();
    assert!(
        missing
            .into_service_error()
            .is_resource_not_found_exception()
    );
}
