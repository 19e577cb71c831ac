//! Prices of stocks and contracts, and the market's clock.

use domain::quote::{QuoteBasis, Timeliness};
use market_data::provider::{Capability, Provider, ProviderName};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request};

use crate::wire::{
    SECRET, asked, asked_at, at, base, contract, json, kind, notes, parameter, price, requests,
    server, symbol, symbols,
};
use crate::{app, at_address};

const STOCKS: &str = r#"{"s":"ok","symbol":["MSFT","AAPL"],"ask":[480.2,"201.15"],"askSize":[200,100],"bid":[480.1,201.11],"bidSize":[300,100],"mid":[480.15,201.13],"last":[null,201.13],"change":[null,1.1],"volume":[2100334,5023345],"updated":[1782309000,1782310522]}"#;

#[tokio::test]
async fn stocks_are_matched_by_symbol_and_late_by_age() {
    for status in [200, 203] {
        let server =
            server(json(status, STOCKS).insert_header("x-api-ratelimit-remaining", "97")).await;
        let notes = notes();
        let app = at_address(base(&server), &notes.gate());
        let batch = app
            .quotes(&symbols(&["AAPL", "MSFT", "GONE"]), asked())
            .await
            .unwrap();
        let apple = &batch.found[&symbol("AAPL")];
        assert_eq!(
            (apple.sides.bid, apple.sides.ask),
            (price("201.11"), price("201.15"))
        );
        assert_eq!(apple.provenance.at, at("2026-06-24T14:15:22Z"));
        assert_eq!(apple.provenance.timeliness, Timeliness::RealTime);
        assert_eq!(apple.provenance.provider, "marketdata");
        let microsoft = &batch.found[&symbol("MSFT")];
        assert_eq!(microsoft.sides.bid, price("480.1"));
        assert_eq!(microsoft.provenance.timeliness, Timeliness::Delayed);
        assert_eq!(kind(&batch.failed[&symbol("GONE")]), "UnknownSymbol");
        assert_eq!((app.calls_left(), notes.intended()[0].cost), (Some(97), 1));
        let asked_for = &requests(&server).await[0];
        assert_eq!(asked_for.url.path(), "/v1/stocks/quotes/");
        assert_eq!(asked_for.url.query(), Some("symbols=AAPL,GONE,MSFT"));
        assert_eq!(
            asked_for.headers["authorization"],
            format!("Bearer {SECRET}")
        );
    }
}

#[tokio::test]
async fn a_row_s_fault_costs_no_other() {
    let body = r#"{"symbol":["A","B","C","D","E",null],"bid":[1,null,null,3,{},1],"ask":[2,null,null,2,2,1],"last":[1,7,null,1,null,1],"updated":[1782310522,1782310522,1782310522,1782310522,null,1]}"#;
    let server = server(json(200, body)).await;
    let batch = app(&server)
        .quotes(&symbols(&["A", "B", "C", "D", "E"]), asked())
        .await
        .unwrap();
    assert_eq!(
        batch.found.keys().collect::<Vec<_>>(),
        [&symbol("A"), &symbol("B")]
    );
    let one = &batch.found[&symbol("B")];
    assert_eq!(
        (one.sides.bid, one.sides.ask, one.basis),
        (price("7"), price("7"), QuoteBasis::OnePrice)
    );
    assert!(
        batch
            .failed
            .values()
            .all(|error| kind(error) == "Malformed")
    );
}

