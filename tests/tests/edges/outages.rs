//! What the webhook answers while what it stands on is away.

use std::sync::Arc;
use std::time::{Duration, Instant};

use lambda_http::{Body, Request, Response};
use local_stack::aws::sdk_config;
use runtime::aws::Endpoints;
use runtime::{AwsClients, Surroundings};
use serde_json::Value;
use system_tests::Harness;
use tokio::net::{TcpListener, TcpStream};
use webhook::Webhook;

use crate::support::{all_items, good};

/// `TradingView` hangs up after three seconds; half a second is left for the way.
const ANSWERED_WITHIN: Duration = Duration::from_millis(2_500);

/// Takes connections and never says a word.
async fn silent() -> (String, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    (
        format!("http://{}", listener.local_addr().unwrap()),
        listener,
    )
}

/// Answers as `url` does, but each connection only after a while.
async fn slow(url: &str, delay_ms: u64) -> String {
    let (own, listener) = silent().await;
    let target = url.trim_start_matches("http://").to_owned();
    tokio::spawn(async move {
        while let Ok((mut from, _)) = listener.accept().await {
            let target = target.clone();
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(delay_ms)).await;
                let mut to = TcpStream::connect(target).await?;
                tokio::io::copy_bidirectional(&mut from, &mut to).await
            });
        }
    });
    own
}

/// An address at which nobody listens.
async fn closed() -> String {
    silent().await.0
}

/// The stack's webhook, with some of AWS elsewhere.
async fn webhook(harness: &Harness, elsewhere: Endpoints) -> Webhook {
    let aws = harness.stack.aws();
    let endpoints = Endpoints {
        dynamodb: elsewhere.dynamodb.or(Some(aws.dynamodb_url().to_owned())),
        sqs: elsewhere.sqs.or(Some(aws.gateway_url().to_owned())),
        secrets: elsewhere.secrets.or(Some(aws.gateway_url().to_owned())),
        ..Endpoints::default()
    };
    let around = Surroundings {
        aws: AwsClients::new(&sdk_config(aws.endpoints().account).await, &endpoints),
        clock: Arc::clone(&harness.clock) as runtime::SharedClock,
        ..harness.stack.surroundings().clone()
    };
    // With the queue's own address the SDK would go there, whatever its endpoint is.
    let queue = around.environment.get("ENGINE_A_QUEUE_URL").unwrap();
    let queue = queue.replace(aws.gateway_url(), endpoints.sqs.as_deref().unwrap());
    let named = [("ENGINE_A_QUEUE_URL".to_owned(), queue)];
    let environment = around.environment.with(named);
    Webhook::new(&Surroundings {
        environment,
        ..around
    })
    .unwrap()
}

/// The status, and the answer, which must come in time.
async fn ask(harness: &Harness, webhook: &Webhook) -> (u16, Value, Response<Body>) {
    let body = good(harness).to_string();
    let request: Request = lambda_http::http::Request::post("/webhook")
        .header("x-signature", harness.signature(&body))
        .body(Body::from(body))
        .unwrap();
    let started = Instant::now();
    let answer = webhook.answer(request).await.unwrap();
    assert!(
        started.elapsed() < ANSWERED_WITHIN,
        "{:?}",
        started.elapsed()
    );
    let body = serde_json::from_slice(answer.body()).unwrap();
    (answer.status().as_u16(), body, answer)
}

#[tokio::test]
async fn without_the_ledger_it_answers_503_in_time_and_nothing_is_half_written() {
    let harness = Harness::start().await;
    let (hanging, _listener) = silent().await;
    for dynamodb in [closed().await, hanging] {
        let elsewhere = Endpoints {
            dynamodb: Some(dynamodb),
            ..Endpoints::default()
        };
        let webhook = webhook(&harness, elsewhere).await;
        let (status, body, answer) = ask(&harness, &webhook).await;
        assert_eq!(
            (status, body["status"].as_str()),
            (503, Some("unavailable"))
        );
        assert_eq!(answer.headers()["retry-after"], "5");
        assert!(all_items(&harness).await.is_empty());
    }
    // Sent again once the ledger is back, it is no duplicate.
    let webhook = webhook(&harness, Endpoints::default()).await;
    let (status, body, _) = ask(&harness, &webhook).await;
    assert_eq!((status, body["status"].as_str()), (200, Some("accepted")));
    harness.stop().await;
}

