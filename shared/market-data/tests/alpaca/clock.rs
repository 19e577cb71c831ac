//! The exchange's clock.

use domain::quote::Timeliness;
use market_data::provider::Provider;

use super::alpaca;
use super::wire::{asked, at, json, kind, requests, server};

fn clock(timestamp: &str, is_open: bool, next_open: &str, next_close: &str) -> String {
    format!(
        r#"{{"timestamp":"{timestamp}","is_open":{is_open},"next_open":"{next_open}","next_close":"{next_close}"}}"#
    )
}

#[tokio::test]
async fn an_open_exchange_tells_when_it_closes() {
    let body = clock(
        "2026-06-24T10:15:22.123456789-04:00",
        true,
        "2026-06-25T09:30:00-04:00",
        "2026-06-24T16:00:00-04:00",
    );
    let server = server(json(200, &body)).await;
    let clock = alpaca(&server).clock(asked()).await.unwrap();
    assert!(clock.is_open);
    assert_eq!(clock.closes_at, Some(at("2026-06-24T20:00:00Z")));
    assert_eq!(clock.opens_at, at("2026-06-25T13:30:00Z"));
    assert_eq!(clock.provenance.at, at("2026-06-24T14:15:22.123Z"));
    assert_eq!(clock.provenance.timeliness, Timeliness::RealTime);
    assert_eq!(requests(&server).await[0].url.path(), "/v2/clock");
}

#[tokio::test]
async fn a_closed_exchange_tells_when_it_opens() {
    let body = clock(
        "2026-06-26T18:00:00-04:00",
        false,
        "2026-06-29T09:30:00-04:00",
        "2026-06-29T16:00:00-04:00",
    );
    let server = server(json(200, &body)).await;
    let clock = alpaca(&server).clock(asked()).await.unwrap();
    assert!(!clock.is_open);
    assert_eq!(clock.closes_at, None);
    assert_eq!(clock.opens_at, at("2026-06-29T13:30:00Z"));
}

#[tokio::test]
async fn a_clock_that_can_t_be_is_refused() {
    let (now, open, close) = (
        "2026-06-24T14:15:00Z",
        "2026-06-25T13:30:00Z",
        "2026-06-24T20:00:00Z",
    );
    for (what, body) in [
        ("closed, yet closes first", clock(now, false, open, close)),
        ("opens before it closes", clock(now, true, close, open)),
        ("has closed already", clock(open, true, open, close)),
        (
            "closed for a year",
            clock(now, false, "2027-06-25T13:30:00Z", "2027-06-25T20:00:00Z"),
        ),
        ("a time that is none", clock(now, true, "tomorrow", close)),
        ("a null", r#"{"timestamp":null,"is_open":true}"#.to_owned()),
        ("nothing", "{}".to_owned()),
        ("an array", "[]".to_owned()),
        ("no JSON", "ok".to_owned()),
        ("no body", String::new()),
    ] {
        let server = server(json(200, &body)).await;
        let error = alpaca(&server).clock(asked()).await.unwrap_err();
        assert_eq!(kind(&error), "Malformed", "{what}");
    }
}
