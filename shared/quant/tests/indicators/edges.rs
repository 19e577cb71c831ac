//! First valid indices, and what indicators say where there is nothing to say.
#![cfg(test)]
#![expect(clippy::float_cmp, reason = "what is exact must stay exact")]

use quant::indicators::{
    Adx, Atr, Bar, BarError, BarGate, Bollinger, DirectionalMovement, EMA_LENGTHS, Ema, Highest,
    Indicator, IndicatorSet, Keltner, LinearRegression, Macd, Rsi, SessionBar, Sma,
    TimeOfDayVolume, TrueRange, TtmKeltner, Vwap,
};

use crate::series::{bars, session_bars};

fn bar(place: i32, price: f64, volume: f64) -> SessionBar {
    SessionBar {
        bar: Bar {
            start_s: i64::from(place) * 60,
            open: price,
            high: price,
            low: price,
            close: price,
            volume,
        },
        session_day: 0,
        minute: place,
        session_minutes: 390,
    }
}

fn first_valid<I: Indicator>(indicator: I, inputs: impl IntoIterator<Item = I::Input>) -> usize {
    let answers = indicator.batch(inputs);
    let first = answers.iter().position(Option::is_some).unwrap();
    assert!(answers[first..].iter().all(Option::is_some), "absent again");
    first
}

#[test]
fn each_begins_at_its_first_valid_index() {
    let bars = bars("1_indicators/ohlcv_1d.csv");
    let closes = || bars.iter().map(|bar| bar.close);
    let whole = || bars.iter().copied();
    for length in [2, 3, 14, 20, 200] {
        assert_eq!(first_valid(Sma::new(length), closes()), length - 1);
        assert_eq!(first_valid(Ema::new(length), closes()), length - 1);
        assert_eq!(
            first_valid(Bollinger::new(length, 2.0), closes()),
            length - 1
        );
        assert_eq!(first_valid(Highest::new(length), closes()), length - 1);
        assert_eq!(
            first_valid(LinearRegression::new(length), closes()),
            length - 1
        );
        assert_eq!(first_valid(Rsi::new(length), closes()), length);
        assert_eq!(first_valid(Atr::new(length), whole()), length);
        assert_eq!(first_valid(TtmKeltner::new(length), whole()), length);
        assert_eq!(first_valid(Adx::new(length), whole()), length);
    }
    assert_eq!(first_valid(Macd::new(12, 26, 9), closes()), 33);
    assert_eq!(first_valid(TrueRange::new(), whole()), 1);
    assert_eq!(first_valid(Keltner::new(20, 20), whole()), 20);
    assert_eq!(first_valid(Keltner::new(20, 10), whole()), 19);
    let movements = Adx::new(14).batch(whole());
    let averages = movements
        .iter()
        .map(|movement| movement.and_then(|one| one.adx));
    assert_eq!(averages.take_while(Option::is_none).count(), 27);
}

#[test]
fn a_length_of_none_counts_as_one() {
    let closes = [3.0, 1.0, 2.0];
    let same: Vec<Option<f64>> = closes.map(Some).into();
    assert_eq!(Sma::new(0).batch(closes), same);
    assert_eq!(Ema::new(0).batch(closes), same);
    assert_eq!(Highest::new(0).batch(closes), same);
    assert_eq!(
        LinearRegression::new(0).batch(closes)[2].unwrap().slope,
        1.0
    );
}

#[test]
fn no_movement_is_no_signal() {
    let rsi = Rsi::new(14).batch([50.0; 15])[14].unwrap();
    assert_eq!((rsi.index, rsi.signal()), (0.0, None));
    let falling = Rsi::new(2).batch([3.0, 2.0, 1.0])[2].unwrap();
    assert_eq!(falling.signal(), Some(0.0));
    let rising = Rsi::new(2).batch([0.1, 0.3, 0.7])[2].unwrap();
    assert_eq!(rising.signal(), Some(100.0));
}

