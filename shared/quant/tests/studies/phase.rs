//! The phase oscillator against its reference, against plain averages, and at its bounds.
#![cfg(test)]

use std::collections::BTreeSet;

use proptest::prelude::*;
use quant::indicators::saty::{PhaseCrosses, PhaseReading, PhaseZone};
use quant::indicators::{Bar, Indicator, PhaseOscillator};
use reference_answers::Row;

use crate::series::{
    SERIES, TOLERANCE, assert_near, bar, cell, check_file, deviation, flat, is_close_call,
    plain_atr, plain_ema, random_bars, reference_bars,
};

fn readings(bars: &[Bar]) -> Vec<Option<PhaseReading>> {
    PhaseOscillator::new().batch(bars.iter().copied())
}

fn zone_name(zone: PhaseZone) -> &'static str {
    match zone {
        PhaseZone::ExtendedUp => "extended_up",
        PhaseZone::Distribution => "distribution",
        PhaseZone::MarkUp => "mark_up",
        PhaseZone::LaunchBox => "launch_box",
        PhaseZone::MarkDown => "mark_down",
        PhaseZone::Accumulation => "accumulation",
        PhaseZone::ExtendedDown => "extended_down",
    }
}

fn cross_names(crosses: PhaseCrosses) -> BTreeSet<&'static str> {
    [
        (crosses.leaves_accumulation, "leaving_accumulation"),
        (crosses.leaves_extreme_down, "leaving_extreme_down"),
        (crosses.leaves_distribution, "leaving_distribution"),
        (crosses.leaves_extreme_up, "leaving_extreme_up"),
    ]
    .into_iter()
    .filter_map(|(is_crossed, name)| is_crossed.then_some(name))
    .collect()
}

fn is_at_a_bound(value: Option<f64>, price: f64) -> bool {
    let bounds = [-100.0, -61.8, -23.6, 23.6, 61.8, 100.0];
    value.is_some_and(|value| is_close_call(price, &bounds.map(|bound| value - bound)))
}

#[test]
fn every_column_is_that_of_the_reference() {
    for series in SERIES {
        let bars = reference_bars(series);
        let ours = readings(&bars);
        check_file(
            &format!("saty_phase_ribbon_{series}.csv"),
            &ours,
            |index, row| {
                let before = index.checked_sub(1).and_then(|index| ours[index]);
                let price = bars[index].close;
                let mut wrong = wrong_numbers(row, ours[index]);
                wrong.extend(wrong_zone(row, before, ours[index], price));
                wrong.extend(wrong_compression(row, before, ours[index], price));
                wrong
            },
        );
    }
}

fn wrong_numbers(row: &Row, reading: Option<PhaseReading>) -> Vec<String> {
    row.far(
        TOLERANCE,
        &[
            ("raw", reading.and_then(|reading| reading.raw)),
            ("phase_osc", reading.and_then(|reading| reading.value)),
            (
                "compression_value",
                reading.map(|reading| reading.compression),
            ),
            ("expansion_zone", reading.map(|reading| reading.expansion)),
        ],
    )
}

fn wrong_zone(
    row: &Row,
    before: Option<PhaseReading>,
    reading: Option<PhaseReading>,
    price: f64,
) -> Vec<String> {
    let value = |reading: Option<PhaseReading>| reading.and_then(|reading| reading.value);
    if is_at_a_bound(value(before), price) || is_at_a_bound(value(reading), price) {
        return Vec::new();
    }
    let zone = reading.and_then(|reading| reading.zone);
    let mut wrong = row.unequal(&[("zone", cell(zone.map(zone_name)))]);
    let ours = reading.map_or_else(BTreeSet::new, |reading| cross_names(reading.crosses));
    let theirs = row.text("cross").split('|').filter(|name| !name.is_empty());
    if theirs.collect::<BTreeSet<_>>() != ours {
        wrong.push(format!("cross is {}, not {ours:?}", row.text("cross")));
    }
    wrong
}

fn wrong_compression(
    row: &Row,
    before: Option<PhaseReading>,
    reading: Option<PhaseReading>,
    price: f64,
) -> Vec<String> {
    let change = before.zip(reading).map_or(f64::NAN, |(before, now)| {
        now.compression - before.compression
    });
    let sizes = reading.map_or([f64::NAN; 2], |now| [now.compression, now.expansion]);
    if is_close_call(price, &[change, sizes[0], sizes[1]]) {
        return Vec::new();
    }
    let is_compressed = reading.map(|reading| u8::from(reading.is_compressed));
    row.unequal(&[("in_compression", cell(is_compressed))])
}

#[test]
fn a_market_without_range_has_no_value_and_is_compressed() {
    let still = readings(&[flat(100.0); 40]);
    let reading = still[39].unwrap();
    assert_eq!(
        (reading.raw, reading.value, reading.zone),
        (None, None, None)
    );
    assert_eq!((reading.compression, reading.expansion), (0.0, 0.0));
    assert!(reading.is_compressed);
}

#[test]
fn the_smoothing_waits_for_a_market_that_moves() {
    let still = vec![flat(100.0); 40];
    let moving = (0..10).map(|index| {
        let price = 100.0 + f64::from(index);
        bar(price, price + 1.0, price, price + 1.0)
    });
    let all = readings(&still.into_iter().chain(moving).collect::<Vec<_>>());
    let first_raw = all
        .iter()
        .position(|reading| reading.is_some_and(|now| now.raw.is_some()));
    let first = all
        .iter()
        .position(|reading| reading.is_some_and(|now| now.value.is_some()));
    assert_eq!((first_raw, first), (Some(40), Some(42)));
}

proptest! {
    #[test]
    fn one_bar_at_a_time_says_what_plain_averages_say(bars in random_bars(120)) {
        let closes: Vec<f64> = bars.iter().map(|bar| bar.close).collect();
        let (pivot, atr) = (plain_ema(&closes, 21), plain_atr(&bars, 14));
        let mut smooth = Vec::new();
        let mut compression_before = None;
        for (index, reading) in readings(&bars).iter().enumerate() {
            let (Some(pivot), Some(atr)) = (pivot[index], atr[index]) else {
                prop_assert!(reading.is_none());
                continue;
            };
            let reading = reading.unwrap();
            let raw = (atr > 0.0).then(|| (closes[index] - pivot) / (3.0 * atr) * 100.0);
            smooth.extend(raw);
            let value = raw.and_then(|_| *plain_ema(&smooth, 3).last()?);
            assert_near("raw", index, reading.raw, raw);
            assert_near("value", index, reading.value, value);
            let width = 2.0 * deviation(&closes[index - 20..=index]);
            let (inner, outer) = (width - 1.854 * atr, width - 2.0 * atr);
            assert_near("compression", index, Some(reading.compression), Some(outer));
            assert_near("expansion", index, Some(reading.expansion), Some(inner));
            let change = outer - compression_before.unwrap_or(f64::INFINITY);
            compression_before = Some(outer);
            if !is_close_call(closes[index], &[change, inner, outer]) {
                let is_compressed = outer <= 0.0 && !(change >= 0.0 && inner > 0.0);
                prop_assert_eq!(reading.is_compressed, is_compressed, "bar {}", index);
            }
        }
    }
}
