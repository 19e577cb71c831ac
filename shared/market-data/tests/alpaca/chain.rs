//! Chains: what is read of each contract, and what open interest adds.

use domain::OptionChain;
use domain::quote::Timeliness;
use market_data::ChainRequest;
use market_data::provider::Provider;
use wiremock::ResponseTemplate;

use super::alpaca;
use super::contracts::{listed, page};
use super::wire::{asked, at, contract, json, kind, parameter, price, requests, server_of, symbol};

const SNAPSHOTS: &str = "/v1beta1/options/snapshots/AAPL";
const CONTRACTS: &str = "/v2/options/contracts";

pub(super) fn request() -> ChainRequest {
    ChainRequest {
        underlying: symbol("AAPL"),
        expires_from: "2026-06-24".parse().unwrap(),
        expires_to: "2026-08-31".parse().unwrap(),
        strikes: None,
    }
}

pub(super) const FULL: &str = r#"{"latestQuote":{"t":"2026-06-24T14:15:20.043128576Z","bx":"C","bp":5.1,"bs":12,"ax":"C","ap":5.25,"as":40,"c":"A"},
 "latestTrade":{"t":"2026-06-24T14:12:01.5Z","x":"B","p":5.2,"s":1,"c":"I"},
 "dailyBar":{"t":"2026-06-24T04:00:00Z","o":4.9,"h":5.4,"l":4.8,"c":5.2,"v":2210,"n":310,"vw":5.09},
 "greeks":{"delta":0.5412,"gamma":0.0311,"rho":0.0681,"theta":-0.1021,"vega":0.2071},
 "impliedVolatility":0.2934}"#;

