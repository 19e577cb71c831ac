//! Bars, which are never in real time.

use domain::Timeframe;
use domain::quote::Timeliness;
use market_data::CandleRequest;
use market_data::provider::Provider;

use crate::app;
use crate::wire::{asked, at, json, kind, requests, server, symbol};

fn request(timeframe: &str, count: usize) -> CandleRequest {
    CandleRequest {
        symbol: symbol("AAPL"),
        timeframe: Timeframe::parse(timeframe).unwrap(),
        count,
    }
}

/// Bars of five minutes from 13:50 to 14:05 UTC.
const BARS: &str = r#"{"s":"ok","t":[1782309000,1782309300,1782309600],"o":[200,201,202],"h":[200.9,201.9,202.9],"l":[200,201,202],"c":[200.5,201.5,"202.5"],"v":[100,100,null]}"#;

#[tokio::test]
async fn bars_are_complete_up_to_a_quarter_of_an_hour_ago() {
    let server = server(json(203, BARS)).await;
    let set = app(&server)
        .candles(&request("5m", 2), asked())
        .await
        .unwrap();
    let starts: Vec<_> = set.candles.iter().map(|bar| bar.start).collect();
    assert_eq!(
        starts,
        ["2026-06-24T13:50:00Z", "2026-06-24T13:55:00Z"].map(at)
    );
    assert_eq!(set.provenance.timeliness, Timeliness::Delayed);
    assert_eq!(set.provenance.at, at("2026-06-24T14:00:00Z"));
    let asked_for = &requests(&server).await[0];
    assert_eq!(asked_for.url.path(), "/v1/stocks/candles/5/AAPL/");
    assert_eq!(asked_for.url.query(), Some("from=2026-06-24&to=2026-06-24"));
}

#[tokio::test]
async fn no_more_than_a_year_of_bars_within_the_day_is_asked_for() {
    let server = server(json(404, r#"{"s":"no_data","nextTime":1782187200}"#)).await;
    let app = app(&server);
    for (timeframe, count, from) in [("4h", 5_000, "2025-06-25"), ("D", 3, "2026-06-18")] {
        let set = app
            .candles(&request(timeframe, count), asked())
            .await
            .unwrap();
        assert!(set.candles.is_empty());
        let query = requests(&server)
            .await
            .last()
            .unwrap()
            .url
            .query()
            .unwrap()
            .to_owned();
        assert!(query.starts_with(&format!("from={from}&")), "{query}");
    }
}

#[tokio::test]
async fn bars_may_be_missing_but_not_unreadable() {
    for (columns, expected) in [
        (
            r#""t":[1782309300],"o":[null],"h":[null],"l":[null],"c":[null],"v":[null]"#,
            Ok(0),
        ),
        (r#""t":[1782309300],"o":[1],"h":[1],"l":[1],"c":[1]"#, Ok(1)),
        (
            r#""t":[1782309300],"o":["x"],"h":[1],"l":[1],"c":[1]"#,
            Err("Malformed"),
        ),
        (
            r#""t":[1782309300],"o":[-1],"h":[1],"l":[1],"c":[1]"#,
            Err("Malformed"),
        ),
        (
            r#""t":[null],"o":[1],"h":[1],"l":[1],"c":[1]"#,
            Err("Malformed"),
        ),
        (
            r#""t":[1782309300],"o":[1],"h":[1],"l":[1],"c":[1],"v":[-1]"#,
            Err("Malformed"),
        ),
        (
            r#""t":[1782309300],"o":[1,2],"h":[1],"l":[1],"c":[1]"#,
            Err("Malformed"),
        ),
    ] {
        let server = server(json(200, &format!("{{{columns}}}"))).await;
        let set = app(&server).candles(&request("5m", 2), asked()).await;
        let found = set
            .map(|set| set.candles.len())
            .map_err(|error| kind(&error));
        assert_eq!(found, expected.map_err(str::to_owned), "{columns}");
    }
}
