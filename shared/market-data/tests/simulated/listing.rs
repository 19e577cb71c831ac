//! Which contracts are listed, and that none vanishes while it lives.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::calendar::session_on;
use domain::expiration::{expires_at, weekly_expirations};
use domain::{OptionContract, OptionRight, Price};
use market_data::{ContractFilter, Market, MarketError};

use super::{always_open, answer, at, date, listed, mid_usd, option_quote, quote, symbol};

fn expirations(contracts: &[OptionContract]) -> BTreeSet<NaiveDate> {
    contracts.iter().map(OptionContract::expiration).collect()
}

#[test]
fn every_weekly_of_the_coming_weeks_is_listed() {
    for now in [
        "2026-03-04T15:00:00Z",
        "2026-06-01T15:00:00Z",
        "2026-11-21T15:00:00Z",
    ] {
        let today = at(now).date_naive();
        let weeklies = weekly_expirations(today, today + TimeDelta::weeks(8));
        for name in ["SPY", "AAPL", "TSLA", "KO"] {
            let found = expirations(&listed(&always_open(1), name, at(now)));
            for weekly in &weeklies {
                assert!(found.contains(weekly), "{name} on {now}: {weekly}");
            }
        }
    }
}

#[test]
fn holidays_move_expirations_to_the_day_before() {
    let found = expirations(&listed(&always_open(1), "AAPL", at("2026-06-01T15:00:00Z")));
    for (listed, not_listed) in [("2026-06-18", "2026-06-19"), ("2026-07-02", "2026-07-03")] {
        assert!(found.contains(&date(listed)), "{listed}");
        assert!(!found.contains(&date(not_listed)), "{not_listed}");
    }
}

#[test]
fn monthlies_are_listed_for_a_year() {
    let found = expirations(&listed(&always_open(1), "AAPL", at("2026-03-04T15:00:00Z")));
    for monthly in [
        "2026-03-20",
        "2026-04-17",
        "2026-05-15",
        "2026-06-18",
        "2026-07-17",
        "2026-08-21",
        "2026-09-18",
        "2026-10-16",
        "2026-11-20",
        "2026-12-18",
        "2027-01-15",
        "2027-02-19",
    ] {
        assert!(found.contains(&date(monthly)), "{monthly}");
    }
}

#[test]
fn index_funds_have_an_expiration_on_every_session_of_two_weeks() {
    let now = at("2026-03-04T15:00:00Z");
    let days = || {
        date("2026-03-04")
            .iter_days()
            .take(14)
            .filter(|day| session_on(*day).is_some())
    };
    for (name, daily) in [("SPY", true), ("QQQ", true), ("IWM", true), ("AAPL", false)] {
        let found = expirations(&listed(&always_open(1), name, now));
        assert_eq!(days().all(|day| found.contains(&day)), daily, "{name}");
    }
}

#[test]
fn strikes_lie_within_a_fifth_of_the_close_before_the_week() {
    let (close, now) = (at("2026-02-27T21:00:00Z"), at("2026-03-04T15:00:00Z"));
    for (name, step) in [("SPY", 1.0), ("AAPL", 2.5), ("META", 5.0)] {
        let anchor = mid_usd(&quote(&always_open(1), name, close).unwrap());
        let contracts = listed(&always_open(1), name, now);
        let strikes: BTreeSet<_> = contracts.iter().map(OptionContract::strike).collect();
        let strikes: Vec<f64> = strikes.into_iter().map(Price::to_f64).collect();
        let (first, last) = (strikes[0], strikes[strikes.len() - 1]);
        assert!(
            (0.8 * anchor..0.8 * anchor + step).contains(&first),
            "{name} {first} {anchor}"
        );
        assert!(
            (1.2 * anchor - step..1.2 * anchor).contains(&last),
            "{name} {last} {anchor}"
        );
        assert!(
            strikes
                .windows(2)
                .all(|pair| (pair[1] - pair[0] - step).abs() < 1e-9),
            "{name}"
        );
    }
}

#[test]
fn the_list_stays_the_same_within_a_week() {
    let (monday, sunday) = (at("2026-03-02T05:00:00Z"), at("2026-03-09T03:59:59Z"));
    for name in ["SPY", "TSLA"] {
        let living = |contracts: Vec<OptionContract>| -> Vec<OptionContract> {
            contracts
                .into_iter()
                .filter(|c| expires_at(c.expiration()) > sunday)
                .collect()
        };
        let early = living(listed(&always_open(3), name, monday));
        assert!(early.len() > 500);
        assert_eq!(early, listed(&always_open(3), name, sunday), "{name}");
    }
}

