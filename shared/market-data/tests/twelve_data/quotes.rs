//! Last prices: one symbol and several have different shapes, and each symbol fails by itself.

use domain::Symbol;
use domain::quote::{QuoteBasis, StockQuote, Timeliness};
use market_data::provider::Provider;
use market_data::{Batch, MarketError};

use super::wire::{
    SECRET, asked, at, json, kind, notes, parameter, price, requests, server, symbol, symbols,
};
use super::{twelve_data, with};

/// A row as Twelve Data writes it, with the second of its last quote.
pub(super) fn row(name: &str, close: &str, last_quote_at: &str) -> String {
    format!(
        r#"{{"symbol":"{name}","name":"A company","exchange":"NASDAQ","mic_code":"XNGS","currency":"USD","datetime":"2026-06-24","timestamp":1782307800,"last_quote_at":{last_quote_at},"open":"200.10","high":"203.40","low":"199.80","close":{close},"volume":"5023345","previous_close":"200.00","is_market_open":true,"fifty_two_week":{{"low":"164.08"}}}}"#
    )
}

/// A few seconds before every question.
const RECENT: &str = "1782310500";

async fn told(body: &str, names: &[&str]) -> Result<Batch<Symbol, StockQuote>, MarketError> {
    let server = server(json(200, body)).await;
    twelve_data(&server).quotes(&symbols(names), asked()).await
}

