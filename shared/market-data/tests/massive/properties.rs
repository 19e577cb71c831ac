//! Whatever comes over the wire, nothing breaks, and what is accepted can be.

use domain::Timeframe;
use market_data::CandleRequest;
use market_data::provider::ProviderName;
use market_data::provider::answer::Answer;
use market_data::provider::bars::BarPlan;
use market_data::provider::massive::{
    bars_of_pages, bars_page, chain_of_pages, chain_page, clock, contracts_page,
    option_quotes_page, stock_quotes_page,
};
use proptest::prelude::*;
use reqwest::header::HeaderMap;

use crate::wire::mutations::mutated;
use crate::wire::{NOW, at, symbol};
use crate::{chain_request, filter};

const STOCK: &str = r#"{"status":"OK","results":[{"ticker":"AAPL","last_quote":{"ask":201.15,"ask_size":2,"bid":201.11,"bid_size":3,"last_updated":1782310522349730300},"last_trade":{"price":201.13,"last_updated":1782310521969834000},"session":{"price":201.13}}]}"#;
const OPTION: &str = r#"{"status":"OK","results":[{"ticker":"O:AAPL260717C00200000","last_quote":{"ask":5.25,"ask_size":40,"bid":5.1,"bid_size":12,"last_updated":1782310520043128576}}]}"#;
const CHAIN: &str = r#"{"status":"OK","results":[{"day":{"volume":2210},"details":{"shares_per_contract":100,"ticker":"O:AAPL260717C00200000"},"greeks":{"delta":0.541,"gamma":0.031,"theta":-0.102,"vega":0.207},"implied_volatility":0.2934,"last_quote":{"ask":5.25,"ask_size":40,"bid":5.1,"bid_size":12,"last_updated":1782310520043128576},"open_interest":10432,"underlying_asset":{"last_updated":1782310521969834000,"price":201.13}}]}"#;
const BARS: &str = r#"{"status":"OK","results":[{"o":200.1,"h":203.4,"l":199.8,"c":202.5,"v":502,"t":1782309900000},{"o":200.1,"h":203.4,"l":199.8,"c":202.5,"v":502,"t":1782310200000}]}"#;
const STATUS: &str = r#"{"market":"open","serverTime":"2026-06-24T10:15:22-04:00"}"#;

fn answer(body: Vec<u8>) -> Answer {
    Answer::new(
        ProviderName::Massive,
        200,
        HeaderMap::new(),
        body.into(),
        at(NOW),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn stocks_quotes_are_two_sided(body in mutated(STOCK)) {
        if let Ok(page) = stock_quotes_page(&answer(body)) {
            for quote in page.content.found.values() {
                prop_assert!(quote.sides.is_two_sided());
            }
        }
    }

    #[test]
    fn contracts_quotes_have_an_ask_above_the_bid(body in mutated(OPTION)) {
        if let Ok(page) = option_quotes_page(&answer(body)) {
            for quote in page.content.found.values() {
                prop_assert!(!quote.sides.ask.is_zero() && quote.sides.bid <= quote.sides.ask);
            }
        }
    }

    #[test]
    fn chains_hold_what_can_be(body in mutated(CHAIN)) {
        let now = at(NOW);
        if let Ok(page) = chain_page(&answer(body), &chain_request()) {
            let chain = chain_of_pages(&chain_request(), vec![page.content], now);
            for option in &chain.options {
                let expires = chain_request().expires_from..=chain_request().expires_to;
                prop_assert!(expires.contains(&option.contract.expiration()));
                prop_assert!(option.sides.is_none_or(|it| !it.ask.is_zero() && it.bid <= it.ask));
                prop_assert!(option.greeks.is_none_or(|it| (-0.01..1.01).contains(&it.delta)));
                prop_assert!(option.implied_volatility.is_none_or(|it| it > 0.0 && it <= 10.0));
            }
        }
    }

    #[test]
    fn bars_can_be_and_come_in_order(body in mutated(BARS)) {
        let now = at(NOW);
        let request = CandleRequest {
            symbol: symbol("AAPL"),
            timeframe: Timeframe::parse("5m").unwrap(),
            count: 3,
        };
        let plan = BarPlan::of(ProviderName::Massive, &request, now).unwrap();
        if let Ok(page) = bars_page(&answer(body), &request.symbol) {
            prop_assert!(page.content.bars.iter().all(|bar| bar.volume >= 0.0));
            if let Ok(set) = bars_of_pages(&request, vec![page.content], now, [&plan, &plan]) {
                prop_assert!(set.candles.iter().all(|bar| !bar.low.is_zero() && bar.low <= bar.high));
                prop_assert!(set.candles.windows(2).all(|pair| pair[0].start < pair[1].start));
            }
        }
    }

    #[test]
    fn lists_hold_what_was_asked_for(body in mutated(CHAIN)) {
        if let Ok(page) = contracts_page(&answer(body), &filter()) {
            prop_assert!(page.content.iter().all(|contract| !contract.is_adjusted()));
        }
    }

    #[test]
    fn clocks_that_are_open_close(body in mutated(STATUS)) {
        if let Ok(clock) = clock(&answer(body)) {
            prop_assert_eq!(clock.is_open, clock.closes_at.is_some());
        }
    }
}
