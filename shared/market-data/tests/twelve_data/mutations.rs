//! Bodies with faults in them: nothing that is read may panic, and whatever is believed is sane.

use std::collections::BTreeMap;

use domain::Symbol;
use market_data::provider::ProviderName;
use market_data::provider::answer::Answer;
use market_data::provider::bars::Base;
use market_data::provider::twelve_data::{market_state, quotes, time_series};
use proptest::prelude::*;
use reqwest::header::HeaderMap;

use super::candles::{bar, series};
use super::quotes::row;
use super::wire::mutations::{assert_sane_bars, mutated};
use super::wire::{asked, symbol};

const STATE: &str = r#"[{"name":"NYSE","code":"XNYS","is_market_open":true,"time_after_open":"00:45:22","time_to_open":"00:00:00","time_to_close":"05:44:28"}]"#;

fn answer(body: Vec<u8>) -> Answer {
    let (provider, now) = (ProviderName::TwelveData, asked().now);
    Answer::new(provider, 200, HeaderMap::new(), body.into(), now)
}

fn wanted(names: &[&str]) -> BTreeMap<String, Symbol> {
    let named = names.iter().map(|name| ((*name).to_owned(), symbol(name)));
    named.collect()
}

fn one() -> String {
    row("AAPL", r#""201.13""#, "1782310500")
}

fn check(body: Vec<u8>, names: &[&str]) -> Result<(), TestCaseError> {
    let Ok(batch) = quotes(&answer(body), &wanted(names)) else {
        return Ok(());
    };
    prop_assert_eq!(batch.found.len() + batch.failed.len(), names.len());
    for quote in batch.found.values() {
        prop_assert!(quote.sides.is_two_sided());
        let _ = quote.sides.mid();
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_quote_that_is_believed_is_sane(body in mutated(&one())) {
        check(body, &["AAPL"])?;
    }

    #[test]
    fn quotes_that_are_believed_are_sane(body in mutated(&format!(r#"{{"AAPL":{},"SPY":{}}}"#, one(), row("SPY", "612.4", "1782310500")))) {
        check(body, &["AAPL", "SPY"])?;
    }

    #[test]
    fn bars_that_are_believed_are_sane(body in mutated(&series(&[bar("2026-06-24 14:05:00", r#""201.1""#), bar("2026-06-24 14:10:00", "201")]))) {
        if let Ok(bars) = time_series(&answer(body), &symbol("AAPL"), Base::Minutes(5)) {
            assert_sane_bars(&bars);
        }
    }

    #[test]
    fn days_that_are_believed_are_sane(body in mutated(&series(&[bar("2026-06-23", r#""201.1""#)]))) {
        if let Ok(bars) = time_series(&answer(body), &symbol("AAPL"), Base::Day) {
            assert_sane_bars(&bars);
        }
    }

    #[test]
    fn states_that_are_believed_are_sane(body in mutated(STATE)) {
        if let Ok(clock) = market_state(&answer(body)) {
            prop_assert!(clock.opens_at >= clock.provenance.at);
            prop_assert!(clock.closes_at.is_none_or(|closes| closes < clock.opens_at));
            prop_assert_eq!(clock.closes_at.is_some(), clock.is_open);
        }
    }
}
