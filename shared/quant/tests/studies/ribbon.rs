//! The pivot ribbon against its reference, against plain averages, and its colours.
#![cfg(test)]

use proptest::prelude::*;
use quant::indicators::saty::{CandleBias, RibbonAverages, RibbonReading, Trend};
use quant::indicators::{Bar, Direction, Indicator, PivotRibbon};
use reference_answers::Row;

use crate::series::{
    SERIES, TOLERANCE, assert_near, bar, cell, check_file, flat, is_close_call, plain_ema,
    random_bars, reference_bars,
};

fn readings(bars: &[Bar]) -> Vec<Option<RibbonReading>> {
    PivotRibbon::new().batch(bars.iter().copied())
}

fn trend_name(trend: Trend) -> &'static str {
    match trend {
        Trend::Bullish => "bullish",
        Trend::Bearish => "bearish",
        Trend::Mixed => "mixed",
    }
}

fn arrow(reading: &RibbonReading) -> Option<f64> {
    let conviction = reading.conviction?;
    Some(if conviction.is_new {
        conviction.direction.sign()
    } else {
        0.0
    })
}

fn difference(one: Option<f64>, other: Option<f64>) -> f64 {
    one.zip(other).map_or(f64::NAN, |(one, other)| one - other)
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
                let mut wrong = wrong_averages(row, ours[index]);
                wrong.extend(wrong_order(row, ours[index], bars[index].close));
                wrong.extend(wrong_conviction(
                    row,
                    before,
                    ours[index],
                    bars[index].close,
                ));
                wrong
            },
        );
    }
}

fn averages(reading: Option<RibbonReading>) -> RibbonAverages {
    reading.map_or_else(RibbonAverages::default, |reading| reading.averages)
}

fn wrong_averages(row: &Row, reading: Option<RibbonReading>) -> Vec<String> {
    let averages = averages(reading);
    row.far(
        TOLERANCE,
        &[
            ("ema8", averages.of_8),
            ("ema13", averages.of_13),
            ("ema21", averages.of_21),
            ("ema34", averages.of_34),
            ("ema48", averages.of_48),
            ("ema200", averages.of_200),
        ],
    )
}

fn wrong_order(row: &Row, reading: Option<RibbonReading>, close: f64) -> Vec<String> {
    let of = averages(reading);
    let differences = [
        difference(Some(close), of.of_8),
        difference(of.of_8, of.of_21),
        difference(of.of_21, of.of_34),
        difference(of.of_21, of.of_48),
    ];
    if is_close_call(close, &differences) {
        return Vec::new();
    }
    let stack = reading.and_then(|reading| reading.stack);
    let trend = reading.and_then(|reading| reading.trend);
    row.unequal(&[
        ("ribbon_8_21_48", cell(stack.map(trend_name))),
        ("trend_label_8_21_34", cell(trend.map(trend_name))),
    ])
}

fn wrong_conviction(
    row: &Row,
    before: Option<RibbonReading>,
    reading: Option<RibbonReading>,
    price: f64,
) -> Vec<String> {
    let differences = [before, reading].map(averages);
    let differences = differences.map(|of| difference(of.of_13, of.of_48));
    if is_close_call(price, &differences) {
        return Vec::new();
    }
    let arrow = reading.as_ref().and_then(arrow);
    row.unequal(&[("conviction_13x48", cell(arrow))])
}

#[test]
fn a_flat_market_has_no_stack_but_equal_averages_count_as_bullish() {
    let reading = readings(&[flat(100.0); 210])[209].unwrap();
    assert_eq!(reading.stack, Some(Trend::Mixed));
    assert_eq!(reading.trend, Some(Trend::Bullish));
    let clouds = [
        reading.fast_cloud(),
        reading.slow_cloud(),
        reading.slow_cloud_pro(),
        reading.long_term(),
    ];
    assert_eq!(clouds, [Some(Direction::Up); 4]);
}

#[test]
fn each_cloud_begins_with_its_slower_average_and_turns_with_the_trend() {
    let falling: Vec<Bar> = (0..260)
        .map(|index| flat(500.0 - f64::from(index)))
        .collect();
    let all = readings(&falling);
    let clouds: [fn(&RibbonReading) -> Option<Direction>; 4] = [
        RibbonReading::fast_cloud,
        RibbonReading::slow_cloud,
        RibbonReading::slow_cloud_pro,
        RibbonReading::long_term,
    ];
    for (cloud, first) in clouds.iter().zip([20, 33, 47, 199]) {
        let values: Vec<_> = all
            .iter()
            .map(|reading| reading.as_ref().and_then(cloud))
            .collect();
        assert_eq!(values.iter().position(Option::is_some), Some(first));
        assert_eq!(values[259], Some(Direction::Down));
    }
}

#[test]
fn a_candle_is_coloured_by_its_way_and_its_side_of_the_average() {
    let reading = readings(&[flat(100.0); 60])[59].unwrap();
    let up = bar(99.0, 101.0, 99.0, 100.0);
    let below = bar(98.0, 99.0, 98.0, 99.0);
    for (bar, is_compressed, expected) in [
        (up, false, Some(CandleBias::Green)),
        (
            bar(101.0, 101.0, 100.0, 100.0),
            false,
            Some(CandleBias::Blue),
        ),
        (below, false, Some(CandleBias::Orange)),
        (bar(99.5, 99.5, 99.0, 99.0), false, Some(CandleBias::Red)),
        (flat(100.0), false, None),
        (up, true, Some(CandleBias::Grey)),
        (flat(99.0), true, Some(CandleBias::Grey)),
    ] {
        assert_eq!(reading.candle(&bar, is_compressed), expected, "{bar:?}");
    }
    let early = readings(&[flat(100.0); 47])[46].unwrap();
    assert_eq!(early.candle(&up, false), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn averages_are_those_of_the_whole_series(bars in random_bars(260)) {
        let closes: Vec<f64> = bars.iter().map(|bar| bar.close).collect();
        let plain = [8, 13, 21, 34, 48, 200].map(|length| {
            if length <= closes.len() { plain_ema(&closes, length) } else { vec![None; closes.len()] }
        });
        for (index, reading) in readings(&bars).into_iter().enumerate() {
            let of = averages(reading);
            let ours = [of.of_8, of.of_13, of.of_21, of.of_34, of.of_48, of.of_200];
            for (ours, plain) in ours.into_iter().zip(&plain) {
                assert_near("average", index, ours, plain[index]);
            }
        }
    }
}
