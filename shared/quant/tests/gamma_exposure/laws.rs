//! Laws that hold for every chain.
#![cfg(test)]

use proptest::prelude::*;
use quant::gamma_exposure::{ExpiryExposure, GammaExposure, ListedContract, StrikeExposure};

use crate::chains::{any_chain, inputs, measured};

const SPOT: f64 = 100.0;

/// Every number of the measure.
fn figures(exposure: &GammaExposure) -> Vec<f64> {
    let mut all: Vec<f64> = exposure
        .total
        .iter()
        .flat_map(|it| [it.call, it.put, it.net(), it.gross(), it.net_per_dollar()])
        .collect();
    all.extend(exposure.total.and_then(|it| it.ratio()));
    for level in &exposure.by_strike {
        all.extend([level.strike, level.call, level.put]);
        all.extend([level.call_open_interest, level.put_open_interest]);
    }
    for expiry in &exposure.by_expiry {
        all.extend([expiry.call, expiry.put]);
        all.extend(expiry.max_pain);
    }
    all.extend(exposure.flip.crossings.iter().map(|it| it.price));
    all.extend(&exposure.cumulative_flip.all);
    all.extend(exposure.max_pain_of_all);
    all.extend(exposure.put_call.open_interest);
    all.extend(exposure.put_call.volume);
    all
}

fn scaled(contracts: &[ListedContract], by: f64) -> Vec<ListedContract> {
    let scale = |contract: &ListedContract| ListedContract {
        open_interest: contract.open_interest.map(|it| it * by),
        ..*contract
    };
    contracts.iter().map(scale).collect()
}

fn is_close(a: f64, b: f64, gross: f64) -> bool {
    (a - b).abs() <= 1e-12 * gross
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_is_no_number(contracts in any_chain(), spot in 1.0_f64..1_000.0) {
        let exposure = measured(spot, &contracts);
        prop_assert!(figures(&exposure).iter().all(|it| it.is_finite()), "{exposure:?}");
    }

    #[test]
    fn parts_make_the_whole(contracts in any_chain()) {
        let exposure = measured(SPOT, &contracts);
        let (call, put, contracts_in) = exposure
            .total
            .map_or((0.0, 0.0, 0), |it| (it.call, it.put, it.contracts));
        prop_assert!(call >= 0.0 && put <= 0.0);
        let gross = call - put;
        let strikes: f64 = exposure.by_strike.iter().map(StrikeExposure::net).sum();
        let expiries: f64 = exposure.by_expiry.iter().map(ExpiryExposure::net).sum();
        prop_assert!(is_close(strikes, call + put, gross));
        prop_assert!(is_close(expiries, call + put, gross));
        prop_assert!(exposure.by_strike.iter().all(|it| it.call >= 0.0 && it.put <= 0.0));
        let counted: u32 = exposure.by_expiry.iter().map(|it| it.contracts).sum();
        prop_assert_eq!(counted, contracts_in);
        let all = contracts_in + exposure.exclusions.total();
        prop_assert_eq!(all as usize, contracts.len());
    }

    #[test]
    fn twice_as_much_held_is_twice_the_exposure(contracts in any_chain()) {
        let (one, two) = (measured(SPOT, &contracts), measured(SPOT, &scaled(&contracts, 2.0)));
        // Doubling changes no bit of a mantissa, so everything else stays as it is.
        if let (Some(one), Some(two)) = (one.total, two.total) {
            prop_assert_eq!((2.0 * one.call).to_bits(), two.call.to_bits());
            prop_assert_eq!((2.0 * one.put).to_bits(), two.put.to_bits());
        }
        prop_assert_eq!(one.flip, two.flip);
        prop_assert_eq!(one.walls, two.walls);
        prop_assert_eq!(one.put_call, two.put_call);
        prop_assert_eq!(one.max_pain_of_all, two.max_pain_of_all);
    }

    #[test]
    fn the_order_of_contracts_changes_no_bit(
        chain in any_chain().prop_flat_map(|chain| (Just(chain.clone()), Just(chain).prop_shuffle()))
    ) {
        let (first, second) = (measured(SPOT, &chain.0), measured(SPOT, &chain.1));
        // Of several with one name the first is kept, so then the order does count.
        if first.exclusions.duplicate == 0 {
            prop_assert_eq!(first, second);
        }
    }

    #[test]
    fn the_net_exposure_changes_its_sign_around_a_crossing(contracts in any_chain()) {
        let exposure = measured(SPOT, &contracts);
        for crossing in exposure.flip.crossings {
            let net_at = |price: f64| {
                let there = inputs(price, &contracts).measure().unwrap();
                there.total.map_or(0.0, |it| it.net())
            };
            let (below, above) = (net_at(crossing.price - 1e-6), net_at(crossing.price + 1e-6));
            prop_assert!(below * above <= 0.0, "{below} and {above} around {crossing:?}");
        }
    }

    #[test]
    fn no_change_of_sign_on_the_grid_goes_unseen(contracts in any_chain()) {
        let points = inputs(SPOT, &contracts).profile().unwrap();
        let crossings = measured(SPOT, &contracts).flip.crossings;
        for pair in points.windows(2) {
            let between = crossings
                .iter()
                .filter(|it| pair[0].price < it.price && it.price < pair[1].price)
                .count();
            let changes = pair[0].net * pair[1].net < 0.0;
            prop_assert_eq!(between, usize::from(changes), "{:?}", pair);
        }
    }

    #[test]
    fn holders_get_least_at_max_pain(contracts in any_chain()) {
        let exposure = measured(SPOT, &contracts);
        let paid = |settled: f64| -> f64 {
            let levels = exposure.by_strike.iter();
            levels
                .map(|it| {
                    it.call_open_interest * (settled - it.strike).max(0.0)
                        + it.put_open_interest * (it.strike - settled).max(0.0)
                })
                .sum()
        };
        if let Some(least) = exposure.max_pain_of_all {
            let payouts = exposure.by_strike.iter().map(|level| paid(level.strike));
            let payouts: Vec<f64> = payouts.collect();
            // A sum keeps nothing of what is so much smaller than its largest part.
            let lost = payouts.iter().copied().fold(0.0, f64::max) * 1e-12;
            prop_assert!(payouts.iter().all(|payout| paid(least) <= payout + lost));
        }
    }
}
