//! What trades brought.

use proptest::prelude::*;
use quant::statistics::profit::{TradeSummary, expectancy_by_risk, profit_factor};

use crate::support::{arm, assert_same, assert_same_or_absent, expected, whole};

#[test]
fn every_arm_s_summary_is_the_reference_s() {
    let expected = expected();
    for (name, experiment) in expected["ab"].as_object().unwrap() {
        for side in ["control", "variant"] {
            let (ours, theirs) = (
                TradeSummary::of(&arm(name, side)).unwrap(),
                &experiment[side],
            );
            let counts = [ours.n, ours.wins, ours.losses, ours.scratches];
            let names = ["n", "wins", "losses", "scratches"];
            assert_eq!(counts, names.map(|name| whole(&theirs[name])));
            for (column, ours) in [
                ("win_rate", Some(ours.win_rate)),
                ("gross_profit", Some(ours.gross_profit)),
                ("gross_loss", Some(ours.gross_loss)),
                ("profit_factor", ours.profit_factor),
                ("expectancy", Some(ours.expectancy)),
                ("avg_win", ours.average_win),
                ("avg_loss", ours.average_loss),
                ("payoff_ratio", ours.payoff),
                ("sqn", ours.quality),
            ] {
                assert_same_or_absent(&format!("{column} of {name}"), ours, &theirs[column]);
            }
        }
    }
}

#[test]
fn what_a_sample_can_t_tell_is_absent() {
    let won = TradeSummary::of(&[10.0, 10.0, 0.0]).unwrap();
    assert_eq!((won.wins, won.losses, won.scratches), (2, 0, 1));
    assert_eq!(
        (won.profit_factor, won.average_loss, won.payoff, won.kelly),
        (None, None, None, None)
    );
    assert!((won.win_rate - 2.0 / 3.0).abs() < 1e-15);
    let alike = TradeSummary::of(&[0.1, 0.1, 0.1]).unwrap();
    assert_eq!(alike.quality, None);
    assert_eq!(TradeSummary::of(&[5.0]).unwrap().quality, None);
    assert_eq!(TradeSummary::of(&[0.0]).unwrap().profit_factor, None);
}

/// Half of the trades win twice what the others lose: a quarter of the capital.
#[test]
fn kelly_s_share_of_a_known_bet() {
    let kelly = TradeSummary::of(&[2.0, -1.0, 2.0, -1.0])
        .unwrap()
        .kelly
        .unwrap();
    assert!((kelly - 0.25).abs() < 1e-15);
}

#[test]
fn results_are_measured_by_the_risk_taken() {
    let ours = expectancy_by_risk(&[100.0, -50.0], &[50.0, 100.0]).unwrap();
    assert_same("expectancy", ours, &serde_json::json!(0.75));
    assert!(expectancy_by_risk(&[1.0], &[0.0]).is_err());
    assert!(expectancy_by_risk(&[1.0], &[1.0, 2.0]).is_err());
}

proptest! {
    #[test]
    fn gross_figures_and_expectancy_agree(results in prop::collection::vec(-500.0_f64..500.0, 1..60)) {
        let ours = TradeSummary::of(&results).unwrap();
        let net = ours.gross_profit - ours.gross_loss;
        let n = f64::from(u32::try_from(ours.n).unwrap());
        prop_assert!((net / n - ours.expectancy).abs() < 1e-9);
        prop_assert_eq!(profit_factor(&results).is_some(), ours.losses > 0);
        prop_assert_eq!(ours.wins + ours.losses + ours.scratches, ours.n);
    }
}
