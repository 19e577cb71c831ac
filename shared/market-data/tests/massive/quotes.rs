//! Prices of stocks and contracts.

use domain::quote::{QuoteBasis, Timeliness};
use market_data::MarketError;
use market_data::provider::Provider;

use crate::massive;
use crate::snapshots::{AAPL, CALL, page};
use crate::wire::{
    SECRET, asked, at, contract, json, kind, parameter, price, requests, server, symbol, symbols,
};

#[tokio::test]
async fn both_sides_are_quoted_at_their_own_time() {
    let server = server(json(200, &page(&[AAPL], None))).await;
    let batch = massive(&server)
        .quotes(&symbols(&["AAPL", "aapl"]), asked())
        .await
        .unwrap();
    let quote = &batch.found[&symbol("AAPL")];
    assert_eq!(
        (quote.sides.bid, quote.sides.ask),
        (price("201.11"), price("201.15"))
    );
    assert_eq!(quote.basis, QuoteBasis::Sides);
    assert_eq!(quote.provenance.provider, "massive");
    assert_eq!(quote.provenance.timeliness, Timeliness::RealTime);
    assert_eq!(quote.provenance.at, at("2026-06-24T14:15:22.349Z"));
    let asked_for = &requests(&server).await[0];
    assert_eq!(asked_for.url.path(), "/v3/snapshot");
    assert_eq!(parameter(asked_for, "limit").unwrap(), "250");
    assert_eq!(
        asked_for.headers["authorization"],
        format!("Bearer {SECRET}")
    );
    assert!(!asked_for.url.as_str().contains(SECRET));
}