#[tokio::test]
async fn a_refusal_that_cannot_be_noted_is_still_a_refusal() {
    let harness = Harness::start().await;
    let (hanging, _listener) = silent().await;
    let elsewhere = Endpoints {
        dynamodb: Some(hanging),
        ..Endpoints::default()
    };
    let webhook = webhook(&harness, elsewhere).await;
    let request = lambda_http::http::Request::post("/webhook")
        .body(Body::from("{}"))
        .unwrap();
    let started = Instant::now();
    let answer = webhook.answer(request).await.unwrap();
    assert_eq!(answer.status(), 401);
    assert!(
        started.elapsed() < ANSWERED_WITHIN,
        "{:?}",
        started.elapsed()
    );
    harness.stop().await;
}

#[tokio::test]
async fn without_the_queue_it_accepts_and_the_sweeper_follows_up() {
    let harness = Harness::start().await;
    let (hanging, _listener) = silent().await;
    for sqs in [closed().await, hanging] {
        let elsewhere = Endpoints {
            sqs: Some(sqs),
            ..Endpoints::default()
        };
        let webhook = webhook(&harness, elsewhere).await;
        let (status, body, _) = ask(&harness, &webhook).await;
        assert_eq!((status, body["status"].as_str()), (200, Some("accepted")));
        let id = body["signal_id"].as_str().unwrap().parse().unwrap();
        assert_eq!(
            harness.trace(id).await.assignments[0].state.name(),
            "pending"
        );
        harness.advance(chrono::TimeDelta::seconds(31));
        let swept = harness.run("sweeper").await;
        assert_eq!(swept["sent"], 1, "{swept}");
        let done = harness.until("the assignment to end", || async {
            let trace = harness.trace(id).await;
            trace.assignments[0].state.is_terminal().then_some(trace)
        });
        assert!(done.await.decisions.len() == 1);
    }
    harness.stop().await;
}

#[tokio::test]
async fn without_the_secret_nobody_can_be_told_apart_so_all_are_asked_to_come_again() {
    let harness = Harness::start().await;
    let (hanging, _listener) = silent().await;
    for secrets in [closed().await, hanging] {
        let elsewhere = Endpoints {
            secrets: Some(secrets),
            ..Endpoints::default()
        };
        let webhook = webhook(&harness, elsewhere).await;
        let (status, body, _) = ask(&harness, &webhook).await;
        assert_eq!(
            (status, body["status"].as_str()),
            (503, Some("unavailable"))
        );
    }
    harness.stop().await;
}

#[tokio::test]
async fn with_everything_silent_it_still_answers_in_time() {
    let harness = Harness::start().await;
    let (hanging, _listener) = silent().await;
    let everything = Endpoints {
        dynamodb: Some(hanging.clone()),
        sqs: Some(hanging.clone()),
        secrets: Some(hanging),
        ..Endpoints::default()
    };
    let webhook = webhook(&harness, everything).await;
    let (status, ..) = ask(&harness, &webhook).await;
    assert_eq!(status, 503);
    harness.stop().await;
}

#[tokio::test]
async fn with_everything_slow_it_answers_in_time_too() {
    let harness = Harness::start().await;
    let aws = harness.stack.aws();
    // Each within its own limit; together they would take too long.
    for (secrets_ms, dynamodb_ms, sqs_ms, expected) in [
        (700, 300, 100, 200),
        (1_500, 600, 450, 200),
        (1_800, 900, 450, 503),
    ] {
        let elsewhere = Endpoints {
            dynamodb: Some(slow(aws.dynamodb_url(), dynamodb_ms).await),
            sqs: Some(slow(aws.gateway_url(), sqs_ms).await),
            secrets: Some(slow(aws.gateway_url(), secrets_ms).await),
            ..Endpoints::default()
        };
        let webhook = webhook(&harness, elsewhere).await;
        harness.advance(chrono::TimeDelta::seconds(1));
        let (status, ..) = ask(&harness, &webhook).await;
        assert_eq!(status, expected, "{secrets_ms} {dynamodb_ms} {sqs_ms}");
    }
    harness.stop().await;
}
