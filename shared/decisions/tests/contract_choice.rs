//! Which contract an entry buys, and how many.

#[cfg(test)]
mod common;

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use common::{contract, contracts, date, option_quote, sides, utc};
use decisions::contract_choice::{
    CANDIDATES_MAX, Choice, NoChoice, candidates, choose, expiration_window,
};
use domain::quote::OptionQuote;
use domain::settings::Sizing;
use domain::{Contracts, OptionContract, OptionRight, Price, RejectionReason, Settings, Usd};

const NOW: &str = "2026-06-24T14:15:06Z";

/// The names of the candidates for a right at an underlying's price in cents.
fn names(listed: &[&str], right: OptionRight, price_cents: u32, now: &str) -> Vec<String> {
    let listed: Vec<_> = listed.iter().map(|name| contract(name)).collect();
    let price = Price::cents(price_cents);
    candidates(&listed, right, price, utc(now), &Settings::default())
        .iter()
        .map(ToString::to_string)
        .collect()
}

/// The expiration of calls that are listed for these dates, bought at an instant.
fn chosen_expiration(now: &str, dates: &[&str]) -> Option<String> {
    let listed: Vec<_> = dates
        .iter()
        .map(|day| format!("SPY{day}C00600000"))
        .collect();
    let listed: Vec<_> = listed.iter().map(String::as_str).collect();
    let found = names(&listed, OptionRight::Call, 60_000, now);
    found.first().map(|name| name[3..9].to_owned())
}

#[test]
fn the_first_listed_weekly_with_seven_days_left_is_bought() {
    let june = ["260626", "260702", "260710", "260717"];
    for (now, listed, expected) in [
        // Friday 2026-07-03 is closed, so the week's options end on Thursday.
        ("2026-06-24T14:15:06Z", &june[..], Some("260702")),
        ("2026-06-25T14:15:06Z", &june, Some("260702")),
        ("2026-06-26T14:15:06Z", &june, Some("260710")),
        ("2026-07-02T14:15:06Z", &june, Some("260710")),
        ("2026-07-06T14:15:06Z", &june, Some("260717")),
        // Good Friday 2026-04-03.
        (
            "2026-03-26T14:15:06Z",
            &["260402", "260410"],
            Some("260402"),
        ),
        (
            "2026-03-27T14:15:06Z",
            &["260402", "260410"],
            Some("260410"),
        ),
        // Dailies, and a Friday that doesn't trade, are no weeklies.
        (
            "2026-06-24T14:15:06Z",
            &["260701", "260703", "260706", "260710"],
            Some("260710"),
        ),
        (
            "2026-06-24T14:15:06Z",
            &["260701", "260706", "260707"],
            None,
        ),
        // What isn't listed is passed over for what is.
        (
            "2026-06-24T14:15:06Z",
            &["260626", "260717"],
            Some("260717"),
        ),
        // The window ends sixty days after the earliest date.
        ("2026-06-24T14:15:06Z", &["260828"], Some("260828")),
        ("2026-06-24T14:15:06Z", &["260904"], None),
        ("2026-06-24T14:15:06Z", &[], None),
        // Days are New York's: 03:59 UTC is still the day before there.
        ("2026-06-26T03:59:59Z", &june, Some("260702")),
        ("2026-06-26T04:00:00Z", &june, Some("260710")),
    ] {
        let found = chosen_expiration(now, listed);
        assert_eq!(found.as_deref(), expected, "{now} of {listed:?}");
    }
}

#[test]
fn contracts_that_end_today_are_bought_only_before_they_end() {
    let mut settings = Settings::default();
    settings.trading_rules.entry_dte_min = 0;
    let listed = [
        contract("SPY260626C00600000"),
        contract("SPY260702C00600000"),
    ];
    for (now, expected) in [
        ("2026-06-26T19:59:59Z", "SPY260626C00600000"),
        ("2026-06-26T20:00:00Z", "SPY260702C00600000"),
    ] {
        let price = Price::cents(60_000);
        let found = candidates(&listed, OptionRight::Call, price, utc(now), &settings);
        assert_eq!(found, [contract(expected)], "{now}");
    }
}

