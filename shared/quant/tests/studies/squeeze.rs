//! The squeeze against its reference, and against plain windows over the whole series.
#![cfg(test)]

use proptest::prelude::*;
use quant::indicators::squeeze::{MomentumColour, SqueezeReading};
use quant::indicators::{Bar, Direction, Indicator, Squeeze};
use reference_answers::Row;

use crate::series::{
    SERIES, TOLERANCE, assert_near, cell, check_file, deviation, is_close_call, mean,
    plain_true_ranges, random_bars, reference_bars,
};

fn colour_name(colour: MomentumColour) -> &'static str {
    match colour {
        MomentumColour::PositiveUp => "pos_up",
        MomentumColour::PositiveDown => "pos_down",
        MomentumColour::NegativeDown => "neg_down",
        MomentumColour::NegativeUp => "neg_up",
    }
}

/// Whether rounding decides between two states of compression.
fn is_state_a_close_call(reading: &SqueezeReading, price: f64) -> bool {
    reading.mean_true_range.is_some_and(|range| {
        let width = reading.upper - reading.middle;
        is_close_call(
            price,
            &[1.0, 1.5, 2.0].map(|channel| width - channel * range),
        )
    })
}

/// Bars whose counts may depend on rounding: from a close call until the squeeze is clearly off.
fn doubtful(ours: &[Option<SqueezeReading>], bars: &[Bar]) -> Vec<bool> {
    let mut in_doubt = false;
    let mut clearly_off = 0;
    ours.iter()
        .zip(bars)
        .map(|(reading, bar)| {
            let is_close =
                reading.is_some_and(|reading| is_state_a_close_call(&reading, bar.close));
            let is_off = reading.is_some_and(|reading| {
                reading
                    .state
                    .is_some_and(|state| !state.compression.is_on())
            });
            clearly_off = if is_off && !is_close {
                clearly_off + 1
            } else {
                0
            };
            in_doubt = is_close || (in_doubt && clearly_off < 2);
            in_doubt
        })
        .collect()
}

#[test]
fn every_column_is_that_of_the_reference() {
    for series in SERIES {
        let bars = reference_bars(series);
        let ours = Squeeze::new().batch(bars.iter().copied());
        let doubtful = doubtful(&ours, &bars);
        check_file(&format!("ttm_squeeze_{series}.csv"), &ours, |index, row| {
            let reading = ours[index];
            let before = index.checked_sub(1).and_then(|index| ours[index]);
            let mut wrong = wrong_numbers(row, reading);
            wrong.extend(wrong_colour(row, before, reading, bars[index].close));
            if !doubtful[index] {
                wrong.extend(wrong_state(row, reading));
            }
            wrong
        });
    }
}

fn wrong_numbers(row: &Row, reading: Option<SqueezeReading>) -> Vec<String> {
    let momentum = reading.and_then(|reading| reading.momentum);
    row.far(
        TOLERANCE,
        &[
            ("bb_upper", reading.map(|reading| reading.upper)),
            ("bb_lower", reading.map(|reading| reading.lower)),
            ("kc_mid_sma", reading.map(|reading| reading.middle)),
            (
                "atr_sma",
                reading.and_then(|reading| reading.mean_true_range),
            ),
            ("momentum", momentum.map(|momentum| momentum.value)),
        ],
    )
}

fn wrong_colour(
    row: &Row,
    before: Option<SqueezeReading>,
    reading: Option<SqueezeReading>,
    price: f64,
) -> Vec<String> {
    let momentum = reading.and_then(|reading| reading.momentum);
    let value = momentum.map_or(f64::NAN, |momentum| momentum.value);
    let before = before.and_then(|reading| reading.momentum);
    let change = value - before.map_or(f64::NAN, |momentum| momentum.value);
    if is_close_call(price, &[value, change]) {
        return Vec::new();
    }
    let colour = momentum.and_then(|momentum| momentum.colour);
    row.unequal(&[("mom_colour", cell(colour.map(colour_name)))])
}

fn wrong_state(row: &Row, reading: Option<SqueezeReading>) -> Vec<String> {
    let state = reading.and_then(|reading| reading.state);
    let fired = state.and_then(|state| state.fired());
    let direction = fired.and_then(|fired| fired.direction);
    let by_exponential = reading.and_then(|reading| reading.is_on_by_exponential_channel);
    row.unequal(&[
        (
            "pro_state",
            cell(state.map(|state| state.compression.level())),
        ),
        (
            "squeeze_on",
            cell(state.map(|state| u8::from(state.compression.is_on()))),
        ),
        ("bars_in_squeeze", cell(state.map(|state| state.bars))),
        (
            "fired",
            cell(state.map(|state| u8::from(state.fired().is_some()))),
        ),
        ("fired_dir", cell(direction.map(Direction::sign))),
        (
            "bars_in_prior_squeeze",
            cell(fired.map(|fired| fired.squeeze_bars)),
        ),
        ("squeeze_on_ema_wilder", cell(by_exponential.map(u8::from))),
    ])
}

/// The momentum of one bar from the 39 bars that it depends on.
fn plain_momentum(bars: &[Bar], index: usize) -> Option<f64> {
    let first = index.checked_sub(38)?;
    let distances: Vec<f64> = (first + 19..=index)
        .map(|index| {
            let window = &bars[index - 19..=index];
            let closes: Vec<f64> = window.iter().map(|bar| bar.close).collect();
            let highest = window.iter().map(|bar| bar.high).fold(f64::MIN, f64::max);
            let lowest = window.iter().map(|bar| bar.low).fold(f64::MAX, f64::min);
            bars[index].close - f64::midpoint(f64::midpoint(highest, lowest), mean(&closes))
        })
        .collect();
    let middle = mean(&distances);
    let slope = (0..20)
        .zip(&distances)
        .map(|(x, distance)| (f64::from(x) - 9.5) * (distance - middle))
        .sum::<f64>()
        / 665.0;
    Some(middle + slope * 9.5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn one_bar_at_a_time_says_what_whole_windows_say(bars in random_bars(160)) {
        let ours = Squeeze::new().batch(bars.iter().copied());
        let closes: Vec<f64> = bars.iter().map(|bar| bar.close).collect();
        let ranges = plain_true_ranges(&bars);
        let mut run = 0;
        for (index, reading) in ours.into_iter().enumerate() {
            prop_assert_eq!(reading.is_some(), index >= 19);
            let momentum = reading.and_then(|reading| reading.momentum);
            let value = momentum.map(|momentum| momentum.value);
            assert_near("momentum", index, value, plain_momentum(&bars, index));
            if index < 20 { continue; }
            let reading = reading.unwrap();
            let width = 2.0 * deviation(&closes[index - 19..=index]);
            let range = mean(&ranges[index - 20..index]);
            assert_near("mean true range", index, reading.mean_true_range, Some(range));
            assert_near("upper band", index, Some(reading.upper - reading.middle), Some(width));
            let state = reading.state.unwrap();
            if is_close_call(bars[index].close, &[width - 1.5 * range]) {
                run = state.bars;
                continue;
            }
            run = if width < 1.5 * range { run + 1 } else { 0 };
            prop_assert_eq!(state.bars, run, "bar {}", index);
        }
    }
}
