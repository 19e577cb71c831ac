//! Every way in which it can fail.

use std::time::Duration;

use market_data::MarketError;
use market_data::provider::Provider;

use crate::wire::{
    SECRET, asked, assert_keeps_secret, base, html, json, kind, notes, server, slow_server,
    symbols, truncating_server,
};
use crate::{app, at_address, chain_request, patient};

const WORDS: &str = r#"{"s":"error","errmsg":"It said no."}"#;

#[tokio::test]
async fn refusals_have_our_words() {
    for (status, body, expected) in [
        (400, WORDS, "NotOffered"),
        (401, WORDS, "BadCredentials"),
        (402, WORDS, "NotEntitled"),
        (
            403,
            r#"{"s":"error","errmsg":"Access denied. Only one device is permitted"}"#,
            "Unavailable",
        ),
        (404, "{}", "Unavailable"),
        (413, WORDS, "NotOffered"),
        (429, WORDS, "RateLimited"),
        (500, "", "Unavailable"),
        (530, WORDS, "Unavailable"),
        (598, "", "Unavailable"),
        (200, WORDS, "Unavailable"),
        (200, "", "Malformed"),
        (203, "[]", "Malformed"),
    ] {
        let server = server(json(status, body)).await;
        let notes = notes();
        let app = at_address(base(&server), &notes.gate());
        let error = app.chain(&chain_request(), asked()).await.unwrap_err();
        assert_eq!(kind(&error), expected, "{status} {body}");
        assert_eq!(notes.failures(), [error], "{status} {body}");
    }
}

#[tokio::test]
async fn errors_keep_the_cause() {
    for (status, body, cause) in [
        (400, WORDS, "(400: It said no.)"),
        (413, WORDS, "(413: It said no.)"),
        (403, WORDS, "from one address only"),
        (200, WORDS, "(200: It said no.)"),
        (400, "<html>", "(400: without a reason)"),
    ] {
        let server = server(json(status, body)).await;
        let error = app(&server)
            .chain(&chain_request(), asked())
            .await
            .unwrap_err();
        assert!(error.to_string().contains(cause), "{error}");
    }
}

#[tokio::test]
async fn credits_and_requests_at_once_have_their_own_waits() {
    // The reset is ten minutes after the question.
    for (words, reset, wait_ms) in [
        (
            "API credit limit reached for current window.",
            Some("1782311130"),
            600_000,
        ),
        ("API credit limit reached for current window.", None, 15_000),
        ("Too many concurrent requests", Some("1782311130"), 1_000),
        ("", Some("1782310000"), 15_000),
    ] {
        let mut answer = json(429, &format!(r#"{{"s":"error","errmsg":"{words}"}}"#));
        if let Some(reset) = reset {
            answer = answer.insert_header("x-api-ratelimit-reset", reset);
        }
        let server = server(answer).await;
        let error = app(&server)
            .chain(&chain_request(), asked())
            .await
            .unwrap_err();
        let expected = MarketError::RateLimited {
            provider: "marketdata".to_owned(),
            wait_ms,
        };
        assert_eq!(error, expected, "{words}");
    }
}

#[tokio::test]
async fn what_isn_t_json_is_malformed_or_unavailable() {
    for (status, expected) in [
        (200, "Malformed"),
        (404, "Unavailable"),
        (502, "Unavailable"),
        (400, "NotOffered"),
    ] {
        let server = server(html(status)).await;
        let app = app(&server);
        assert_eq!(kind(&app.clock(asked()).await.unwrap_err()), expected);
        let error = app.quotes(&symbols(&["AAPL"]), asked()).await.unwrap_err();
        assert_eq!(kind(&error), expected);
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
    let broken = at_address(truncating_server(r#"{"s":"ok","#), &gate);
    let error = broken.chain(&chain_request(), asked()).await.unwrap_err();
    assert_eq!(kind(&error), "Unavailable");
}

#[tokio::test]
async fn an_echoed_token_is_told_to_nobody() {
    for status in [200, 400, 401, 402, 403, 413, 429, 500] {
        let body = format!(r#"{{"s":"error","errmsg":"No such token: Bearer {SECRET}"}}"#);
        let server = server(json(status, &body)).await;
        let app = app(&server);
        assert_keeps_secret(&app.chain(&chain_request(), asked()).await.unwrap_err());
        assert!(!format!("{:?}", app.quotes(&symbols(&["AAPL"]), asked()).await).contains(SECRET));
    }
}
