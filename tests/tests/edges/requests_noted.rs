//! Every request to the webhook leaves an event, the refused ones too, but not without bound.

use chrono::TimeDelta;
use serde_json::json;
use storage::WebhookOutcome;
use system_tests::Harness;

use crate::support::{good, good_with, post_with_token, refused_today, request, text};

const KEPT_S: i64 = 30 * 86_400;

#[tokio::test]
async fn accepted_and_repeated_alerts_leave_events_in_the_signal_s_life() {
    let harness = Harness::start().await;
    let alert = good(&harness);
    let (_, answer) = harness.alert(&alert).await;
    harness.advance(TimeDelta::seconds(1));
    harness.alert(&alert).await;
    let id = answer["signal_id"].as_str().unwrap().parse().unwrap();
    let events = harness.trace(id).await.webhook_events;
    let outcomes: Vec<_> = events
        .iter()
        .map(|event| (event.outcome, event.http_status))
        .collect();
    assert_eq!(
        outcomes,
        [
            (WebhookOutcome::Accepted, 200),
            (WebhookOutcome::Duplicate, 200)
        ]
    );
    for event in &events {
        assert_eq!(event.summary.as_deref(), Some("SPY entry 5m"));
        assert!(!event.request_id.is_empty());
    }
    harness.stop().await;
}

#[tokio::test]
async fn refused_alerts_leave_events_that_end_after_thirty_days() {
    let harness = Harness::start().await;
    request(&harness, "POST", "/webhook", &[], "{}").await;
    post_with_token(&harness, "{}").await;
    post_with_token(&harness, vec![b' '; 20_000]).await;
    let old = harness.now() - TimeDelta::seconds(1_001);
    harness
        .alert(&good_with(
            &harness,
            &json!({ "timenow": old.to_rfc3339() }),
        ))
        .await;
    let events = refused_today(&harness).await;
    let mut outcomes: Vec<_> = events
        .iter()
        .map(|event| {
            (
                text(event, "outcome"),
                event["http_status"].as_n().unwrap().as_str(),
            )
        })
        .collect();
    outcomes.sort_unstable();
    assert_eq!(
        outcomes,
        [
            ("invalid", "400"),
            ("stale", "400"),
            ("too_large", "413"),
            ("unauthorized", "401")
        ]
    );
    for event in &events {
        let expires_at: i64 = event["expires_at"].as_n().unwrap().parse().unwrap();
        assert_eq!(expires_at, harness.now().timestamp() + KEPT_S, "{event:?}");
        assert!(!event.contains_key("kind_key"), "no page lists them");
    }
    harness.stop().await;
}

#[tokio::test]
async fn at_most_thirty_refusals_a_minute_are_noted() {
    let harness = Harness::start().await;
    for _ in 0..40 {
        let (status, _) = request(&harness, "POST", "/webhook", &[], "x").await;
        assert_eq!(status, 401);
    }
    assert_eq!(refused_today(&harness).await.len(), 30);
    // Good alerts don't suffer from it, and the next minute counts anew.
    let (status, _) = harness.alert(&good(&harness)).await;
    assert_eq!(status, 200);
    harness.advance(TimeDelta::seconds(60));
    request(&harness, "POST", "/webhook", &[], "x").await;
    assert_eq!(refused_today(&harness).await.len(), 31);
    harness.stop().await;
}
