//! What trades brought: profit factor, expectancy, payoff, system quality.

use super::{Moments, StatisticsError, check_sample, count};

/// A summary of trades' net results, in the unit that they are given in (US dollars).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TradeSummary {
    /// Trades.
    pub n: usize,
    /// Those above zero.
    pub wins: usize,
    /// Those below zero.
    pub losses: usize,
    /// Those at zero: neither won nor lost.
    pub scratches: usize,
    /// Wins of all trades, of 0 to 1.
    pub win_rate: f64,
    /// The sum of the wins.
    pub gross_profit: f64,
    /// The sum of the losses, as a positive number.
    pub gross_loss: f64,
    /// Gross profit by gross loss; absent without losses.
    pub profit_factor: Option<f64>,
    /// The mean result.
    pub expectancy: f64,
    /// The mean win; absent without wins.
    pub average_win: Option<f64>,
    /// The mean loss, a negative number; absent without losses.
    pub average_loss: Option<f64>,
    /// The mean win by the size of the mean loss; absent without either.
    pub payoff: Option<f64>,
    /// System quality number, `sqrt(n) mean / deviation`; absent for one trade, or equal ones.
    pub quality: Option<f64>,
    /// The share of capital that Kelly's rule would bet, negative where it wouldn't. Information
    /// only: nothing is sized by it. Absent where the payoff is.
    pub kelly: Option<f64>,
}

impl TradeSummary {
    /// The summary of at least one trade's results.
    pub fn of(results: &[f64]) -> Result<Self, StatisticsError> {
        let moments = Moments::of(results)?;
        let n = results.len();
        let (wins, gross_profit) = counted(results, |result| result > 0.0);
        let (losses, lost) = counted(results, |result| result < 0.0);
        let mean_of = |number: usize, sum: f64| (number > 0).then(|| sum / count(number));
        let (average_win, average_loss) = (mean_of(wins, gross_profit), mean_of(losses, lost));
        let payoff = average_win.zip(average_loss).map(|(win, loss)| win / -loss);
        let (win_rate, loss_rate) = (count(wins) / count(n), count(losses) / count(n));
        Ok(Self {
            n,
            wins,
            losses,
            scratches: n - wins - losses,
            win_rate,
            gross_profit,
            gross_loss: lost.abs(),
            profit_factor: profit_factor(results),
            expectancy: moments.mean(),
            average_win,
            average_loss,
            payoff,
            quality: quality(&moments),
            kelly: payoff.map(|payoff| win_rate - loss_rate / payoff),
        })
    }
}

/// The sum of the wins by the size of the sum of the losses; absent without losses.
pub fn profit_factor(results: &[f64]) -> Option<f64> {
    let (losses, lost) = counted(results, |result| result < 0.0);
    let (_, won) = counted(results, |result| result > 0.0);
    (losses > 0).then(|| won / -lost)
}

/// The mean of `result / initial risk`. Each risk has to be positive.
pub fn expectancy_by_risk(results: &[f64], risks: &[f64]) -> Result<f64, StatisticsError> {
    check_sample(results, 1)?;
    if results.len() != risks.len() {
        return Err(StatisticsError::UnequalLengths);
    }
    if risks.iter().any(|risk| !risk.is_finite() || *risk <= 0.0) {
        return Err(StatisticsError::OutOfRange("a trade's initial risk"));
    }
    let multiples = results
        .iter()
        .zip(risks)
        .map(|(result, risk)| result / risk);
    Ok(multiples.sum::<f64>() / count(results.len()))
}

/// How many results count, and their sum.
fn counted(results: &[f64], counts: impl Fn(f64) -> bool) -> (usize, f64) {
    let those = results.iter().copied().filter(|result| counts(*result));
    those.fold((0, 0.0), |(number, sum), result| (number + 1, sum + result))
}

fn quality(moments: &Moments) -> Option<f64> {
    let deviation = moments.sample_deviation().filter(|spread| *spread > 0.0)?;
    Some(count(moments.n()).sqrt() * moments.mean() / deviation)
}
