//! Options that no recording has: which are listed, what they cost, and that they say what they are.

use domain::quote::Timeliness;
use domain::{OptionContract, OptionRight, Price};
use market_data::{MarketError, ModelledMarket, RecordedMarket};

use super::{DAYS, at, listed, market, option_quote, quote, sessions, symbol};

/// Closes that go up and down by the same part of the price, minute by minute.
fn swinging(part: f64) -> RecordedMarket {
    let lines = sessions(&["2026-07-29", "2026-07-30"], 1, |n| {
        300.0 * (1.0 + part * f64::from(n % 2))
    });
    market("AAPL.csv", &lines)
}

fn near(market: &RecordedMarket, right: OptionRight, now: &str) -> OptionContract {
    let spot = quote(market, "AAPL", at(now)).unwrap().sides.mid().to_f64();
    let away = |contract: &OptionContract| (contract.strike().to_f64() - spot).abs();
    let contracts = listed(market, "AAPL", at(now));
    let of_right = contracts
        .into_iter()
        .filter(|contract| contract.right() == right);
    let soon = of_right.filter(|contract| contract.expiration().to_string() == "2026-08-07");
    soon.min_by(|a, b| away(a).total_cmp(&away(b))).unwrap()
}

fn mid_usd(market: &RecordedMarket, contract: &OptionContract, now: &str) -> f64 {
    option_quote(market, contract, at(now))
        .unwrap()
        .sides
        .mid()
        .to_f64()
}

#[test]
fn they_say_that_they_are_modelled() {
    let market = swinging(0.001);
    let now = "2026-07-29T15:00:30Z";
    let quoted = option_quote(&market, &near(&market, OptionRight::Call, now), at(now)).unwrap();
    assert_eq!(quoted.provenance.provider, "recorded (modelled options)");
    assert_eq!(quoted.provenance.timeliness, Timeliness::Modelled);
    assert_eq!(quoted.provenance.at, at("2026-07-29T15:00:00Z"));
    assert_eq!(quoted.provenance.received_at, at(now));
    assert!(quoted.sides.is_two_sided() && quoted.bid_size > 0 && quoted.ask_size > 0);
}

#[test]
fn strikes_lie_around_where_the_week_began() {
    let market = market(
        "AAPL.csv",
        &sessions(&DAYS, 30, |n| 100.0 + f64::from(n / 13)),
    );
    // Friday 2026-07-10 closes at 113, and the Wednesday after it is dearer.
    let strikes = |now: &str| -> Vec<Price> {
        let mut strikes: Vec<_> = listed(&market, "AAPL", at(now))
            .iter()
            .map(OptionContract::strike)
            .collect();
        strikes.sort();
        strikes.dedup();
        strikes
    };
    let week = strikes("2026-07-15T15:00:00Z");
    assert_eq!(
        (week[0], week[week.len() - 1]),
        (Price::cents(9_250), Price::cents(13_500))
    );
    assert_eq!(week, strikes("2026-07-13T13:30:00Z"));
    // In the recording's first week, around its first close; before that nothing is listed.
    let first = strikes("2026-06-24T15:00:00Z");
    assert_eq!(
        (first[0], first[first.len() - 1]),
        (Price::cents(8_000), Price::cents(12_000))
    );
    assert!(strikes("2026-06-22T13:59:59Z").is_empty());
    assert!(listed(&market, "AAPL", at("2026-06-19T15:00:00Z")).is_empty());
}

#[test]
fn every_listed_contract_is_quoted_within_its_bounds() {
    let market = swinging(0.001);
    let now = "2026-07-30T18:00:00Z";
    let spot = quote(&market, "AAPL", at(now)).unwrap().sides.ask.to_f64();
    let contracts = listed(&market, "AAPL", at(now));
    assert!(contracts.len() > 500);
    for contract in &contracts {
        let quoted = option_quote(&market, contract, at(now)).unwrap();
        let most = match contract.right() {
            OptionRight::Call => spot,
            OptionRight::Put => contract.strike().to_f64(),
        };
        assert!(quoted.sides.bid.to_f64() <= most, "{contract}");
        assert!(quoted.sides.bid < quoted.sides.ask, "{contract}");
    }
}

#[test]
fn what_is_not_listed_is_unknown() {
    let market = swinging(0.001);
    for symbol in [
        "AAPL260805C00300000",
        "AAPL260807C00300300",
        "AAPL260717C00300000",
        "KO260807C00050000",
    ] {
        let contract = OptionContract::parse(symbol).unwrap();
        let refused = option_quote(&market, &contract, at("2026-07-29T15:00:00Z"));
        assert!(
            matches!(refused, Err(MarketError::UnknownSymbol { .. })),
            "{symbol}: {refused:?}"
        );
    }
}

