//! How others stand, as a service: what the chain says, kept for five minutes.
#![cfg(test)]

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use decisions::positioning::{gamma_exposure, options_flow};
use domain::Symbol;
use market_data::cache::CacheCounts;
use market_data::{Asked, MarketError, Positioning, SimulatedHours, SimulatedMarket, capture};

fn now() -> DateTime<Utc> {
    "2026-07-30T14:00:00Z".parse().unwrap()
}

fn market() -> SimulatedMarket {
    SimulatedMarket::new(1, SimulatedHours::Nyse)
}

fn positioning() -> Positioning {
    Positioning::new(Arc::new(market()), None)
}

fn symbol(text: &str) -> Symbol {
    Symbol::parse(text).unwrap()
}

#[tokio::test]
async fn it_is_what_evidence_says_of_the_same_instant() {
    let (service, spy) = (positioning(), symbol("SPY"));
    let five = domain::Timeframe::parse("5").unwrap();
    let evidence = capture(&market(), &spy, five, now().into()).await;
    let exposure = service.gamma_exposure(&spy, now().into()).await.unwrap();
    assert_eq!(Some(&exposure), evidence.gamma_exposure.as_ref());
    let flow = service.options_flow(&spy, now().into()).await.unwrap();
    assert_eq!(Some(&flow), evidence.options_flow.as_ref());
    // Whoever has the evidence can compute it again.
    let (chain, quote) = (evidence.chain.unwrap(), evidence.quote.unwrap());
    assert_eq!(gamma_exposure(&chain, Some(&quote), now()), Ok(exposure));
    assert_eq!(options_flow(&chain, now()), Ok(flow));
}

#[tokio::test]
async fn a_record_is_kept_for_five_minutes() {
    let (service, spy) = (positioning(), symbol("SPY"));
    let at = |seconds| Asked::at(now() + TimeDelta::seconds(seconds));
    let first = service.gamma_exposure(&spy, at(0)).await.unwrap();
    let same = service.gamma_exposure(&spy, at(299)).await.unwrap();
    assert_eq!(same, first);
    let later = service.gamma_exposure(&spy, at(300)).await.unwrap();
    assert_eq!(later.measured_at, now() + TimeDelta::seconds(300));
    let anew = service.gamma_exposure(&spy, at(301).anew()).await.unwrap();
    assert_eq!(anew.measured_at, now() + TimeDelta::seconds(301));
    let expected = CacheCounts {
        in_memory: 1,
        missed: 3,
        ..CacheCounts::default()
    };
    assert_eq!(service.cache_counts()[0], ("gamma_exposure", expected));
    assert_eq!(service.cache_counts()[1].1, CacheCounts::default());
}

#[tokio::test]
async fn symbols_are_kept_apart() {
    let service = positioning();
    for name in ["SPY", "QQQ"] {
        let exposure = service.gamma_exposure(&symbol(name), now().into()).await;
        assert_eq!(exposure.unwrap().symbol, symbol(name));
        let flow = service.options_flow(&symbol(name), now().into()).await;
        assert_eq!(flow.unwrap().symbol, symbol(name));
    }
}

#[tokio::test]
async fn where_there_is_nothing_it_is_an_error_with_its_reason() {
    let service = positioning();
    let unknown = service
        .gamma_exposure(&symbol("NODATA"), now().into())
        .await;
    assert!(matches!(unknown, Err(MarketError::UnknownSymbol { .. })));
    for text in [
        service
            .gamma_exposure(&symbol("ZZTOP"), now().into())
            .await
            .unwrap_err()
            .to_string(),
        service
            .options_flow(&symbol("ZZTOP"), now().into())
            .await
            .unwrap_err()
            .to_string(),
    ] {
        assert!(text.contains("of ZZTOP: no contract"), "{text}");
    }
}
