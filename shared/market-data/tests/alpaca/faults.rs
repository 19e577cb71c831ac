//! Trouble on the wire: slow, broken and absent servers.

use std::time::{Duration, Instant};

use market_data::provider::Provider;
use market_data::provider::{Capability, ProviderName};

use super::chain::{FULL, request, snapshots};
use super::wire::{
    asked, base, json, kind, notes, server, server_of, slow_server, symbols, truncating_server,
};
use super::{alpaca_at, impatient, settings, with};

#[tokio::test]
async fn a_slow_server_is_waited_for_no_longer_than_it_may_take() {
    let server = slow_server().await;
    let began = Instant::now();
    let alpaca = impatient(&base(&server));
    let error = alpaca.clock(asked()).await.unwrap_err();
    assert_eq!(kind(&error), "Timeout");
    let patient = alpaca_at(&base(&server));
    let hurried = asked().within(Duration::from_millis(80));
    let error = patient.quotes(&symbols(&["SPY"]), hurried).await;
    assert_eq!(kind(&error.unwrap_err()), "Timeout");
    assert!(began.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_no_answer() {
    for body in [r#"{"quotes":{}}"#, r#"{"quotes":{"SPY":{"t":"2026-"#, ""] {
        let alpaca = alpaca_at(&truncating_server(body));
        let error = alpaca.quotes(&symbols(&["SPY"]), asked()).await;
        assert_eq!(kind(&error.unwrap_err()), "Unavailable");
    }
}

#[tokio::test]
async fn a_server_that_isn_t_there_is_unavailable() {
    let nobody = "http://127.0.0.1:9".parse().unwrap();
    let error = alpaca_at(&nobody).clock(asked()).await.unwrap_err();
    assert_eq!(kind(&error), "Unavailable");
}

#[tokio::test]
async fn a_chain_does_without_open_interest_that_can_t_be_had() {
    let body = snapshots(&[("AAPL260717C00200000", FULL)], "null");
    let slow = json(200, "{}").set_delay(Duration::from_secs(20));
    for contracts in [json(401, "{}"), json(200, "<html>"), slow] {
        let answers = [
            ("/v1beta1/options/snapshots/AAPL", json(200, &body)),
            ("/v2/options/contracts", contracts),
        ];
        let server = server_of(&answers).await;
        let mut settings = settings(&base(&server));
        settings.request_timeout = Duration::from_millis(500);
        let alpaca = with(settings, &notes());
        let chain = alpaca.chain(&request(), asked()).await.unwrap();
        assert_eq!(chain.options.len(), 1);
        assert_eq!(chain.options[0].open_interest, None);
        assert!(chain.options[0].sides.is_some());
    }
}

#[tokio::test]
async fn every_request_passes_the_gate_as_what_it_is() {
    let server = server(json(500, "")).await;
    let notes = notes();
    let alpaca = with(settings(&base(&server)), &notes);
    let _ = alpaca.clock(asked()).await;
    let _ = alpaca.quotes(&symbols(&["SPY"]), asked()).await;
    let _ = alpaca.chain(&request(), asked()).await;
    let intended = notes.intended();
    let of = |capability| {
        intended
            .iter()
            .filter(move |it| it.capability == capability)
    };
    for capability in [
        Capability::Clock,
        Capability::Quotes,
        Capability::Chain,
        Capability::Contracts,
    ] {
        assert_eq!(of(capability).count(), 1, "{capability}");
    }
    assert!(intended.iter().all(|it| it.cost == 1));
    assert!(
        intended
            .iter()
            .all(|it| it.provider == ProviderName::Alpaca)
    );
    assert_eq!(notes.failures().len(), 4);
}
