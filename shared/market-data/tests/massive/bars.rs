//! Bars.

use domain::Timeframe;
use domain::quote::Timeliness;
use market_data::CandleRequest;
use market_data::provider::Provider;

use crate::massive;
use crate::wire::{asked, at, json, kind, price, requests, server, symbol};

fn request(timeframe: &str) -> CandleRequest {
    CandleRequest {
        symbol: symbol("AAPL"),
        timeframe: Timeframe::parse(timeframe).unwrap(),
        count: 2,
    }
}

/// Bars of five minutes from 13:50 to 14:20 UTC, each a dollar above the one before.
fn body(status: &str) -> String {
    let rows: Vec<String> = (0..6)
        .map(|it| {
            let (t, low) = (1_782_309_000_000_i64 + it * 300_000, 200 + it);
            format!(r#"{{"o":{low},"h":{low}.9,"l":{low},"c":"{low}.5","v":1e2,"vw":201,"n":5,"t":{t}}}"#)
        })
        .collect();
    let rows = rows.join(",");
    format!(r#"{{"ticker":"AAPL","adjusted":true,"status":"{status}","results":[{rows}]}}"#)
}

#[tokio::test]
async fn bars_that_have_closed_are_given_as_late_as_the_plan_has_them() {
    for (status, starts, timeliness) in [
        (
            "OK",
            ["2026-06-24T14:05:00Z", "2026-06-24T14:10:00Z"],
            Timeliness::RealTime,
        ),
        (
            "DELAYED",
            ["2026-06-24T13:50:00Z", "2026-06-24T13:55:00Z"],
            Timeliness::Delayed,
        ),
    ] {
        let server = server(json(200, &body(status))).await;
        let set = massive(&server)
            .candles(&request("5m"), asked())
            .await
            .unwrap();
        let given: Vec<_> = set.candles.iter().map(|bar| bar.start).collect();
        assert_eq!(given, starts.map(at));
        assert_eq!(set.provenance.timeliness, timeliness);
        assert!((set.candles[0].volume - 100.0).abs() < 1e-9);
        let asked_for = &requests(&server).await[0];
        assert_eq!(
            asked_for.url.path(),
            "/v2/aggs/ticker/AAPL/range/5/minute/2026-06-24/2026-06-24"
        );
        assert_eq!(
            asked_for.url.query(),
            Some("adjusted=true&sort=asc&limit=50000")
        );
    }
}

#[tokio::test]
async fn days_begin_at_midnight_in_new_york() {
    let rows = r#"{"o":200.1,"h":203.4,"l":199.8,"c":202.5,"v":50233451.0,"t":1782187200000}"#;
    let server = server(json(
        200,
        &format!(r#"{{"status":"OK","results":[{rows}]}}"#),
    ))
    .await;
    let set = massive(&server)
        .candles(&request("D"), asked())
        .await
        .unwrap();
    assert_eq!(set.candles[0].start, at("2026-06-23T04:00:00Z"));
    assert_eq!(set.candles[0].close, price("202.5"));
    let path = requests(&server).await[0].url.path().to_owned();
    assert_eq!(
        path,
        "/v2/aggs/ticker/AAPL/range/1/day/2026-06-22/2026-06-24"
    );
}

#[tokio::test]
async fn bars_may_be_missing_but_not_unreadable() {
    for (rows, expected) in [
        ("null", Ok(0)),
        ("[]", Ok(0)),
        (
            r#"[{"t":1782310200000,"o":null,"h":null,"l":null,"c":null,"v":0}]"#,
            Ok(0),
        ),
        (r#"[{"t":1782310200000,"o":1,"h":1,"l":1,"c":1}]"#, Ok(1)),
        (
            r#"[{"t":1782310200000,"o":"x","h":1,"l":1,"c":1}]"#,
            Err("Malformed"),
        ),
        (
            r#"[{"t":1782310200000,"o":-1,"h":1,"l":1,"c":1}]"#,
            Err("Malformed"),
        ),
        (
            r#"[{"t":1782310200000,"o":1,"h":1,"l":1,"c":1,"v":-1}]"#,
            Err("Malformed"),
        ),
        (
            r#"[{"t":1782310200000,"o":2,"h":1,"l":1,"c":1,"v":1}]"#,
            Err("Malformed"),
        ),
        (
            r#"[{"t":null,"o":1,"h":1,"l":1,"c":1,"v":1}]"#,
            Err("Malformed"),
        ),
    ] {
        let server = server(json(200, &format!(r#"{{"status":"OK","results":{rows}}}"#))).await;
        let set = massive(&server).candles(&request("5m"), asked()).await;
        let found = set
            .map(|set| set.candles.len())
            .map_err(|error| kind(&error));
        assert_eq!(found, expected.map_err(str::to_owned), "{rows}");
    }
}

#[tokio::test]
async fn nobody_has_bars_of_seconds() {
    let server = server(json(200, "{}")).await;
    let refused = massive(&server).candles(&request("30s"), asked()).await;
    assert_eq!(kind(&refused.unwrap_err()), "NotOffered");
    assert!(requests(&server).await.is_empty());
}
