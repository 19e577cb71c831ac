//! Golden gates of the studies. Yesterday closed at 600, and a day ranges over 10: the trigger is
//! at 602.36, the gate at 603.82, its target at 606.18.
#![cfg(test)]

use domain::studies::{GateState, GoldenGates};

use crate::bars::{Shape, TODAY, bar, calm_days, flat, session_from, set};
use crate::world::World;

fn gates_of(length: &str, shapes: &[Shape]) -> Result<GoldenGates, String> {
    let candles = set(length, session_from(TODAY, length, 0, shapes));
    let world = World::on(&candles, Some(&calm_days(TODAY, 600.0, 10.0)));
    let gates = world.studies().saty.golden_gates.known();
    gates.copied().map_err(ToString::to_string)
}

fn gates(closes: &[f64]) -> (GateState, GateState) {
    let shapes: Vec<Shape> = closes.iter().copied().map(flat).collect();
    let gates = gates_of("5", &shapes).unwrap();
    (gates.up, gates.down)
}

#[test]
fn a_gate_opens_completes_or_fails() {
    use GateState::{Closed, Completed, Invalid, Open};
    for (closes, expected) in [
        (&[600.0, 603.8][..], (Closed, Closed)),
        (&[600.0, 603.83], (Open, Closed)),
        // Ten minutes that aren't over may touch a level.
        (&[600.0, 600.0, 603.83], (Open, Closed)),
        (&[603.83, 606.2], (Completed, Closed)),
        (&[603.83, 603.83, 606.2], (Completed, Closed)),
        // Only the close of ten minutes goes back through the trigger.
        (&[603.83, 603.83, 602.0], (Open, Closed)),
        (&[603.83, 603.83, 602.0, 602.5], (Open, Closed)),
        (&[603.83, 603.83, 602.5, 602.0], (Invalid, Closed)),
        (&[603.83, 602.0], (Invalid, Closed)),
        (&[603.83, 602.0, 606.2], (Invalid, Closed)),
        (&[596.1, 596.1], (Closed, Open)),
        (&[596.1, 593.8], (Closed, Completed)),
        (&[596.1, 598.0], (Closed, Invalid)),
        (&[596.1, 596.1, 603.9, 603.9], (Open, Invalid)),
    ] {
        assert_eq!(gates(closes), expected, "{closes:?}");
    }
}

#[test]
fn highs_and_lows_touch_too() {
    let touching = [bar(600.0, 604.0, 596.0, 600.0), flat(602.4)];
    let gates = gates_of("5", &touching).unwrap();
    assert_eq!(
        (gates.up, gates.down),
        (GateState::Open, GateState::Invalid)
    );
}

#[test]
fn ten_minutes_with_a_missing_bar_end_all_the_same() {
    let daily = calm_days(TODAY, 600.0, 10.0);
    // Only the first bar touched the gate, and the second of its ten minutes is missing.
    for (then, expected) in [
        (&[602.5, 602.5][..], GateState::Open),
        (&[602.5, 602.0], GateState::Invalid),
    ] {
        let mut candles = session_from(TODAY, "5", 0, &[flat(603.9)]);
        let later: Vec<Shape> = then.iter().copied().map(flat).collect();
        candles.extend(session_from(TODAY, "5", 2, &later));
        let world = World::on(&set("5", candles), Some(&daily));
        let gates = world.studies().saty.golden_gates.known().unwrap();
        assert_eq!(gates.up, expected, "{then:?}");
    }
}

#[test]
fn bars_that_make_up_ten_minutes_tell() {
    for length in ["1", "2", "5", "10"] {
        assert!(gates_of(length, &[flat(600.0)]).is_ok(), "{length}");
    }
    for (length, shown) in [("3", "3m"), ("15", "15m"), ("60", "1h")] {
        let why = gates_of(length, &[flat(600.0)]).unwrap_err();
        assert_eq!(why, format!("bars of {shown} don't make up 10 minutes"));
    }
}

#[test]
fn without_the_open_or_levels_there_are_none() {
    let late = set("5", session_from(TODAY, "5", 1, &[flat(600.0); 4]));
    let days = calm_days(TODAY, 600.0, 10.0);
    let why = |daily| {
        let world = World::on(&late, daily);
        let gates = world.studies().saty.golden_gates.known();
        gates.unwrap_err().to_string()
    };
    assert_eq!(
        why(Some(&days)),
        "the bars don't reach back to today's open"
    );
    assert_eq!(why(None), "there are no daily bars");
}
