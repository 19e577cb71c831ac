//! The Strat where highs are equal, bars have no range, or a bar is still forming.
#![cfg(test)]

use quant::indicators::strat::{BarType, FormingBar, MachineGun, Shape, Strat, StratReading};
use quant::indicators::{Bar, Direction, Indicator};

use crate::series::{bar, flat};

fn last(bars: &[Bar]) -> StratReading {
    let answers = Strat::new().batch(bars.iter().copied());
    answers.into_iter().next_back().flatten().unwrap()
}

#[test]
fn an_equal_high_or_low_is_no_break() {
    let before = bar(10.0, 12.0, 8.0, 11.0);
    for (high, low, expected) in [
        (12.0, 8.0, BarType::Inside),
        (11.0, 8.0, BarType::Inside),
        (12.0, 9.0, BarType::Inside),
        (12.5, 8.0, BarType::Up),
        (12.0, 7.5, BarType::Down),
        (12.5, 7.5, BarType::Outside),
    ] {
        let reading = last(&[before, bar(10.0, high, low, 10.0)]);
        assert_eq!(reading.bar_type, Some(expected), "{high} and {low}");
    }
}

#[test]
fn the_first_bar_has_no_type_and_arms_nothing() {
    assert_eq!(last(&[flat(10.0)]).bar_type, None);
    let mut strat = Strat::new();
    assert_eq!(strat.forming(), None);
    strat.next(flat(10.0));
    assert_eq!(strat.armed(Direction::Up), None);
    assert!(strat.forming().is_some());
}

#[test]
fn a_shape_opens_and_closes_in_a_quarter_of_its_range() {
    for (open, close, expected) in [
        (11.0, 12.0, Some(Shape::Hammer)),
        (12.0, 11.0, Some(Shape::Hammer)),
        (10.75, 12.0, None),
        (9.0, 8.0, Some(Shape::Shooter)),
        (9.25, 8.0, None),
        (9.0, 11.0, None),
    ] {
        let shape = Shape::of(&bar(open, 12.0, 8.0, close));
        assert_eq!(shape, expected, "from {open} to {close}");
    }
    assert_eq!(Shape::of(&flat(10.0)), None);
}

#[test]
fn a_break_that_closes_against_itself_has_failed() {
    let before = bar(10.0, 12.0, 8.0, 11.0);
    for (next, expected) in [
        (bar(12.0, 13.0, 9.0, 10.0), true),
        (bar(9.0, 11.0, 7.0, 10.0), true),
        (bar(10.0, 13.0, 9.0, 12.0), false),
        (bar(10.0, 13.0, 9.0, 10.0), false),
        (bar(12.0, 13.0, 7.0, 10.0), false),
    ] {
        assert_eq!(
            last(&[before, next]).is_failed_break(),
            expected,
            "{next:?}"
        );
    }
}

#[test]
fn a_forming_bar_becomes_a_two_and_a_three_and_nothing_again() {
    let mut forming = FormingBar::after(12.0, 8.0);
    for (price, expected, watched) in [
        (12.0, BarType::Inside, None),
        (8.0, BarType::Inside, None),
        (12.01, BarType::Up, None),
        (10.0, BarType::Up, None),
        (9.99, BarType::Up, Some(Direction::Down)),
        (8.0, BarType::Up, Some(Direction::Down)),
        (7.99, BarType::Outside, None),
        (10.0, BarType::Outside, None),
    ] {
        assert_eq!(forming.trade(price), expected, "at {price}");
        assert_eq!(forming.outside_watch(price), watched, "at {price}");
    }
}

#[test]
fn a_gap_over_the_trigger_fills_at_the_open_and_is_in_force_beyond_the_trigger() {
    let setup = [bar(10.0, 12.0, 8.0, 11.0), bar(10.0, 11.0, 7.0, 8.0)];
    let touched = last(&[setup[0], setup[1], bar(9.0, 12.0, 8.0, 12.0)])
        .signal
        .unwrap();
    assert_eq!((touched.trigger, touched.entry), (11.0, 11.0));
    assert_eq!((touched.stop, touched.target), (7.0, Some(12.0)));
    let gapped = last(&[setup[0], setup[1], bar(11.5, 12.0, 11.2, 12.0)])
        .signal
        .unwrap();
    assert_eq!((gapped.trigger, gapped.entry), (11.0, 11.5));
    for (price, expected) in [(10.9, false), (11.0, false), (11.01, true)] {
        assert_eq!(gapped.is_in_force(price), expected, "at {price}");
    }
}

#[test]
fn the_wide_stop_is_behind_all_setup_bars() {
    let bars = [
        bar(10.0, 11.0, 9.0, 10.0),
        bar(10.0, 13.0, 7.0, 10.0),
        bar(10.0, 12.0, 8.0, 10.0),
        bar(10.0, 12.5, 9.0, 12.0),
    ];
    let signal = last(&bars).signal.unwrap();
    assert_eq!(signal.combination.to_string(), "3-1-2U");
    assert_eq!((signal.stop, signal.stop_wide), (8.0, 7.0));
    assert_eq!(signal.target, Some(13.0));
    assert!(signal.combination.is_entry());
}

#[test]
fn a_second_break_the_same_way_is_no_entry() {
    let rising = [0.0, 1.0, 2.0].map(|up| bar(10.0 + up, 11.0 + up, 9.0 + up, 10.5 + up));
    let signal = last(&rising).signal.unwrap();
    assert_eq!(signal.combination.to_string(), "2U-2U");
    assert!(!signal.combination.is_entry());
    assert_eq!(signal.target, None);
}

#[test]
fn five_higher_lows_in_a_row_load_the_machine_gun() {
    let mut lows = vec![10.0, 10.0, 10.5, 11.0, 11.5, 12.0, 12.5, 12.5];
    let guns: Vec<MachineGun> = lows
        .drain(..)
        .map(|low| bar(low, 20.0, low, low))
        .scan(Strat::new(), |strat, bar| {
            Some(strat.next(bar)?.machine_gun)
        })
        .collect();
    let runs: Vec<u32> = guns.iter().map(|gun| gun.higher_lows).collect();
    assert_eq!(runs, [0, 0, 1, 2, 3, 4, 5, 0]);
    let loaded: Vec<bool> = guns
        .iter()
        .map(|gun| gun.is_loaded(Direction::Up))
        .collect();
    assert_eq!(
        loaded,
        [false, false, false, false, false, false, true, false]
    );
    assert!(guns.iter().all(|gun| gun.lower_highs == 0));
}
