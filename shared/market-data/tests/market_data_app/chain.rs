//! Chains and listed contracts.

use domain::OptionRight;
use domain::quote::Timeliness;
use market_data::provider::Provider;
use market_data::{ChainRequest, ContractFilter};

use crate::wire::{asked, at, contract, json, kind, parameter, price, requests, server};
use crate::{app, chain_request};

const CHAIN: &str = r#"{"s":"ok","optionSymbol":["AAPL260717P00200000","AAPL260717C00200000","AAPL1260717C00200000","AAPL260821C00200000","nonsense"],"underlying":["AAPL","AAPL","AAPL","AAPL","AAPL"],"updated":[1782310400,1782310520,1782310529,1782310529,1],"bid":[null,5.1,1,1,1],"bidSize":[1,12,1,1,1],"ask":[3,5.25,2,2,2],"askSize":[1,40,1,1,1],"last":[null,5.2,1,1,1],"openInterest":[null,10432,1,1,1],"volume":[0,"2210",1,1,1],"inTheMoney":[false,true,true,true,true],"underlyingPrice":[null,201.13,1,1,1],"iv":[null,0.2934,1,1,1],"delta":[null,0.541,0,0,0],"gamma":[null,0.031,0,0,0],"theta":[null,-0.102,0,0,0],"vega":[null,0.207,0,0,0]}"#;

#[tokio::test]
async fn columns_tell_all_that_is_known_of_a_contract() {
    let server = server(json(203, CHAIN)).await;
    let request = ChainRequest {
        strikes: Some((price("190.5"), price("210"))),
        ..chain_request()
    };
    let chain = app(&server).chain(&request, asked()).await.unwrap();
    assert_eq!((chain.refused, chain.options.len()), (1, 2));
    assert_eq!(chain.underlying_price, Some(price("201.13")));
    assert_eq!(chain.provenance.at, at("2026-06-24T14:15:20Z"));
    assert_eq!(chain.provenance.timeliness, Timeliness::RealTime);
    let [call, put] = chain.options.as_slice() else {
        unreachable!("there are two");
    };
    assert_eq!(call.contract, contract("AAPL260717C00200000"));
    assert_eq!(call.sides.unwrap().bid, price("5.1"));
    assert_eq!(
        (call.open_interest, call.volume),
        (Some(10_432), Some(2_210))
    );
    assert_eq!(
        (call.greeks.unwrap().theta, call.implied_volatility),
        (-0.102, Some(0.2934))
    );
    assert_eq!((put.sides, put.greeks, put.quoted_at), (None, None, None));
    assert_eq!((put.open_interest, put.volume), (None, Some(0)));
    let asked_for = &requests(&server).await[0];
    assert_eq!(asked_for.url.path(), "/v1/options/chain/AAPL/");
    for (name, value) in [
        ("from", "2026-07-01"),
        ("to", "2026-07-31"),
        ("strike", "190.5-210"),
    ] {
        assert_eq!(parameter(asked_for, name).as_deref(), Some(value), "{name}");
    }
}

#[tokio::test]
async fn values_that_can_t_be_are_taken_out_and_counted() {
    for (columns, refused, options) in [
        (r#""bid":[3],"ask":[2]"#, 1, 1),
        (r#""delta":[2],"gamma":[0.1],"theta":[0],"vega":[0]"#, 1, 1),
        (
            r#""delta":[0],"gamma":[0],"theta":[0],"vega":[0],"iv":[0]"#,
            0,
            1,
        ),
        (r#""bid":[0],"ask":[0]"#, 0, 1),
        (r#""openInterest":["many"]"#, 1, 0),
        (r#""volume":[[1]]"#, 1, 0),
        (r#""volume":null"#, 0, 1),
    ] {
        let body = format!(r#"{{"optionSymbol":["AAPL260717C00200000"],{columns}}}"#);
        let server = server(json(200, &body)).await;
        let chain = app(&server).chain(&chain_request(), asked()).await.unwrap();
        assert_eq!(
            (chain.refused, chain.options.len()),
            (refused, options),
            "{columns}"
        );
        assert!(
            chain
                .options
                .iter()
                .all(|it| (it.sides, it.greeks) == (None, None))
        );
    }
}

#[tokio::test]
async fn columns_of_different_lengths_are_refused() {
    for body in [
        r#"{"s":"ok","optionSymbol":["AAPL260717C00200000"],"bid":[1,2]}"#,
        r#"{"s":"ok","optionSymbol":[],"bid":[1]}"#,
        r#"{"s":"ok","bid":[1]}"#,
        r#"{"s":"ok","optionSymbol":"AAPL260717C00200000"}"#,
    ] {
        let server = server(json(200, body)).await;
        let refused = app(&server).chain(&chain_request(), asked()).await;
        assert_eq!(kind(&refused.unwrap_err()), "Malformed", "{body}");
    }
}

#[tokio::test]
async fn contracts_are_listed_for_one_credit() {
    let body = r#"{"optionSymbol":["AAPL260724C00200000","AAPL260717C00200000","AAPL260717P00200000","AAPL1260717C00200000","AAPL260821C00200000",null,"nonsense"]}"#;
    let server = server(json(200, body)).await;
    let calls = ContractFilter {
        right: Some(OptionRight::Call),
        ..chain_request().filter()
    };
    let listed = app(&server).contracts(&calls, asked()).await.unwrap();
    assert_eq!(
        listed,
        ["AAPL260717C00200000", "AAPL260724C00200000"].map(contract)
    );
    let asked_for = &requests(&server).await[0];
    assert_eq!(
        asked_for.url.query(),
        Some("from=2026-07-01&to=2026-07-31&columns=optionSymbol&limit=50000&side=call")
    );
}

#[tokio::test]
async fn nothing_listed_is_an_empty_answer() {
    for (status, body) in [
        (404, r#"{"s":"no_data","nextTime":null,"prevTime":null}"#),
        (404, r#"{"s":"error","errmsg":"No option found."}"#),
        (204, ""),
    ] {
        let server = server(json(status, body)).await;
        let app = app(&server);
        let listed = app.contracts(&chain_request().filter(), asked()).await;
        assert_eq!(listed, Ok(Vec::new()), "{body}");
        let chain = app.chain(&chain_request(), asked()).await.unwrap();
        assert_eq!((chain.options.len(), chain.refused), (0, 0));
    }
    let unreadable = server(json(200, r#"{"optionSymbol":["nonsense"]}"#)).await;
    let listed = app(&unreadable)
        .contracts(&chain_request().filter(), asked())
        .await;
    assert_eq!(kind(&listed.unwrap_err()), "Malformed");
}
