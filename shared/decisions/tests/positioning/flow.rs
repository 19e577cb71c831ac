//! Options flow as a record.
#![cfg(test)]

use decisions::positioning::{ENTRIES_MAX, PositioningError, options_flow};
use domain::positioning::{OptionsFlow, Sentiment};
use domain::{OptionChain, OptionRight, Price, Usd};
use proptest::prelude::*;

use crate::chains::{chain, ladder, listed, name, now, with};
use crate::common::sides;

const CALL: &str = "SPY260717C00600000";
const PUT: &str = "SPY260717P00600000";

fn flow(chain: &OptionChain) -> OptionsFlow {
    options_flow(chain, now()).unwrap()
}

/// A call and a put at $2 of which so many were traded.
fn traded(calls: u64, puts: u64) -> OptionsFlow {
    let volume = |name, volume| with(name, |it| it.volume = Some(volume));
    flow(&chain(vec![volume(CALL, calls), volume(PUT, puts)]))
}

#[test]
fn premium_is_volume_at_the_mid() {
    let flow = traded(120, 80);
    assert_eq!((flow.call_volume, flow.put_volume), (120, 80));
    assert_eq!(flow.call_premium_usd, Usd::dollars(24_000));
    assert_eq!(flow.put_premium_usd, Usd::dollars(16_000));
    let [entry] = flow.entries.as_slice() else {
        panic!(
            "only the call was traded more than it is held: {:?}",
            flow.entries
        );
    };
    assert_eq!(entry.contract.to_string(), CALL);
    assert_eq!((entry.volume, entry.open_interest), (120, 100));
    assert_eq!(entry.mid, Price::cents(200));
    assert_eq!(entry.premium_usd, Usd::dollars(24_000));
    assert!(!flow.caveats.is_empty());
}

#[test]
fn premium_leans_from_sixty_percent_on() {
    for (calls, puts, sentiment) in [
        (60, 40, Some(Sentiment::Bullish)),
        (59, 41, Some(Sentiment::Neutral)),
        (41, 59, Some(Sentiment::Neutral)),
        (40, 60, Some(Sentiment::Bearish)),
        (1, 0, Some(Sentiment::Bullish)),
        (0, 1, Some(Sentiment::Bearish)),
        (0, 0, None),
    ] {
        assert_eq!(
            traded(calls, puts).sentiment,
            sentiment,
            "{calls} to {puts}"
        );
    }
}

#[test]
fn without_volumes_there_is_no_flow() {
    for chain in [
        chain(Vec::new()),
        chain(vec![with(CALL, |it| it.volume = None)]),
        chain(vec![listed("SPY1260717C00600000")]),
    ] {
        assert_eq!(
            options_flow(&chain, now()),
            Err(PositioningError::NoVolumes)
        );
    }
}

#[test]
fn what_has_no_price_is_counted_and_not_valued() {
    let flow = flow(&chain(vec![
        listed(CALL),
        with(PUT, |it| it.sides = None),
        with("SPY260717P00590000", |it| it.sides = Some(sides(0, 5))),
        with("SPY260717P00580000", |it| it.volume = None),
        with("SPY260717P00570000", |it| it.volume = Some(u64::MAX)),
        with("SPY260717P00560000", |it| {
            (it.sides, it.volume) = (None, Some(0));
        }),
    ]));
    assert_eq!((flow.unpriced, flow.volume_unknown), (3, 1));
    assert_eq!(flow.put_volume, u64::MAX, "as many as can be told");
    assert_eq!(flow.put_premium_usd, Usd::ZERO);
    assert_eq!(flow.call_premium_usd, Usd::dollars(2_000));
}

#[test]
fn twenty_are_told_by_premium() {
    let mut ladder = ladder(580..620);
    for (option, volume) in ladder.options.iter_mut().zip(101..) {
        option.volume = Some(volume);
    }
    // Not known to be more than what is held.
    ladder.options.last_mut().unwrap().open_interest = None;
    let flow = flow(&ladder);
    assert_eq!(flow.entries.len(), ENTRIES_MAX);
    let volumes: Vec<u64> = flow.entries.iter().map(|it| it.volume).collect();
    assert_eq!(volumes[0], 259);
    assert!(volumes.is_sorted_by(|a, b| a > b), "{volumes:?}");
}

#[test]
fn equal_premiums_are_told_by_contract() {
    let busy = |right| with(&name("0717", right, 600), |it| it.volume = Some(500));
    let flow = flow(&chain(vec![
        busy(OptionRight::Put),
        busy(OptionRight::Call),
    ]));
    assert!(flow.entries[0].contract < flow.entries[1].contract);
}

proptest! {
    #[test]
    fn sums_are_those_of_the_rows(
        rows in prop::collection::vec((0_u64..10_000, 0_u64..10_000, 0_u32..500, 0_u32..50), 1..40)
    ) {
        let mut ladder = ladder(600..600 + 10);
        ladder.options.truncate(rows.len());
        for (option, (volume, open_interest, bid, spread)) in ladder.options.iter_mut().zip(&rows) {
            option.volume = Some(*volume);
            option.open_interest = Some(*open_interest);
            option.sides = Some(sides(*bid, bid + spread));
        }
        let flow = flow(&ladder);
        let volume: u64 = ladder.options.iter().filter_map(|it| it.volume).sum();
        prop_assert_eq!(flow.call_volume + flow.put_volume, volume);
        let told: Usd = flow.entries.iter().map(|it| it.premium_usd).sum();
        prop_assert!(told <= flow.call_premium_usd + flow.put_premium_usd);
        prop_assert!(flow.entries.iter().all(|it| it.volume > it.open_interest));
        prop_assert!(flow.entries.is_sorted_by(|a, b| a.premium_usd >= b.premium_usd));
    }
}
