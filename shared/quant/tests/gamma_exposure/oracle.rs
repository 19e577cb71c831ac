//! Five chains of 480 contracts against their reference.
#![cfg(test)]

use std::collections::BTreeMap;

use quant::Right;
use quant::gamma_exposure::{
    DealerSide, ExpiryExposure, GammaExposure, GammaExposureInputs, ListedContract, StrikeExposure,
};
use reference_answers::{Row, check_every_row, is_near, json, rows};
use serde_json::Value;

const CLOSE: f64 = 1e-9;

fn contract(row: &Row) -> ListedContract {
    ListedContract {
        expiry: row.value("expiry_idx"),
        minutes_to_expiry: row.value("T_minutes"),
        strike: row.value("strike"),
        right: match row.text("cp") {
            "C" => Right::Call,
            _ => Right::Put,
        },
        implied_volatility: row.maybe("iv"),
        open_interest: row.maybe("oi"),
        volume: row.maybe("volume"),
    }
}

/// Each chain with its name and what is expected of it.
fn chains() -> Vec<(String, Value, Vec<ListedContract>)> {
    let expected = json("7_gex/expected.json");
    let chains = expected["chains"].as_object().unwrap();
    assert!(chains.len() >= 5);
    let read = |name: &String| rows(&format!("7_gex/chain_{name}.csv"));
    chains
        .iter()
        .map(|(name, expected)| {
            let contracts = read(name).iter().map(contract).collect();
            (name.clone(), expected.clone(), contracts)
        })
        .collect()
}

fn inputs<'a>(expected: &Value, contracts: &'a [ListedContract]) -> GammaExposureInputs<'a> {
    GammaExposureInputs {
        spot: expected["spot"].as_f64().unwrap(),
        rate: expected["r"].as_f64().unwrap(),
        dividend_yield: expected["q"].as_f64().unwrap(),
        contracts,
    }
}

fn assert_near(what: &str, theirs: &Value, ours: Option<f64>, tolerance: f64) {
    let is_same = match (theirs.as_f64(), ours) {
        (Some(theirs), Some(ours)) => is_near(theirs, ours, tolerance),
        (None, None) => theirs.is_null(),
        _ => false,
    };
    assert!(is_same, "{what} is {theirs}, not {ours:?}");
}

#[test]
fn totals_agree() {
    for (name, expected, contracts) in chains() {
        let total = inputs(&expected, &contracts)
            .measure()
            .unwrap()
            .total
            .unwrap();
        assert_eq!(u64::from(total.contracts), expected["rows_used"], "{name}");
        for (column, ours) in [
            ("call_gex", Some(total.call)),
            ("put_gex", Some(total.put)),
            ("net_gex", Some(total.net())),
            ("gross_gex", Some(total.gross())),
            ("net_ratio", total.ratio()),
            ("gex_per_1_dollar_move", Some(total.net_per_dollar())),
        ] {
            assert_near(
                &format!("{column} of {name}"),
                &expected[column],
                ours,
                CLOSE,
            );
        }
    }
}

#[test]
fn levels_agree() {
    for (name, expected, contracts) in chains() {
        let exposure = inputs(&expected, &contracts).measure().unwrap();
        let (by_exposure, by_interest) =
            (exposure.walls.by_exposure, exposure.walls.by_open_interest);
        for (column, ours) in [
            ("call_wall_gex", by_exposure.call),
            ("put_wall_gex", by_exposure.put),
            ("call_wall_oi", by_interest.call),
            ("put_wall_oi", by_interest.put),
            ("max_pain_all", exposure.max_pain_of_all),
            ("put_call_ratio_oi", exposure.put_call.open_interest),
            ("put_call_ratio_volume", exposure.put_call.volume),
        ] {
            assert_near(
                &format!("{column} of {name}"),
                &expected[column],
                ours,
                CLOSE,
            );
        }
    }
}

