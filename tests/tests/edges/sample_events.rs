//! The files under `events/`: they parse as what each function takes, and each function answers.

use aws_lambda_events::event::sqs::SqsEvent;
use lambda_http::RequestExt;
use serde_json::{Value, json};
use system_tests::Harness;
use system_tests::harness::Setup;

macro_rules! sample {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../../events/", $name, ".json")),
        )
    };
}

const WEBHOOK: (&str, &str) = sample!("webhook");
const DASHBOARD: (&str, &str) = sample!("dashboard-api");
const MESSAGES: [(&str, &str); 5] = [
    sample!("engine-a"),
    sample!("engine-b"),
    sample!("order-creator"),
    sample!("paper-executor"),
    sample!("exit-monitor-handed-over"),
];
const SCHEDULED: [(&str, &str); 3] = [
    sample!("position-refresher"),
    sample!("exit-monitor"),
    sample!("sweeper"),
];
const SECRET: &str = "an-example-secret";

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn each_parses_as_what_its_function_takes() {
    let request = lambda_http::request::from_str(WEBHOOK.1).unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.path_parameters().first("token"), Some(SECRET));
    let request = lambda_http::request::from_str(DASHBOARD.1).unwrap();
    assert_eq!(request.path_parameters().first("proxy"), Some("me"));
    for (name, text) in MESSAGES {
        let event: SqsEvent = serde_json::from_str(text).unwrap();
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
    for (name, text) in SCHEDULED {
        assert!(parsed(text).is_object(), "{name}");
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
    let names: Vec<&str> = all.map(|(name, _)| name).collect();
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
    let answer = harness.stack.function("webhook").unwrap()(parsed(WEBHOOK.1))
        .await
        .unwrap();
    assert_eq!(answer["statusCode"], 200, "{answer}");
    let body = parsed(answer["body"].as_str().unwrap());
    let dashboard = harness.stack.function("dashboard-api").unwrap()(parsed(DASHBOARD.1));
    assert_eq!(dashboard.await.unwrap()["statusCode"], 401);
    assert_eq!(body["status"], "accepted");
    let id = body["signal_id"].as_str().unwrap();
    for (name, text) in MESSAGES {
        let event = parsed(text);
        let message = event["Records"][0]["body"].as_str().unwrap();
        assert!(message.contains(id), "{name} should name {id}");
        let binary = name.trim_end_matches("-handed-over");
        let answer = harness.stack.function(binary).unwrap()(event)
            .await
            .unwrap();
        assert_eq!(answer, json!({ "batchItemFailures": [] }), "{name}");
    }
    for (name, text) in SCHEDULED {
        let answer = harness.stack.function(name).unwrap()(parsed(text)).await;
        assert!(
            answer.as_ref().is_ok_and(Value::is_object),
            "{name}: {answer:?}"
        );
    }
    let position = harness.position(id.parse().unwrap(), "open").await;
    assert_eq!(position.strategy.as_deref(), Some("my strategy"));
    harness.stop().await;
}
