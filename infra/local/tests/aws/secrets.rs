//! The file that keeps the secrets, and what the gateway in front of them doesn't know.

use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use local_stack::aws::{AwsChoice, LocalAws};
use local_stack::declared_secrets::make_secret;
use local_stack::secrets::Secrets;
use local_stack::wall_clock::SystemWallClock;

#[tokio::test]
async fn secrets_survive_in_a_file_that_only_the_owner_reads() {
    let directory = tempfile::tempdir().unwrap();
    let mut secrets = Vec::new();
    for made in ["first", "second"] {
        let aws = LocalAws::start(&AwsChoice::over(directory.path()))
            .await
            .unwrap();
        let client = aws.secrets_client();
        let secret = make_secret(&client, "webhook", None, || made.to_owned());
        secrets.push(secret.await.unwrap());
        aws.stop().await.unwrap();
    }
    assert_eq!(secrets, ["first", "first"]);
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
    let aws = LocalAws::start(&AwsChoice::in_memory()).await.unwrap();
    let client = reqwest::Client::new();
    for target in [
        "AWSLambda.Invoke",
        "secretsmanager.RotateSecret",
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
