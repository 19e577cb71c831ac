//! Option quotes: within the bounds that no market can leave, and refused where nothing is
//! listed.

use chrono::{DateTime, Utc};
use domain::expiration::year_fraction;
use domain::{OptionContract, OptionRight, Price};
use market_data::{MarketError, ModelledMarket};
use proptest::prelude::*;

use super::{
    DEFAULT_SYMBOLS, always_open, at, contract, listed, mid_usd, nyse, option_quote, quote,
};

/// What interest and dividends of the simulated index fund are, per year.
const RATE: f64 = 0.04;
const SPY_DIVIDENDS: f64 = 0.012;

fn twin(of: &OptionContract, right: OptionRight) -> OptionContract {
    OptionContract::new(of.root(), of.expiration(), right, of.strike()).unwrap()
}

fn usd(price: Price) -> f64 {
    price.to_f64()
}

/// An instant of the year 2026 and one listed contract.
fn listed_contract(
    seed: u64,
    name: &str,
    second: i64,
    pick: prop::sample::Index,
) -> (DateTime<Utc>, OptionContract) {
    let now = at("2026-01-02T00:00:00Z") + chrono::TimeDelta::seconds(second);
    let contracts = listed(&always_open(seed), name, now);
    (now, contracts[pick.index(contracts.len())].clone())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_listed_contract_is_quoted_within_its_bounds(
        seed: u64,
        index in 0..DEFAULT_SYMBOLS.len(),
        second in 0_i64..31_000_000,
        pick: prop::sample::Index,
    ) {
        let name = DEFAULT_SYMBOLS[index];
        let (now, contract) = listed_contract(seed, name, second, pick);
        let spot = mid_usd(&quote(&always_open(seed), name, now).unwrap());
        let quote = option_quote(&always_open(seed), &contract, now).unwrap();
        let (bid, ask) = (usd(quote.sides.bid), usd(quote.sides.ask));
        prop_assert!(ask >= bid + 0.01 - 1e-9);
        prop_assert!(ask - bid <= 0.12 + 0.03 * ask, "{} {} {}", contract, bid, ask);
        prop_assert_eq!(quote.bid_size == 0, quote.sides.bid.is_zero());
        prop_assert!((10..=300).contains(&quote.ask_size));

        let years = year_fraction(now, contract.expiration());
        let strike = usd(contract.strike());
        let (spot_now, strike_now) = (spot * libm::exp(-0.012 * years), strike * libm::exp(-RATE * years));
        let (least, most) = match contract.right() {
            OptionRight::Call => (spot_now - strike, spot),
            OptionRight::Put => (strike_now - spot, strike_now),
        };
        let mid = usd(quote.sides.mid());
        let slack = ask - bid + 0.02;
        prop_assert!(mid >= least - slack && mid <= most + slack, "{} {} {}", contract, spot, mid);
    }

    #[test]
    fn a_call_and_its_put_differ_by_the_forward(
        seed: u64,
        second in 0_i64..31_000_000,
        pick: prop::sample::Index,
    ) {
        let market = always_open(seed);
        let (now, any) = listed_contract(seed, "SPY", second, pick);
        let call = option_quote(&market, &twin(&any, OptionRight::Call), now).unwrap().sides;
        let put = option_quote(&market, &twin(&any, OptionRight::Put), now).unwrap().sides;
        let years = year_fraction(now, any.expiration());
        let spot = mid_usd(&quote(&market, "SPY", now).unwrap());
        let forward = spot * libm::exp(-SPY_DIVIDENDS * years)
            - usd(any.strike()) * libm::exp(-RATE * years);
        let width = usd(call.ask) - usd(call.bid) + usd(put.ask) - usd(put.bid);
        let gap = usd(call.mid()) - usd(put.mid()) - forward;
        prop_assert!(gap.abs() <= 0.5 * width + 0.04, "{}: {} of {}", any, gap, width);
    }
}

#[test]
fn a_higher_strike_makes_calls_cheaper_and_puts_dearer() {
    let (market, now) = (always_open(4), at("2026-03-04T15:00:00Z"));
    for name in DEFAULT_SYMBOLS {
        let contracts = listed(&market, name, now);
        for pair in contracts.windows(2) {
            let [low, high] = pair else { continue };
            if (low.expiration(), low.right()) != (high.expiration(), high.right()) {
                continue;
            }
            let mid = |contract| option_quote(&market, contract, now).unwrap().sides.mid();
            match low.right() {
                OptionRight::Call => assert!(mid(low) >= mid(high), "{low} {high}"),
                OptionRight::Put => assert!(mid(low) <= mid(high), "{low} {high}"),
            }
        }
    }
}

