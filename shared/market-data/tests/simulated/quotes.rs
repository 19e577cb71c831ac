//! Stock quotes: the same for everyone, plausible, and refused where the name says so.

use chrono::{DateTime, TimeDelta};
use domain::quote::Timeliness;
use market_data::{Market, MarketError, MarketKind};
use proptest::prelude::*;

use super::{DEFAULT_SYMBOLS, always_open, answer, at, mid_usd, nyse, quote, symbol};

#[test]
fn two_instances_of_a_seed_agree() {
    let now = at("2026-03-04T15:04:05.678Z");
    for name in DEFAULT_SYMBOLS {
        assert_eq!(
            quote(&always_open(5), name, now),
            quote(&always_open(5), name, now)
        );
        assert_ne!(
            quote(&always_open(5), name, now).unwrap().sides,
            quote(&always_open(6), name, now).unwrap().sides
        );
    }
}

#[test]
fn a_seed_means_the_same_prices_on_every_machine() {
    let now = at("2026-03-04T15:00:00Z");
    for (name, bid, ask) in [("SPY", "691.84", "691.89"), ("TSLA", "412.78", "412.81")] {
        let sides = quote(&always_open(1), name, now).unwrap().sides;
        assert_eq!([sides.bid.to_string(), sides.ask.to_string()], [bid, ask]);
    }
}

#[test]
fn in_session_both_hours_show_the_same_prices() {
    let now = at("2026-03-04T15:04:05Z");
    assert_eq!(
        quote(&always_open(5), "SPY", now),
        quote(&nyse(5), "SPY", now)
    );
}

#[test]
fn says_who_gave_it_and_when() {
    let now = at("2026-03-04T15:04:05.678Z");
    let provenance = quote(&always_open(1), "SPY", now).unwrap().provenance;
    assert_eq!(provenance.provider, "simulated");
    assert_eq!(provenance.timeliness, Timeliness::Simulated);
    assert_eq!(provenance.at, at("2026-03-04T15:04:05Z"));
    assert_eq!(provenance.received_at, now);
}

#[test]
fn says_plainly_that_it_is_simulated() {
    let markets: [(Box<dyn Market>, &str); 2] = [
        (Box::new(always_open(1)), "never closes"),
        (Box::new(nyse(1)), "New York Stock Exchange"),
    ];
    for (market, word) in markets {
        let source = market.source();
        assert_eq!(source.kind, MarketKind::Simulated);
        assert!(
            source.sentence.starts_with("Simulated market"),
            "{}",
            source.sentence
        );
        assert!(source.sentence.contains(word), "{}", source.sentence);
    }
}

#[test]
fn a_bad_symbol_costs_only_itself() {
    let symbols = ["SPY", "NODATA", "AAPL"].map(symbol);
    let batch = answer(always_open(1).quotes(&symbols, at("2026-03-04T15:00:00Z").into())).unwrap();
    assert_eq!(batch.found.len(), 2);
    let expected = MarketError::UnknownSymbol {
        provider: "simulated".to_owned(),
        symbol: "NODATA".to_owned(),
    };
    assert_eq!(batch.failed[&symbol("NODATA")], expected);
}

#[test]
fn stocks_move_with_each_other_but_not_alike() {
    let market = always_open(11);
    let change = |name: &str, day: i64| {
        let start = at("2025-01-06T18:00:00Z") + TimeDelta::days(day);
        let price = |now| mid_usd(&quote(&market, name, now).unwrap());
        price(start + TimeDelta::days(1)) / price(start) - 1.0
    };
    let changes: Vec<(f64, f64)> = (0..250)
        .map(|day| (change("SPY", day), change("QQQ", day)))
        .collect();
    let sum = |term: fn(&(f64, f64)) -> f64| changes.iter().map(term).sum::<f64>();
    let correlation = sum(|(a, b)| a * b) / (sum(|(a, _)| a * a) * sum(|(_, b)| b * b)).sqrt();
    assert!((0.6..0.98).contains(&correlation), "{correlation}");
}

proptest! {
    #[test]
    fn any_stock_has_two_sides_at_any_time(
        seed: u64,
        name in "[A-Z]{1,5}",
        unix_s in 946_684_800_i64..4_000_000_000,
    ) {
        let now = DateTime::from_timestamp(unix_s, 0).unwrap();
        let sides = quote(&always_open(seed), &name, now).unwrap().sides;
        prop_assert!(sides.is_two_sided());
        prop_assert!(sides.ask > sides.bid);
        let width = sides.ask.to_f64() - sides.bid.to_f64();
        prop_assert!(width <= 0.021 + 0.000_05 * sides.ask.to_f64());
    }
}
