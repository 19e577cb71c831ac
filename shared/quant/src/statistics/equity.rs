//! What an account did, from the returns of its days: flat days count as well.

use super::drawdown::{Drawdown, equity_curve};
use super::moments::shape;
use super::quantile::quantile;
use super::{Moments, StatisticsError, check_positive, count};

/// Fewer days say nothing about a year.
pub const DAYS_MIN: usize = 20;
/// The share of days that are worse than the value at risk.
const RISK_SHARE: f64 = 0.05;

/// What daily returns are measured by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Basis {
    /// The equity at the start, in US dollars.
    pub starting_usd: f64,
    /// The riskless rate of a year; each day has its part of it.
    pub riskless_rate: f64,
    /// Trading days of a year.
    pub days_per_year: f64,
}

/// Returns by risk. The ratios are absent for fewer than [`DAYS_MIN`] days, and where returns
/// don't differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EquityPerformance {
    /// Mean excess return by its standard deviation, of a year.
    pub sharpe: Option<f64>,
    /// Mean excess return by the root of the mean squared shortfall over all days, of a year;
    /// absent also where no day fell short.
    pub sortino: Option<f64>,
    /// The yearly growth that makes the same end.
    pub yearly_growth: Option<f64>,
    /// Yearly growth by the deepest drawdown; absent also where there was none.
    pub calmar: Option<f64>,
    /// The daily loss that one day in twenty exceeds, as a share of the equity.
    pub value_at_risk: Option<f64>,
    /// Skewness of the returns.
    pub skewness: Option<f64>,
    /// Excess kurtosis of the returns.
    pub excess_kurtosis: Option<f64>,
    /// How far equity fell.
    pub drawdown: Drawdown,
}

impl EquityPerformance {
    /// Of at least one day's return, as shares: 0.01 is one per cent.
    pub fn of(returns: &[f64], basis: Basis) -> Result<Self, StatisticsError> {
        check_positive("the days of a year", basis.days_per_year)?;
        if !basis.riskless_rate.is_finite() {
            return Err(StatisticsError::OutOfRange("the riskless rate"));
        }
        let curve = equity_curve(basis.starting_usd, returns)?;
        let drawdown = Drawdown::of(&curve)?;
        let daily_rate = basis.riskless_rate / basis.days_per_year;
        let excess: Vec<f64> = returns.iter().map(|one| one - daily_rate).collect();
        let moments = Moments::of(&excess)?;
        let differ = shape(returns)?;
        let is_enough = returns.len() >= DAYS_MIN;
        let enough = is_enough && differ.is_some();
        let yearly = basis.days_per_year.sqrt();
        let by = |risk: Option<f64>| risk.filter(|risk| enough && *risk > 0.0);
        let growth = is_enough.then(|| yearly_growth(&curve, basis.days_per_year));
        let deepest = by(Some(drawdown.deepest_share));
        let (skewness, excess_kurtosis) = differ.filter(|_| enough).unzip();
        Ok(Self {
            sharpe: by(moments.sample_deviation()).map(|risk| moments.mean() / risk * yearly),
            sortino: by(Some(shortfall(&excess))).map(|risk| moments.mean() / risk * yearly),
            yearly_growth: growth,
            calmar: growth.zip(deepest).map(|(growth, fall)| growth / fall),
            value_at_risk: is_enough
                .then(|| quantile(returns, RISK_SHARE).map(|worst| -worst))
                .transpose()?,
            skewness,
            excess_kurtosis,
            drawdown,
        })
    }
}

/// The root of the mean squared shortfall; days that don't fall short count as zero.
fn shortfall(excess: &[f64]) -> f64 {
    let short = excess.iter().map(|one| one.min(0.0));
    let squares: f64 = short.map(|one| one * one).sum();
    (squares / count(excess.len())).sqrt()
}

fn yearly_growth(curve: &[f64], days_per_year: f64) -> f64 {
    let days = count(curve.len() - 1);
    let whole = curve[curve.len() - 1] / curve[0];
    libm::pow(whole, days_per_year / days) - 1.0
}
