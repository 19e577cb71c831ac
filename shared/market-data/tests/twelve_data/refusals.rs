//! What Twelve Data's refusals become: most come within HTTP's 200.

use domain::Timeframe;
use market_data::provider::Provider;
use market_data::{CandleRequest, MarketError};
use wiremock::ResponseTemplate;

use super::wire::{
    SECRET, asked, asked_at, assert_keeps_secret, html, json, kind, notes, server, symbol, symbols,
};
use super::{base, twelve_data, with};

fn candles() -> CandleRequest {
    CandleRequest {
        symbol: symbol("AAPL"),
        timeframe: Timeframe::MINUTE,
        count: 5,
    }
}

fn refusal(code: &str, message: &str) -> String {
    format!(r#"{{"code":{code},"message":"{message}","status":"error"}}"#)
}

#[tokio::test]
async fn each_code_has_its_kind_within_any_status() {
    for (code, expected) in [
        (400, "NotOffered"),
        (401, "BadCredentials"),
        (403, "NotEntitled"),
        (414, "NotOffered"),
        (422, "NotOffered"),
        (429, "RateLimited"),
        (500, "Unavailable"),
        (503, "Unavailable"),
    ] {
        let bodies = [
            (200, refusal(&code.to_string(), "see the documentation")),
            (
                200,
                refusal(&format!(r#""{code}""#), "see the documentation"),
            ),
            (code, refusal(&code.to_string(), "see the documentation")),
            (code, "<html>".to_owned()),
            (code, String::new()),
        ];
        for (status, body) in bodies {
            let server = server(json(status, &body)).await;
            let provider = twelve_data(&server);
            let errors = [
                provider.clock(asked()).await.err(),
                provider
                    .quotes(&symbols(&["SPY", "QQQ"]), asked())
                    .await
                    .err(),
                provider.candles(&candles(), asked()).await.err(),
            ];
            for error in errors {
                let told = error.as_ref().map(kind);
                assert_eq!(told.as_deref(), Some(expected), "{status} {body}");
            }
        }
    }
}

#[tokio::test]
async fn what_isn_t_found_is_unknown_where_one_symbol_was_asked_for() {
    for (code, message, expected) in [
        ("404", "no data", "UnknownSymbol"),
        ("400", "**symbol** not found: AAPL", "UnknownSymbol"),
        ("400", "interval is invalid", "NotOffered"),
        ("null", "no code at all", "Unavailable"),
    ] {
        let server = server(json(200, &refusal(code, message))).await;
        let error = twelve_data(&server).candles(&candles(), asked()).await;
        assert_eq!(kind(&error.unwrap_err()), expected, "{code} {message}");
    }
}

#[tokio::test]
async fn limits_last_until_the_next_minute_or_midnight() {
    let minute = "You have run out of API credits for the current minute. 9 API credits were used, with the current limit being 8.";
    let day = "You have run out of API credits for the day. 801 API credits were used.";
    for (message, now, wait_ms_expected) in [
        (minute, "2026-06-24T14:15:30Z", 30_000),
        (minute, "2026-06-24T14:15:00Z", 60_000),
        (minute, "2026-06-24T14:15:59.500Z", 500),
        (
            day,
            "2026-06-24T14:15:30Z",
            ((9 * 60 + 44) * 60 + 30) * 1000,
        ),
        (day, "2026-06-24T23:59:59Z", 1_000),
        (day, "2026-06-24T00:00:00Z", 24 * 3_600_000),
        ("Slow down.", "2026-06-24T14:15:30Z", 15_000),
    ] {
        for status in [200, 429] {
            let server = server(json(status, &refusal("429", message))).await;
            let error = twelve_data(&server).clock(asked_at(now)).await;
            let Err(MarketError::RateLimited { wait_ms, .. }) = error else {
                panic!("{error:?}")
            };
            assert_eq!(wait_ms, wait_ms_expected, "{now} {message}");
        }
    }
}

#[tokio::test]
async fn a_limit_under_a_symbol_costs_that_symbol() {
    let limited = refusal(
        "429",
        "You have run out of API credits for the current minute.",
    );
    let apple = super::quotes::row("AAPL", r#""201.13""#, "1782310500");
    let body = format!(r#"{{"AAPL":{apple},"SPY":{limited}}}"#);
    let server = server(json(200, &body)).await;
    let provider = twelve_data(&server);
    let batch = provider.quotes(&symbols(&["AAPL", "SPY"]), asked()).await;
    let batch = batch.unwrap();
    assert_eq!(batch.found.len(), 1);
    let error = &batch.failed[&symbol("SPY")];
    assert!(matches!(
        error,
        MarketError::RateLimited {
            wait_ms: 30_000,
            ..
        }
    ));
}

fn unreadable() -> Vec<(ResponseTemplate, &'static str)> {
    vec![
        (html(200), "Malformed"),
        (json(200, ""), "Malformed"),
        (json(200, "7"), "Malformed"),
        (json(200, r#""AAPL""#), "Malformed"),
        (html(502), "Unavailable"),
        (html(302), "Unavailable"),
    ]
}

#[tokio::test]
async fn what_can_t_be_read_is_told_from_what_isn_t_there() {
    for (number, (answer, expected)) in unreadable().into_iter().enumerate() {
        let server = server(answer).await;
        let provider = twelve_data(&server);
        let errors = [
            provider.clock(asked()).await.err(),
            provider.quotes(&symbols(&["SPY"]), asked()).await.err(),
            provider
                .quotes(&symbols(&["SPY", "QQQ"]), asked())
                .await
                .err(),
            provider.candles(&candles(), asked()).await.err(),
        ];
        for error in errors {
            assert_eq!(
                error.as_ref().map(kind).as_deref(),
                Some(expected),
                "{number}"
            );
        }
    }
}

#[tokio::test]
async fn a_key_that_is_echoed_stays_secret() {
    for code in [400, 401, 403, 404, 414, 429, 500] {
        let message = format!("apikey {SECRET} is incorrect");
        let server = server(json(200, &refusal(&code.to_string(), &message))).await;
        let notes = notes();
        let provider = with(base(&server), std::time::Duration::from_secs(3), &notes);
        assert_keeps_secret(&provider.clock(asked()).await.unwrap_err());
        assert_keeps_secret(&provider.candles(&candles(), asked()).await.unwrap_err());
        notes.failures().iter().for_each(assert_keeps_secret);
        assert_eq!(notes.failures().len(), 2);
    }
}
