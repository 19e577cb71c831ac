//! What is no alert, or none that can be believed, is refused with the reason, and trades nothing.

use chrono::{SecondsFormat, TimeDelta};
use serde_json::{Value, json};
use system_tests::Harness;

use crate::support::{good, good_with, post_with_token, request};

fn fields(answer: &Value) -> Vec<&str> {
    let problems = answer["problems"].as_array().map_or(&[][..], Vec::as_slice);
    problems
        .iter()
        .filter_map(|problem| problem["field"].as_str())
        .collect()
}

#[tokio::test]
async fn bodies_that_are_no_alerts() {
    let harness = Harness::start().await;
    let bodies: Vec<Vec<u8>> = vec![
        vec![],
        b" \r\n".to_vec(),
        b"buy SPY now".to_vec(),
        br#"{"ticker": "SPY", "#.to_vec(),
        br#"{"ticker": "SPY", "action": "buy", "comment": "he said "long""}"#.to_vec(),
        br#"{"ticker": "SPY", "action": "buy", "close": NaN}"#.to_vec(),
        br#"["SPY"]"#.to_vec(),
        b"null".to_vec(),
        b"MyKeys(SPY) { market(side=buy, amount=100); } #bot".to_vec(),
        b"hunter2\nSYMBOL=SPY\nSIGNAL=BUY".to_vec(),
        vec![0xff, 0xfe, 0x00, 0x80],
        b"\xef\xbb\xbf".to_vec(),
    ];
    for body in bodies {
        let shown = String::from_utf8_lossy(&body).into_owned();
        let (status, answer) = post_with_token(&harness, body).await;
        assert_eq!(
            (status, fields(&answer)),
            (400, vec!["body"]),
            "{shown}: {answer}"
        );
        assert_eq!(
            (answer["status"].as_str(), answer["error"].as_str()),
            (Some("refused"), Some("invalid"))
        );
        assert!(!answer.to_string().contains("hunter2"), "{answer}");
    }
    harness.stop().await;
}

#[tokio::test]
async fn every_problem_of_an_alert_is_named_at_once() {
    let harness = Harness::start().await;
    let bad = good_with(
        &harness,
        &json!({
            "ticker": "ES1!", "action": "moon", "interval": "7x", "timenow": "yesterday",
            "strategy": "s".repeat(101), "price": "dear", "option_contracts": 11,
        }),
    );
    let (status, answer) = harness.alert(&bad).await;
    assert_eq!(status, 400);
    let expected = [
        "ticker",
        "action",
        "interval",
        "timenow",
        "strategy",
        "price",
        "option_contracts",
    ];
    assert_eq!(fields(&answer), expected, "{answer}");
    for problem in answer["problems"].as_array().unwrap() {
        assert!(
            problem["message"]
                .as_str()
                .is_some_and(|text| text.len() > 5),
            "{problem}"
        );
    }
    for (changes, field) in [
        (json!({ "ticker": "SPY 250624C596" }), "ticker"),
        (json!({ "ticker": "{{ticker}}" }), "ticker"),
        (json!({ "action": null }), "direction"),
        (json!({ "action": "cancel" }), "action"),
        (
            json!({ "market_position": "short", "prev_market_position": "flat" }),
            "action",
        ),
        (json!({ "option_contracts": "1.5" }), "option_contracts"),
    ] {
        let (status, answer) = harness.alert(&good_with(&harness, &changes)).await;
        assert_eq!(
            (status, fields(&answer)),
            (400, vec![field]),
            "{changes}: {answer}"
        );
    }
    harness.stop().await;
}

#[tokio::test]
async fn alerts_of_another_time_are_refused_on_both_sides() {
    let harness = Harness::start().await;
    // Off the bar's boundary: a time on it may be that of a bar, which is allowed one bar more.
    harness.advance(TimeDelta::seconds(7));
    for (offset_s, expected) in [
        (-300, 200),
        (-301, 400),
        (0, 200),
        (60, 200),
        (61, 400),
        (-86_400, 400),
    ] {
        let fired = harness.now() + TimeDelta::seconds(offset_s);
        let fired = fired.to_rfc3339_opts(SecondsFormat::Secs, true);
        let (status, answer) = harness
            .alert(&good_with(&harness, &json!({ "timenow": fired })))
            .await;
        assert_eq!(status, expected, "{offset_s} s: {answer}");
        if expected == 400 {
            assert_eq!(
                (answer["error"].as_str(), fields(&answer)),
                (Some("stale"), vec!["timenow"])
            );
        }
    }
    harness.stop().await;
}

#[tokio::test]
async fn large_bodies_are_refused_whatever_they_say() {
    let harness = Harness::start().await;
    let padded = |bytes: usize| {
        let alert = good(&harness).to_string();
        format!("{alert}{}", " ".repeat(bytes - alert.len()))
    };
    let (status, answer) = post_with_token(&harness, padded(16 * 1024)).await;
    assert_eq!(status, 200, "{answer}");
    for bytes in [16 * 1024 + 1, 100_000, 2 * 1024 * 1024] {
        let (status, answer) = post_with_token(&harness, padded(bytes)).await;
        assert_eq!(
            (status, answer["error"].as_str()),
            (413, Some("too_large")),
            "{bytes} bytes"
        );
    }
    // More than the HTTP API itself takes never gets to the function.
    let (status, _) = post_with_token(&harness, vec![b' '; 11 * 1024 * 1024]).await;
    assert_eq!(status, 413);
    harness.stop().await;
}

#[tokio::test]
async fn other_routes_lead_nowhere() {
    let harness = Harness::start().await;
    let secret = harness.stack.webhook_secret().to_owned();
    for (method, path) in [
        ("GET", "/webhook"),
        ("PUT", "/webhook"),
        ("DELETE", "/webhook"),
        ("POST", "/webhook/"),
        ("POST", &format!("/webhook/{secret}/more")),
        ("GET", "/"),
        ("POST", "/"),
        ("POST", "/health"),
        ("GET", "/.env"),
    ] {
        let (status, body) = request(&harness, method, path, &[], "{}").await;
        assert_eq!(
            (status, body.as_str()),
            (404, r#"{"message":"Not Found"}"#),
            "{method} {path}"
        );
    }
    let (status, body) = request(&harness, "GET", "/health", &[], "").await;
    let health: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        (status, health["status"].as_str(), health["mode"].as_str()),
        (200, Some("ok"), Some("PAPER"))
    );
    harness.stop().await;
}
