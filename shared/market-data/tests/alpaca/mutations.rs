//! Bodies with faults in them: nothing that is read may panic, and whatever is believed is sane.

use std::collections::BTreeMap;

use market_data::ContractFilter;
use market_data::provider::ProviderName;
use market_data::provider::alpaca::{
    OptionFeed, StockFeed, bars_page, chain_page, clock, contracts_page, option_quotes,
    stock_quotes,
};
use market_data::provider::answer::Answer;
use proptest::prelude::*;
use reqwest::header::HeaderMap;

use super::chain::{FULL, request, snapshots};
use super::contracts::{listed, page};
use super::wire::mutations::{assert_sane_bars, mutated};
use super::wire::{asked, contract, symbol};

const CLOCK: &str = r#"{"timestamp":"2026-06-24T10:15:22-04:00","is_open":true,"next_open":"2026-06-25T09:30:00-04:00","next_close":"2026-06-24T16:00:00-04:00"}"#;
const QUOTES: &str = r#"{"quotes":{"AAPL":{"t":"2026-06-24T14:15:22Z","bp":201.11,"bs":300,"ap":201.15,"as":200},"AAPL260717C00200000":{"t":"2026-06-24T14:15:20Z","bp":5.1,"bs":12,"ap":5.25,"as":40}}}"#;
const BARS: &str = r#"{"bars":[{"t":"2026-06-24T13:30:00Z","o":200.1,"h":201.4,"l":199.8,"c":201.0,"v":1203345}],"symbol":"AAPL","next_page_token":null}"#;

fn answer(body: Vec<u8>) -> Answer {
    let (provider, now) = (ProviderName::Alpaca, asked().now);
    Answer::new(provider, 200, HeaderMap::new(), body.into(), now)
}

fn filter() -> ContractFilter {
    request().filter()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn quotes_that_are_believed_are_sane(body in mutated(QUOTES)) {
        let answer = answer(body);
        let stock = BTreeMap::from([("AAPL".to_owned(), symbol("AAPL"))]);
        if let Ok(batch) = stock_quotes(&answer, &stock, StockFeed::Iex) {
            prop_assert_eq!(batch.found.len() + batch.failed.len(), 1);
            for quote in batch.found.values() {
                prop_assert!(quote.sides.is_two_sided());
                let _ = quote.sides.mid();
            }
        }
        let name = "AAPL260717C00200000";
        let option = BTreeMap::from([(name.to_owned(), contract(name))]);
        if let Ok(batch) = option_quotes(&answer, &option, OptionFeed::Opra) {
            prop_assert_eq!(batch.found.len() + batch.failed.len(), 1);
            for quote in batch.found.values() {
                prop_assert!(!quote.sides.ask.is_zero() && quote.sides.bid <= quote.sides.ask);
                let _ = quote.sides.mid();
            }
        }
    }

    #[test]
    fn chains_that_are_believed_are_sane(body in mutated(&snapshots(&[("AAPL260717C00200000", FULL)], "null"))) {
        let Ok(page) = chain_page(&answer(body), &request()) else { return Ok(()) };
        prop_assert!(page.rows.options.len() <= 1);
        let judged = market_data::validation::chain(domain::OptionChain {
            underlying: symbol("AAPL"),
            underlying_price: None,
            options: page.rows.options,
            refused: page.rows.refused,
            provenance: answer(Vec::new()).provenance(asked().now, StockFeed::Iex.timeliness()),
        });
        for option in judged.options {
            if let Some(sides) = option.sides {
                prop_assert!(sides.bid <= sides.ask && !sides.ask.is_zero());
            }
            if let Some(greeks) = option.greeks {
                prop_assert!(greeks.delta.abs() <= 1.001);
            }
            prop_assert!(option.implied_volatility.is_none_or(|it| it > 0.0 && it <= 10.0));
        }
    }

    #[test]
    fn contracts_that_are_believed_are_within_the_filter(body in mutated(&page(&[listed("AAPL260717C00200000", r#""10432""#)], "null"))) {
        let Ok(page) = contracts_page(&answer(body), &filter()) else { return Ok(()) };
        for listed in page.rows {
            prop_assert!(!listed.contract.is_adjusted());
            prop_assert!(listed.contract.expiration() <= filter().expires_to);
            prop_assert!(listed.contract.expiration() >= filter().expires_from);
        }
    }

    #[test]
    fn bars_that_are_believed_are_sane(body in mutated(BARS)) {
        if let Ok(page) = bars_page(&answer(body), &symbol("AAPL")) {
            assert_sane_bars(&page.rows);
        }
    }

    #[test]
    fn clocks_that_are_believed_are_sane(body in mutated(CLOCK)) {
        if let Ok(clock) = clock(&answer(body)) {
            prop_assert!(clock.opens_at >= clock.provenance.at);
            prop_assert!(clock.closes_at.is_none_or(|closes| closes < clock.opens_at));
            prop_assert_eq!(clock.closes_at.is_some(), clock.is_open);
        }
    }
}