#[tokio::test]
async fn one_symbol_s_answer_is_its_row() {
    let body = row("AAPL", r#""201.13""#, RECENT);
    let batch = told(&body, &["AAPL"]).await.unwrap();
    let quote = &batch.found[&symbol("AAPL")];
    assert_eq!(
        (quote.sides.bid, quote.sides.ask),
        (price("201.13"), price("201.13"))
    );
    assert_eq!(quote.basis, QuoteBasis::OnePrice);
    assert_eq!(quote.provenance.provider, "twelvedata");
    assert_eq!(quote.provenance.at, at("2026-06-24T14:15:00Z"));
    assert_eq!(quote.provenance.timeliness, Timeliness::RealTime);
}

#[tokio::test]
async fn several_symbols_stand_under_their_names() {
    let bad = r#"{"code":404,"message":"**symbol** not found: NIKK.","status":"error","meta":{"symbol":"NIKK"}}"#;
    let poor = r#"{"code":403,"message":"available exclusively with pro plans","status":"error"}"#;
    let apple = row("AAPL", "201.13", RECENT);
    let wrong = row("IBM", "201.13", RECENT);
    let body = format!(
        r#"{{"AAPL":{apple},"NIKK":{bad},"VIX":{poor},"MSFT":{wrong},"QQQ":null,"SPY":{{"close":"much"}}}}"#
    );
    let names = ["SPY", "AAPL", "NIKK", "VIX", "MSFT", "QQQ", "TSLA"];
    let batch = told(&body, &names).await.unwrap();
    assert_eq!(batch.found.len(), 1);
    assert_eq!(batch.found[&symbol("AAPL")].sides.bid, price("201.13"));
    for (name, error) in [
        ("NIKK", "UnknownSymbol"),
        ("VIX", "NotEntitled"),
        ("MSFT", "UnknownSymbol"),
        ("QQQ", "UnknownSymbol"),
        ("SPY", "Malformed"),
        ("TSLA", "UnknownSymbol"),
    ] {
        assert_eq!(kind(&batch.failed[&symbol(name)]), error, "{name}");
    }
}

#[tokio::test]
async fn one_symbol_under_its_name_is_read_too() {
    let body = format!(r#"{{"AAPL":{}}}"#, row("AAPL", r#""201.13""#, RECENT));
    let batch = told(&body, &["AAPL"]).await.unwrap();
    assert_eq!(batch.found.len(), 1);
}

#[tokio::test]
async fn the_only_symbol_that_isn_t_known_is_an_answer() {
    for code in [400, 404] {
        let body = format!(
            r#"{{"code":{code},"message":"**symbol** not found: NIKK. Please specify it correctly.","status":"error"}}"#
        );
        for status in [200, code] {
            let server = server(json(status, &body)).await;
            let notes = notes();
            let provider = with(
                super::base(&server),
                std::time::Duration::from_secs(3),
                &notes,
            );
            let batch = provider.quotes(&symbols(&["NIKK"]), asked()).await.unwrap();
            assert_eq!(kind(&batch.failed[&symbol("NIKK")]), "UnknownSymbol");
            assert!(notes.failures().is_empty());
        }
    }
}

#[tokio::test]
async fn the_time_is_the_last_quote_s_and_else_the_bar_s() {
    let late = "1782309600";
    for (last_quote_at, at_expected, timeliness) in [
        (RECENT, "2026-06-24T14:15:00Z", Timeliness::RealTime),
        (
            r#""1782310500""#,
            "2026-06-24T14:15:00Z",
            Timeliness::RealTime,
        ),
        (late, "2026-06-24T14:00:00Z", Timeliness::Delayed),
        ("null", "2026-06-24T13:30:00Z", Timeliness::Delayed),
    ] {
        let body = row("AAPL", r#""201.13""#, last_quote_at);
        let batch = told(&body, &["AAPL"]).await.unwrap();
        let provenance = &batch.found[&symbol("AAPL")].provenance;
        assert_eq!(provenance.at, at(at_expected), "{last_quote_at}");
        assert_eq!(provenance.timeliness, timeliness, "{last_quote_at}");
    }
}

#[tokio::test]
async fn a_price_that_can_t_be_costs_its_symbol() {
    for close in [
        r#""0""#, r#""-1""#, r#""NaN""#, "null", r#""""#, "{}", "1e300",
    ] {
        let body = format!(
            r#"{{"AAPL":{},"SPY":{}}}"#,
            row("AAPL", close, RECENT),
            row("SPY", r#""612.4""#, RECENT)
        );
        let batch = told(&body, &["AAPL", "SPY"]).await.unwrap();
        assert_eq!(batch.found.len(), 1, "{close}");
        assert_eq!(kind(&batch.failed[&symbol("AAPL")]), "Malformed", "{close}");
        let alone = told(&row("AAPL", close, RECENT), &["AAPL"]).await.unwrap();
        assert_eq!(kind(&alone.failed[&symbol("AAPL")]), "Malformed", "{close}");
    }
}

#[tokio::test]
async fn the_key_goes_into_a_header_and_each_symbol_costs_one() {
    let server = server(json(200, "{}").insert_header("api-credits-left", "5")).await;
    let notes = notes();
    let provider = with(
        super::base(&server),
        std::time::Duration::from_secs(3),
        &notes,
    );
    let batch = provider
        .quotes(&symbols(&["SPY", "QQQ", "SPY"]), asked())
        .await;
    assert_eq!(batch.unwrap().failed.len(), 2);
    assert_eq!(provider.calls_left(), Some(5));
    assert_eq!(notes.intended()[0].cost, 2);
    let request = &requests(&server).await[0];
    let authorization = request.headers["authorization"].to_str().unwrap();
    assert_eq!(authorization, format!("apikey {SECRET}"));
    assert_eq!(request.url.path(), "/quote");
    assert_eq!(request.url.query(), Some("symbol=QQQ,SPY"));
}

#[tokio::test]
async fn symbols_are_asked_a_hundred_and_twenty_at_a_time() {
    for (count, calls) in [(0, 0), (1, 1), (120, 1), (121, 2), (250, 3)] {
        let server = server(json(200, "{}")).await;
        let names: Vec<String> = (0..count).map(|number| format!("S{number}")).collect();
        let keys: Vec<Symbol> = names.iter().map(|name| symbol(name)).collect();
        let batch = twelve_data(&server).quotes(&keys, asked()).await;
        assert_eq!(batch.unwrap().failed.len(), count);
        let requests = requests(&server).await;
        assert_eq!(requests.len(), calls, "{count}");
        for request in &requests {
            let names = parameter(request, "symbol").unwrap();
            assert!(names.split(',').count() <= 120);
        }
    }
}
