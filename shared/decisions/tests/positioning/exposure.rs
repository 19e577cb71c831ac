//! Gamma exposure as a record.
#![cfg(test)]

use decisions::assumptions::{DIVIDEND_YIELD, RATE};
use decisions::positioning::{PositioningError, gamma_exposure};
use domain::expiration::year_fraction;
use domain::positioning::{
    DealerSide, ExposureExclusions, ExposureUnit, GammaExposureSnapshot, VolatilityExpectation,
};
use domain::{OptionChain, OptionRight, Price};
use proptest::prelude::*;
use quant::options::{OptionTerms, implied_volatility};
use quant::{BlackScholesInputs, Right};

use crate::chains::{chain, ladder, listed, name, now, quote, with};
use crate::common::sides;

fn measured(chain: &OptionChain) -> GammaExposureSnapshot {
    gamma_exposure(chain, Some(&quote()), now()).unwrap()
}

#[test]
fn it_is_gamma_by_what_is_held() {
    let held = listed("SPY260717C00610000");
    let years = year_fraction(now(), held.contract.expiration());
    let value = BlackScholesInputs {
        spot: 600.0,
        strike: 610.0,
        years,
        volatility: 0.2,
        rate: RATE,
        dividend_yield: DIVIDEND_YIELD,
        right: Right::Call,
    };
    let expected = value.value().unwrap().gamma * 100.0 * 100.0 * 600.0 * 600.0 * 0.01;
    let exposure = measured(&chain(vec![held]));
    assert!((exposure.total.call / expected - 1.0).abs() < 1e-12);
    assert!((exposure.net_per_dollar * 6.0 / expected - 1.0).abs() < 1e-12);
    assert_eq!(exposure.unit, ExposureUnit::DollarsOfDeltaPerPercent);
    assert_eq!(exposure.spot, Price::cents(60_000));
    let dealers = exposure.dealers.unwrap();
    assert_eq!(dealers.side, DealerSide::LongGamma);
    assert_eq!(
        dealers.volatility_expectation,
        VolatilityExpectation::Compressed
    );
    assert_eq!(exposure.flip, None);
    assert_eq!(exposure.walls.call, Some(Price::cents(61_000)));
    assert_eq!(exposure.walls.put, None);
    assert_eq!(exposure.put_call.open_interest, None);
    assert!(exposure.caveats.len() >= 3);
}

#[test]
fn expirations_and_strikes_are_told_by_their_names() {
    let exposure = measured(&ladder([590, 600, 610]));
    let dates: Vec<String> = exposure
        .by_expiration
        .iter()
        .map(|it| it.expiration.to_string())
        .collect();
    assert_eq!(dates, ["2026-06-26", "2026-07-17"]);
    assert!(
        exposure
            .by_expiration
            .iter()
            .all(|it| it.exposed.contracts == 6)
    );
    let strikes = [59_000, 60_000, 61_000].map(Price::cents);
    assert_eq!(exposure.by_strike.strike, strikes);
    assert_eq!(exposure.by_strike.left_out, 0);
    assert_eq!(
        exposure.by_expiration[0].max_pain,
        Some(Price::cents(60_000))
    );
    assert_eq!(exposure.put_call.open_interest, Some(1.0));
    assert_eq!(exposure.total.contracts, 12);
    assert_eq!(exposure.total.net.to_bits(), 0.0_f64.to_bits(), "by parity");
}

#[test]
fn a_flip_comes_with_its_strike() {
    let options = [(OptionRight::Put, 585), (OptionRight::Call, 615)];
    let options = options.map(|(right, strike)| listed(&name("0717", right, strike)));
    let exposure = measured(&chain(options.into()));
    let flip = exposure.flip.unwrap();
    assert!(
        Price::cents(59_000) < flip.price && flip.price < Price::cents(61_000),
        "{flip:?}"
    );
    assert!(
        [58_500, 61_500]
            .map(Price::cents)
            .contains(&flip.nearest_strike)
    );
    assert!(exposure.flips.contains(&flip.price));
    assert!(exposure.cumulative_strike_flip.is_some());
}