pub(super) fn snapshots(rows: &[(&str, &str)], next: &str) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|(name, row)| format!(r#""{name}":{row}"#))
        .collect();
    let rows = rows.join(",");
    format!(r#"{{"snapshots":{{{rows}}},"next_page_token":{next}}}"#)
}

async fn chain(rows: &[(&str, &str)], contracts: ResponseTemplate) -> OptionChain {
    let body = snapshots(rows, "null");
    let server = server_of(&[(SNAPSHOTS, json(200, &body)), (CONTRACTS, contracts)]).await;
    alpaca(&server).chain(&request(), asked()).await.unwrap()
}

#[tokio::test]
async fn a_full_row_is_read_and_has_its_open_interest() {
    let rows = [("AAPL260717P00200000", "{}"), ("AAPL260717C00200000", FULL)];
    let interest = page(&[listed("AAPL260717C00200000", r#""10432""#)], "null");
    let chain = chain(&rows, json(200, &interest)).await;
    assert_eq!(chain.underlying, symbol("AAPL"));
    assert_eq!(chain.underlying_price, None);
    assert_eq!(chain.refused, 0);
    assert_eq!(chain.provenance.at, at("2026-06-24T14:15:20.043Z"));
    assert_eq!(chain.provenance.timeliness, Timeliness::Indicative);

    let [call, put] = chain.options.as_slice() else {
        panic!("two contracts: {chain:?}")
    };
    assert_eq!(call.contract, contract("AAPL260717C00200000"));
    let sides = call.sides.unwrap();
    assert_eq!((sides.bid, sides.ask), (price("5.1"), price("5.25")));
    assert_eq!((call.bid_size, call.ask_size), (12, 40));
    assert_eq!(call.implied_volatility, Some(0.2934));
    let greeks = call.greeks.unwrap();
    assert_eq!((greeks.delta, greeks.rho), (0.5412, Some(0.0681)));
    assert_eq!(
        (call.open_interest, call.volume),
        (Some(10_432), Some(2210))
    );
    assert_eq!(put.contract, contract("AAPL260717P00200000"));
    assert_eq!((put.sides, put.greeks), (None, None));
    assert_eq!((put.open_interest, put.volume), (None, None));
}

/// What becomes of one row beside a good one: the values that it has, and how many are refused.
#[tokio::test]
async fn what_isn_t_known_is_absent_and_what_can_t_be_is_counted() {
    let quote = |bid: &str, ask: &str| {
        format!(r#"{{"latestQuote":{{"t":"2026-06-24T14:15:00Z","bp":{bid},"ap":{ask}}}}}"#)
    };
    let greeks = |delta: &str, rest: &str| {
        format!(r#"{{"greeks":{{"delta":{delta},"gamma":{rest},"theta":{rest},"vega":{rest}}}}}"#)
    };
    let volume = |day: &str| format!(r#"{{"dailyBar":{{"t":"{day}T04:00:00Z","v":"7"}}}}"#);
    // (row, quoted, greeks, volatility, volume, refused)
    for (row, known, refused) in [
        (quote("0", "0.05"), "quote", 0),
        (quote(r#""1.1""#, r#""1.2""#), "quote", 0),
        (quote("0", "0"), "", 0),
        (quote("null", "null"), "", 0),
        (quote("2", "1"), "", 1),
        (quote("1", "0"), "", 1),
        (greeks("0.5", "0.1"), "greeks", 0),
        (greeks("0", "0"), "", 0),
        (greeks("0", "0.0"), "", 0),
        (greeks("null", "0.1"), "", 0),
        (greeks("1.5", "0.1"), "", 1),
        (r#"{"greeks":null,"latestQuote":null}"#.to_owned(), "", 0),
        (r#"{"impliedVolatility":0}"#.to_owned(), "", 0),
        (r#"{"impliedVolatility":0.2}"#.to_owned(), "volatility", 0),
        (r#"{"impliedVolatility":-0.2}"#.to_owned(), "", 1),
        (r#"{"impliedVolatility":99}"#.to_owned(), "", 1),
        (volume("2026-06-24"), "volume", 0),
        (volume("2026-06-23"), "", 0),
    ] {
        let rows = [
            ("AAPL260717C00200000", &*row),
            ("AAPL260717C00205000", FULL),
        ];
        let chain = chain(&rows, json(500, "")).await;
        assert_eq!(chain.refused, refused, "{row}");
        assert_eq!(chain.options.len(), 2, "{row}");
        let option = &chain.options[0];
        let told = [
            (option.sides.is_some(), "quote"),
            (option.greeks.is_some(), "greeks"),
            (option.implied_volatility.is_some(), "volatility"),
            (option.volume.is_some(), "volume"),
        ];
        for (is_told, what) in told {
            assert_eq!(is_told, what == known, "{what} of {row}");
        }
        assert_eq!(option.open_interest, None);
    }
}

#[tokio::test]
async fn a_row_that_can_t_be_read_costs_itself_only() {
    for (name, row, refused) in [
        ("AAPL260717C00200000", "null", 1),
        ("AAPL260717C00200000", "17", 1),
        (
            "AAPL260717C00200000",
            r#"{"latestQuote":{"t":null,"bp":1,"ap":2}}"#,
            1,
        ),
        (
            "AAPL260717C00200000",
            r#"{"latestQuote":{"t":"now","bp":1,"ap":2}}"#,
            1,
        ),
        ("AAPL260717C00200000", r#"{"impliedVolatility":"much"}"#, 1),
        ("NOT A CONTRACT", FULL, 1),
        ("AAPL1260717C00200000", FULL, 0),
        ("AAPL270717C00200000", FULL, 0),
    ] {
        let rows = [(name, row), ("AAPL260717C00205000", FULL)];
        let chain = chain(&rows, json(404, "")).await;
        assert_eq!(chain.refused, refused, "{name} {row}");
        assert_eq!(chain.options.len(), 1, "{name} {row}");
    }
}

#[tokio::test]
async fn a_chain_of_which_nothing_can_be_read_is_refused() {
    let bodies = [
        snapshots(&[("AAPL260717C00200000", "7")], "null"),
        "{}".to_owned(),
        r#"{"snapshots":[]}"#.to_owned(),
    ];
    for body in bodies {
        let server = server_of(&[(SNAPSHOTS, json(200, &body))]).await;
        let error = alpaca(&server).chain(&request(), asked()).await;
        assert_eq!(kind(&error.unwrap_err()), "Malformed", "{body}");
    }
}

#[tokio::test]
async fn a_stock_without_options_has_an_empty_chain() {
    let chain = chain(&[], json(200, &page(&[], "null"))).await;
    assert!(chain.options.is_empty());
    assert_eq!((chain.refused, chain.provenance.at), (0, asked().now));
}

#[tokio::test]
async fn both_hosts_are_asked_for_the_same_part() {
    let answers = [
        (SNAPSHOTS, json(200, &snapshots(&[], "null"))),
        (CONTRACTS, json(200, &page(&[], "null"))),
    ];
    let server = server_of(&answers).await;
    let request = ChainRequest {
        strikes: Some((price("190.00"), price("210.5"))),
        ..request()
    };
    alpaca(&server).chain(&request, asked()).await.unwrap();
    let requests = requests(&server).await;
    assert_eq!(requests.len(), 2);
    for request in &requests {
        for (name, value) in [
            ("expiration_date_gte", "2026-06-24"),
            ("expiration_date_lte", "2026-08-31"),
            ("strike_price_gte", "190"),
            ("strike_price_lte", "210.5"),
        ] {
            assert_eq!(parameter(request, name).unwrap(), value);
        }
    }
    let snapshots = requests.iter().find(|it| it.url.path() == SNAPSHOTS);
    let snapshots = snapshots.unwrap();
    assert_eq!(parameter(snapshots, "feed").unwrap(), "indicative");
    assert_eq!(parameter(snapshots, "limit").unwrap(), "1000");
}

#[tokio::test]
async fn pages_of_snapshots_become_one_chain() {
    let server = super::contracts::paging_server(|number| {
        let name = format!("AAPL260717C{:08}", 200_000 - number * 500);
        let next = ["\"1\"", "\"2\"", "null"][number as usize];
        let rows = [(&*name, FULL), ("AAPL260717C00300000", FULL)];
        json(200, &snapshots(&rows, next))
    })
    .await;
    let chain = alpaca(&server).chain(&request(), asked()).await.unwrap();
    assert_eq!(chain.options.len(), 4);
    assert!(chain.options.is_sorted_by(|a, b| a.contract < b.contract));
}
