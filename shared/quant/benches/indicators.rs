//! How long indicators take on the reference's 1,000 bars of five minutes: all at once, and each on
//! its own. `scripts/compare/indicators.py` times TA-Lib on the same bars.

#[path = "../tests/indicators/series.rs"]
mod series;

use std::hint::black_box;

use criterion::{BatchSize, Criterion};
use quant::indicators::{
    Adx, Atr, Bar, Bollinger, EMA_LENGTHS, Ema, Highest, Indicator, IndicatorSet, Keltner,
    LinearRegression, Lowest, Macd, RelativeVolume, Rsi, SessionBar, Sma, StandardDeviation,
    TimeOfDayVolume, TrueRange, TtmKeltner, Vwap,
};

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let session_bars = series::session_bars("1_indicators/ohlcv_5m.csv");
    let bars = series::bars("1_indicators/ohlcv_5m.csv");
    time_all(&mut criterion, &session_bars, &bars);
    time_closes(&mut criterion, &bars);
    time_bars(&mut criterion, &session_bars, &bars);
    criterion.final_summary();
}

/// What TA-Lib is compared with: all of its columns that we have, each from its own indicator as
/// there; and the set, which also has volumes, sessions and the gate.
fn time_all(criterion: &mut Criterion, session_bars: &[SessionBar], bars: &[Bar]) {
    criterion.bench_function("the reference's columns one by one", |bencher| {
        bencher.iter(|| columns_one_by_one(black_box(bars)));
    });
    criterion.bench_function("the set", |bencher| {
        let feed = |mut set: IndicatorSet| {
            for bar in black_box(session_bars) {
                let values = set.next(*bar);
                black_box(&values);
            }
            set
        };
        bencher.iter_batched(IndicatorSet::new, feed, BatchSize::SmallInput);
    });
}

fn columns_one_by_one(bars: &[Bar]) {
    for length in EMA_LENGTHS {
        run(Ema::new(length), closes(bars));
    }
    for length in [20, 50, 200] {
        run(Sma::new(length), closes(bars));
    }
    run(Rsi::new(2), closes(bars));
    run(Rsi::new(14), closes(bars));
    run(Macd::new(12, 26, 9), closes(bars));
    run(Bollinger::new(20, 2.0), closes(bars));
    run(StandardDeviation::new(20), closes(bars));
    run(LinearRegression::new(20), closes(bars));
    run(Highest::new(20), bars.iter().map(|bar| bar.high));
    run(Lowest::new(20), bars.iter().map(|bar| bar.low));
    run(TrueRange::new(), bars.iter().copied());
    run(Atr::new(14), bars.iter().copied());
    run(Atr::new(20), bars.iter().copied());
    run(Adx::new(14), bars.iter().copied());
    run(TtmKeltner::new(20), bars.iter().copied());
}

fn closes(bars: &[Bar]) -> impl Iterator<Item = f64> {
    bars.iter().map(|bar| bar.close)
}

fn run<I: Indicator>(indicator: I, inputs: impl IntoIterator<Item = I::Input>) {
    black_box(indicator.batch(inputs));
}

fn time<I: Indicator + Clone>(
    criterion: &mut Criterion,
    name: &str,
    indicator: &I,
    inputs: &(impl Iterator<Item = I::Input> + Clone),
) {
    criterion.bench_function(name, |bencher| {
        bencher.iter(|| run(indicator.clone(), black_box(inputs.clone())));
    });
}

fn time_closes(criterion: &mut Criterion, bars: &[Bar]) {
    let closes: Vec<f64> = closes(bars).collect();
    let inputs = || closes.iter().copied();
    time(criterion, "Sma 20", &Sma::new(20), &inputs());
    time(criterion, "Sma 200", &Sma::new(200), &inputs());
    time(criterion, "Ema 20", &Ema::new(20), &inputs());
    time(criterion, "Rsi 14", &Rsi::new(14), &inputs());
    time(criterion, "Macd", &Macd::new(12, 26, 9), &inputs());
    time(
        criterion,
        "Bollinger 20",
        &Bollinger::new(20, 2.0),
        &inputs(),
    );
    time(
        criterion,
        "StandardDeviation 20",
        &StandardDeviation::new(20),
        &inputs(),
    );
    time(
        criterion,
        "LinearRegression 20",
        &LinearRegression::new(20),
        &inputs(),
    );
    time(criterion, "Highest 20", &Highest::new(20), &inputs());
    time(criterion, "Lowest 20", &Lowest::new(20), &inputs());
    time(
        criterion,
        "RelativeVolume 20",
        &RelativeVolume::new(20),
        &inputs(),
    );
}

fn time_bars(criterion: &mut Criterion, session_bars: &[SessionBar], bars: &[Bar]) {
    let inputs = || bars.iter().copied();
    time(criterion, "TrueRange", &TrueRange::new(), &inputs());
    time(criterion, "Atr 14", &Atr::new(14), &inputs());
    time(criterion, "Adx 14", &Adx::new(14), &inputs());
    time(criterion, "Keltner 20", &Keltner::new(20, 20), &inputs());
    time(criterion, "TtmKeltner 20", &TtmKeltner::new(20), &inputs());
    let inputs = || session_bars.iter().copied();
    time(criterion, "Vwap", &Vwap::new(), &inputs());
    time(
        criterion,
        "TimeOfDayVolume",
        &TimeOfDayVolume::new(10, 5),
        &inputs(),
    );
}
