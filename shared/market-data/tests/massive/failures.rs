//! Every way in which it can fail.

use std::time::Duration;

use market_data::MarketError;
use market_data::provider::Provider;
use reqwest::Url;

use crate::wire::{
    SECRET, asked, asked_at, assert_keeps_secret, base, html, json, kind, notes, server,
    slow_server, symbols, truncating_server,
};
use crate::{at_address, chain_request, massive, patient};

const WORDS: &str = r#"{"status":"ERROR","request_id":"r1","error":"It said no."}"#;

#[tokio::test]
async fn refusals_have_our_words() {
    for (status, body, expected) in [
        (400, WORDS, "NotOffered"),
        (401, WORDS, "BadCredentials"),
        (
            403,
            r#"{"status":"NOT_AUTHORIZED","message":"Upgrade."}"#,
            "NotEntitled",
        ),
        (
            404,
            r#"{"status":"NOT_FOUND","message":"None."}"#,
            "UnknownSymbol",
        ),
        (414, "", "NotOffered"),
        (429, "", "RateLimited"),
        (429, WORDS, "RateLimited"),
        (500, "", "Unavailable"),
        (503, WORDS, "Unavailable"),
        (200, WORDS, "Unavailable"),
        (
            200,
            r#"{"status":"NOT_AUTHORIZED","message":"Upgrade."}"#,
            "NotEntitled",
        ),
        (200, r#"{"status":"NOT_FOUND"}"#, "UnknownSymbol"),
        (200, "", "Malformed"),
        (200, r#"{"results":{}}"#, "Malformed"),
        (200, "[]", "Malformed"),
    ] {
        let server = server(json(status, body)).await;
        let notes = notes();
        let massive = at_address(base(&server), &notes.gate());
        let error = massive.chain(&chain_request(), asked()).await.unwrap_err();
        assert_eq!(kind(&error), expected, "{status} {body}");
        assert_eq!(notes.failures(), [error], "{status} {body}");
        assert_eq!(notes.intended()[0].cost, 1);
    }
}

#[tokio::test]
async fn refused_requests_keep_the_cause() {
    let server = server(json(400, WORDS)).await;
    let error = massive(&server)
        .chain(&chain_request(), asked())
        .await
        .unwrap_err();
    assert!(error.to_string().contains("(400: It said no.)"), "{error}");
}

#[tokio::test]
async fn a_limit_lasts_to_the_end_of_the_minute() {
    for (now, retry_after, wait_ms) in [
        ("2026-06-24T14:15:30Z", None, 30_000),
        ("2026-06-24T14:15:59.700Z", None, 1_000),
        ("2026-06-24T14:15:00Z", None, 60_000),
        ("2026-06-24T14:15:00Z", Some("7"), 7_000),
    ] {
        let mut answer = json(429, "");
        if let Some(seconds) = retry_after {
            answer = answer.insert_header("retry-after", seconds);
        }
        let server = server(answer).await;
        let error = massive(&server).clock(asked_at(now)).await.unwrap_err();
        let expected = MarketError::RateLimited {
            provider: "massive".to_owned(),
            wait_ms,
        };
        assert_eq!(error, expected, "{now}");
    }
}

#[tokio::test]
async fn what_isn_t_json_is_malformed_or_unavailable() {
    for (status, expected) in [
        (200, "Malformed"),
        (502, "Unavailable"),
        (414, "NotOffered"),
    ] {
        let server = server(html(status)).await;
        let massive = massive(&server);
        let error = massive
            .quotes(&symbols(&["AAPL"]), asked())
            .await
            .unwrap_err();
        assert_eq!(kind(&error), expected);
        assert_eq!(kind(&massive.clock(asked()).await.unwrap_err()), expected);
    }
}

#[tokio::test]
async fn slow_and_broken_lines_are_told_apart() {
    let gate = notes().gate();
    let slow = slow_server().await;
    let error = patient(base(&slow), &gate, Duration::from_millis(50))
        .chain(&chain_request(), asked())
        .await
        .unwrap_err();
    assert_eq!(kind(&error), "Timeout");
    let impatient = asked().within(Duration::from_millis(50));
    let error = massive(&slow)
        .chain(&chain_request(), impatient)
        .await
        .unwrap_err();
    assert_eq!(kind(&error), "Timeout");

    let broken = at_address(truncating_server(r#"{"status":"OK","#), &gate);
    let error = broken.chain(&chain_request(), asked()).await.unwrap_err();
    assert_eq!(kind(&error), "Unavailable");
    let nobody: Url = "http://127.0.0.1:1".parse().unwrap();
    let error = at_address(nobody, &gate)
        .chain(&chain_request(), asked())
        .await
        .unwrap_err();
    assert_eq!(kind(&error), "Unavailable");
}

#[tokio::test]
async fn an_echoed_key_is_told_to_nobody() {
    for status in [200, 400, 401, 403, 404, 429, 500] {
        let body = format!(r#"{{"status":"ERROR","error":"Unknown API Key {SECRET}"}}"#);
        let server = server(json(status, &body)).await;
        let error = massive(&server)
            .chain(&chain_request(), asked())
            .await
            .unwrap_err();
        assert_keeps_secret(&error);
    }
}