#[tokio::test]
async fn plans_without_quotes_have_one_price() {
    let row = |fields: &str| format!(r#"{{"ticker":"AAPL","market_status":"open"{fields}}}"#);
    let closed =
        r#"{"ticker":"AAPL","market_status":"closed","last_quote":null,"session":{"close":200.5}}"#;
    for (row, expected, told_at, timeliness) in [
        (
            row(
                r#","last_trade":{"price":201.13,"last_updated":1782310521969834000,"timeframe":"DELAYED"}"#,
            ),
            "201.13",
            "2026-06-24T14:15:21.969Z",
            Timeliness::Delayed,
        ),
        (
            row(r#","last_trade":{"price":201.13,"last_updated":1782310521969834000}"#),
            "201.13",
            "2026-06-24T14:15:21.969Z",
            Timeliness::RealTime,
        ),
        (
            row(r#","session":{"price":201.2,"close":1}"#),
            "201.2",
            "2026-06-24T14:00:30Z",
            Timeliness::Delayed,
        ),
        (
            closed.to_owned(),
            "200.5",
            "2026-06-23T20:00:00Z",
            Timeliness::Delayed,
        ),
    ] {
        let server = server(json(200, &page(&[&row], None))).await;
        let batch = massive(&server)
            .quotes(&symbols(&["AAPL"]), asked())
            .await
            .unwrap();
        let quote = &batch.found[&symbol("AAPL")];
        assert_eq!(
            (quote.sides.bid, quote.sides.ask),
            (price(expected), price(expected))
        );
        assert_eq!(quote.basis, QuoteBasis::OnePrice);
        assert_eq!(quote.provenance.at, at(told_at), "{row}");
        assert_eq!(quote.provenance.timeliness, timeliness, "{row}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_one_stock_costs_no_other() {
    let rows = [
        r#"{"ticker":"NOSUCH","error":"NOT_FOUND","message":"Ticker not found."}"#,
        r#"{"ticker":"DEAR","error":"NOT_ENTITLED","message":"Not entitled."}"#,
        r#"{"ticker":"BARE"}"#,
        r#"{"ticker":"CROSSED","last_quote":{"bid":2,"ask":1,"last_updated":1782310522349730300}}"#,
        r#"{"ticker":"ODD","last_quote":{"bid":[],"ask":1}}"#,
        r#"{"ticker":null}"#,
        r#""nonsense""#,
        AAPL,
    ];
    let server = server(json(200, &page(&rows, None))).await;
    let asked_for = symbols(&["AAPL", "BARE", "CROSSED", "DEAR", "GONE", "NOSUCH", "ODD"]);
    let batch = massive(&server).quotes(&asked_for, asked()).await.unwrap();
    assert_eq!(batch.found.keys().collect::<Vec<_>>(), [&symbol("AAPL")]);
    let kinds = batch
        .failed
        .iter()
        .map(|(key, error)| (key.as_str(), kind(error)));
    let kinds: Vec<(&str, String)> = kinds.collect();
    let expected = [
        ("BARE", "NotEntitled"),
        ("CROSSED", "Malformed"),
        ("DEAR", "NotEntitled"),
        ("GONE", "UnknownSymbol"),
        ("NOSUCH", "UnknownSymbol"),
        ("ODD", "Malformed"),
    ];
    assert_eq!(kinds, expected.map(|(name, kind)| (name, kind.to_owned())));
}

#[tokio::test]
async fn contracts_are_quoted_with_their_sizes() {
    let server = server(json(200, &page(&[CALL], None))).await;
    let call = contract("AAPL260717C00200000");
    let batch = massive(&server)
        .option_quotes(std::slice::from_ref(&call), asked())
        .await
        .unwrap();
    let quote = &batch.found[&call];
    assert_eq!(
        (quote.sides.bid, quote.sides.ask),
        (price("5.1"), price("5.25"))
    );
    assert_eq!((quote.bid_size, quote.ask_size), (12, 40));
    assert_eq!(quote.provenance.at, at("2026-06-24T14:15:20.043Z"));
}

#[tokio::test]
async fn a_contract_without_quote_or_answer_fails_alone() {
    let rows = [
        r#"{"ticker":"O:AAPL260717C00205000","session":{"close":5.2}}"#,
        r#"{"ticker":"O:AAPL260717C00210000","last_quote":{"bid":1,"ask":2}}"#,
        CALL,
    ];
    let server = server(json(200, &page(&rows, None))).await;
    let keys = [200, 205, 210, 215].map(|strike| contract(&format!("AAPL260717C00{strike}000")));
    let batch = massive(&server)
        .option_quotes(&keys, asked())
        .await
        .unwrap();
    assert_eq!(batch.found.len(), 1);
    let kinds: Vec<String> = batch.failed.values().map(kind).collect();
    assert_eq!(kinds, ["NotEntitled", "Malformed", "UnknownSymbol"]);
}

#[tokio::test]
async fn a_hundred_contracts_are_one_request_with_plain_colons() {
    let server = server(json(200, &page(&[], None))).await;
    let keys: Vec<_> = (100..200)
        .map(|it| contract(&format!("AAPL260717C00{it}000")))
        .collect();
    let batch = massive(&server)
        .option_quotes(&keys, asked())
        .await
        .unwrap();
    assert_eq!(batch.failed.len(), 100);
    let asked_for = requests(&server).await;
    assert_eq!(asked_for.len(), 1);
    assert!(
        asked_for[0]
            .url
            .as_str()
            .contains("O:AAPL260717C00100000,O:AAPL260717C00101000")
    );
}

#[tokio::test]
async fn more_than_fits_is_asked_in_groups_and_a_failed_group_fails_alone() {
    let keys: Vec<_> = (100..500)
        .map(|it| contract(&format!("AAPL260717C00{it}000")))
        .collect();
    let server = wiremock::MockServer::start().await;
    let answer = |request: &wiremock::Request| {
        let names = parameter(request, "ticker.any_of").unwrap();
        if names.contains("C00200000") {
            json(200, &page(&[CALL], None))
        } else {
            json(500, "")
        }
    };
    wiremock::Mock::given(wiremock::matchers::any())
        .respond_with(answer)
        .mount(&server)
        .await;
    let batch = massive(&server)
        .option_quotes(&keys, asked())
        .await
        .unwrap();
    assert_eq!((batch.found.len(), batch.failed.len()), (1, 399));
    let unavailable = batch
        .failed
        .values()
        .filter(|it| matches!(it, MarketError::Unavailable { .. }));
    assert_eq!(unavailable.count(), 150);
    let asked_for = requests(&server).await;
    assert_eq!(asked_for.len(), 2);
    assert!(
        asked_for
            .iter()
            .all(|request| request.url.as_str().len() < 6_500)
    );
}

#[tokio::test]
async fn groups_that_all_fail_alike_are_one_failure() {
    let keys: Vec<_> = (100..500)
        .map(|it| contract(&format!("AAPL260717C00{it}000")))
        .collect();
    let server = server(json(
        403,
        r#"{"status":"NOT_AUTHORIZED","message":"Upgrade."}"#,
    ))
    .await;
    let failed = massive(&server).option_quotes(&keys, asked()).await;
    assert_eq!(kind(&failed.unwrap_err()), "NotEntitled");
    assert!(
        massive(&server)
            .quotes(&[], asked())
            .await
            .unwrap()
            .failed
            .is_empty()
    );
}
