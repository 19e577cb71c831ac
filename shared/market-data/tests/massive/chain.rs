//! Chains.

use domain::quote::Timeliness;
use market_data::ChainRequest;
use market_data::provider::Provider;

use crate::snapshots::{CHAIN_ROW, chain_row, page};
use crate::wire::{asked, at, contract, json, parameter, price, requests, server};
use crate::{chain_request, massive};

#[tokio::test]
async fn a_row_tells_all_that_is_known_of_a_contract() {
    let server = server(json(200, &page(&[CHAIN_ROW], None))).await;
    let request = ChainRequest {
        strikes: Some((price("190.50"), price("210"))),
        ..chain_request()
    };
    let chain = massive(&server).chain(&request, asked()).await.unwrap();
    assert_eq!(chain.underlying_price, Some(price("201.13")));
    assert_eq!((chain.refused, chain.options.len()), (0, 1));
    assert_eq!(chain.provenance.at, at("2026-06-24T14:15:20.043Z"));
    assert_eq!(chain.provenance.timeliness, Timeliness::RealTime);
    let option = &chain.options[0];
    assert_eq!(option.contract, contract("AAPL260717C00200000"));
    assert_eq!(option.sides.unwrap().ask, price("5.25"));
    assert_eq!((option.bid_size, option.ask_size), (12, 40));
    assert_eq!(
        (option.open_interest, option.volume),
        (Some(10_432), Some(2_210))
    );
    assert_eq!(option.implied_volatility, Some(0.2934));
    let greeks = option.greeks.unwrap();
    assert_eq!(
        (greeks.delta, greeks.vega, greeks.rho),
        (0.541, 0.207, None)
    );
    let asked_for = &requests(&server).await[0];
    assert_eq!(asked_for.url.path(), "/v3/snapshot/options/AAPL");
    for (name, value) in [
        ("expiration_date.gte", "2026-07-01"),
        ("expiration_date.lte", "2026-07-31"),
        ("strike_price.gte", "190.5"),
        ("strike_price.lte", "210"),
        ("limit", "250"),
    ] {
        assert_eq!(parameter(asked_for, name).as_deref(), Some(value), "{name}");
    }
}

#[tokio::test]
async fn what_isn_t_known_is_absent() {
    for more in [
        "",
        r#","greeks":{},"day":{},"last_quote":null,"underlying_asset":{}"#,
        r#","greeks":{"delta":0,"gamma":0,"theta":0,"vega":0},"implied_volatility":0"#,
        r#","greeks":{"delta":null,"gamma":0.1,"theta":0,"vega":0},"open_interest":null"#,
        r#","last_quote":{"bid":0,"ask":0,"last_updated":1782310520043128576}"#,
    ] {
        let row = chain_row("O:AAPL260717C00200000", more);
        let server = server(json(200, &page(&[&row], None))).await;
        let chain = massive(&server)
            .chain(&chain_request(), asked())
            .await
            .unwrap();
        let option = &chain.options[0];
        assert_eq!((option.sides, option.greeks), (None, None), "{more}");
        assert_eq!(
            (option.implied_volatility, option.volume),
            (None, None),
            "{more}"
        );
        assert_eq!(
            (option.quoted_at, option.open_interest),
            (None, None),
            "{more}"
        );
        assert_eq!((chain.refused, chain.underlying_price), (0, None), "{more}");
        assert_eq!(chain.provenance.at, at("2026-06-24T14:00:30Z"), "{more}");
        assert_eq!(chain.provenance.timeliness, Timeliness::Delayed, "{more}");
    }
}

#[tokio::test]
async fn a_bad_row_costs_itself_and_a_bad_value_its_place() {
    let rows = [
        chain_row(
            "O:AAPL260717C00205000",
            r#","last_quote":{"bid":3,"ask":2,"last_updated":1782310520043128576}"#,
        ),
        chain_row("O:AAPL260717C00210000", r#","open_interest":"many""#),
        chain_row("nonsense", ""),
        chain_row(
            "O:AAPL260717P00200000",
            r#","greeks":{"delta":0.5,"gamma":0.1,"theta":-0.1,"vega":0.1}"#,
        ),
        chain_row("O:AAPL1260717C00200000", ""),
        chain_row("O:AAPL260821C00200000", ""),
        CHAIN_ROW.to_owned(),
        CHAIN_ROW.replace(
            r#""shares_per_contract":100"#,
            r#""shares_per_contract":150"#,
        ),
    ];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let server = server(json(200, &page(&rows, None))).await;
    let chain = massive(&server)
        .chain(&chain_request(), asked())
        .await
        .unwrap();
    assert_eq!(chain.refused, 4);
    let kept: Vec<String> = chain
        .options
        .iter()
        .map(|it| it.contract.to_string())
        .collect();
    assert_eq!(
        kept,
        [
            "AAPL260717C00200000",
            "AAPL260717C00205000",
            "AAPL260717P00200000"
        ]
    );
}

#[tokio::test]
async fn an_empty_chain_is_no_error() {
    let server = server(json(200, r#"{"status":"OK","results":[]}"#)).await;
    let chain = massive(&server)
        .chain(&chain_request(), asked())
        .await
        .unwrap();
    assert!(chain.options.is_empty());
}
