//! Bars: what is asked for, and what becomes of it.

use domain::Timeframe;
use domain::quote::Timeliness;
use market_data::CandleRequest;
use market_data::provider::Provider;
use market_data::provider::alpaca::{OptionFeed, StockFeed};

use super::contracts::paging_server;
use super::wire::{asked, at, json, kind, parameter, price, requests, server, symbol};
use super::{alpaca, alpaca_of_feeds};

fn request(timeframe: &str, count: usize) -> CandleRequest {
    CandleRequest {
        symbol: symbol("AAPL"),
        timeframe: Timeframe::parse(timeframe).unwrap(),
        count,
    }
}

fn bar(start: &str, close: &str) -> String {
    format!(
        r#"{{"t":"{start}","o":200.1,"h":201.4,"l":"199.8","c":{close},"v":1000,"n":9,"vw":200}}"#
    )
}

fn bars(bars: &[String], next: &str) -> String {
    let bars = bars.join(",");
    format!(r#"{{"bars":[{bars}],"symbol":"AAPL","next_page_token":{next}}}"#)
}

#[tokio::test]
async fn bars_of_an_hour_are_made_of_halves_of_the_session() {
    let given = [
        bar("2026-06-24T14:00:00Z", "201.3"),
        bar("2026-06-24T13:30:00Z", "200.9"),
        bar("2026-06-24T13:00:00Z", "200.5"),
        bar("2026-06-23T20:00:00Z", "200.2"),
        bar("2026-06-23T19:30:00Z", "200.7"),
        bar("2026-06-23T19:00:00Z", "200.3"),
        bar("2026-06-23T18:30:00Z", "200.4"),
    ];
    let server = server(json(200, &bars(&given, "null"))).await;
    let answer = alpaca(&server).candles(&request("1h", 2), asked()).await;
    let set = answer.unwrap();
    let told: Vec<_> = set.candles.iter().map(|it| (it.start, it.close)).collect();
    let expected = [
        (at("2026-06-23T18:30:00Z"), price("200.3")),
        (at("2026-06-23T19:30:00Z"), price("200.7")),
    ];
    assert_eq!(told, expected);
    assert!((set.candles[0].volume - 2000.0).abs() < 1e-9);
    assert_eq!(set.provenance.at, at("2026-06-23T20:00:00Z"));
    assert_eq!(set.provenance.timeliness, Timeliness::RealTime);

    let request = &requests(&server).await[0];
    assert_eq!(request.url.path(), "/v2/stocks/AAPL/bars");
    for (name, value) in [
        ("timeframe", "30Min"),
        ("start", "2026-06-23"),
        ("end", "2026-06-24T14:15:30Z"),
        ("limit", "10000"),
        ("adjustment", "split"),
        ("feed", "iex"),
    ] {
        assert_eq!(parameter(request, name).unwrap(), value);
    }
}

#[tokio::test]
async fn every_length_is_asked_for_in_bars_that_fit() {
    for (timeframe, asked_for) in [
        ("1m", "1Min"),
        ("3m", "1Min"),
        ("5m", "5Min"),
        ("15m", "15Min"),
        ("45m", "15Min"),
        ("30m", "30Min"),
        ("4h", "30Min"),
        ("1d", "1Day"),
        ("1w", "1Day"),
    ] {
        let given = [bar("2026-06-23T13:30:00Z", "200.9")];
        let server = server(json(200, &bars(&given, "null"))).await;
        let answer = alpaca(&server)
            .candles(&request(timeframe, 3), asked())
            .await;
        answer.unwrap();
        let request = &requests(&server).await[0];
        assert_eq!(parameter(request, "timeframe").unwrap(), asked_for);
    }
    let server = server(json(200, "{}")).await;
    let answer = alpaca(&server).candles(&request("30S", 3), asked()).await;
    assert_eq!(kind(&answer.unwrap_err()), "NotOffered");
    assert!(requests(&server).await.is_empty());
}

#[tokio::test]
async fn late_prices_are_bars_of_all_exchanges_up_to_a_quarter_of_an_hour_ago() {
    let given = [bar("2026-06-24T13:55:00Z", "200.9")];
    let server = server(json(200, &bars(&given, "null"))).await;
    let provider = alpaca_of_feeds(&server, StockFeed::DelayedSip, OptionFeed::Indicative);
    let set = provider.candles(&request("5m", 1), asked()).await.unwrap();
    assert_eq!(set.provenance.timeliness, Timeliness::Delayed);
    assert_eq!(set.candles.len(), 1);
    let request = &requests(&server).await[0];
    assert_eq!(parameter(request, "feed").unwrap(), "sip");
    assert_eq!(parameter(request, "end").unwrap(), "2026-06-24T14:00:00Z");
}

#[tokio::test]
async fn pages_are_put_together_and_no_bar_counts_twice() {
    let server = paging_server(|number| {
        let (newer, next) = [("14:05", r#""1""#), ("14:00", "null")][number as usize];
        let older = ["14:00", "13:55"][number as usize];
        let given = [newer, older].map(|time| bar(&format!("2026-06-24T{time}:00Z"), "200.9"));
        json(200, &bars(&given, next))
    })
    .await;
    let answer = alpaca(&server).candles(&request("5m", 4), asked()).await;
    let volumes: Vec<f64> = answer.unwrap().candles.iter().map(|it| it.volume).collect();
    assert_eq!(volumes, [1000.0, 1000.0, 1000.0]);
}

#[tokio::test]
async fn no_bars_at_all_are_no_such_stock() {
    for body in [
        r#"{"bars":null,"symbol":"AAPL","next_page_token":null}"#,
        r#"{"bars":[]}"#,
    ] {
        let server = server(json(200, body)).await;
        let answer = alpaca(&server).candles(&request("5m", 3), asked()).await;
        assert_eq!(kind(&answer.unwrap_err()), "UnknownSymbol", "{body}");
    }
}

#[tokio::test]
async fn bars_that_can_t_be_are_refused() {
    let good = bar("2026-06-24T14:00:00Z", "200.9");
    for (what, body) in [
        (
            "a close above the high",
            bars(&[bar("2026-06-24T14:00:00Z", "300")], "null"),
        ),
        (
            "a price of null",
            bars(&[bar("2026-06-24T14:00:00Z", "null")], "null"),
        ),
        (
            "a price below zero",
            bars(&[bar("2026-06-24T14:00:00Z", "-1")], "null"),
        ),
        ("a time that is none", bars(&[bar("noon", "200.9")], "null")),
        ("a bar of null", bars(&["null".to_owned()], "null")),
        (
            "another stock",
            bars(&[good], "null").replace("AAPL", "MSFT"),
        ),
        ("another shape", r#"{"bars":{"AAPL":[]}}"#.to_owned()),
    ] {
        let server = server(json(200, &body)).await;
        let answer = alpaca(&server).candles(&request("5m", 3), asked()).await;
        assert_eq!(kind(&answer.unwrap_err()), "Malformed", "{what}");
    }
}
