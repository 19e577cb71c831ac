//! Streaming equals plain computations over whole windows, whatever the bars and lengths.
#![cfg(test)]
#![expect(clippy::float_cmp, reason = "what is exact must stay exact")]

use proptest::prelude::*;
use quant::indicators::{
    Adx, Atr, Bar, Bollinger, DirectionalMovement, Ema, Highest, Indicator, IndicatorSet,
    LinearRegression, Lowest, Macd, RelativeVolume, Rsi, SessionBar, Sma, StandardDeviation,
    Wilder,
};

use crate::plain;

const TOLERANCE: f64 = 1e-9;

/// Bars that jump, rest, halt for long and sometimes trade nothing.
fn bars() -> impl Strategy<Value = Vec<SessionBar>> {
    let step = prop_oneof![
        4 => (-3.0..3.0_f64, 0.0..1.0_f64, 0.0..1e6_f64, Just(1_usize)),
        1 => (-60.0..60.0_f64, 0.0..20.0_f64, 0.0..1e9_f64, Just(1_usize)),
        1 => (Just(0.0), Just(0.0), Just(0.0), 1..60_usize),
    ];
    prop::collection::vec(step, 1..60).prop_map(|steps| {
        let mut close = 400.0_f64;
        let mut bars = Vec::new();
        for (change, wick, volume, repeats) in steps {
            for _ in 0..repeats {
                let open = close;
                close = ((close + change).max(1.0) * 100.0).round() / 100.0;
                bars.push(session_bar(bars.len(), [open, close, wick, volume]));
            }
        }
        bars
    })
}

fn session_bar(place: usize, [open, close, wick, volume]: [f64; 4]) -> SessionBar {
    let place = i32::try_from(place).unwrap();
    SessionBar {
        bar: Bar {
            start_s: i64::from(place) * 300,
            open,
            high: open.max(close) + wick,
            low: (open.min(close) - wick).max(0.01),
            close,
            volume: volume.round(),
        },
        session_day: place / 78,
        minute: place % 78 * 5,
        session_minutes: 390,
    }
}

fn assert_near(what: &str, ours: &[Option<f64>], plain: impl Fn(usize) -> Option<f64>) {
    for (place, ours) in ours.iter().enumerate() {
        let plain = plain(place + 1);
        let is_near = match (ours, plain) {
            (Some(ours), Some(plain)) => (ours - plain).abs() <= TOLERANCE * plain.abs().max(1.0),
            (None, None) => true,
            _ => false,
        };
        assert!(
            is_near,
            "{what} of bar {place}: {ours:?} instead of {plain:?}"
        );
    }
}

