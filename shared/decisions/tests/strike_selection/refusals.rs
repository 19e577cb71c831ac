//! What is told where nothing is bought, and of what isn't bought.

use domain::selection::ContractRejection as R;
use domain::{OptionRight, RejectionReason};

use crate::common::sides;
use crate::world::{call, good, greeks, world};

#[test]
fn nothing_of_the_wanted_days_is_not_listed() {
    for names in [vec![], vec!["AAPL260626C00255000", "AAPL261218C00255000"]] {
        let rejection = world(names.into_iter().map(good).collect())
            .select()
            .unwrap_err();
        assert_eq!(rejection.reason, RejectionReason::NotListed);
        let detail = "no weekly call on AAPL expires from 2026-07-01 to 2026-08-30";
        assert_eq!(rejection.detail, detail);
    }
}

#[test]
fn the_other_right_is_not_bought_instead() {
    let mut puts = world(vec![good(&call(255))]);
    puts.right = OptionRight::Put;
    let rejection = puts.select().unwrap_err();
    assert_eq!(rejection.reason, RejectionReason::NotListed);
}

#[test]
fn what_nothing_passes_is_counted() {
    let mut rows: Vec<_> = [240, 250, 260, 270]
        .map(|strike| good(&call(strike)))
        .into();
    rows[0].greeks = Some(greeks(0.8));
    rows[1].greeks = Some(greeks(0.7));
    rows[2].open_interest = Some(12);
    rows[3].sides = None;
    let rejection = world(rows).select().unwrap_err();
    assert_eq!(rejection.reason, RejectionReason::NoSuitableContract);
    let detail = "of 4 calls that expire 2026-07-02 none is fit: no_quote 1, delta 2, \
                  open_interest 1; the nearest, AAPL260702C00250000: delta 0.7000, allowed 0.30 \
                  to 0.60";
    assert_eq!(rejection.detail, detail);
}

#[test]
fn where_only_the_price_is_in_the_way_the_cheapest_is_told() {
    let mut rows: Vec<_> = [250, 260, 270].map(|strike| good(&call(strike))).into();
    rows[0].sides = Some(sides(1_290, 1_300));
    rows[1].sides = Some(sides(1_190, 1_200));
    rows[2].open_interest = Some(12);
    let rejection = world(rows).select().unwrap_err();
    assert_eq!(rejection.reason, RejectionReason::Unaffordable);
    let detail = "the cheapest contract asks 12.00 a share, so 1 of it cost $1200.00; \
                  a position may cost $1000.00";
    assert_eq!(rejection.detail, detail);
}

#[test]
fn the_reasons_of_a_choice_are_bounded_and_nearest_first() {
    let mut rows: Vec<_> = (200..300).map(|strike| good(&call(strike))).collect();
    for row in &mut rows[..80] {
        row.open_interest = Some(1);
    }
    let reasons = world(rows).select().unwrap().reasons;
    assert_eq!(reasons.considered, 100);
    assert_eq!(reasons.rejected, [(R::OpenInterest, 80)].into());
    assert_eq!(reasons.runners_up.len(), 3);
    let told: Vec<_> = reasons
        .nearest_rejected
        .iter()
        .map(|it| it.contract.to_string())
        .collect();
    assert_eq!(told, [255, 254, 256, 253, 257].map(call));
    assert_eq!(reasons.nearest_rejected[0].reading, "1, at least 500");
    assert_eq!(reasons.chain_from, "alpaca");
}