#[test]
fn macd_begins_as_ta_lib_does() {
    let closes: Vec<f64> = bars("1_indicators/ohlcv_1d.csv")
        .iter()
        .map(|bar| bar.close)
        .collect();
    let macd = Macd::new(12, 26, 9).batch(closes.iter().copied());
    let turned = Macd::new(26, 12, 9).batch(closes.iter().copied());
    assert_eq!(macd, turned);
    let (fast, slow) = (
        Ema::new(12).batch(closes.iter().copied()),
        Ema::new(26).batch(closes.iter().copied()),
    );
    let apart = |place: usize| {
        (macd[place].unwrap().line - (fast[place].unwrap() - slow[place].unwrap())).abs()
    };
    assert!(apart(33) > 1e-3 && apart(300) < 1e-9);
}

#[test]
fn bars_without_movement_count_as_nothing_in_adx() {
    let still = std::iter::repeat_n(bar(0, 100.0, 1.0).bar, 40);
    let mut adx = Adx::new(14);
    let last = still.filter_map(|bar| adx.next(bar)).last().unwrap();
    assert_eq!([last.plus_di, last.minus_di, last.dx], [0.0; 3]);
    assert_eq!(last.adx, Some(0.0));
    let rise = adx.next(bar(1, 101.0, 1.0).bar).unwrap();
    assert_eq!([rise.plus_di, rise.minus_di, rise.dx], [100.0, 0.0, 100.0]);
    assert!((rise.adx.unwrap() - 100.0 / 14.0).abs() < 1e-12);
}

#[test]
fn adx_stays_a_number_in_an_endless_halt() {
    let reference = bars("1_indicators/ohlcv_1d.csv");
    let halted = bar(0, reference[99].close, 0.0).bar;
    let flat = std::iter::repeat_n(halted, 20_000);
    let mut adx = Adx::new(14);
    for movement in reference[..100]
        .iter()
        .copied()
        .chain(flat)
        .filter_map(|bar| adx.next(bar))
    {
        let DirectionalMovement {
            plus_di,
            minus_di,
            dx,
            adx,
        } = movement;
        let figures = [plus_di, minus_di, dx, adx.unwrap_or(0.0)];
        assert!(
            figures.iter().all(|figure| (0.0..=100.0).contains(figure)),
            "{movement:?}"
        );
    }
}

#[test]
fn vwap_is_absent_until_something_trades_and_outside_regular_hours() {
    let mut vwap = Vwap::new();
    assert_eq!(vwap.next(bar(-5, 90.0, 1e6)), None);
    assert_eq!(vwap.next(bar(0, 100.0, 0.0)), None);
    assert_eq!(vwap.next(bar(1, 101.0, 10.0)).unwrap().price, 101.0);
    assert_eq!(vwap.next(bar(2, 104.0, 20.0)).unwrap().price, 103.0);
    assert_eq!(vwap.next(bar(390, 90.0, 1e6)), None);
    let next_day = SessionBar {
        session_day: 1,
        ..bar(0, 50.0, 0.0)
    };
    assert_eq!(vwap.next(next_day), None);
    let mut of_all = Vwap::with_extended_hours();
    assert_eq!(of_all.next(bar(-5, 90.0, 10.0)).unwrap().price, 90.0);
    assert_eq!(of_all.next(bar(0, 100.0, 10.0)).unwrap().price, 95.0);
}

#[test]
fn vwap_bands_stand_by_deviations() {
    let mut vwap = Vwap::new();
    vwap.next(bar(0, 99.0, 5.0));
    let value = vwap.next(bar(1, 101.0, 5.0)).unwrap();
    assert!((value.deviation - 1.0).abs() < 1e-9);
    assert!((value.upper(2.0) - 102.0).abs() < 1e-9 && (value.lower(2.0) - 98.0).abs() < 1e-9);
}

