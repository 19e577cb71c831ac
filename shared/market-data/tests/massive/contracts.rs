//! Listed contracts, and the market's clock.

use domain::OptionRight;
use market_data::ContractFilter;
use market_data::provider::{Capability, Provider, ProviderName};

use crate::snapshots::page;
use crate::wire::{asked, asked_at, at, contract, json, kind, parameter, requests, server};
use crate::{filter, massive};

fn row(ticker: &str, more: &str) -> String {
    format!(r#"{{"contract_type":"call","ticker":"{ticker}","underlying_ticker":"AAPL"{more}}}"#)
}

#[tokio::test]
async fn standard_contracts_are_listed_in_order() {
    let rows = [
        row("O:AAPL260724C00200000", r#","shares_per_contract":100"#),
        row("O:AAPL260717C00200000", r#","shares_per_contract":"100""#),
        row("O:AAPL260717C00200000", ""),
        row("O:AAPL1260717C00200000", ""),
        row("O:AAPL260717C00210000", r#","shares_per_contract":10"#),
        row(
            "O:AAPL260717C00220000",
            r#","additional_underlyings":[{"type":"equity"}]"#,
        ),
        row("O:AAPL260717P00200000", ""),
        row("O:AAPL260821C00200000", ""),
        row("nonsense", ""),
        "17".to_owned(),
    ];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let server = server(json(200, &page(&rows, None))).await;
    let calls = ContractFilter {
        right: Some(OptionRight::Call),
        ..filter()
    };
    let listed = massive(&server).contracts(&calls, asked()).await.unwrap();
    let expected = ["AAPL260717C00200000", "AAPL260724C00200000"].map(contract);
    assert_eq!(listed, expected);
    let asked_for = &requests(&server).await[0];
    for (name, value) in [
        ("underlying_ticker", "AAPL"),
        ("contract_type", "call"),
        ("expiration_date.gte", "2026-07-01"),
        ("expiration_date.lte", "2026-07-31"),
        ("expired", "false"),
        ("limit", "1000"),
    ] {
        assert_eq!(parameter(asked_for, name).as_deref(), Some(value), "{name}");
    }
}

#[tokio::test]
async fn a_stock_without_options_has_none() {
    for (status, body) in [
        (200, page(&[], None)),
        (200, r#"{"status":"OK","results":null}"#.to_owned()),
        (200, r#"{"status":"OK"}"#.to_owned()),
        (
            404,
            r#"{"status":"NOT_FOUND","message":"No such underlying."}"#.to_owned(),
        ),
    ] {
        let server = server(json(status, &body)).await;
        let listed = massive(&server).contracts(&filter(), asked()).await;
        assert_eq!(listed, Ok(Vec::new()), "{body}");
    }
    let unreadable = server(json(200, &page(&["17"], None))).await;
    let listed = massive(&unreadable).contracts(&filter(), asked()).await;
    assert_eq!(kind(&listed.unwrap_err()), "Malformed");
}

#[tokio::test]
async fn the_market_is_open_where_the_calendar_agrees() {
    let (session, evening) = ("2026-06-24T14:15:30Z", "2026-06-24T22:15:30Z");
    for (market, now, closes_at) in [
        ("open", session, Some("2026-06-24T20:00:00Z")),
        ("open", "2026-11-27T15:00:00Z", Some("2026-11-27T18:00:00Z")),
        ("open", evening, None),
        ("closed", session, None),
        ("extended-hours", evening, None),
        ("something-new", session, None),
    ] {
        let body = format!(
            r#"{{"market":"{market}","afterHours":false,"serverTime":"2026-06-24T10:15:22-04:00","exchanges":{{"nyse":"open"}}}}"#
        );
        let server = server(json(200, &body)).await;
        let clock = massive(&server).clock(asked_at(now)).await.unwrap();
        assert_eq!(clock.is_open, closes_at.is_some(), "{market} {now}");
        assert_eq!(clock.closes_at, closes_at.map(at), "{market} {now}");
        assert_eq!(clock.provenance.at, at("2026-06-24T14:15:22Z"));
        assert_eq!(
            requests(&server).await[0].url.path(),
            "/v1/marketstatus/now"
        );
    }
}

#[tokio::test]
async fn it_says_what_it_is() {
    let server = server(json(404, "{}")).await;
    let massive = massive(&server);
    assert_eq!(massive.name(), ProviderName::Massive);
    assert_eq!(massive.capabilities(), Capability::ALL);
    assert_eq!(
        kind(&massive.clock(asked()).await.unwrap_err()),
        "Unavailable"
    );
    let settings = market_data::provider::massive::MassiveSettings::default();
    assert_eq!(settings.base_url.as_str(), "https://api.massive.com/");
}
