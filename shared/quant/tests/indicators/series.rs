//! Series of bars to test with: those of the reference, and random ones.
#![cfg(test)]

use quant::indicators::Bar;
use reference_answers::Row;

/// Bars of a file of the reference. Where it has no times, bars are five minutes apart.
pub(crate) fn reference_bars(file: &str) -> Vec<Bar> {
    let rows = reference_answers::rows(file);
    (0..)
        .step_by(300)
        .zip(&rows)
        .map(|(start_s, row)| bar(start_s, row))
        .collect()
}

fn bar(start_s: i64, row: &Row) -> Bar {
    Bar {
        start_s,
        open: row.value("open"),
        high: row.value("high"),
        low: row.value("low"),
        close: row.value("close"),
        volume: row.value("volume"),
    }
}
