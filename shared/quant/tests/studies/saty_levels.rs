//! Levels by the average true range against their reference, at their bounds, and the golden gate.
#![cfg(test)]

use proptest::prelude::*;
use quant::indicators::saty::{
    AtrLevels, GateState, GoldenGate, LEVEL_FACTORS, LevelBasis, LevelReading, Levels, RangeStatus,
};
use quant::indicators::{Bar, Direction, Indicator};
use reference_answers::Row;

use crate::series::{
    TOLERANCE, assert_near, bar, cell, check_file, flat, is_close_call, plain_atr, random_bars,
    reference_bars,
};

fn readings(basis: LevelBasis, bars: &[Bar]) -> Vec<Option<LevelReading>> {
    AtrLevels::new(basis).batch(bars.iter().copied())
}

fn status_name(status: RangeStatus) -> &'static str {
    match status {
        RangeStatus::Room => "green",
        RangeStatus::NearlySpent => "orange",
        RangeStatus::Spent => "red",
    }
}

#[test]
fn every_column_is_that_of_the_reference() {
    let bars = reference_bars("1d");
    let ours = readings(LevelBasis::PreviousPeriod, &bars);
    assert!(ours[..15].iter().all(Option::is_none));
    check_file("saty_atr_levels_1d.csv", &ours, |index, row| {
        wrong_reading(row, &ours[index].unwrap(), bars[index].close)
    });
}

fn wrong_reading(row: &Row, reading: &LevelReading, price: f64) -> Vec<String> {
    let (levels, used) = (reading.levels, reading.range_used);
    let mut wrong = row.far(
        TOLERANCE,
        &[
            ("prev_close", Some(levels.close)),
            ("atr14_prev", Some(levels.average_true_range)),
            ("range", Some(used.range)),
            ("range_pct_atr", used.percent),
        ],
    );
    for factor in LEVEL_FACTORS {
        for (side, direction) in [("lower", Direction::Down), ("upper", Direction::Up)] {
            let column = format!("{side}_{factor:?}");
            wrong.extend(row.far(TOLERANCE, &[(&column, Some(levels.at(direction, factor)))]));
        }
    }
    let bounds = [70.0, 90.0].map(|bound| used.percent.unwrap_or(f64::NAN) - bound);
    if !is_close_call(price, &bounds) {
        wrong.extend(row.unequal(&[("range_status", cell(used.status().map(status_name)))]));
    }
    wrong
}

#[test]
fn the_current_close_plans_the_next_period() {
    let bars = reference_bars("1d");
    let planned = readings(LevelBasis::CurrentClose, &bars);
    let followed = readings(LevelBasis::PreviousPeriod, &bars);
    assert_eq!(planned.iter().position(Option::is_some), Some(14));
    for index in 15..bars.len() {
        let (planned, followed) = (planned[index - 1].unwrap(), followed[index].unwrap());
        assert_eq!(planned.levels, followed.levels, "bar {index}");
    }
}

#[test]
fn a_forming_period_has_the_levels_that_it_has_when_closed() {
    let bars = reference_bars("1d");
    let mut levels = AtrLevels::new(LevelBasis::PreviousPeriod);
    for bar in bars {
        let forming = levels.forming(bar.high, bar.low);
        assert_eq!(forming, levels.next(bar));
    }
}

#[test]
fn a_market_without_range_has_no_percentage_of_it() {
    let reading = readings(LevelBasis::PreviousPeriod, &[flat(100.0); 20])[19].unwrap();
    assert_eq!(
        (reading.range_used.range, reading.range_used.percent),
        (0.0, None)
    );
    assert_eq!(reading.range_used.status(), None);
    assert_eq!(reading.levels.bias(100.0), None);
}

#[test]
fn the_range_is_green_up_to_70_and_red_from_90() {
    for (range, expected) in [
        (7.0, RangeStatus::Room),
        (7.25, RangeStatus::NearlySpent),
        (8.75, RangeStatus::NearlySpent),
        (9.0, RangeStatus::Spent),
    ] {
        let mut levels = AtrLevels::new(LevelBasis::PreviousPeriod);
        for _ in 0..20 {
            levels.next(bar(100.0, 105.0, 95.0, 100.0));
        }
        let reading = levels.forming(100.0 + range, 100.0).unwrap();
        assert_eq!(reading.range_used.status(), Some(expected), "{range}");
    }
}

const LEVELS: Levels = Levels {
    close: 100.0,
    average_true_range: 10.0,
};

#[test]
fn there_is_a_bias_beyond_the_triggers() {
    for (price, expected) in [
        (102.36, None),
        (102.37, Some(Direction::Up)),
        (97.64, None),
        (97.63, Some(Direction::Down)),
        (100.0, None),
    ] {
        assert_eq!(LEVELS.bias(price), expected, "{price}");
    }
    assert_eq!(LEVELS.trigger_cloud(Direction::Up), (102.36, 102.46));
    let (near, far) = LEVELS.trigger_cloud(Direction::Down);
    assert!(near > far);
}

#[test]
fn the_gate_opens_at_382_and_ends_at_618_or_behind_the_trigger() {
    use GateState::{Closed, Completed, Invalid, Open};
    let up = |high: f64, close: f64| bar(close, high, close.min(high), close);
    for (bars, expected) in [
        (vec![up(103.8, 103.0)], vec![Closed]),
        (vec![up(103.9, 103.0), up(103.0, 102.5)], vec![Open, Open]),
        (
            vec![up(103.9, 103.0), up(103.0, 102.0), up(107.0, 106.5)],
            vec![Open, Invalid, Invalid],
        ),
        (vec![up(103.9, 102.0)], vec![Invalid]),
        (
            vec![up(106.2, 103.0), up(103.0, 101.0)],
            vec![Completed, Completed],
        ),
        (vec![up(103.0, 101.0), up(104.0, 103.0)], vec![Closed, Open]),
    ] {
        let gate = GoldenGate::new(LEVELS, Direction::Up);
        let states: Vec<GateState> = gate.batch(bars.clone()).into_iter().flatten().collect();
        assert_eq!(states, expected, "{bars:?}");
        let mirrored = bars.iter().map(mirror);
        let gate = GoldenGate::new(LEVELS, Direction::Down);
        let states: Vec<GateState> = gate.batch(mirrored).into_iter().flatten().collect();
        assert_eq!(states, expected, "mirrored {bars:?}");
    }
}

fn mirror(of: &Bar) -> Bar {
    bar(
        200.0 - of.open,
        200.0 - of.low,
        200.0 - of.high,
        200.0 - of.close,
    )
}

proptest! {
    #[test]
    fn levels_lie_around_the_close_before_by_its_average(bars in random_bars(60)) {
        let plain = plain_atr(&bars, 14);
        for (index, reading) in readings(LevelBasis::PreviousPeriod, &bars).iter().enumerate() {
            let before = index.checked_sub(1);
            let atr = before.and_then(|index| plain[index]);
            let ours = reading.map(|reading| reading.levels.average_true_range);
            assert_near("average true range", index, ours, atr);
            let close = before.filter(|_| atr.is_some()).map(|index| bars[index].close);
            prop_assert_eq!(reading.map(|reading| reading.levels.close), close);
        }
    }
}