fn column(bars: &[SessionBar], figure: impl Fn(&Bar) -> f64) -> Vec<f64> {
    bars.iter().map(|bar| figure(&bar.bar)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn windows_equal_plain_ones(bars in bars(), length in 1..40_usize) {
        let closes = column(&bars, |bar| bar.close);
        let stream = || closes.iter().copied();
        assert_near("sma", &Sma::new(length).batch(stream()), |end| {
            plain::sma(&closes[..end], length)
        });
        // The square of a deviation is what is exact to the last digits.
        let squares = StandardDeviation::new(length).batch(stream());
        let squares: Vec<_> = squares.iter().map(|one| one.map(|one| one * one)).collect();
        assert_near("variance", &squares, |end| {
            plain::deviation(&closes[..end], length).map(|one| one * one)
        });
        let (highs, lows) = (column(&bars, |bar| bar.high), column(&bars, |bar| bar.low));
        let highest = Highest::new(length).batch(highs.iter().copied());
        prop_assert!((1..=bars.len()).all(|end| highest[end - 1] == plain::highest(&highs[..end], length)));
        let lowest = Lowest::new(length).batch(lows.iter().copied());
        prop_assert!((1..=bars.len()).all(|end| lowest[end - 1] == plain::lowest(&lows[..end], length)));
    }

    #[test]
    fn lines_equal_those_of_the_normal_equations(bars in bars(), length in 2..40_usize) {
        let closes = column(&bars, |bar| bar.close);
        let lines = LinearRegression::new(length).batch(closes.iter().copied());
        let endpoints: Vec<_> = lines.iter().map(|line| line.map(|line| line.endpoint)).collect();
        let slopes: Vec<_> = lines.iter().map(|line| line.map(|line| line.slope)).collect();
        assert_near("endpoint", &endpoints, |end| plain::line(&closes[..end], length).map(|line| line.0));
        assert_near("slope", &slopes, |end| plain::line(&closes[..end], length).map(|line| line.1));
    }

    #[test]
    fn recursive_averages_equal_their_written_out_sums(bars in bars(), length in 1..40_usize) {
        let closes = column(&bars, |bar| bar.close);
        assert_near("ema", &Ema::new(length).batch(closes.iter().copied()), |end| {
            plain::ema(&closes[..end], length)
        });
        assert_near("wilder", &Wilder::new(length).batch(closes.iter().copied()), |end| {
            plain::wilder(&closes[..end], length)
        });
        let raw: Vec<Bar> = bars.iter().map(|bar| bar.bar).collect();
        assert_near("atr", &Atr::new(length).batch(raw.iter().copied()), |end| {
            plain::wilder(&plain::true_ranges(&raw[..end]), length)
        });
    }

    #[test]
    fn oscillators_equal_plain_ones(bars in bars()) {
        let closes = column(&bars, |bar| bar.close);
        let stream = || closes.iter().copied();
        let macd = Macd::new(12, 26, 9).batch(stream());
        let lines: Vec<_> = macd.iter().map(|macd| macd.map(|macd| macd.line)).collect();
        let signals: Vec<_> = macd.iter().map(|macd| macd.map(|macd| macd.signal)).collect();
        let plain_lines = plain::macd_lines(&closes);
        let plain_signal = |end: usize| plain::ema(plain_lines.get(..end.checked_sub(25)?)?, 9);
        assert_near("macd", &lines, |end| plain_signal(end).map(|_| plain_lines[end - 26]));
        assert_near("signal", &signals, plain_signal);
        let rsi = Rsi::new(14).batch(stream());
        let indices: Vec<_> = rsi.iter().map(|rsi| rsi.map(|rsi| rsi.index)).collect();
        assert_near("rsi", &indices, |end| plain::rsi(&closes[..end], 14));
    }

    #[test]
    fn directional_movement_equals_plain_sums(bars in bars(), length in 2..20_usize) {
        let raw: Vec<Bar> = bars.iter().map(|bar| bar.bar).collect();
        let ours = Adx::new(length).batch(raw.iter().copied());
        let column = |figure: fn(&DirectionalMovement) -> Option<f64>| -> Vec<Option<f64>> {
            ours.iter().map(|movement| movement.as_ref().and_then(figure)).collect()
        };
        let plain = plain::directional(&raw, length);
        let of_plain = |end: usize| plain.get((end - 1).checked_sub(length)?).copied();
        assert_near("+DI", &column(|one| Some(one.plus_di)), |end| of_plain(end).map(|di| di[0]));
        assert_near("-DI", &column(|one| Some(one.minus_di)), |end| of_plain(end).map(|di| di[1]));
        assert_near("ADX", &column(|one| one.adx), |end| plain::adx(&plain[..end.saturating_sub(length)], length));
    }

    #[test]
    fn relative_volume_leaves_its_own_bar_out(bars in bars(), length in 1..30_usize) {
        let volumes = column(&bars, |bar| bar.volume);
        let ours = RelativeVolume::new(length).batch(volumes.iter().copied());
        assert_near("relative volume", &ours, |end| {
            let usual = plain::sma(&volumes[..end - 1], length)?;
            (usual > 0.0).then(|| volumes[end - 1] / usual)
        });
    }

    #[test]
    fn flat_windows_have_no_width_at_all(
        before in prop::collection::vec(1.0..1e6_f64, 0..60),
        price in 0.0..1e6_f64,
        length in 1..60_usize,
    ) {
        let mut bands = Bollinger::new(length, 2.0);
        let mut line = LinearRegression::new(length);
        let series = before.iter().copied().chain(std::iter::repeat_n(price, length.max(2)));
        let last = series.map(|value| (bands.next(value), line.next(value))).last().unwrap();
        let (bands, line) = (last.0.unwrap(), last.1.unwrap());
        prop_assert_eq!(bands.deviation.to_bits(), 0.0_f64.to_bits());
        prop_assert_eq!([bands.upper, bands.middle, bands.lower], [price; 3]);
        prop_assert_eq!(bands.percent_b(price), None);
        prop_assert_eq!(bands.bandwidth(), None);
        prop_assert!(line.endpoint == price && line.slope == 0.0);
    }

    #[test]
    fn refused_bars_leave_no_trace(bars in bars(), bad in prop::collection::vec(0..11_usize, 1..120)) {
        let (mut untroubled, mut troubled) = (IndicatorSet::new(), IndicatorSet::new());
        for (bar, bad) in bars.iter().zip(bad.iter().cycle()) {
            let ours = troubled.next(*bar).unwrap();
            prop_assert_eq!(ours, untroubled.next(*bar).unwrap());
            prop_assert!(troubled.next(spoiled(*bar, *bad)).is_err());
        }
    }
}

/// A bar that can't be, where it would be the next.
fn spoiled(before: SessionBar, fault: usize) -> SessionBar {
    let mut next = before;
    next.bar.start_s += 300;
    next.minute += 5;
    let bar = &mut next.bar;
    match fault {
        0 => bar.open = f64::NAN,
        1 => bar.high = f64::INFINITY,
        2 => bar.low = -0.01,
        3 => bar.volume = -1.0,
        4 => bar.high = bar.low - 0.01,
        5 => bar.close = bar.high + 0.01,
        6 => bar.start_s -= 300,
        7 => bar.volume = 1e300,
        8 => next.minute -= 5,
        9 => next.session_minutes = 0,
        _ => next.session_day -= 1,
    }
    next
}