#[test]
fn strikes_go_outwards_from_the_nearest_that_is_not_in_the_money() {
    use OptionRight::{Call, Put};
    let calls = [
        "SPY260702C00602000",
        "SPY260702C00599000",
        "SPY260702C00600000",
        "SPY260702C00601000",
    ];
    let puts = [
        "SPY260702P00598000",
        "SPY260702P00600000",
        "SPY260702P00599000",
        "SPY260702P00601000",
    ];
    let both: Vec<_> = calls.iter().chain(&puts).copied().collect();
    for (right, price_cents, expected) in [
        (Call, 60_000, vec![calls[2], calls[3], calls[0]]),
        (Call, 60_001, vec![calls[3], calls[0]]),
        (Call, 60_201, vec![]),
        (Put, 60_000, vec![puts[1], puts[2], puts[0]]),
        (Put, 59_999, vec![puts[2], puts[0]]),
        (Put, 59_799, vec![]),
    ] {
        let found = names(&both, right, price_cents, NOW);
        assert_eq!(found, expected, "{right:?} at {price_cents}");
    }
}

#[test]
fn adjusted_contracts_are_never_bought_and_stand_for_no_expiration() {
    let listed = [
        "SPY1260702C00600000",
        "SPY260710C00601000",
        "SPY1260710C00600000",
    ];
    let found = names(&listed, OptionRight::Call, 60_000, NOW);
    assert_eq!(found, ["SPY260710C00601000"]);
}

#[test]
fn no_more_candidates_are_quoted_than_needed() {
    let listed: Vec<_> = (600..700)
        .map(|strike| format!("SPY260702C00{strike}000"))
        .collect();
    let listed: Vec<_> = listed.iter().map(String::as_str).collect();
    let found = names(&listed, OptionRight::Call, 60_000, NOW);
    assert_eq!(found, listed[..CANDIDATES_MAX]);
}

#[test]
fn the_window_begins_with_the_wanted_days_in_new_york() {
    let (from, to) = expiration_window(utc("2026-06-25T03:59:59Z"), &Settings::default());
    assert_eq!((from, to), (date("2026-07-01"), date("2026-08-30")));
}

/// Calls from the strike of 600 outwards, with these bids and asks in cents.
fn quoted(markets: &[(u32, u32)], at: DateTime<Utc>) -> BTreeMap<OptionContract, OptionQuote> {
    (600..)
        .zip(markets)
        .map(|(strike, (bid, ask))| {
            let name = format!("SPY260702C00{strike}000");
            let quote = option_quote(&name, sides(*bid, *ask), at);
            (quote.contract.clone(), quote)
        })
        .collect()
}

/// What is chosen of calls with these markets, a second after their quotes.
fn chosen(
    markets: &[(u32, u32)],
    asked_for: Option<Contracts>,
    settings: &Settings,
) -> Result<Choice, NoChoice> {
    let now = utc(NOW);
    let quotes = quoted(markets, now - TimeDelta::seconds(1));
    let found: Vec<_> = quotes.keys().cloned().collect();
    choose(&found, &quotes, asked_for, now, settings)
}

/// The strike in dollars, the quantity, and the cost in dollars.
fn in_short(choice: &Choice) -> (String, u32, String) {
    (
        choice.contract.strike().to_string(),
        choice.quantity.count(),
        choice.cost_usd.to_string(),
    )
}

#[test]
fn the_nearest_contract_that_one_position_may_cost_is_bought() {
    let expect = |strike: &str, cost: &str| (strike.to_owned(), 1, cost.to_owned());
    for (markets, expected) in [
        (vec![(790, 800), (500, 510)], expect("600.00", "$800.00")),
        (vec![(990, 1_000), (500, 510)], expect("600.00", "$1000.00")),
        (vec![(990, 1_001), (500, 510)], expect("601.00", "$510.00")),
        // Without a bid, without an ask, crossed: not usable, so the next one.
        (vec![(0, 800), (500, 510)], expect("601.00", "$510.00")),
        (vec![(790, 0), (500, 510)], expect("601.00", "$510.00")),
        (vec![(810, 800), (500, 510)], expect("601.00", "$510.00")),
    ] {
        let choice = chosen(&markets, None, &Settings::default()).unwrap();
        assert_eq!(in_short(&choice), expected, "{markets:?}");
    }
}

