//! Prices of stocks and contracts: what is read, in how many requests, and what a bad one costs.

use std::fmt::Write;

use domain::quote::{BidAsk, QuoteBasis, Timeliness};
use market_data::MarketError;
use market_data::provider::Provider;
use market_data::provider::alpaca::{OptionFeed, StockFeed};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::wire::{
    SECRET, asked, at, contract, json, kind, parameter, price, requests, server, symbol, symbols,
};
use super::{KEY_ID, alpaca, alpaca_of_feeds, contract_names};

const STOCKS: &str = r#"{"quotes":{
  "AAPL":{"t":"2026-06-24T14:15:22.123456789Z","bx":"V","bp":201.11,"bs":300,"ax":"V","ap":201.15,"as":200,"c":["R"],"z":"C"},
  "MSFT":{"t":"2026-06-24T14:15:21Z","bp":"480.5","ap":"480.75"},
  "SPY":{"t":"2026-06-24T14:15:22.12Z","bx":"V","bp":0,"bs":0,"ax":"V","ap":612.4,"as":100,"c":["R"],"z":"B"},
  "QQQ":{"t":null,"bp":500.1,"ap":500.2},
  "IWM":null,
  "TSLA":{"t":"2026-06-24T14:15:22Z","bp":300.2,"ap":300.1},
  "UNASKED":{"t":"2026-06-24T14:15:22Z","bp":1,"ap":2}}}"#;

#[tokio::test]
async fn stocks_are_read_row_by_row() {
    let server = server(json(200, STOCKS)).await;
    let asked_for = symbols(&["TSLA", "MSFT", "AAPL", "SPY", "QQQ", "IWM", "NVDA"]);
    let batch = alpaca(&server).quotes(&asked_for, asked()).await.unwrap();

    let apple = &batch.found[&symbol("AAPL")];
    let sides = |bid, ask| BidAsk {
        bid: price(bid),
        ask: price(ask),
    };
    assert_eq!(apple.sides, sides("201.11", "201.15"));
    assert_eq!(apple.basis, QuoteBasis::Sides);
    assert_eq!(apple.provenance.provider, "alpaca");
    assert_eq!(apple.provenance.timeliness, Timeliness::RealTime);
    assert_eq!(apple.provenance.at, at("2026-06-24T14:15:22.123Z"));
    assert_eq!(apple.provenance.received_at, asked().now);
    let microsoft = &batch.found[&symbol("MSFT")];
    assert_eq!(microsoft.sides, sides("480.50", "480.75"));
    assert_eq!(batch.found.len(), 2);

    for (name, error) in [
        ("SPY", "Malformed"),
        ("QQQ", "Malformed"),
        ("TSLA", "Malformed"),
        ("IWM", "UnknownSymbol"),
        ("NVDA", "UnknownSymbol"),
    ] {
        assert_eq!(kind(&batch.failed[&symbol(name)]), error, "{name}");
    }
    assert_eq!(batch.failed.len(), 5);
}

const OPTIONS: &str = r#"{"quotes":{
  "AAPL260717C00200000":{"t":"2026-06-24T14:15:20.043128576Z","bx":"C","bp":5.1,"bs":12,"ax":"C","ap":5.25,"as":40,"c":" "},
  "AAPL260717P00100000":{"t":"2026-06-24T14:15:20Z","bp":0,"bs":0,"ap":0.05,"as":9e12,"c":"A"},
  "AAPL260717C00300000":{"t":"2026-06-24T14:15:20Z","bp":0,"bs":0,"ap":0,"as":0,"c":"A"}}}"#;

