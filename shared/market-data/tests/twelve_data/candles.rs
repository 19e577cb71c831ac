//! Bars: what is asked for, and what becomes of it.

use domain::Timeframe;
use market_data::CandleRequest;
use market_data::provider::Provider;

use super::twelve_data;
use super::wire::{asked, at, json, kind, parameter, price, requests, server, symbol};

fn request(timeframe: &str, count: usize) -> CandleRequest {
    CandleRequest {
        symbol: symbol("AAPL"),
        timeframe: Timeframe::parse(timeframe).unwrap(),
        count,
    }
}

pub(super) fn bar(datetime: &str, close: &str) -> String {
    format!(
        r#"{{"datetime":"{datetime}","open":"201.00","high":"201.20","low":"200.90","close":{close},"volume":"15233"}}"#
    )
}

pub(super) fn series(bars: &[String]) -> String {
    let bars = bars.join(",");
    format!(
        r#"{{"meta":{{"symbol":"AAPL","interval":"5min","currency":"USD","exchange_timezone":"America/New_York","type":"Common Stock"}},"values":[{bars}],"status":"ok"}}"#
    )
}

#[tokio::test]
async fn bars_are_read_and_the_running_one_is_dropped() {
    let given = [
        bar("2026-06-24 14:15:00", r#""201.15""#),
        bar("2026-06-24 14:10:00", r#""201.10""#),
        bar("2026-06-24 14:05:00", "201.05"),
    ];
    let server = server(json(200, &series(&given))).await;
    let answer = twelve_data(&server)
        .candles(&request("5m", 3), asked())
        .await;
    let set = answer.unwrap();
    let told: Vec<_> = set.candles.iter().map(|it| (it.start, it.close)).collect();
    let expected = [
        (at("2026-06-24T14:05:00Z"), price("201.05")),
        (at("2026-06-24T14:10:00Z"), price("201.10")),
    ];
    assert_eq!(told, expected);
    assert_eq!(set.provenance.at, at("2026-06-24T14:15:00Z"));
    let request = &requests(&server).await[0];
    assert_eq!(request.url.path(), "/time_series");
    for (name, value) in [
        ("symbol", "AAPL"),
        ("interval", "5min"),
        ("start_date", "2026-06-24"),
        ("outputsize", "5000"),
        ("timezone", "UTC"),
        ("order", "asc"),
    ] {
        assert_eq!(parameter(request, name).unwrap(), value);
    }
}

#[tokio::test]
async fn days_are_dates_of_new_york() {
    let given = [
        bar("2026-06-22", r#""201""#),
        bar("2026-06-23", r#""201.1""#),
        bar("2026-06-24", r#""201.15""#),
    ];
    let server = server(json(200, &series(&given))).await;
    let answer = twelve_data(&server)
        .candles(&request("1d", 2), asked())
        .await;
    let set = answer.unwrap();
    let starts: Vec<_> = set.candles.iter().map(|it| it.start).collect();
    assert_eq!(
        starts,
        [at("2026-06-22T04:00:00Z"), at("2026-06-23T04:00:00Z")]
    );
    let request = &requests(&server).await[0];
    assert_eq!(parameter(request, "interval").unwrap(), "1day");
    assert_eq!(parameter(request, "start_date").unwrap(), "2026-06-22");
}

/// Five thousand minutes are not quite thirteen sessions, so the oldest are given up.
#[tokio::test]
async fn no_more_is_asked_for_than_one_answer_has_room_for() {
    let given = [bar("2026-06-24 14:10:00", r#""201.10""#)];
    for (timeframe, count, from) in [
        ("1m", 5000, "2026-06-08"),
        ("1m", 10, "2026-06-24"),
        ("30m", 26, "2026-06-22"),
        ("1d", 3, "2026-06-18"),
    ] {
        let body = series(&given).replace(
            " 14:10:00",
            if timeframe == "1d" { "" } else { " 14:10:00" },
        );
        let server = server(json(200, &body)).await;
        let provider = twelve_data(&server);
        let answer = provider.candles(&request(timeframe, count), asked()).await;
        answer.unwrap();
        let request = &requests(&server).await[0];
        assert_eq!(
            parameter(request, "start_date").unwrap(),
            from,
            "{timeframe}"
        );
    }
}

#[tokio::test]
async fn a_volume_may_be_absent() {
    let given = [bar("2026-06-24 14:05:00", r#""201.1""#).replace(r#","volume":"15233""#, "")];
    let server = server(json(200, &series(&given))).await;
    let answer = twelve_data(&server)
        .candles(&request("5m", 3), asked())
        .await;
    assert!(answer.unwrap().candles[0].volume.abs() < 1e-9);
}

#[tokio::test]
async fn bars_that_can_t_be_are_refused() {
    let good = bar("2026-06-24 14:05:00", r#""201.1""#);
    for (body, expected) in [
        (
            series(&[bar("2026-06-24 14:05:00", r#""300""#)]),
            "Malformed",
        ),
        (series(&[bar("2026-06-24 14:05:00", "null")]), "Malformed"),
        (series(&[bar("2026-06-24", r#""201.1""#)]), "Malformed"),
        (
            series(&[bar("+90000-06-24 14:05:00", r#""201.1""#)]),
            "Malformed",
        ),
        (series(&["null".to_owned()]), "Malformed"),
        (series(&[good]).replace("AAPL", "MSFT"), "Malformed"),
        (r#"{"status":"ok"}"#.to_owned(), "Malformed"),
        (series(&[]), "UnknownSymbol"),
        (
            r#"{"values":null,"status":"ok"}"#.to_owned(),
            "UnknownSymbol",
        ),
    ] {
        let server = server(json(200, &body)).await;
        let answer = twelve_data(&server)
            .candles(&request("5m", 3), asked())
            .await;
        assert_eq!(kind(&answer.unwrap_err()), expected, "{body}");
    }
}
