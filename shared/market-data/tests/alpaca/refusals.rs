//! What Alpaca's refusals become, whatever was asked for.

use market_data::MarketError;
use market_data::provider::Provider;
use market_data::provider::ProviderName;
use market_data::provider::line::bad_credentials;
use wiremock::ResponseTemplate;

use super::chain::request;
use super::wire::{SECRET, asked, assert_keeps_secret, html, json, kind, notes, server, symbols};
use super::{alpaca, filter, settings, with};

fn refusals() -> Vec<(ResponseTemplate, &'static str)> {
    vec![
        (json(400, r#"{"message":"invalid feed"}"#), "NotOffered"),
        (
            json(
                401,
                r#"{"code":40110000,"message":"request is not authorized"}"#,
            ),
            "BadCredentials",
        ),
        (html(401), "BadCredentials"),
        (json(403, r#"{"message":"forbidden."}"#), "BadCredentials"),
        (
            json(
                403,
                r#"{"message":"subscription does not permit querying recent SIP data"}"#,
            ),
            "NotEntitled",
        ),
        (
            json(403, r#"{"message":"OPRA agreement is not signed"}"#),
            "NotEntitled",
        ),
        (html(403), "BadCredentials"),
        (
            json(
                422,
                r#"{"code":42210000,"message":"invalid expiration_date"}"#,
            ),
            "NotOffered",
        ),
        (
            json(429, r#"{"message":"too many requests."}"#),
            "RateLimited",
        ),
        (html(429), "RateLimited"),
        (
            json(500, r#"{"message":"internal server error"}"#),
            "Unavailable",
        ),
        (html(502), "Unavailable"),
        (json(503, ""), "Unavailable"),
        (html(504), "Unavailable"),
        (html(302), "Unavailable"),
        (html(200), "Malformed"),
        (json(200, ""), "Malformed"),
        (json(200, r#"{"quotes":{"SPY""#), "Malformed"),
        (json(200, "null"), "Malformed"),
        (json(200, "[]"), "Malformed"),
    ]
}

#[tokio::test]
async fn each_refusal_has_its_kind_for_every_question() {
    for (number, (answer, expected)) in refusals().into_iter().enumerate() {
        let server = server(answer).await;
        let alpaca = alpaca(&server);
        let kinds = [
            alpaca.clock(asked()).await.err(),
            alpaca.quotes(&symbols(&["SPY"]), asked()).await.err(),
            alpaca.contracts(&filter(), asked()).await.err(),
            alpaca.chain(&request(), asked()).await.err(),
        ];
        for error in kinds {
            assert_eq!(
                error.as_ref().map(kind).as_deref(),
                Some(expected),
                "{number}"
            );
        }
    }
}

#[tokio::test]
async fn what_isn_t_found_is_unknown_where_one_thing_was_asked_for() {
    let server = server(json(404, r#"{"code":40410000,"message":"not found"}"#)).await;
    let alpaca = alpaca(&server);
    let chain = alpaca.chain(&request(), asked()).await.unwrap_err();
    assert!(matches!(chain, MarketError::UnknownSymbol { symbol, .. } if symbol == "AAPL"));
    let contracts = alpaca.contracts(&filter(), asked()).await.unwrap_err();
    assert_eq!(kind(&contracts), "UnknownSymbol");
    let quotes = alpaca.quotes(&symbols(&["SPY", "QQQ"]), asked()).await;
    assert_eq!(kind(&quotes.unwrap_err()), "NotOffered");
}

#[tokio::test]
async fn a_limit_tells_how_long_to_wait() {
    let reset = (asked().now.timestamp() + 42).to_string();
    let past = (asked().now.timestamp() - 42).to_string();
    for (header, value, wait_ms_expected) in [
        ("x-ratelimit-reset", reset.as_str(), 42_000),
        ("retry-after", "7", 7_000),
        ("x-ratelimit-reset", past.as_str(), 15_000),
        ("x-ratelimit-reset", "soon", 15_000),
        ("retry-after", "99999999999", 25 * 3_600_000),
        ("x-other", "1", 15_000),
    ] {
        let answer = json(429, r#"{"message":"too many requests."}"#);
        let server = server(answer.insert_header(header, value)).await;
        let error = alpaca(&server).clock(asked()).await.unwrap_err();
        let MarketError::RateLimited { wait_ms, .. } = error else {
            panic!("{error:?}")
        };
        assert_eq!(wait_ms, wait_ms_expected, "{header}: {value}");
    }
}

#[tokio::test]
async fn calls_that_are_left_are_noted() {
    let answer = json(200, r#"{"quotes":{}}"#);
    let server = server(answer.insert_header("x-ratelimit-remaining", "187")).await;
    let alpaca = alpaca(&server);
    assert_eq!(alpaca.calls_left(), None);
    alpaca.quotes(&symbols(&["SPY"]), asked()).await.unwrap();
    assert_eq!(alpaca.calls_left(), Some(187));
}

#[tokio::test]
async fn a_key_that_is_echoed_stays_secret() {
    for status in [400, 401, 403, 404, 422, 429, 500] {
        for text in [
            format!("invalid symbol: {SECRET}"),
            format!("bad key {SECRET} sent"),
        ] {
            let server = server(json(status, &format!(r#"{{"message":"{text}"}}"#))).await;
            let notes = notes();
            let alpaca = with(settings(&super::wire::base(&server)), &notes);
            let clock = alpaca.clock(asked()).await.unwrap_err();
            assert_keeps_secret(&clock);
            let quotes = alpaca.quotes(&symbols(&["SPY"]), asked()).await;
            assert_keeps_secret(&quotes.unwrap_err());
            notes.failures().iter().for_each(assert_keeps_secret);
            assert_eq!(notes.failures().len(), 2);
        }
    }
}

#[test]
fn a_key_that_no_header_can_hold_is_refused() {
    let gate = notes().gate();
    let made = market_data::provider::alpaca::Alpaca::new(
        "line\nbreak".into(),
        super::wire::key(),
        market_data::provider::alpaca::AlpacaSettings::default(),
        &super::wire::http(),
        &gate,
    );
    assert_eq!(made.err(), Some(bad_credentials(ProviderName::Alpaca)));
}
