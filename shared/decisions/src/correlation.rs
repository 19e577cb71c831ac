//! How two underlyings moved together, by their daily bars.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::calendar::trading_date;
use domain::{CandleSet, Correlation};
use quant::statistics::correlation::pearson;

/// The newest common returns that count.
const RETURNS_MAX: usize = 30;
/// Fewer tell nothing.
const RETURNS_MIN: usize = 20;

/// The correlation of the daily returns of two underlyings: of the newest 31 New York dates on
/// which both have a close, the changes from one such date to the next, as parts of the close
/// before. A close that isn't above zero isn't one. No coefficient from fewer than 20 returns, or
/// where one of the two didn't vary.
pub fn correlation(one: &CandleSet, other: &CandleSet) -> Correlation {
    let closes = common_closes(&closes_by_date(one), &closes_by_date(other));
    let newest = closes.len().saturating_sub(RETURNS_MAX + 1);
    let returns: Vec<(f64, f64)> = closes[newest..]
        .windows(2)
        .map(|pair| (change(pair[0].0, pair[1].0), change(pair[0].1, pair[1].1)))
        .collect();
    let coefficient = (returns.len() >= RETURNS_MIN)
        .then(|| pearson(&returns).ok().flatten())
        .flatten();
    Correlation {
        coefficient,
        returns: u32::try_from(returns.len()).unwrap_or(u32::MAX),
    }
}

fn closes_by_date(daily: &CandleSet) -> BTreeMap<NaiveDate, f64> {
    let candles = daily.candles.iter();
    candles
        .map(|candle| (trading_date(candle.start), candle.close.to_f64()))
        .filter(|(_, close)| *close > 0.0)
        .collect()
}

fn common_closes(
    one: &BTreeMap<NaiveDate, f64>,
    other: &BTreeMap<NaiveDate, f64>,
) -> Vec<(f64, f64)> {
    let dates = one.iter();
    dates
        .filter_map(|(date, close)| Some((*close, *other.get(date)?)))
        .collect()
}

fn change(before: f64, after: f64) -> f64 {
    after / before - 1.0
}
