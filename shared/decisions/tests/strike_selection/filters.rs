//! Each filter below, at and above its bound.

use chrono::TimeDelta;
use domain::ListedOption;
use domain::selection::ContractRejection as R;
use domain::settings::Sizing;
use domain::{Contracts, OptionRight, Percent, Usd};

use crate::common::{contracts, sides, symbol, utc};
use crate::world::{World, call, changed, good, greeks, world};

/// The name of the filter that refuses the row, and its reading.
fn refusal(world: World) -> Option<(R, String)> {
    world.refusal()
}

/// Checks one row changed in each way, against the reason that it is refused for.
fn check<T: Copy + std::fmt::Debug>(cases: &[(T, Option<R>)], change: fn(&mut ListedOption, T)) {
    for (value, expected) in cases {
        let found = refusal(changed(|row| change(row, *value)));
        let reason = found.as_ref().map(|(reason, _)| *reason);
        assert_eq!(reason, *expected, "{value:?}: {found:?}");
    }
}

#[test]
fn deltas_are_bought_within_their_bounds() {
    let cases = [
        (0.2999, Some(R::Delta)),
        (0.30, None),
        (0.60, None),
        (0.6001, Some(R::Delta)),
        (f64::NAN, None), // Then our own model computes it.
    ];
    check(&cases, |row, delta| row.greeks = Some(greeks(delta)));
}

#[test]
fn deltas_of_puts_are_read_without_their_sign() {
    for (delta, expected) in [(-0.2999, Some(R::Delta)), (-0.30, None), (-0.6, None)] {
        let mut row = good("AAPL260702P00255000");
        row.greeks = Some(greeks(delta));
        let mut puts = world(vec![row, good("AAPL260702P00001000")]);
        puts.right = OptionRight::Put;
        let reasons = puts.select().unwrap().reasons;
        let found = reasons.nearest_rejected.first().map(|it| it.reason);
        assert_eq!(found, expected, "{delta}");
    }
}

/// What is known of a call whose Greeks aren't told, with this volatility and strike.
fn without_greeks(volatility: Option<f64>, strike: u32) -> World {
    let mut row = good(&call(strike));
    (row.greeks, row.implied_volatility) = (None, volatility);
    world(vec![row])
}

#[test]
fn a_delta_that_is_not_told_follows_from_the_volatility_or_else_from_the_mid() {
    for volatility in [Some(0.3), None, Some(f64::NAN), Some(-0.3)] {
        let selected = without_greeks(volatility, 255).select().unwrap();
        let figures = selected.reasons.figures;
        // Near the money with a little drift: just above a half.
        assert!(figures.modelled, "{volatility:?}");
        assert!(
            (0.5..0.55).contains(&figures.delta),
            "{volatility:?} {}",
            figures.delta
        );
        assert!(figures.theta < 0.0);
        // A mid of $4.00 with eight days left implies a quarter; what is told goes before it.
        let expected = if volatility == Some(0.3) { 0.3 } else { 0.26 };
        let found = figures.implied_volatility;
        assert!((found - expected).abs() < 0.015, "{volatility:?} {found}");
    }
    // A mid below what exercising would bring implies nothing.
    let found = refusal(without_greeks(None, 240));
    assert_eq!(found.map(|it| it.0), Some(R::UnknownDelta));
}

#[test]
fn a_bid_has_to_exceed_its_bound() {
    let cases = [(4, Some(R::Bid)), (5, Some(R::Bid)), (6, None)];
    check(&cases, |row, bid| row.sides = Some(sides(bid, bid + 1)));
}

#[test]
fn a_spread_is_judged_by_its_part_of_the_mid() {
    let cases = [
        ((380, 420), None),
        ((379, 420), Some(R::Spread)),
        ((190, 210), None),
        ((190, 211), Some(R::Spread)),
        ((100, 106), None),
        ((99, 112), Some(R::Spread)),
    ];
    check(&cases, |row, (bid, ask)| row.sides = Some(sides(bid, ask)));
}

#[test]
fn what_is_cheap_may_have_a_spread_of_some_cents() {
    let cases = [
        ((20, 25), None),
        ((20, 26), Some(R::Spread)),
        ((48, 53), None),
        // The mid is a dollar or more: only its part counts.
        ((97, 103), None),
        ((94, 106), Some(R::Spread)),
    ];
    check(&cases, |row, (bid, ask)| row.sides = Some(sides(bid, ask)));
    let found = refusal(changed(|row| row.sides = Some(sides(20, 26))));
    let reading = "26.087 % of the mid, at most 10 %; $0.06, at most $0.05";
    assert_eq!(found.unwrap().1, reading);
}

#[test]
fn enough_contracts_have_to_be_held() {
    let cases = [
        (None, Some(R::UnknownOpenInterest)),
        (Some(0), Some(R::OpenInterest)),
        (Some(499), Some(R::OpenInterest)),
        (Some(500), None),
    ];
    check(&cases, |row, held| row.open_interest = held);
}

#[test]
fn more_are_asked_for_of_index_funds() {
    for (held, expected) in [(999, Some(R::OpenInterest)), (1_000, None)] {
        for fund in ["SPY", "QQQ", "IWM"] {
            let mut of_fund = changed(|row| row.open_interest = Some(held));
            of_fund.chain.underlying = symbol(fund);
            assert_eq!(refusal(of_fund).map(|it| it.0), expected, "{fund} {held}");
        }
    }
}