#[test]
fn flips_agree() {
    for (name, expected, contracts) in chains() {
        let exposure = inputs(&expected, &contracts).measure().unwrap();
        let narrow = 1e-6 * expected["spot"].as_f64().unwrap();
        let (flip, cumulative) = (exposure.flip, exposure.cumulative_flip);
        let near = |what: &str, theirs: &Value, ours: Option<f64>| {
            let is_near = match (theirs.as_f64(), ours) {
                (Some(theirs), Some(ours)) => (theirs - ours).abs() <= narrow,
                (theirs, ours) => theirs.is_none() && ours.is_none(),
            };
            assert!(is_near, "{what} of {name} is {theirs}, not {ours:?}");
        };
        let nearest = flip.nearest.map(|crossing| crossing.price);
        near("the flip", &expected["flip_repriced_nearest"], nearest);
        let theirs = &expected["flip_cumulative_strike_nearest"];
        near("the cumulative flip", theirs, cumulative.nearest);
        let ours: Vec<f64> = flip.crossings.iter().map(|it| it.price).collect();
        for (column, ours) in [
            ("flip_repriced_all", ours),
            ("flip_cumulative_strike_all", cumulative.all),
        ] {
            let theirs = expected[column].as_array().unwrap();
            assert_eq!(theirs.len(), ours.len(), "{column} of {name}: {ours:?}");
            for (theirs, ours) in theirs.iter().zip(ours) {
                near(column, theirs, Some(ours));
            }
        }
    }
}

#[test]
fn profiles_agree() {
    for (name, expected, contracts) in chains() {
        let points = inputs(&expected, &contracts).profile().unwrap();
        assert_eq!(points.len(), 161);
        for sample in expected["profile_samples"].as_array().unwrap() {
            let price = sample[0].as_f64().unwrap();
            let ours = points.iter().find(|it| is_near(price, it.price, 1e-12));
            let ours = ours.map(|it| it.net);
            assert_near(&format!("{name} at {price}"), &sample[1], ours, CLOSE);
        }
    }
}

fn by_number(expected: &Value) -> BTreeMap<u32, f64> {
    let entries = expected.as_object().unwrap().iter();
    entries
        .map(|(number, value)| (number.parse().unwrap(), value.as_f64().unwrap()))
        .collect()
}

#[test]
fn expiries_agree() {
    for (name, expected, contracts) in chains() {
        let exposure = inputs(&expected, &contracts).measure().unwrap();
        let told = |of: fn(&ExpiryExposure) -> Option<f64>| -> BTreeMap<u32, f64> {
            let expiries = exposure.by_expiry.iter();
            expiries
                .filter_map(|it| Some((it.expiry, of(it)?)))
                .collect()
        };
        for (column, ours) in [
            ("by_expiry_net_gex", told(|it| Some(it.net()))),
            ("max_pain_by_expiry", told(|it| it.max_pain)),
        ] {
            let theirs = by_number(&expected[column]);
            let is_same = theirs.keys().eq(ours.keys())
                && theirs
                    .values()
                    .zip(ours.values())
                    .all(|(a, b)| is_near(*a, *b, CLOSE));
            assert!(is_same, "{column} of {name} is {theirs:?}, not {ours:?}");
        }
    }
}

#[test]
fn every_strike_agrees() {
    for (name, expected, contracts) in chains() {
        let exposure = inputs(&expected, &contracts).measure().unwrap();
        let file = format!("7_gex/expected_by_strike_{name}.csv");
        assert_eq!(rows(&file).len(), exposure.by_strike.len(), "{name}");
        check_every_row(&file, |row| {
            let strike: f64 = row.value("strike");
            let level = exposure
                .by_strike
                .iter()
                .find(|it| it.strike.total_cmp(&strike).is_eq());
            row.far(
                CLOSE,
                &[
                    ("call_gex", level.map(|it| it.call)),
                    ("put_gex", level.map(|it| it.put)),
                    ("net_gex", level.map(StrikeExposure::net)),
                ],
            )
        });
    }
}

fn dealers_word(exposure: &GammaExposure) -> &'static str {
    match exposure.dealers.unwrap().side {
        DealerSide::LongGamma => "long_gamma",
        DealerSide::ShortGamma => "short_gamma",
        DealerSide::Neutral => "neutral",
    }
}

#[test]
fn dealers_positions_agree() {
    for (name, expected, contracts) in chains() {
        let exposure = inputs(&expected, &contracts).measure().unwrap();
        assert_eq!(
            expected["dealer_position"],
            dealers_word(&exposure),
            "{name}"
        );
    }
}

#[test]
fn parity_leaves_exactly_nothing() {
    let (_, expected, mut contracts) = chains().into_iter().find(|it| it.0 == "E_ties").unwrap();
    for _ in 0..2 {
        let exposure = inputs(&expected, &contracts).measure().unwrap();
        assert_eq!(exposure.total.unwrap().net().to_bits(), 0.0_f64.to_bits());
        assert!(exposure.flip.crossings.is_empty() && exposure.flip.nearest.is_none());
        let profile = inputs(&expected, &contracts).profile().unwrap();
        assert!(
            profile
                .iter()
                .all(|it| it.net.to_bits() == 0.0_f64.to_bits())
        );
        contracts.reverse();
    }
}
