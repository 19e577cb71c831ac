//! Rules by example: what is left out, ties, and what there is nothing of.
#![cfg(test)]

use quant::Right::{Call, Put};
use quant::gamma_exposure::{
    DealerSide, Exclusions, FlipSide, GammaExposureError, GammaExposureInputs, ListedContract,
    Strength, VolatilityExpectation, WallsBy,
};

use crate::chains::{contract, inputs, measured};

/// A contract, changed.
fn with(change: impl FnOnce(&mut ListedContract)) -> ListedContract {
    let mut changed = contract(Call, 100.0);
    change(&mut changed);
    changed
}

#[test]
fn what_is_left_out_is_counted_by_reason() {
    type Count = fn(&Exclusions) -> u32;
    let cases: [(&str, ListedContract, Count); 13] = [
        ("expired", with(|it| it.minutes_to_expiry = 0.0), |it| {
            it.expired
        }),
        (
            "long expired",
            with(|it| it.minutes_to_expiry = -5.0),
            |it| it.expired,
        ),
        (
            "no volatility",
            with(|it| it.implied_volatility = None),
            |it| it.no_implied_volatility,
        ),
        (
            "volatility of zero",
            with(|it| it.implied_volatility = Some(0.0)),
            |it| it.no_implied_volatility,
        ),
        (
            "unknown interest",
            with(|it| it.open_interest = None),
            |it| it.no_open_interest,
        ),
        (
            "no interest",
            with(|it| it.open_interest = Some(0.0)),
            |it| it.zero_open_interest,
        ),
        ("a strike of zero", with(|it| it.strike = 0.0), |it| {
            it.impossible
        }),
        (
            "a strike that is none",
            with(|it| it.strike = f64::NAN),
            |it| it.impossible,
        ),
        (
            "a time that is none",
            with(|it| it.minutes_to_expiry = f64::NAN),
            |it| it.impossible,
        ),
        (
            "endless volatility",
            with(|it| it.implied_volatility = Some(f64::INFINITY)),
            |it| it.impossible,
        ),
        (
            "less than nothing held",
            with(|it| it.open_interest = Some(-1.0)),
            |it| it.impossible,
        ),
        (
            "a volume that is none",
            with(|it| it.volume = Some(f64::NAN)),
            |it| it.impossible,
        ),
        ("a duplicate", contract(Put, 90.0), |it| it.duplicate),
    ];
    for (name, excluded, count) in cases {
        let chain = [contract(Put, 90.0), contract(Call, 90.0), excluded];
        let exposure = measured(100.0, &chain);
        assert_eq!(count(&exposure.exclusions), 1, "{name}");
        assert_eq!(exposure.exclusions.total(), 1, "{name}");
        assert_eq!(exposure.total.map(|it| it.contracts), Some(2), "{name}");
    }
}

#[test]
fn of_duplicates_the_first_counts() {
    let mut second = contract(Call, 100.0);
    second.open_interest = Some(1e6);
    let first = contract(Call, 100.0);
    let doubled = measured(100.0, &[first, second]);
    assert_eq!(doubled.total, measured(100.0, &[first]).total);
}

#[test]
fn a_right_that_is_missing_is_told_and_leaves_the_other_in() {
    let exposure = measured(
        100.0,
        &[
            contract(Call, 100.0),
            contract(Call, 105.0),
            contract(Put, 105.0),
        ],
    );
    assert_eq!(exposure.exclusions.other_right_missing, 1);
    assert_eq!(exposure.exclusions.total(), 0);
    assert_eq!(exposure.total.unwrap().contracts, 3);
}

#[test]
fn nothing_is_absent_and_not_zero() {
    let exposure = measured(100.0, &[]);
    assert_eq!(exposure.total, None);
    assert_eq!(exposure.dealers, None);
    assert_eq!(exposure.flip.nearest, None);
    assert_eq!(exposure.cumulative_flip.nearest, None);
    assert_eq!(exposure.max_pain_of_all, None);
    assert_eq!(exposure.put_call.open_interest, None);
    let calls = measured(100.0, &[contract(Call, 100.0)]);
    assert_eq!(
        calls.put_call.open_interest, None,
        "no put tells how many are held"
    );
    let puts = measured(100.0, &[contract(Put, 100.0)]);
    assert_eq!(
        puts.walls.by_exposure,
        WallsBy {
            call: None,
            put: Some(100.0)
        }
    );
    assert_eq!(
        puts.put_call.volume, None,
        "without calls there is no ratio"
    );
    let untold = measured(100.0, &[with(|it| it.open_interest = None)]);
    assert_eq!(untold.by_expiry[0].max_pain, None);
}

