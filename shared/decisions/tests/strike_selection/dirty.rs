//! Chains as providers sometimes give them.

use domain::RejectionReason;
use domain::selection::ContractRejection as R;

use crate::common::sides;
use crate::world::{call, good, greeks, world};

#[test]
fn adjusted_contracts_are_never_bought() {
    let rows = vec![good("AAPL1260702C00255000"), good(&call(290))];
    let selected = world(rows).select().unwrap();
    assert_eq!(selected.chosen.contract.to_string(), call(290));
    assert_eq!(selected.reasons.rejected, [(R::Adjusted, 1)].into());
    let alone = world(vec![good("AAPL1260702C00255000")])
        .select()
        .unwrap_err();
    assert_eq!(alone.reason, RejectionReason::NotListed);
}

#[test]
fn what_a_chain_repeats_is_one_contract() {
    let row = good(&call(255));
    let selected = world(vec![row.clone(), row.clone(), row]).select().unwrap();
    assert_eq!(selected.chosen.contract.to_string(), call(255));
    assert_eq!(selected.reasons.rejected, [(R::Duplicate, 2)].into());
    assert!(selected.reasons.runners_up.is_empty());
}

#[test]
fn what_a_chain_contradicts_is_not_bought() {
    let mut other = good(&call(255));
    other.sides = Some(sides(200, 201));
    let rows = vec![good(&call(255)), other.clone(), good(&call(290))];
    let selected = world(rows).select().unwrap();
    assert_eq!(selected.chosen.contract.to_string(), call(290));
    assert_eq!(selected.reasons.rejected, [(R::Duplicate, 2)].into());
    let alone = world(vec![good(&call(255)), other]).select().unwrap_err();
    assert_eq!(alone.reason, RejectionReason::NoSuitableContract);
}

#[test]
fn figures_that_are_no_numbers_are_never_scored() {
    let mut rows = [235, 240, 245, 260].map(|strike| good(&call(strike)));
    rows[0].implied_volatility = Some(f64::NAN);
    rows[1].implied_volatility = Some(f64::INFINITY);
    (rows[2].implied_volatility, rows[2].greeks) = (None, Some(greeks(f64::NAN)));
    let reasons = world(rows.into()).select().unwrap().reasons;
    let expected = [(R::UnknownDelta, 1), (R::UnknownVolatility, 2)];
    assert_eq!(reasons.rejected, expected.into());
}