#[test]
fn what_is_left_out_is_counted() {
    let [call, put] = [OptionRight::Call, OptionRight::Put].map(|right| name("0717", right, 600));
    let exposure = measured(&chain(vec![
        listed(&call),
        listed(&put),
        listed(&put),
        listed("SPY1260717C00600000"),
        listed("SPY260623C00600000"),
        with("SPY260717C00610000", |it| it.open_interest = None),
        with("SPY260717P00610000", |it| it.open_interest = Some(0)),
        with("SPY260717C00620000", |it| {
            (it.implied_volatility, it.sides) = (None, None);
        }),
        with("SPY260717P00620000", |it| it.open_interest = Some(u64::MAX)),
    ]));
    let expected = ExposureExclusions {
        adjusted: 1,
        impossible: 1,
        duplicate: 1,
        expired: 1,
        no_open_interest: 1,
        zero_open_interest: 1,
        no_implied_volatility: 1,
        other_right_missing: 1,
    };
    assert_eq!(exposure.exclusions, expected);
    assert_eq!(exposure.total.contracts, 2);
}

#[test]
fn a_volatility_that_isn_t_told_is_that_of_the_mid() {
    let terms = OptionTerms {
        spot: 600.0,
        strike: 610.0,
        years: year_fraction(now(), listed("SPY260717C00610000").contract.expiration()),
        rate: RATE,
        dividend_yield: DIVIDEND_YIELD,
        right: Right::Call,
    };
    let volatility = implied_volatility(2.0, &terms).unwrap().volatility;
    let told = with("SPY260717C00610000", |it| {
        it.implied_volatility = Some(volatility);
    });
    let untold = with("SPY260717C00610000", |it| it.implied_volatility = None);
    let (told, untold) = (measured(&chain(vec![told])), measured(&chain(vec![untold])));
    assert_eq!(
        (told.volatilities_computed, untold.volatilities_computed),
        (0, 1)
    );
    assert!((untold.total.call / told.total.call - 1.0).abs() < 1e-9);
    let unbid = with("SPY260717C00610000", |it| {
        it.implied_volatility = None;
        it.sides = Some(sides(0, 5));
    });
    let unbid = gamma_exposure(&chain(vec![unbid]), Some(&quote()), now());
    assert_eq!(unbid, Err(PositioningError::NothingHeld));
}

#[test]
fn without_a_quote_the_chain_s_own_price_stands() {
    let mut ladder = ladder([600]);
    let exposure = gamma_exposure(&ladder, None, now()).unwrap();
    assert_eq!(exposure.spot, Price::cents(60_000));
    ladder.underlying_price = None;
    let none = gamma_exposure(&ladder, None, now());
    assert_eq!(none, Err(PositioningError::NoSpot));
}

#[test]
fn a_chain_in_which_nothing_is_held_has_none() {
    let empty = gamma_exposure(&chain(Vec::new()), Some(&quote()), now());
    assert_eq!(empty, Err(PositioningError::NothingHeld));
    let unheld = chain(vec![with("SPY260717C00610000", |it| {
        it.open_interest = None;
    })]);
    let unheld = gamma_exposure(&unheld, Some(&quote()), now());
    assert_eq!(unheld, Err(PositioningError::NothingHeld));
}

#[test]
fn very_many_strikes_are_told_only_near_spot() {
    let exposure = measured(&ladder(100..1_100));
    let told = &exposure.by_strike;
    assert_eq!((told.strike.len(), told.left_out), (400, 600));
    assert_eq!((told.call.len(), told.put.len()), (400, 400));
    assert!(told.strike.is_sorted());
    assert!(told.strike[0] >= Price::cents(40_000));
    let json = serde_json::to_vec(&exposure).unwrap();
    assert!(json.len() < 20_000, "{} bytes", json.len());
}

proptest! {
    #[test]
    fn parts_make_the_whole_and_come_back(
        held in prop::collection::vec((0_u64..5_000, 0.05_f64..2.0), 40),
    ) {
        let mut chain = ladder((0..10).map(|step| 555 + 10 * step));
        for (option, (open_interest, volatility)) in chain.options.iter_mut().zip(held) {
            option.open_interest = Some(open_interest);
            option.implied_volatility = Some(volatility);
        }
        let exposure = measured(&chain);
        let gross = exposure.total.call - exposure.total.put;
        let expirations: f64 = exposure.by_expiration.iter().map(|it| it.exposed.net).sum();
        prop_assert!((expirations - exposure.total.net).abs() <= 1e-12 * gross);
        let strikes = exposure.by_strike.call.iter().chain(&exposure.by_strike.put);
        prop_assert!((strikes.sum::<f64>() - exposure.total.net).abs() <= 20.0, "dollars");
        let json = serde_json::to_string(&exposure).unwrap();
        let read: GammaExposureSnapshot = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), json);
        prop_assert_eq!(read, exposure);
    }
}
