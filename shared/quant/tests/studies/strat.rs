//! The Strat against its reference, and against a plain search over the whole series.
#![cfg(test)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use quant::indicators::strat::{
    BarType, Colour, CombinationKind, Shape, Signal, Strat, StratReading,
};
use quant::indicators::{Bar, Direction, Indicator};
use reference_answers::{Row, assert_none_wrong, rows};

use crate::series::{
    SERIES, TOLERANCE, cell, check_file, is_close_call, random_bars, reference_bars,
};

fn readings(bars: &[Bar]) -> Vec<StratReading> {
    let answers = Strat::new().batch(bars.iter().copied());
    answers.into_iter().map(Option::unwrap).collect()
}

fn shape_name(shape: Option<Shape>) -> &'static str {
    match shape {
        None => "",
        Some(Shape::Hammer) => "hammer",
        Some(Shape::Shooter) => "shooter",
    }
}

fn colour_name(colour: Colour) -> &'static str {
    match colour {
        Colour::Green => "green",
        Colour::Red => "red",
        Colour::Doji => "doji",
    }
}

fn kind_name(kind: CombinationKind) -> &'static str {
    match kind {
        CombinationKind::Reversal => "reversal",
        CombinationKind::Continuation => "continuation",
        CombinationKind::Breakout => "breakout",
        CombinationKind::RevStrat => "revstrat",
    }
}

fn direction_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "long",
        Direction::Down => "short",
    }
}

/// Whether the body ends so near a quarter of the range that rounding decides.
fn is_on_the_edge(bar: &Bar) -> bool {
    let quarter = 0.25 * (bar.high - bar.low);
    let hammer = bar.high - bar.open.min(bar.close) - quarter;
    let shooter = bar.open.max(bar.close) - bar.low - quarter;
    is_close_call(bar.close, &[hammer, shooter])
}

#[test]
fn types_colours_and_shapes_are_those_of_the_reference() {
    for series in SERIES {
        let bars = reference_bars(series);
        let ours = readings(&bars);
        check_file(&format!("strat_bars_{series}.csv"), &ours, |index, row| {
            let reading = &ours[index];
            let mut named = vec![
                ("type", cell(reading.bar_type.map(BarType::name))),
                ("colour", colour_name(reading.colour).to_owned()),
            ];
            if !is_on_the_edge(&bars[index]) {
                named.push(("shape", shape_name(reading.shape).to_owned()));
            }
            row.unequal(&named)
        });
    }
}

#[test]
fn signals_are_those_of_the_reference_and_no_others() {
    for series in SERIES {
        let bars = reference_bars(series);
        let ours = readings(&bars);
        let file = format!("5_strat_ttm_saty/strat_signals_{series}.csv");
        let theirs = rows(&file);
        let mut missing: BTreeMap<usize, &Row> =
            theirs.iter().map(|row| (row.value("i"), row)).collect();
        for (index, reading) in ours.iter().enumerate() {
            let row = missing.remove(&index);
            match (reading.signal, row) {
                (Some(signal), Some(row)) => {
                    let wrong = wrong_signal(&signal, &bars[index - 1], row);
                    assert_none_wrong(&file, theirs.len(), std::iter::once((row, wrong)));
                }
                (None, None) => {}
                (ours, theirs) => panic!("{file}, bar {index}: {ours:?}, not {theirs:?}"),
            }
        }
        assert!(missing.is_empty(), "{file} has bars that don't exist");
    }
}

fn wrong_signal(signal: &Signal, setup: &Bar, row: &Row) -> Vec<String> {
    let combination = signal.combination;
    let mut named = vec![
        ("combo", combination.to_string()),
        ("combo4", combination.long_name().to_string()),
        ("kind", kind_name(combination.kind()).to_owned()),
        ("direction", direction_name(signal.direction).to_owned()),
    ];
    if !is_on_the_edge(setup) {
        named.push(("setup_shape", shape_name(signal.setup_shape).to_owned()));
    }
    let mut wrong = row.unequal(&named);
    wrong.extend(row.far(
        TOLERANCE,
        &[
            ("trigger", Some(signal.trigger)),
            ("entry", Some(signal.entry)),
            ("stop", Some(signal.stop)),
            ("stop_wide", Some(signal.stop_wide)),
            ("target1", signal.target),
        ],
    ));
    wrong
}

/// A bar's type by name, straight from the definition.
fn plain_type(bars: &[Bar], index: usize) -> &'static str {
    if index == 0 {
        return "";
    }
    let (before, bar) = (bars[index - 1], bars[index]);
    match (bar.high > before.high, bar.low < before.low) {
        (true, true) => "3",
        (true, false) => "2U",
        (false, true) => "2D",
        (false, false) => "1",
    }
}

/// The combination by name, going through the table of definitions from its first line.
fn plain_combination(bars: &[Bar], index: usize) -> Option<(String, &'static str)> {
    let trigger = plain_type(bars, index);
    let against = match trigger {
        "2U" => "2D",
        "2D" => "2U",
        _ => return None,
    };
    let setup = plain_type(bars, index.checked_sub(1)?);
    let first = index
        .checked_sub(2)
        .map_or("", |index| plain_type(bars, index));
    let table: [(&[&str], &'static str); 9] = [
        (&[against, "1"], "reversal"),
        (&[trigger, "1"], "continuation"),
        (&["3", "1"], "breakout"),
        (&["1", against], "revstrat"),
        (&["3", against], "reversal"),
        (&[against], "reversal"),
        (&[trigger], "continuation"),
        (&["3"], "continuation"),
        (&["1", "1"], "breakout"),
    ];
    let last = [first, setup];
    let (names, kind) = table.into_iter().find(|(names, _)| last.ends_with(names))?;
    Some((format!("{}-{trigger}", names.join("-")), kind))
}

fn plain_target(bars: &[Bar], index: usize, direction: Direction, trigger: f64) -> Option<f64> {
    let searched = bars[index.saturating_sub(51)..index - 1].iter().rev();
    match direction {
        Direction::Up => searched.map(|bar| bar.high).find(|high| *high > trigger),
        Direction::Down => searched.map(|bar| bar.low).find(|low| *low < trigger),
    }
}

proptest! {
    #[test]
    fn one_bar_at_a_time_finds_what_a_search_over_all_finds(bars in random_bars(160)) {
        for (index, reading) in readings(&bars).iter().enumerate() {
            prop_assert_eq!(cell(reading.bar_type.map(BarType::name)), plain_type(&bars, index));
            let plain = plain_combination(&bars, index);
            let ours = reading.signal.map(|signal| {
                (signal.combination.to_string(), kind_name(signal.combination.kind()))
            });
            prop_assert_eq!(ours, plain, "bar {}", index);
            if let Some(signal) = reading.signal {
                let target = plain_target(&bars, index, signal.direction, signal.trigger);
                prop_assert_eq!(signal.target, target, "target at bar {}", index);
            }
        }
    }

    #[test]
    fn the_armed_setup_is_what_the_next_bar_triggers(bars in random_bars(60)) {
        let mut strat = Strat::new();
        for bar in bars {
            let armed = [Direction::Up, Direction::Down].map(|direction| strat.armed(direction));
            let reading = strat.next(bar).unwrap();
            if let Some(signal) = reading.signal {
                let armed = armed[usize::from(signal.direction == Direction::Down)].unwrap();
                prop_assert_eq!(Signal { entry: signal.entry, ..armed }, signal);
                prop_assert!(!signal.direction.is_beyond(armed.entry, signal.entry));
            }
        }
    }
}
