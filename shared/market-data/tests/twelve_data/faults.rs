//! Trouble on the wire, and what Twelve Data doesn't have.

use std::time::{Duration, Instant};

use market_data::ContractFilter;
use market_data::provider::{Capability, Provider, ProviderName};

use super::wire::{
    asked, base, contract, kind, notes, slow_server, symbol, symbols, truncating_server,
};
use super::with;

#[tokio::test]
async fn a_slow_server_is_waited_for_no_longer_than_it_may_take() {
    let server = slow_server().await;
    let began = Instant::now();
    let provider = with(base(&server), Duration::from_millis(80), &notes());
    let error = provider.clock(asked()).await.unwrap_err();
    assert_eq!(kind(&error), "Timeout");
    assert!(began.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_no_answer() {
    for body in ["{}", r#"{"symbol":"SPY","clo"#, ""] {
        let provider = with(truncating_server(body), Duration::from_secs(3), &notes());
        let error = provider.quotes(&symbols(&["SPY"]), asked()).await;
        assert_eq!(kind(&error.unwrap_err()), "Unavailable");
    }
}

#[tokio::test]
async fn options_are_not_offered_and_nobody_is_asked() {
    let notes = notes();
    let nobody = "http://127.0.0.1:9".parse().unwrap();
    let provider = with(nobody, Duration::from_secs(3), &notes);
    assert_eq!(provider.name(), ProviderName::TwelveData);
    let able = [Capability::Clock, Capability::Quotes, Capability::Candles];
    assert_eq!(provider.capabilities(), able);
    let filter = ContractFilter {
        underlying: symbol("SPY"),
        expires_from: "2026-06-24".parse().unwrap(),
        expires_to: "2026-08-31".parse().unwrap(),
        right: None,
    };
    let error = provider.contracts(&filter, asked()).await.unwrap_err();
    assert_eq!(kind(&error), "NotOffered");
    let options = [contract("SPY260717C00600000")];
    let error = provider.option_quotes(&options, asked()).await.unwrap_err();
    assert_eq!(kind(&error), "NotOffered");
    assert!(notes.intended().is_empty());
}