#[tokio::test]
async fn nothing_found_is_no_failure_of_the_call() {
    for (status, body) in [
        (404, r#"{"s":"no_data","errmsg":"None."}"#),
        (200, r#"{"s":"no_data"}"#),
        (204, ""),
        (200, r#"{"s":"ok","symbol":[]}"#),
        (200, "{}"),
    ] {
        let server = server(json(status, body)).await;
        let batch = app(&server)
            .quotes(&symbols(&["GONE"]), asked())
            .await
            .unwrap();
        assert_eq!(
            kind(&batch.failed[&symbol("GONE")]),
            "UnknownSymbol",
            "{status} {body}"
        );
    }
}

#[tokio::test]
async fn many_symbols_keep_the_request_s_line_short() {
    let server = server(json(404, r#"{"s":"no_data"}"#)).await;
    let many: Vec<_> = (0..1_000)
        .map(|it| symbol(&format!("SYM{it:04}")))
        .collect();
    let batch = app(&server).quotes(&many, asked()).await.unwrap();
    assert_eq!(batch.failed.len(), 1_000);
    let asked_for = requests(&server).await;
    assert_eq!(asked_for.len(), 3);
    assert!(
        asked_for
            .iter()
            .all(|request| request.url.as_str().len() < 4_000)
    );
}

/// Answers every filtered chain with the contracts that were asked for; puts fail.
fn filtered(request: &Request) -> wiremock::ResponseTemplate {
    if parameter(request, "side").unwrap() == "put" {
        return json(500, "<html>");
    }
    let date = parameter(request, "expiration").unwrap().replace('-', "");
    let strikes = parameter(request, "strike").unwrap();
    let names: Vec<String> = strikes
        .split(',')
        .map(|strike| {
            let thousandths = strike.parse::<f64>().unwrap() * 1000.0;
            format!("\"AAPL{}C{thousandths:08}\"", &date[2..])
        })
        .collect();
    let column = |value: &str| vec![value; names.len()].join(",");
    let body = format!(
        r#"{{"s":"ok","optionSymbol":[{}],"bid":[{}],"bidSize":[{}],"ask":[{}],"updated":[{}]}}"#,
        names.join(","),
        column("5.1"),
        column("12"),
        column("5.25"),
        column("1782310520")
    );
    json(200, &body)
}

#[tokio::test]
async fn contracts_are_asked_by_class_and_a_failed_class_fails_alone() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(filtered)
        .mount(&server)
        .await;
    let calls = [
        "AAPL260717C00200000",
        "AAPL260717C00202500",
        "AAPL260724C00200000",
    ]
    .map(contract);
    let puts = ["AAPL260717P00200000"].map(contract);
    let notes = notes();
    let app = at_address(base(&server), &notes.gate());
    let batch = app
        .option_quotes(&[calls.to_vec(), puts.to_vec()].concat(), asked())
        .await
        .unwrap();
    assert_eq!(batch.found.keys().cloned().collect::<Vec<_>>(), calls);
    assert_eq!(kind(&batch.failed[&puts[0]]), "Unavailable");
    let quote = &batch.found[&calls[0]];
    assert_eq!(
        (quote.sides.bid, quote.sides.ask),
        (price("5.1"), price("5.25"))
    );
    assert_eq!((quote.bid_size, quote.ask_size), (12, 0));
    let mut asked_for: Vec<String> = requests(&server)
        .await
        .iter()
        .map(|it| it.url.query().unwrap().to_owned())
        .collect();
    asked_for.sort();
    assert_eq!(
        asked_for,
        [
            "expiration=2026-07-17&side=call&strike=200,202.5",
            "expiration=2026-07-17&side=put&strike=200",
            "expiration=2026-07-24&side=call&strike=200",
        ]
    );
    assert_eq!(
        requests(&server).await[0].url.path(),
        "/v1/options/chain/AAPL/"
    );
    assert_eq!(notes.intended().iter().map(|it| it.cost).sum::<u32>(), 3);
}

#[tokio::test]
async fn the_hours_are_the_calendar_s_and_the_day_is_theirs() {
    let body =
        |status: &str, date: i64| format!(r#"{{"s":"ok","date":[{date}],"status":[{status}]}}"#);
    let (june, november) = (1_782_273_600, 1_795_755_600);
    for (status, date, now, closes_at) in [
        (
            "\"open\"",
            june,
            "2026-06-24T14:15:30Z",
            Some("2026-06-24T20:00:00Z"),
        ),
        ("\"closed\"", june, "2026-06-24T14:15:30Z", None),
        ("\"open\"", june, "2026-06-24T21:15:30Z", None),
        (
            "\"open\"",
            november,
            "2026-11-27T15:00:00Z",
            Some("2026-11-27T18:00:00Z"),
        ),
        ("\"open\"", november, "2026-11-27T18:00:00Z", None),
    ] {
        let server = server(json(200, &body(status, date))).await;
        let clock = app(&server).clock(asked_at(now)).await.unwrap();
        assert_eq!(clock.closes_at, closes_at.map(at), "{status} {now}");
        assert_eq!(clock.is_open, closes_at.is_some());
        let asked_for = &requests(&server).await[0];
        assert_eq!(asked_for.url.path(), "/v1/markets/status/");
        assert_eq!(parameter(asked_for, "date").as_deref(), Some(&now[..10]));
    }
    for untold in [
        body("null", june),
        body("\"open\"", november),
        r#"{"s":"no_data"}"#.to_owned(),
    ] {
        let server = server(json(200, &untold)).await;
        assert_eq!(
            kind(&app(&server).clock(asked()).await.unwrap_err()),
            "Malformed",
            "{untold}"
        );
    }
}

#[tokio::test]
async fn it_says_what_it_is() {
    let server = server(json(404, "{}")).await;
    let app = app(&server);
    assert_eq!(
        (app.name(), app.calls_left()),
        (ProviderName::MarketData, None)
    );
    assert_eq!(app.capabilities(), Capability::ALL);
    let settings = market_data::provider::market_data_app::MarketDataAppSettings::default();
    assert_eq!(settings.base_url.as_str(), "https://api.marketdata.app/");
}