#[test]
fn a_chain_without_spot_or_rate_is_refused() {
    let chain = [contract(Call, 100.0)];
    for spot in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(
            inputs(spot, &chain).measure(),
            Err(GammaExposureError::Spot)
        );
    }
    for rate in [f64::NAN, f64::INFINITY, 2.0] {
        let rated = GammaExposureInputs {
            rate,
            ..inputs(100.0, &chain)
        };
        assert_eq!(rated.measure(), Err(GammaExposureError::Rate));
        let yielding = GammaExposureInputs {
            dividend_yield: -rate,
            ..inputs(100.0, &chain)
        };
        assert_eq!(yielding.profile(), Err(GammaExposureError::Rate));
    }
}

#[test]
fn the_last_minute_counts_whole() {
    let seconds = with(|it| it.minutes_to_expiry = 0.1);
    let minute = with(|it| it.minutes_to_expiry = 1.0);
    assert_eq!(
        measured(100.0, &[seconds]).total,
        measured(100.0, &[minute]).total
    );
}

#[test]
fn walls_that_tie_are_the_nearest_then_the_outer_one() {
    let chain: Vec<ListedContract> = [90.0, 97.0, 103.0, 110.0]
        .into_iter()
        .flat_map(|strike| [contract(Call, strike), contract(Put, strike)])
        .collect();
    let walls = measured(100.0, &chain).walls;
    assert_eq!(
        walls.by_open_interest,
        WallsBy {
            call: Some(103.0),
            put: Some(97.0)
        }
    );
    assert_eq!(walls.by_net_exposure, WallsBy::default());
}

#[test]
fn max_pain_that_ties_is_the_nearest_then_the_lower_one() {
    let strikes = [90.0, 95.0, 105.0, 110.0];
    let chain = strikes.map(|strike| contract(if strike < 100.0 { Put } else { Call }, strike));
    assert_eq!(measured(100.0, &chain).max_pain_of_all, Some(95.0));
    assert_eq!(measured(101.0, &chain).max_pain_of_all, Some(105.0));
}

#[test]
fn dealers_are_long_of_calls_and_short_of_puts() {
    use VolatilityExpectation::{Compressed, Expanded, NoStatement};
    let cases = [
        (
            900.0,
            100.0,
            DealerSide::LongGamma,
            Some(Strength::Strong),
            Compressed,
        ),
        (
            600.0,
            400.0,
            DealerSide::LongGamma,
            Some(Strength::Moderate),
            Compressed,
        ),
        (500.0, 500.0, DealerSide::Neutral, None, NoStatement),
        (
            400.0,
            600.0,
            DealerSide::ShortGamma,
            Some(Strength::Moderate),
            Expanded,
        ),
        (
            100.0,
            900.0,
            DealerSide::ShortGamma,
            Some(Strength::Strong),
            Expanded,
        ),
    ];
    for (calls, puts, side, strength, expectation) in cases {
        let held = |right, open_interest| ListedContract {
            open_interest: Some(open_interest),
            ..contract(right, 100.0)
        };
        let exposure = measured(100.0, &[held(Call, calls), held(Put, puts)]);
        let dealers = exposure.dealers.unwrap();
        assert_eq!((dealers.side, dealers.strength), (side, strength));
        assert_eq!(dealers.expectation(), expectation);
        assert_eq!(dealers.spot_against_flip, None);
    }
}

#[test]
fn a_flip_lies_between_puts_below_and_calls_above() {
    let chain = [contract(Put, 95.0), contract(Call, 105.0)];
    let exposure = measured(101.0, &chain);
    let flip = exposure.flip.nearest.unwrap();
    assert!((99.0..101.0).contains(&flip.price), "{flip:?}");
    assert!([95.0, 105.0].contains(&flip.nearest_strike));
    assert_eq!(
        exposure.dealers.unwrap().spot_against_flip,
        Some(FlipSide::Above)
    );
    let cumulative = exposure.cumulative_flip.nearest.unwrap();
    assert!((95.0..105.0).contains(&cumulative), "{cumulative}");
}

#[test]
fn where_nobody_has_any_gamma_no_flip_is_claimed() {
    let last_minute = |right, strike| ListedContract {
        minutes_to_expiry: 1.0,
        ..contract(right, strike)
    };
    let exposure = measured(100.0, &[last_minute(Put, 90.0), last_minute(Call, 110.0)]);
    assert_eq!(exposure.flip.nearest, None);
    assert_eq!(exposure.dealers, None, "nothing at spot has any gamma");
}
