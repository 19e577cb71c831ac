//! The state of the exchange.

use market_data::provider::Provider;

use super::twelve_data;
use super::wire::{asked, asked_at, at, json, kind, requests, server};

fn state(is_open: bool, to_open: &str, to_close: &str) -> String {
    format!(
        r#"[{{"name":"NYSE","code":"XNYS","country":"United States","is_market_open":{is_open},"time_after_open":"00:45:22","time_to_open":"{to_open}","time_to_close":"{to_close}"}}]"#
    )
}

#[tokio::test]
async fn an_open_exchange_tells_when_it_closes() {
    let server = server(json(200, &state(true, "00:00:00", "05:44:28"))).await;
    let clock = twelve_data(&server).clock(asked()).await.unwrap();
    assert!(clock.is_open);
    assert_eq!(clock.closes_at, Some(at("2026-06-24T20:00:00Z")));
    assert_eq!(clock.opens_at, at("2026-06-25T13:30:00Z"));
    assert_eq!(clock.provenance.at, asked().now);
    let request = &requests(&server).await[0];
    assert_eq!(request.url.path(), "/market_state");
    assert_eq!(request.url.query(), Some("exchange=NYSE"));
}

#[tokio::test]
async fn a_closed_exchange_tells_when_it_opens() {
    let server = server(json(200, &state(false, "63:29:58", "00:00:00"))).await;
    let friday = asked_at("2026-06-26T22:00:00Z");
    let clock = twelve_data(&server).clock(friday).await.unwrap();
    assert!(!clock.is_open);
    assert_eq!(clock.closes_at, None);
    assert_eq!(clock.opens_at, at("2026-06-29T13:30:00Z"));
}

#[tokio::test]
async fn a_state_that_can_t_be_is_refused() {
    for (what, body) in [
        (
            "open, yet never closes",
            state(true, "00:00:00", "00:00:00"),
        ),
        (
            "closed, yet never opens",
            state(false, "00:00:00", "05:00:00"),
        ),
        ("open for a day", state(true, "00:00:00", "24:00:00")),
        ("closed for a year", state(false, "8760:00:00", "00:00:00")),
        ("a time that is none", state(true, "00:00:00", "soon")),
        ("seventy minutes", state(true, "00:00:00", "01:70:00")),
        ("four parts", state(true, "00:00:00", "01:00:00:00")),
        ("below zero", state(true, "00:00:00", "-01:00:00")),
        (
            "another exchange",
            state(true, "00:00:00", "01:00:00").replace("XNYS", "XLON"),
        ),
        ("nothing", "[]".to_owned()),
        ("an object", "{}".to_owned()),
        ("a null", "[null]".to_owned()),
    ] {
        let server = server(json(200, &body)).await;
        let error = twelve_data(&server).clock(asked()).await.unwrap_err();
        assert_eq!(kind(&error), "Malformed", "{what}");
    }
}
