//! The files under `events/`: they parse as what each function takes, and each function answers.

use aws_lambda_events::event::sqs::SqsEvent;
use lambda_http::RequestExt;
use serde_json::{Value, json};
use system_tests::Harness;
use system_tests::harness::Setup;
use system_tests::samples::{DASHBOARD, MESSAGES, SCHEDULED, SECRET, WEBHOOK, parsed};

#[test]
fn each_parses_as_what_its_function_takes() {
    let request = lambda_http::request::from_str(WEBHOOK.text).unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.path_parameters().first("token"), Some(SECRET));
    let request = lambda_http::request::from_str(DASHBOARD.text).unwrap();
    assert_eq!(request.path_parameters().first("proxy"), Some("me"));
    for sample in MESSAGES {
        let name = sample.name;
        let event: SqsEvent = serde_json::from_str(sample.text).unwrap();
        for record in event.records {
            let body = record.body.unwrap();
            assert!(
                serde_json::from_str::<Value>(&body).unwrap().is_object(),
                "{name}"
            );
            let queue = record.event_source_arn.unwrap();
            assert!(queue.starts_with("arn:aws:sqs:"), "{name}: {queue}");
        }
    }
    for sample in SCHEDULED {
        assert!(sample.event().is_object(), "{}", sample.name);
    }
}

#[test]
fn every_trigger_of_the_template_has_one() {
    let template: Vec<&str> = system_tests::harness::TEMPLATE
        .lines()
        .map(str::trim)
        .collect();
    let binaries = template
        .iter()
        .filter_map(|line| line.strip_prefix("BuildProperties: { Binary: "));
    let binaries: Vec<&str> = binaries.map(|rest| rest.trim_end_matches(" }")).collect();
    assert!(binaries.len() >= 7, "{binaries:?}");
    let all = [WEBHOOK, DASHBOARD]
        .into_iter()
        .chain(MESSAGES)
        .chain(SCHEDULED);
    let names: Vec<&str> = all.map(|sample| sample.name).collect();
    for binary in binaries {
        assert!(names.contains(&binary), "events/{binary}.json is missing");
    }
    let (queues, others) = (
        template.iter().filter(|line| **line == "Type: SQS"),
        MESSAGES.len(),
    );
    assert_eq!(queues.count(), others);
}

#[tokio::test]
async fn each_function_answers_its_events() {
    let harness = Harness::with(Setup {
        environment: vec![("TRADINGVIEW_WEBHOOK_SECRET", SECRET)],
        ..Setup::default()
    })
    .await;
    let answer = harness.stack.function("webhook").unwrap()(WEBHOOK.event())
        .await
        .unwrap();
    assert_eq!(answer["statusCode"], 200, "{answer}");
    let body = parsed(answer["body"].as_str().unwrap());
    let dashboard = harness.stack.function("dashboard-api").unwrap()(DASHBOARD.event());
    assert_eq!(dashboard.await.unwrap()["statusCode"], 401);
    assert_eq!(body["status"], "accepted");
    let id = body["signal_id"].as_str().unwrap();
    for sample in MESSAGES {
        let (name, event) = (sample.name, sample.event());
        let message = event["Records"][0]["body"].as_str().unwrap();
        assert!(message.contains(id), "{name} should name {id}");
        let function = harness.stack.function(sample.binary()).unwrap();
        let answer = function(event).await.unwrap();
        assert_eq!(answer, json!({ "batchItemFailures": [] }), "{name}");
    }
    for sample in SCHEDULED {
        let answer = harness.stack.function(sample.name).unwrap()(sample.event()).await;
        assert!(
            answer.as_ref().is_ok_and(Value::is_object),
            "{}: {answer:?}",
            sample.name
        );
    }
    let position = harness.position(id.parse().unwrap(), "open").await;
    assert_eq!(position.strategy.as_deref(), Some("my strategy"));
    harness.stop().await;
}
