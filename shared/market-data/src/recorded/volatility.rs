//! How much a recorded stock moves, from its closes up to an instant and from nothing after it.
//!
//! The volatility per year is the root of the mean squared logarithmic return, scaled by the
//! returns of a year; the mean return counts as zero, which over so few it can't be told from.
//! The returns are those of the last 20 days, close to close. Where fewer days are recorded,
//! they are those of the last 390 bars of the finest file, without the ones over night. Where
//! even those are fewer than 30, a usual stock's volatility is assumed.

use chrono::{DateTime, Utc};
use domain::calendar::trading_date;

use super::series::{Bar, Series};
use super::stock::Stock;

/// Days in the window, and sessions in a year.
const DAYS: usize = 20;
const DAYS_PER_YEAR: f64 = 252.0;
/// Bars in the window where there are too few days: a session of minutes.
const BARS: usize = 390;
/// Fewer returns than these tell nothing.
const RETURNS_MIN: usize = 30;
/// Seconds of a session.
const SESSION_S: f64 = 23_400.0;
/// What is assumed where nothing is known.
const ASSUMED: f64 = 0.3;
/// Between these it always lies, so that no quiet hour and no bad print prices an absurdity.
const LOWEST: f64 = 0.1;
const HIGHEST: f64 = 1.5;

/// The volatility per year that is known at an instant: 0.2 is 20 %.
pub(super) fn realized(stock: &Stock, now: DateTime<Utc>) -> f64 {
    of_days(stock.days(), now)
        .or_else(|| of_bars(stock.finest()?, now))
        .map_or(ASSUMED, |volatility| volatility.clamp(LOWEST, HIGHEST))
}

fn of_days(days: &Series, now: DateTime<Utc>) -> Option<f64> {
    let returns = returns(last(days.closed_by(now), DAYS + 1), |_, _| true);
    (returns.len() == DAYS).then(|| per_year(&returns, DAYS_PER_YEAR))
}

fn of_bars(finest: &Series, now: DateTime<Utc>) -> Option<f64> {
    let bars = last(finest.closed_by(now), BARS + 1);
    let same_day = |a: &Bar, b: &Bar| trading_date(a.opens) == trading_date(b.opens);
    let returns = returns(bars, same_day);
    let length_s = finest.timeframe.duration().as_seconds_f64();
    (returns.len() >= RETURNS_MIN).then(|| per_year(&returns, DAYS_PER_YEAR * SESSION_S / length_s))
}

fn last(bars: &[Bar], count: usize) -> &[Bar] {
    bars.get(bars.len().saturating_sub(count)..)
        .unwrap_or_default()
}

/// Logarithmic returns from close to close, of the pairs that count.
fn returns(bars: &[Bar], counts: impl Fn(&Bar, &Bar) -> bool) -> Vec<f64> {
    let pairs = bars.windows(2).filter(|pair| counts(&pair[0], &pair[1]));
    pairs
        .map(|pair| libm::log(pair[1].close().to_f64() / pair[0].close().to_f64()))
        .collect()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a window has a few hundred returns"
)]
fn per_year(returns: &[f64], returns_per_year: f64) -> f64 {
    let squares: f64 = returns.iter().map(|log| log * log).sum();
    (squares / returns.len() as f64 * returns_per_year).sqrt()
}