#[test]
fn wilder_closes_make_dearer_options_within_limits() {
    let now = "2026-07-29T18:00:00Z";
    let premium = |part: f64| {
        let market = swinging(part);
        mid_usd(&market, &near(&market, OptionRight::Call, now), now)
    };
    let [still, calm, wild, absurd, more_absurd] = [0.0, 0.000_5, 0.002, 0.05, 0.2].map(premium);
    assert!(calm < wild && wild < absurd, "{calm} {wild} {absurd}");
    assert!(still > 0.5, "the floor: {still}");
    // Beyond the cap only the price itself differs.
    assert!(
        (absurd - more_absurd).abs() < 0.35 * absurd,
        "{absurd} {more_absurd}"
    );
}

/// By hand: closes that alternate by a factor have squared log returns of `ln(1.002)^2`, which
/// over 98,280 minutes a year is a volatility of 0.6263; eight days and four hours and a half are
/// 0.02243 years, and a call at the money is worth about `0.4 s v sqrt(t)`.
#[test]
fn the_premium_is_that_of_the_recorded_volatility() {
    let market = swinging(0.002);
    let now = "2026-07-30T15:31:00Z";
    let call = OptionContract::parse("AAPL260807C00300000").unwrap();
    let put = OptionContract::parse("AAPL260807P00300000").unwrap();
    let straddle = mid_usd(&market, &call, now) + mid_usd(&market, &put, now);
    let expected = 2.0 * 0.4 * 300.0 * 0.6263 * 0.022_43_f64.sqrt();
    assert!(
        (straddle / expected - 1.0).abs() < 0.03,
        "{straddle} {expected}"
    );
}

#[test]
fn twenty_days_count_more_than_the_hours_of_today() {
    let calm_days = sessions(&DAYS, 30, |n| 300.0 * (1.0 + 0.01 * f64::from(n % 2)));
    let calm = market("AAPL.csv", &calm_days);
    // Thirteen bars a day: the closes of days alternate too, by one percent.
    let now = "2026-07-24T20:00:00Z";
    let contract = near(&calm, OptionRight::Call, now);
    let days = mid_usd(&calm, &contract, now);
    let volatility = 0.009_95 * 252.0_f64.sqrt();
    let spot = quote(&calm, "AAPL", at(now)).unwrap().sides.mid().to_f64();
    let away = (spot - contract.strike().to_f64()) / 2.0;
    let expected = 0.4 * spot * volatility * (14.0_f64 / 365.0).sqrt() + away;
    assert!((days / expected - 1.0).abs() < 0.12, "{days} {expected}");
}

#[test]
fn at_the_price_that_it_is_a_contract_is_quoted_as_it_is_and_elsewhere_as_it_would_be() {
    let market = swinging(0.001);
    let now = "2026-07-29T15:00:00Z";
    for (right, dearer_above) in [(OptionRight::Call, true), (OptionRight::Put, false)] {
        let contract = near(&market, right, now);
        let quoted = option_quote(&market, &contract, at(now)).unwrap();
        let closes = [300.0, 300.3].map(|close| Price::from_f64(close).unwrap());
        let at_closes = closes.map(|it| market.quote_at_price(&contract, it, at(now)).unwrap());
        assert!(
            at_closes.iter().any(|it| it.quote == quoted),
            "{at_closes:?}"
        );
        let at_price = |usd| market.quote_at_price(&contract, Price::cents(usd), at(now));
        let [low, high] = [29_000, 31_000].map(|cents| at_price(cents).unwrap());
        assert_eq!(high.quote.sides.mid() > low.quote.sides.mid(), dearer_above);
        assert_eq!(high.underlying_mid, Price::cents(31_000));
    }
}

#[test]
fn what_isn_t_listed_or_has_no_price_is_quoted_nowhere() {
    let market = swinging(0.001);
    let contract = near(&market, OptionRight::Call, "2026-07-29T15:00:00Z");
    let price = Price::cents(30_000);
    let far = OptionContract::new(
        "AAPL",
        contract.expiration(),
        contract.right(),
        Price::cents(30_001),
    );
    for (contract, now) in [
        (far.unwrap(), "2026-07-29T15:00:00Z"),
        (contract.clone(), "2026-07-29T13:30:00Z"),
        (contract, "2026-08-10T15:00:00Z"),
    ] {
        assert!(
            market.quote_at_price(&contract, price, at(now)).is_err(),
            "{now}"
        );
    }
}

#[test]
fn the_finest_bars_are_the_shortest_of_a_stock() {
    let market = swinging(0.001);
    assert_eq!(market.finest_bars(&symbol("AAPL")).to_string(), "1m");
    assert_eq!(market.finest_bars(&symbol("SPY")).to_string(), "1d");
}
