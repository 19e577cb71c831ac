//! Every column of the reference that we have, absent cells included.
#![cfg(test)]

use quant::indicators::{
    Atr, Bar, Ema, Highest, Indicator, LinearRegression, Lowest, Sma, StandardDeviation, TrueRange,
};
use reference_answers::{Row, assert_none_wrong, rows};

use crate::series::reference_bars;

const TOLERANCE: f64 = 1e-9;
const SERIES: [&str; 9] = [
    "5m", "1d", "flat", "rising", "falling", "step", "short13", "short14", "short15",
];

fn file(kind: &str, series: &str) -> String {
    let directory = if matches!(series, "5m" | "1d") {
        ""
    } else {
        "edge/"
    };
    format!("1_indicators/{directory}{kind}_{series}.csv")
}

/// Checks columns of each series; `compute` gives ours of one, for all its bars.
fn check<const N: usize>(columns: [&str; N], compute: impl Fn(&[Bar]) -> Vec<[Option<f64>; N]>) {
    for series in SERIES {
        let ours = compute(&reference_bars(&file("ohlcv", series)));
        let name = file("talib", series);
        let rows = rows(&name);
        assert_eq!(rows.len(), ours.len(), "{name}");
        let compared = rows
            .iter()
            .zip(&ours)
            .map(|(row, ours)| (row, far(row, columns, ours)));
        assert_none_wrong(&name, rows.len(), compared);
    }
}

fn far<const N: usize>(row: &Row, columns: [&str; N], ours: &[Option<f64>; N]) -> Vec<String> {
    let named: Vec<_> = columns.into_iter().zip(ours.iter().copied()).collect();
    row.far(TOLERANCE, &named)
}

/// Checks one column that comes from closes.
fn check_closes(column: &str, indicator: impl Fn() -> Box<dyn FnMut(f64) -> Option<f64>>) {
    check([column], |bars| {
        let mut next = indicator();
        bars.iter().map(|bar| [next(bar.close)]).collect()
    });
}

/// Checks one column that comes from bars.
fn check_bars(column: &str, indicator: impl Fn() -> Box<dyn FnMut(Bar) -> Option<f64>>) {
    check([column], |bars| {
        let mut next = indicator();
        bars.iter().map(|bar| [next(*bar)]).collect()
    });
}

#[test]
fn simple_averages() {
    for length in [20, 50, 200] {
        check_closes(&format!("sma{length}"), || {
            let mut sma = Sma::new(length);
            Box::new(move |close| sma.next(close))
        });
    }
}

#[test]
fn exponential_averages() {
    for length in [3, 8, 9, 12, 13, 20, 21, 26, 34, 48, 50, 200] {
        check_closes(&format!("ema{length}"), || {
            let mut ema = Ema::new(length);
            Box::new(move |close| ema.next(close))
        });
    }
}

#[test]
fn standard_deviation_of_the_population() {
    check_closes("stddev20_pop", || {
        let mut deviation = StandardDeviation::new(20);
        Box::new(move |close| deviation.next(close))
    });
}

#[test]
fn true_range_and_its_averages() {
    check_bars("trange", || {
        let mut true_range = TrueRange::new();
        Box::new(move |bar| true_range.next(bar))
    });
    for length in [14, 20] {
        check_bars(&format!("atr{length}"), || {
            let mut atr = Atr::new(length);
            Box::new(move |bar| atr.next(bar))
        });
    }
}

#[test]
fn regression_lines() {
    check(["linearreg20", "linearreg_slope20"], |bars| {
        let mut regression = LinearRegression::new(20);
        bars.iter()
            .map(|bar| {
                let line = regression.next(bar.close);
                [line.map(|line| line.endpoint), line.map(|line| line.slope)]
            })
            .collect()
    });
}

#[test]
fn highest_and_lowest() {
    check(["max_high20", "min_low20"], |bars| {
        let (mut highest, mut lowest) = (Highest::new(20), Lowest::new(20));
        bars.iter()
            .map(|bar| [highest.next(bar.high), lowest.next(bar.low)])
            .collect()
    });
}
