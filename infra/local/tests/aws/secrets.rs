//! Secrets through the SDK, and the file that keeps them.

use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use aws_sdk_secretsmanager::Client;
use local_stack::aws::LocalAws;
use local_stack::secrets::Secrets;
use local_stack::wall_clock::SystemWallClock;

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
    let aws = LocalAws::start(None).await.unwrap();
    let client = aws.secrets_client();
    assert_eq!(value(&client, "webhook", None).await, None);
    let made = aws
        .secrets()
        .get_or_create("webhook", || "one".to_owned())
        .unwrap();
    let again = aws
        .secrets()
        .get_or_create("webhook", || "other".to_owned())
        .unwrap();
    assert_eq!((made.as_str(), again.as_str()), ("one", "one"));
    assert_eq!(value(&client, "webhook", Some("AWSPREVIOUS")).await, None);
    aws.secrets().put("webhook", "two").unwrap();
    aws.secrets().put("webhook", "two").unwrap();
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
    let aws = LocalAws::start(None).await.unwrap();
    let client = aws.secrets_client();
    aws.secrets().put("webhook", "one").unwrap();
    aws.secrets().put("webhook", "two").unwrap();
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

#[tokio::test]
async fn secrets_survive_in_a_file_that_only_the_owner_reads() {
    let directory = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let aws = LocalAws::start(Some(directory.path())).await.unwrap();
        let secret = aws
            .secrets()
            .get_or_create("webhook", || uuid::Uuid::new_v4().to_string());
        let answer = value(&aws.secrets_client(), "webhook", None).await;
        assert_eq!(answer.as_deref(), Some(secret.unwrap().as_str()));
        aws.stop().await.unwrap();
    }
    let file = directory.path().join("secrets.json");
    assert_eq!(
        std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let names: Vec<_> = std::fs::read_dir(directory.path()).unwrap().collect();
    assert!(
        names
            .iter()
            .all(|entry| !entry.as_ref().unwrap().path().ends_with("secrets.new"))
    );
}

#[test]
fn a_broken_file_is_named_and_not_shown() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("secrets.json");
    std::fs::write(&file, "{\"webhook\": \"hunter2\"}").unwrap();
    let error = Secrets::open(Some(&file), Arc::new(SystemWallClock)).unwrap_err();
    assert!(error.to_string().contains("secrets.json"));
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

#[tokio::test]
async fn a_service_that_is_not_there_is_an_unknown_operation() {
    let aws = LocalAws::start(None).await.unwrap();
    let client = reqwest::Client::new();
    for target in [
        "AWSLambda.Invoke",
        "secretsmanager.PutSecretValue",
        "AmazonSQS.Sing",
    ] {
        let request = client
            .post(aws.gateway_url())
            .header("x-amz-target", target);
        let answer = request.body(r#"{"SecretId":"a"}"#).send().await.unwrap();
        assert_eq!(answer.status(), 400);
        assert!(
            answer.text().await.unwrap().contains("UnknownOperation"),
            "{target}"
        );
    }
}