#[test]
fn near_the_money_the_spread_can_be_traded() {
    let (market, now) = (always_open(4), at("2026-03-04T15:00:00Z"));
    for (name, most) in [
        ("SPY", 0.03),
        ("QQQ", 0.03),
        ("IWM", 0.03),
        ("AAPL", 0.1),
        ("TSLA", 0.1),
    ] {
        let spot = mid_usd(&quote(&market, name, now).unwrap());
        let near = listed(&market, name, now).into_iter().filter(|contract| {
            contract.expiration() == super::date("2026-03-13")
                && (usd(contract.strike()) / spot - 1.0).abs() < 0.02
        });
        let near: Vec<_> = near.collect();
        assert!(near.len() >= 4, "{name}");
        for contract in near {
            let sides = option_quote(&market, &contract, now).unwrap().sides;
            let part = (usd(sides.ask) - usd(sides.bid)) / usd(sides.mid());
            assert!(part <= most, "{contract}: {part}");
        }
    }
}

#[test]
fn prices_lie_on_the_ticks_of_their_class() {
    let (market, now) = (always_open(4), at("2026-03-04T15:00:00Z"));
    for (name, nickel) in [("SPY", false), ("AAPL", true)] {
        for contract in listed(&market, name, now).iter().step_by(7) {
            let sides = option_quote(&market, contract, now).unwrap().sides;
            for price in [sides.bid, sides.ask] {
                let tick = if nickel && usd(price) > 3.0 { 5 } else { 1 };
                let tick = Price::cents(tick).decimal();
                assert!((price.decimal() % tick).is_zero(), "{contract} {price}");
            }
        }
    }
}

#[test]
fn what_is_worth_nothing_has_no_bid() {
    let now = at("2026-03-06T20:59:00Z");
    let market = always_open(4);
    let hopeless = contract("SPY", "2026-03-06", OptionRight::Call, 90_000);
    let quote = option_quote(&market, &hopeless, now).unwrap();
    assert_eq!(
        (quote.sides.bid, quote.sides.ask),
        (Price::ZERO, Price::cents(1))
    );
}

#[test]
fn what_is_not_listed_is_unknown() {
    let now = at("2026-03-04T15:00:00Z");
    for (root, expiration, strike_cents) in [
        ("SPY", "2026-03-07", 65_000),  // a Saturday
        ("SPY", "2026-03-03", 65_000),  // yesterday
        ("SPY", "2026-04-03", 65_000),  // Good Friday
        ("SPY", "2026-03-31", 65_000),  // a daily that isn't listed yet
        ("AAPL", "2026-03-11", 25_500), // a company has no dailies
        ("SPY", "2027-06-18", 65_000),  // more than a year away
        ("SPY", "2026-03-13", 65_050),  // between two strikes
        ("AAPL", "2026-03-13", 25_100),
        ("SPY", "2026-03-13", 500_000),  // far from any price
        ("ZZTOP", "2026-03-13", 10_000), // has no options
        ("NODATA", "2026-03-13", 10_000),
        ("SPY1", "2026-03-13", 65_000), // adjusted
    ] {
        let contract = contract(root, expiration, OptionRight::Call, strike_cents);
        let refused = option_quote(&always_open(4), &contract, now);
        assert!(
            matches!(refused, Err(MarketError::UnknownSymbol { .. })),
            "{contract}: {refused:?}"
        );
    }
}

#[test]
fn a_contract_is_quoted_up_to_its_last_second() {
    for (expiration, last, end) in [
        ("2026-03-06", "2026-03-06T20:59:59Z", "2026-03-06T21:00:00Z"),
        ("2026-11-27", "2026-11-27T17:59:59Z", "2026-11-27T18:00:00Z"),
    ] {
        let contract = contract("SPY", expiration, OptionRight::Call, 60_000);
        for market in [always_open(2), nyse(2)] {
            assert!(
                option_quote(&market, &contract, at(last)).is_ok(),
                "{contract}"
            );
            assert!(
                option_quote(&market, &contract, at(end)).is_err(),
                "{contract}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn at_its_price_a_contract_is_quoted_as_it_is_and_at_a_higher_one_a_call_isn_t_cheaper(
        seed: u64,
        index in 0..DEFAULT_SYMBOLS.len(),
        second in 0_i64..31_000_000,
        pick: prop::sample::Index,
    ) {
        let name = DEFAULT_SYMBOLS[index];
        let (now, contract) = listed_contract(seed, name, second, pick);
        let market = always_open(seed);
        let spot = quote(&market, name, now).unwrap().sides.mid();
        let here = market.quote_at_price(&contract, spot, now).unwrap();
        let quoted = option_quote(&market, &contract, now).unwrap();
        // The path's price isn't rounded to a cent.
        let apart = usd(here.quote.sides.mid()) - usd(quoted.sides.mid());
        prop_assert!(apart.abs() <= 0.055, "{}", apart);
        prop_assert_eq!(here.quote.provenance, quoted.provenance);
        let higher = Price::from_f64(usd(spot) * 1.02).unwrap();
        let higher = market.quote_at_price(&contract, higher, now).unwrap();
        let rose = higher.quote.sides.mid() >= here.quote.sides.mid();
        let fell = higher.quote.sides.mid() <= here.quote.sides.mid();
        let holds = if contract.right() == OptionRight::Call { rose } else { fell };
        prop_assert!(holds, "{}", contract);
    }
}