#[test]
fn an_expiration_once_listed_stays_until_it_ends() {
    for name in ["SPY", "AAPL"] {
        let mut before = BTreeSet::new();
        for day in 0..150 {
            let now = at("2026-01-02T12:00:00Z") + TimeDelta::days(day);
            let found = expirations(&listed(&always_open(3), name, now));
            for expiration in &before {
                let ended = expires_at(*expiration) <= now;
                assert_ne!(
                    found.contains(expiration),
                    ended,
                    "{name} {now} {expiration}"
                );
            }
            before = found;
        }
    }
}

/// The lowest and the highest strike of the farthest weekly that is eight weeks away at most.
fn outermost(seed: u64, now: DateTime<Utc>) -> [OptionContract; 2] {
    let last = now.date_naive() + TimeDelta::weeks(8);
    let contracts = listed(&always_open(seed), "TSLA", now);
    let living = contracts.into_iter().filter(|c| c.expiration() <= last);
    let farthest: Vec<_> = living.collect();
    let expiration = farthest
        .iter()
        .map(OptionContract::expiration)
        .max()
        .unwrap();
    let mut strikes = farthest
        .into_iter()
        .filter(|c| c.expiration() == expiration && c.right() == OptionRight::Call);
    [strikes.next().unwrap(), strikes.next_back().unwrap()]
}

#[test]
fn a_contract_is_quoted_to_its_end_however_far_the_price_goes() {
    let start = at("2026-03-04T15:00:00Z");
    let price = |seed, now| mid_usd(&quote(&always_open(seed), "TSLA", now).unwrap());
    let mut big_moves = 0;
    for seed in 0..40 {
        let contracts = outermost(seed, start);
        for contract in &contracts {
            let end = expires_at(contract.expiration());
            let days = (end - start).num_days();
            assert!(days >= 49, "{days}");
            for now in (0..=days)
                .map(|day| start + TimeDelta::days(day))
                .filter(|now| *now < end)
            {
                assert!(
                    option_quote(&always_open(seed), contract, now).is_ok(),
                    "{contract} {now}"
                );
            }
        }
        let moved = price(seed, expires_at(contracts[0].expiration())) / price(seed, start);
        big_moves += usize::from(!(0.8..1.25).contains(&moved));
    }
    assert!(big_moves >= 3, "{big_moves}");
}

#[test]
fn the_filter_narrows_the_list() {
    let now = at("2026-03-04T15:00:00Z");
    let filter = ContractFilter {
        underlying: symbol("SPY"),
        expires_from: date("2026-03-10"),
        expires_to: date("2026-03-13"),
        right: Some(OptionRight::Put),
    };
    let found = answer(always_open(1).contracts(&filter, now.into())).unwrap();
    assert!(
        found
            .iter()
            .all(|contract| contract.right() == OptionRight::Put)
    );
    let expected = ["2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"].map(date);
    assert_eq!(expirations(&found), BTreeSet::from(expected));
    assert!(found.is_sorted());
}

#[test]
fn some_symbols_have_no_options_and_one_is_unknown() {
    let now = at("2026-03-04T15:00:00Z");
    assert!(quote(&always_open(1), "ZZTOP", now).is_ok());
    assert!(listed(&always_open(1), "ZZTOP", now).is_empty());
    let filter = ContractFilter {
        underlying: symbol("NODATA"),
        expires_from: date("2026-03-10"),
        expires_to: date("2026-03-13"),
        right: None,
    };
    let refused = answer(always_open(1).contracts(&filter, now.into()));
    assert!(
        matches!(refused, Err(MarketError::UnknownSymbol { .. })),
        "{refused:?}"
    );
}

#[test]
fn class_shares_are_the_stock_that_their_options_are_on() {
    let now = at("2026-03-04T15:00:00Z");
    let spot = mid_usd(&quote(&always_open(1), "BRK.B", now).unwrap());
    let contracts = listed(&always_open(1), "BRK.B", now);
    let deep = contracts
        .iter()
        .find(|contract| contract.right() == OptionRight::Call)
        .unwrap();
    assert_eq!(deep.root(), "BRKB");
    let premium = option_quote(&always_open(1), deep, now)
        .unwrap()
        .sides
        .mid()
        .to_f64();
    assert!((premium + deep.strike().to_f64() - spot).abs() < 0.02 * spot);
}