#[tokio::test]
async fn contracts_are_read_row_by_row() {
    let server = server(json(200, OPTIONS)).await;
    let names = [
        "AAPL260717C00200000",
        "AAPL260717P00100000",
        "AAPL260717C00300000",
        "AAPL260717C00400000",
    ];
    let contracts = names.map(contract);
    let answer = alpaca(&server).option_quotes(&contracts, asked()).await;
    let batch = answer.unwrap();

    let bought = &batch.found[&contracts[0]];
    assert_eq!(
        (bought.sides.bid, bought.sides.ask),
        (price("5.1"), price("5.25"))
    );
    assert_eq!((bought.bid_size, bought.ask_size), (12, 40));
    assert_eq!(bought.provenance.timeliness, Timeliness::Indicative);
    assert_eq!(bought.provenance.at, at("2026-06-24T14:15:20.043Z"));
    let worthless = &batch.found[&contracts[1]];
    assert!(worthless.sides.bid.is_zero());
    assert_eq!(worthless.ask_size, u32::MAX);
    assert_eq!(kind(&batch.failed[&contracts[2]]), "Malformed");
    assert_eq!(kind(&batch.failed[&contracts[3]]), "UnknownSymbol");
}

#[tokio::test]
async fn keys_go_into_headers_and_names_into_the_address() {
    let server = server(json(200, r#"{"quotes":{}}"#)).await;
    let twice = symbols(&["SPY", "BRK.B", "SPY"]);
    let batch = alpaca(&server).quotes(&twice, asked()).await.unwrap();
    assert_eq!(batch.failed.len(), 2);
    let requests = requests(&server).await;
    let [request] = requests.as_slice() else {
        panic!("one request is enough: {requests:?}")
    };
    assert_eq!(request.headers["apca-api-key-id"], KEY_ID);
    assert_eq!(request.headers["apca-api-secret-key"], SECRET);
    assert_eq!(request.url.path(), "/v2/stocks/quotes/latest");
    assert_eq!(request.url.query(), Some("symbols=BRK.B,SPY&feed=iex"));
    assert!(!request.url.as_str().contains(SECRET));
}

#[tokio::test]
async fn what_a_feed_tells_is_as_timely_as_its_terms() {
    for (stocks, options, told_of_stocks, told_of_options) in [
        (
            StockFeed::Sip,
            OptionFeed::Opra,
            Timeliness::RealTime,
            Timeliness::RealTime,
        ),
        (
            StockFeed::DelayedSip,
            OptionFeed::Indicative,
            Timeliness::Delayed,
            Timeliness::Indicative,
        ),
    ] {
        let on_stocks = server(json(200, STOCKS)).await;
        let provider = alpaca_of_feeds(&on_stocks, stocks, options);
        let batch = provider.quotes(&symbols(&["AAPL"]), asked()).await.unwrap();
        let quote = &batch.found[&symbol("AAPL")];
        assert_eq!(quote.provenance.timeliness, told_of_stocks);
        let request = &requests(&on_stocks).await[0];
        assert_eq!(parameter(request, "feed").unwrap(), stocks.as_str());

        let on_options = server(json(200, OPTIONS)).await;
        let provider = alpaca_of_feeds(&on_options, stocks, options);
        let key = contract("AAPL260717C00200000");
        let keys = std::slice::from_ref(&key);
        let batch = provider.option_quotes(keys, asked()).await.unwrap();
        assert_eq!(batch.found[&key].provenance.timeliness, told_of_options);
        let request = &requests(&on_options).await[0];
        assert_eq!(parameter(request, "feed").unwrap(), options.as_str());
    }
}

/// Answers with a quote of everything that is asked for; or refuses what has a bad name in it.
fn quoting(bad: &'static [&'static str]) -> impl Fn(&Request) -> ResponseTemplate {
    move |request: &Request| {
        let names = parameter(request, "symbols").unwrap();
        let mut quotes = String::new();
        for name in names.split(',') {
            if bad.contains(&name) {
                return json(400, &format!(r#"{{"message":"invalid symbol: {name}"}}"#));
            }
            let comma = if quotes.is_empty() { "" } else { "," };
            let quote = r#"{"t":"2026-06-24T14:15:20Z","bp":5.1,"bs":1,"ap":5.2,"as":1}"#;
            let _ = write!(quotes, r#"{comma}"{name}":{quote}"#);
        }
        json(200, &format!(r#"{{"quotes":{{{quotes}}}}}"#))
    }
}

async fn quoting_server(bad: &'static [&'static str]) -> MockServer {
    let server = MockServer::start().await;
    let mock = Mock::given(wiremock::matchers::any());
    mock.respond_with(quoting(bad)).mount(&server).await;
    server
}

#[tokio::test]
async fn contracts_are_asked_a_hundred_at_a_time() {
    for (count, calls) in [(0, 0), (1, 1), (100, 1), (101, 2), (250, 3)] {
        let server = quoting_server(&[]).await;
        let contracts: Vec<_> = contract_names(count)
            .iter()
            .map(|it| contract(it))
            .collect();
        let answer = alpaca(&server).option_quotes(&contracts, asked()).await;
        let batch = answer.unwrap();
        assert_eq!(batch.found.len(), contracts.len());
        assert_eq!(requests(&server).await.len(), calls, "{count}");
    }
}

#[tokio::test]
async fn a_name_that_is_refused_costs_itself_only() {
    let server = quoting_server(&["BAD.A", "BAD.B"]).await;
    let asked_for = symbols(&["AAPL", "BAD.A", "BAD.B", "SPY"]);
    let batch = alpaca(&server).quotes(&asked_for, asked()).await.unwrap();
    assert_eq!(batch.found.len(), 2);
    for name in ["BAD.A", "BAD.B"] {
        let error = &batch.failed[&symbol(name)];
        assert!(matches!(error, MarketError::UnknownSymbol { symbol, .. } if symbol == name));
    }
    assert_eq!(requests(&server).await.len(), 3);
}

#[tokio::test]
async fn refusals_of_one_name_after_the_other_come_to_an_end() {
    let bad = &["B.A", "B.B", "B.C", "B.D", "B.E", "B.F", "B.G", "B.H"];
    let server = quoting_server(bad).await;
    let error = alpaca(&server).quotes(&symbols(bad), asked()).await;
    assert_eq!(kind(&error.unwrap_err()), "Malformed");
    assert_eq!(requests(&server).await.len(), 6);

    let stranger = super::wire::server(json(400, r#"{"message":"invalid symbol: WHO"}"#)).await;
    let error = alpaca(&stranger).quotes(&symbols(&["SPY"]), asked()).await;
    assert_eq!(kind(&error.unwrap_err()), "Malformed");
    assert_eq!(requests(&stranger).await.len(), 1);

    let alone = quoting_server(&["B.A"]).await;
    let batch = alpaca(&alone).quotes(&symbols(&["B.A"]), asked()).await;
    assert_eq!(batch.unwrap().failed.len(), 1);
}

#[tokio::test]
async fn a_chunk_that_fails_costs_its_own_contracts_only() {
    let server = MockServer::start().await;
    let quote = quoting(&[]);
    let second_fails = move |request: &Request| {
        let names = parameter(request, "symbols").unwrap();
        if names.contains("C00150000") {
            json(500, r#"{"message":"internal server error"}"#)
        } else {
            quote(request)
        }
    };
    let mock = Mock::given(wiremock::matchers::any());
    mock.respond_with(second_fails).mount(&server).await;
    let contracts: Vec<_> = contract_names(250).iter().map(|it| contract(it)).collect();
    let answer = alpaca(&server).option_quotes(&contracts, asked()).await;
    let batch = answer.unwrap();
    assert_eq!((batch.found.len(), batch.failed.len()), (150, 100));
    assert!(batch.failed.values().all(|it| kind(it) == "Unavailable"));
}

#[tokio::test]
async fn what_costs_every_chunk_is_an_error_of_the_whole() {
    let server = server(json(503, "")).await;
    let contracts: Vec<_> = contract_names(250).iter().map(|it| contract(it)).collect();
    let error = alpaca(&server).option_quotes(&contracts, asked()).await;
    assert_eq!(kind(&error.unwrap_err()), "Unavailable");
    assert_eq!(requests(&server).await.len(), 3);
}
