//! Whatever comes over the wire, nothing breaks, and what is accepted can be.

use domain::Timeframe;
use market_data::CandleRequest;
use market_data::provider::ProviderName;
use market_data::provider::answer::Answer;
use market_data::provider::bars::BarPlan;
use market_data::provider::market_data_app::{
    candles, chain, clock, contracts, option_quotes, stock_quotes,
};
use proptest::prelude::*;
use reqwest::header::HeaderMap;

use crate::chain_request;
use crate::wire::mutations::mutated;
use crate::wire::{NOW, at, symbol};

const STOCKS: &str = r#"{"s":"ok","symbol":["AAPL","MSFT"],"ask":[201.15,480.2],"bid":[201.11,480.1],"mid":[201.13,480.15],"last":[201.13,null],"updated":[1782310522,1782310520]}"#;
const CHAIN: &str = r#"{"s":"ok","optionSymbol":["AAPL260717C00200000"],"updated":[1782310520],"bid":[5.1],"bidSize":[12],"ask":[5.25],"askSize":[40],"openInterest":[10432],"volume":[2210],"underlyingPrice":[201.13],"iv":[0.2934],"delta":[0.541],"gamma":[0.031],"theta":[-0.102],"vega":[0.207]}"#;
const BARS: &str = r#"{"s":"ok","t":[1782309000,1782309300],"o":[200.1,201],"h":[203.4,204],"l":[199.8,200],"c":[202.5,203],"v":[50233451,100]}"#;
const STATUS: &str = r#"{"s":"ok","date":[1782273600],"status":["open"]}"#;

fn answer(body: Vec<u8>) -> Answer {
    Answer::new(
        ProviderName::MarketData,
        200,
        HeaderMap::new(),
        body.into(),
        at(NOW),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn stocks_quotes_are_two_sided(body in mutated(STOCKS)) {
        if let Ok(batch) = stock_quotes(&answer(body)) {
            prop_assert!(batch.found.values().all(|quote| quote.sides.is_two_sided()));
        }
    }

    #[test]
    fn contracts_quotes_have_an_ask_above_the_bid(body in mutated(CHAIN)) {
        if let Ok(batch) = option_quotes(&answer(body)) {
            for quote in batch.found.values() {
                prop_assert!(!quote.sides.ask.is_zero() && quote.sides.bid <= quote.sides.ask);
            }
        }
    }

    #[test]
    fn chains_hold_what_can_be(body in mutated(CHAIN)) {
        if let Ok(chain) = chain(&answer(body), &chain_request()) {
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
    fn lists_hold_what_was_asked_for(body in mutated(CHAIN)) {
        if let Ok(listed) = contracts(&answer(body), &chain_request().filter()) {
            prop_assert!(listed.iter().all(|contract| !contract.is_adjusted()));
        }
    }

    #[test]
    fn bars_can_be_and_come_in_order(body in mutated(BARS)) {
        let request = CandleRequest {
            symbol: symbol("AAPL"),
            timeframe: Timeframe::parse("5m").unwrap(),
            count: 3,
        };
        let plan = BarPlan::of(ProviderName::MarketData, &request, at(NOW)).unwrap();
        if let Ok(set) = candles(&answer(body), &request, &plan) {
            prop_assert!(set.candles.iter().all(|bar| !bar.low.is_zero() && bar.low <= bar.high));
            prop_assert!(set.candles.windows(2).all(|pair| pair[0].start < pair[1].start));
        }
    }

    #[test]
    fn clocks_that_are_open_close(body in mutated(STATUS)) {
        if let Ok(clock) = clock(&answer(body)) {
            prop_assert_eq!(clock.is_open, clock.closes_at.is_some());
        }
    }
}