#[test]
fn enough_contracts_have_to_be_traded() {
    let cases = [
        (None, Some(R::UnknownVolume)),
        (Some(0), Some(R::Volume)),
        (Some(99), Some(R::Volume)),
        (Some(100), None),
    ];
    check(&cases, |row, traded| row.volume = traded);
}

#[test]
fn fewer_have_to_be_traded_in_the_first_hour() {
    for (now, traded, expected) in [
        ("2026-06-24T13:30:00Z", 19, Some(R::Volume)),
        ("2026-06-24T13:30:00Z", 20, None),
        ("2026-06-24T14:29:59Z", 20, None),
        ("2026-06-24T14:30:00Z", 99, Some(R::Volume)),
        ("2026-06-24T14:30:00Z", 100, None),
        // While no session runs it is the last one's volume, and that was a whole one.
        ("2026-06-24T13:29:59Z", 99, Some(R::Volume)),
        ("2026-06-24T23:00:00Z", 99, Some(R::Volume)),
        ("2026-06-21T15:00:00Z", 99, Some(R::Volume)),
    ] {
        let mut early = changed(|row| row.volume = Some(traded));
        early.now = utc(now);
        let found = refusal(early).map(|it| it.0);
        assert_eq!(found, expected, "{traded} at {now}");
    }
}

#[test]
fn volatilities_have_to_be_possible() {
    let cases = [
        (None, None), // The mid implies one.
        (Some(0.0299), Some(R::Volatility)),
        (Some(0.03), None),
        (Some(3.0), None),
        (Some(3.0001), Some(R::Volatility)),
        (Some(f64::INFINITY), None),
    ];
    check(&cases, |row, volatility| {
        row.implied_volatility = volatility;
    });
    // A delta is told, and the mid is below what exercising would bring.
    let mut odd = good(&call(240));
    odd.implied_volatility = None;
    let found = refusal(world(vec![odd]));
    assert_eq!(found.map(|it| it.0), Some(R::UnknownVolatility));
}

#[test]
fn quotes_need_two_sides_that_differ() {
    let cases = [
        (None, Some(R::NoQuote)),
        (Some((0, 400)), Some(R::OneSided)),
        (Some((400, 0)), Some(R::OneSided)),
        (Some((0, 0)), Some(R::OneSided)),
        (Some((401, 400)), Some(R::Crossed)),
        (Some((400, 400)), Some(R::Locked)),
        (Some((399, 400)), None),
    ];
    check(&cases, |row, quoted| {
        row.sides = quoted.map(|(bid, ask)| sides(bid, ask));
    });
}

#[test]
fn a_position_has_to_be_affordable_at_the_ask() {
    let quantity = |count| Sizing::Quantity(contracts(count));
    let budget = |usd| Sizing::PremiumBudget(Usd::dollars(usd));
    for (sizing, asked_for, ask_cents, expected) in [
        (quantity(1), None, 1_000, Ok(1)),
        (quantity(1), None, 1_001, Err(R::Unaffordable)),
        (quantity(2), None, 500, Ok(2)),
        (quantity(2), None, 501, Err(R::Unaffordable)),
        (quantity(1), Some(2), 501, Err(R::Unaffordable)),
        (budget(900), None, 400, Ok(2)),
        (budget(900), None, 901, Ok(1)),
        (budget(900), None, 1_001, Err(R::Unaffordable)),
        (quantity(25), None, 100, Ok(10)),
    ] {
        let mut costly = changed(|row| row.sides = Some(sides(ask_cents - 4, ask_cents)));
        costly.settings.trading_rules.sizing = sizing;
        costly.asked_for = asked_for.map(contracts);
        let found = match costly.select() {
            Ok(selected) => Ok(selected.chosen.quantity.count()),
            Err(_) => Err(R::Unaffordable),
        };
        assert_eq!(found, expected, "{sizing:?} {asked_for:?} at {ask_cents}");
    }
    let chosen = changed(|_| ()).select().unwrap().chosen;
    assert_eq!(chosen.cost_usd, chosen.sides.ask.value(Contracts::ONE));
}

#[test]
fn every_bound_is_a_setting() {
    type Set = fn(&mut domain::settings::StrikeSelection);
    let cases: [(R, Set); 6] = [
        (R::Delta, |s| s.delta_min = "0.46".parse().unwrap()),
        (R::Bid, |s| s.bid_min_usd = Usd::cents(390)),
        (R::Spread, |s| s.spread_max_percent = Percent::whole(4)),
        (R::OpenInterest, |s| s.open_interest_min = 2_001),
        (R::Volume, |s| s.volume_min = 401),
        (R::Volatility, |s| s.volatility_max = "0.2".parse().unwrap()),
    ];
    for (expected, set) in cases {
        let mut strict = changed(|_| ());
        assert!(strict.select().is_ok());
        set(&mut strict.settings.strike_selection);
        let rejection = strict.select().unwrap_err();
        let said = format!("{expected} 1");
        assert!(rejection.detail.contains(&said), "{}", rejection.detail);
    }
}

#[test]
fn the_first_weekly_expiration_with_enough_days_is_bought() {
    let names = [
        "AAPL260626C00255000",
        "AAPL260702C00255000",
        "AAPL260710C00255000",
    ];
    for (now, expected) in [
        ("2026-06-24T15:15:00Z", names[1]),
        ("2026-06-25T15:15:00Z", names[1]),
        ("2026-06-26T15:15:00Z", names[2]),
    ] {
        let mut later = world(names.into_iter().map(good).collect());
        later.now = utc(now) + TimeDelta::zero();
        assert_eq!(later.chosen(), expected, "{now}");
    }
    assert_eq!(world(vec![good(&call(255))]).chosen(), call(255));
}