#[test]
fn time_of_day_volume_passes_over_sessions_without_the_minute() {
    let mut volume = TimeOfDayVolume::new(2, 2);
    let mut next = |day: i32, minute: i32, shares: f64| {
        volume.next(SessionBar {
            session_day: day,
            ..bar(minute, 10.0, shares)
        })
    };
    assert_eq!(next(0, 0, 100.0), None);
    assert_eq!(next(0, 5, 10.0), None);
    assert_eq!(next(1, 0, 300.0), None);
    assert_eq!(next(1, -5, 1e9), None);
    // The third session has the first minute only.
    assert_eq!(next(2, 0, 400.0).unwrap().of_bar, Some(2.0));
    assert_eq!(next(3, 0, 700.0).unwrap().of_bar, Some(2.0));
    assert_eq!(next(3, 5, 30.0), None);
    let fifth = next(4, 5, 40.0).unwrap();
    assert_eq!(fifth.of_bar, Some(2.0));
    assert_eq!(fifth.to_date, Some(40.0 / 420.0));
}

#[test]
fn time_of_day_volume_against_nothing_is_absent() {
    let mut volume = TimeOfDayVolume::new(10, 1);
    let mut next = |day: i32, shares: f64| {
        volume.next(SessionBar {
            session_day: day,
            ..bar(0, 10.0, shares)
        })
    };
    assert_eq!(next(0, 0.0), None);
    let second = next(1, 5.0).unwrap();
    assert_eq!((second.of_bar, second.to_date), (None, None));
}

#[test]
fn bars_that_cannot_be_are_named() {
    let good = bar(1, 100.0, 1.0);
    let mut gate = BarGate::new();
    gate.pass(good).unwrap();
    let next = bar(2, 100.0, 1.0);
    let with = |change: fn(&mut SessionBar)| {
        let mut bad = next;
        change(&mut bad);
        gate.clone().pass(bad).unwrap_err()
    };
    assert_eq!(with(|bad| bad.bar.close = f64::NAN), BarError::NotFinite);
    assert_eq!(with(|bad| bad.bar.volume = -1.0), BarError::Negative);
    assert_eq!(with(|bad| bad.bar.volume = 1e16), BarError::TooLarge);
    assert_eq!(with(|bad| bad.bar.low = 100.5), BarError::NotEnclosed);
    assert_eq!(with(|bad| bad.bar.start_s = 60), BarError::OutOfOrder);
    assert_eq!(with(|bad| bad.minute = 1), BarError::OutOfSession);
    assert_eq!(gate.last(), Some(&good));
    gate.pass(next).unwrap();
}

#[test]
fn a_place_in_a_session_tells_its_distances() {
    let early = SessionBar {
        session_minutes: 210,
        ..bar(150, 10.0, 1.0)
    };
    assert_eq!((early.is_regular(), early.minutes_to_close()), (true, 60));
    assert!(!bar(-1, 10.0, 1.0).is_regular() && !bar(390, 10.0, 1.0).is_regular());
    assert!(early.opens_session(None) && !early.opens_session(Some(&bar(149, 10.0, 1.0))));
}

#[test]
fn the_set_says_what_its_indicators_say() {
    let bars = session_bars("1_indicators/ohlcv_5m.csv");
    let whole = || bars.iter().map(|bar| bar.bar);
    let closes = || whole().map(|bar| bar.close);
    let mut set = IndicatorSet::new();
    let ours: Vec<_> = bars.iter().map(|bar| set.next(*bar).unwrap()).collect();
    let (atr, keltner) = (
        Atr::new(14).batch(whole()),
        Keltner::new(20, 20).batch(whole()),
    );
    let (ttm, sma) = (
        TtmKeltner::new(20).batch(whole()),
        Sma::new(20).batch(closes()),
    );
    for (place, values) in ours.iter().enumerate() {
        assert_eq!(values.atr_14, atr[place]);
        assert_eq!(values.keltner, keltner[place]);
        assert_eq!(values.keltner_ttm, ttm[place]);
        assert_eq!(values.sma_20, sma[place]);
    }
    assert!(
        EMA_LENGTHS
            .iter()
            .all(|length| ours[999].ema(*length).is_some())
    );
    assert_eq!(ours[999].ema(7), None);
}
