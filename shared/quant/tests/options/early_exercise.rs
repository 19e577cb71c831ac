//! Which options need the tree, and that those which don't are priced near enough without it.

use quant::options::{EarlyExercise, OptionTerms, american_price, early_exercise};
use quant::{BlackScholesInputs, Right};

use crate::{inputs, terms};

fn month(right: Right, strike: f64) -> OptionTerms {
    OptionTerms {
        spot: 100.0,
        strike,
        years: 1.0 / 12.0,
        rate: 0.05,
        dividend_yield: 0.0,
        right,
    }
}

#[test]
fn tells_which_options_need_the_tree_and_why() {
    use EarlyExercise::{Dividend, Interest};
    let interest = 0.05 * 120.0 / 12.0;
    for (terms, price, has_ex_date, expected) in [
        (month(Right::Call, 90.0), 10.5, true, Some(Dividend)),
        (month(Right::Call, 90.0), 10.5, false, None),
        (month(Right::Call, 110.0), 0.5, true, None),
        (month(Right::Call, 100.0), 2.0, true, None),
        (
            month(Right::Put, 120.0),
            20.0 + interest - 0.01,
            false,
            Some(Interest),
        ),
        (
            month(Right::Put, 120.0),
            20.0 + interest + 0.01,
            false,
            None,
        ),
        (month(Right::Put, 120.0), 19.6, true, Some(Interest)),
        (month(Right::Put, 90.0), 0.01, true, None),
    ] {
        let told = early_exercise(&terms, price, has_ex_date);
        assert_eq!(told, expected, "{terms:?} at {price}");
    }
}

#[test]
fn nothing_is_flagged_at_expiry() {
    let expired = OptionTerms {
        years: 0.0,
        ..month(Right::Call, 90.0)
    };
    assert_eq!(early_exercise(&expired, 10.0, true), None);
}

/// Without a dividend a put that isn't flagged gains less than a thousandth of its
/// strike by exercise.
#[test]
fn puts_that_are_not_flagged_are_near_their_european_price() {
    for (strike, volatility) in [(90.0, 0.2), (100.0, 0.2), (103.0, 0.4), (110.0, 0.8)] {
        let put = BlackScholesInputs {
            spot: 100.0,
            strike,
            years: 1.0 / 12.0,
            volatility,
            rate: 0.05,
            dividend_yield: 0.0,
            right: Right::Put,
        };
        let european = put.value().unwrap().price;
        assert_eq!(
            early_exercise(&terms(&put), european, false),
            None,
            "{strike}"
        );
        let premium = american_price(&put, &[]).unwrap() - european;
        assert!(premium < 0.001 * strike, "{premium} at {strike}");
    }
}

/// Every put of the reference that is at its payoff, where exercise is due now, is flagged.
#[test]
fn flags_each_put_whose_exercise_is_due() {
    reference_answers::check_every_row("2_options/american_continuous_yield.csv", |row| {
        let inputs = inputs(row);
        let european = row.value("european");
        let told = early_exercise(&terms(&inputs), european, false);
        let gained: f64 = row.value("early_exercise_premium");
        let is_due = row.flag("at_intrinsic") == Some(true) && gained > 1e-6;
        if is_due && inputs.right == Right::Put && told.is_none() {
            vec!["isn't flagged".to_owned()]
        } else {
            vec![]
        }
    });
}
