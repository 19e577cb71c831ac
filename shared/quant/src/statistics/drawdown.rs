//! Drawdowns of an equity curve. What was started with is the first peak.

use super::{StatisticsError, check_positive, check_sample, count};

/// How far, how deep and how long equity was below its peak.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drawdown {
    /// The deepest fall in shares of its peak, 0 to 1.
    pub deepest_share: f64,
    /// The deepest fall in the unit of the equity.
    pub deepest_usd: f64,
    /// Where the deepest share is reached, by place in the curve; 0 if equity never fell.
    pub trough: usize,
    /// The longest run of days below the peak.
    pub longest_days: usize,
    /// The ulcer index: the root of the mean squared share below the peak, 0 to 1.
    pub ulcer: f64,
}

/// Equity after each day, from what was started with, by daily returns. No day can lose more
/// than all.
pub fn equity_curve(start: f64, returns: &[f64]) -> Result<Vec<f64>, StatisticsError> {
    check_positive("the starting equity", start)?;
    check_sample(returns, 0)?;
    if returns.iter().any(|change| *change < -1.0) {
        return Err(StatisticsError::OutOfRange("a day's return"));
    }
    let mut growth = 1.0;
    let each = returns.iter().map(|change| {
        growth *= 1.0 + change;
        start * growth
    });
    Ok(core::iter::once(start).chain(each).collect())
}

impl Drawdown {
    /// Of a curve that begins with the starting equity, which must be positive; nothing
    /// after it may be negative.
    pub fn of(curve: &[f64]) -> Result<Self, StatisticsError> {
        check_sample(curve, 1)?;
        check_positive("the starting equity", curve[0])?;
        if curve.iter().any(|equity| *equity < 0.0) {
            return Err(StatisticsError::OutOfRange("the equity"));
        }
        let mut peak = curve[0];
        let mut found = Self {
            deepest_share: 0.0,
            deepest_usd: 0.0,
            trough: 0,
            longest_days: 0,
            ulcer: 0.0,
        };
        let (mut days, mut squares) = (0, 0.0);
        for (place, equity) in curve.iter().enumerate() {
            peak = equity.max(peak);
            let share = 1.0 - equity / peak;
            if share > found.deepest_share {
                (found.deepest_share, found.trough) = (share, place);
            }
            days = if share > 0.0 { days + 1 } else { 0 };
            found.longest_days = found.longest_days.max(days);
            found.deepest_usd = found.deepest_usd.max(peak - equity);
            squares += share * share;
        }
        found.ulcer = (squares / count(curve.len())).sqrt();
        Ok(found)
    }
}