#[test]
fn a_choice_holds_the_market_that_it_was_made_on() {
    let choice = chosen(&[(790, 800)], None, &Settings::default()).unwrap();
    assert_eq!(choice.sides, sides(790, 800));
    assert_eq!(choice.cost_usd, choice.sides.ask.value(choice.quantity));
}

#[test]
fn the_quantity_comes_from_the_alert_else_from_the_sizing_and_is_capped() {
    let quantity = |count| Sizing::Quantity(contracts(count));
    let budget = |usd| Sizing::PremiumBudget(Usd::dollars(usd));
    for (asked_for, sizing, ask_cents, expected) in [
        (None, quantity(1), 50, 1),
        (None, quantity(3), 50, 3),
        (Some(2), quantity(3), 50, 2),
        (Some(2), budget(500), 50, 2),
        (Some(11), quantity(1), 50, 10),
        (None, quantity(25), 50, 10),
        (None, budget(500), 50, 10),
        (None, budget(499), 50, 9),
        (None, budget(500), 120, 4),
        (None, budget(500), 500, 1),
        // Less than one is one: only what a position may cost refuses.
        (None, budget(500), 501, 1),
        (None, budget(1_000_000), 1, 10),
    ] {
        let mut settings = Settings::default();
        settings.trading_rules.sizing = sizing;
        let asked_for = asked_for.map(contracts);
        let choice = chosen(&[(1, ask_cents)], asked_for, &settings).unwrap();
        let found = choice.quantity.count();
        assert_eq!(found, expected, "{asked_for:?} {sizing:?} at {ask_cents}");
    }
}

#[test]
fn what_an_alert_asks_for_has_to_be_affordable_as_a_whole() {
    let choice = chosen(
        &[(210, 220), (150, 160)],
        Some(contracts(5)),
        &Settings::default(),
    );
    let expected = ("601.00".to_owned(), 5, "$800.00".to_owned());
    assert_eq!(in_short(&choice.unwrap()), expected);
}

#[test]
fn without_a_suitable_contract_the_reason_is_told() {
    use RejectionReason::{NotListed, Unaffordable};
    for (markets, asked_for, reason, detail) in [
        (
            vec![],
            None,
            NotListed,
            "no contract out of the money expires from 2026-07-01 to 2026-08-30",
        ),
        (
            vec![(1_190, 1_200), (1_090, 1_100)],
            None,
            Unaffordable,
            "the cheapest contract asks 11.00 a share, so 1 of it cost $1100.00; \
             a position may cost $1000.00",
        ),
        (
            vec![(190, 200), (140, 150)],
            Some(contracts(8)),
            Unaffordable,
            "the cheapest contract asks 1.50 a share, so 8 of it cost $1200.00; \
             a position may cost $1000.00",
        ),
    ] {
        let Err(NoChoice::Final(rejection)) = chosen(&markets, asked_for, &Settings::default())
        else {
            panic!("{reason} was expected of {markets:?}");
        };
        assert_eq!(
            (rejection.reason, rejection.detail.as_str()),
            (reason, detail)
        );
    }
}

#[test]
fn without_one_usable_quote_it_is_worth_another_try() {
    let (now, settings) = (utc(NOW), Settings::default());
    let found = [contract("SPY260702C00600000")];
    let aged = |ms| quoted(&[(500, 510)], now - TimeDelta::milliseconds(ms));
    for (quotes, is_chosen) in [
        (aged(60_000), true),
        (aged(60_001), false),
        (quoted(&[(0, 510)], now), false),
        (quoted(&[(0, 0)], now), false),
        (BTreeMap::new(), false),
    ] {
        let choice = choose(&found, &quotes, None, now, &settings);
        let expected = (!is_chosen).then_some(NoChoice::NoQuotes);
        assert_eq!(choice.err(), expected, "{quotes:?}");
    }
}
