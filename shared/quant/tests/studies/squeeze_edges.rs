//! The squeeze in markets that don't move, at its start, and as a signal.
#![cfg(test)]

use quant::indicators::squeeze::{
    Compression, Fired, Momentum, MomentumColour, SqueezeEntryRules, SqueezeReading, SqueezeState,
};
use quant::indicators::{Bar, Direction, Indicator, Squeeze};

use crate::series::{bar, flat};

fn readings(bars: impl IntoIterator<Item = Bar>) -> Vec<Option<SqueezeReading>> {
    Squeeze::new().batch(bars)
}

#[test]
fn a_flat_market_is_no_squeeze_also_after_one_that_moved() {
    let lively = (0..50).map(|index| {
        let price = 100.1 + 0.37 * f64::from(index % 7);
        bar(price, price + 0.3, price - 0.3, price + 0.1)
    });
    let still = std::iter::repeat_n(flat(100.1), 60);
    let all = readings(lively.chain(still));
    for (index, reading) in all.iter().enumerate().skip(75) {
        let state = reading.unwrap().state.unwrap();
        assert_eq!(state.compression, Compression::None, "bar {index}");
    }
    let momentum = all[109].unwrap().momentum.unwrap();
    assert_eq!((momentum.value, momentum.direction()), (0.0, None));
    assert_eq!(momentum.colour, Some(MomentumColour::PositiveDown));
}

#[test]
fn each_part_begins_at_its_first_valid_bar() {
    let all = readings((0..40).map(|index| flat(100.0 + f64::from(index))));
    let first = |is_there: &dyn Fn(&SqueezeReading) -> bool| {
        all.iter()
            .position(|reading| reading.as_ref().is_some_and(is_there))
    };
    assert_eq!(first(&|_| true), Some(19));
    assert_eq!(first(&|reading| reading.state.is_some()), Some(20));
    assert_eq!(
        first(&|reading| reading.mean_true_range.is_some()),
        Some(20)
    );
    assert_eq!(
        first(&|reading| reading.is_on_by_exponential_channel.is_some()),
        Some(20)
    );
    assert_eq!(first(&|reading| reading.momentum.is_some()), Some(38));
    let has_colour = |reading: &SqueezeReading| {
        reading
            .momentum
            .is_some_and(|momentum| momentum.colour.is_some())
    };
    assert_eq!(first(&has_colour), Some(39));
}

/// Wide bars around one price, and then a jump: bands inside the channel until it comes.
#[test]
fn a_squeeze_fires_once_and_without_direction_while_there_is_no_momentum() {
    let quiet = std::iter::repeat_n(bar(100.0, 101.0, 99.0, 100.0), 30);
    let all = readings(quiet.chain((1..5).map(|jump| flat(100.0 + 10.0 * f64::from(jump)))));
    let states: Vec<SqueezeState> = all
        .iter()
        .flatten()
        .filter_map(|reading| reading.state)
        .collect();
    assert_eq!(states[0].compression, Compression::High);
    assert_eq!(states[9].bars, 10);
    let fired = |bars_ago| Fired {
        direction: None,
        squeeze_bars: 10,
        bars_ago,
    };
    assert_eq!(states[9].last_fired, None);
    assert_eq!(states[10].fired(), Some(fired(0)));
    assert_eq!(
        (states[11].fired(), states[11].last_fired),
        (None, Some(fired(1)))
    );
}

fn signal(squeeze_bars: u32, bars_ago: u32, value: f64, colour: MomentumColour) -> SqueezeReading {
    SqueezeReading {
        middle: 100.0,
        upper: 101.0,
        lower: 99.0,
        mean_true_range: Some(0.5),
        state: Some(SqueezeState {
            compression: Compression::None,
            bars: 0,
            last_fired: Some(Fired {
                direction: Some(Direction::Up),
                squeeze_bars,
                bars_ago,
            }),
        }),
        momentum: Some(Momentum {
            value,
            colour: Some(colour),
            weakening_bars: 0,
        }),
        is_on_by_exponential_channel: None,
    }
}

#[test]
fn an_entry_is_ripe_fresh_and_grows_in_its_direction() {
    use MomentumColour::{NegativeDown, PositiveDown, PositiveUp};
    let rules = SqueezeEntryRules::default();
    for (reading, expected) in [
        (signal(5, 0, 1.0, PositiveUp), Some(Direction::Up)),
        (signal(5, 8, 1.0, PositiveUp), Some(Direction::Up)),
        (signal(4, 0, 1.0, PositiveUp), None),
        (signal(5, 9, 1.0, PositiveUp), None),
        (signal(5, 0, 1.0, PositiveDown), None),
        (signal(5, 0, -1.0, NegativeDown), None),
    ] {
        assert_eq!(reading.entry(&rules), expected, "{reading:?}");
    }
}

#[test]
fn weakening_bars_are_counted_until_momentum_grows_again() {
    let price = |index: i32| 100.0 + f64::from((index % 40 - 20).pow(2)) / 20.0;
    let mut run = 0;
    for reading in readings((0..200).map(|index| flat(price(index))))
        .into_iter()
        .flatten()
    {
        let Some(momentum) = reading.momentum else {
            continue;
        };
        let is_lighter = matches!(
            momentum.colour,
            Some(MomentumColour::PositiveDown | MomentumColour::NegativeUp)
        );
        run = if is_lighter { run + 1 } else { 0 };
        assert_eq!(momentum.weakening_bars, run);
    }
}
