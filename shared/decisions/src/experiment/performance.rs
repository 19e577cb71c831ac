//! What an engine's trades brought, and what its account did.

use std::collections::BTreeMap;

use domain::{Engine, ExitReason, Usd};
use quant::statistics::equity::{Basis, EquityPerformance};
use quant::statistics::profit::TradeSummary;
use quant::statistics::quantile::quantile;
use serde::Serialize;

use super::activity::outcomes;
use super::figures::{Found, Share, mean};
use super::outcome::{Account, ClosedTrade, Fate, SignalOutcome};
use super::samples::{Metric, Samples};
use super::standing::Standing;

/// Trading days of a year, by which ratios are made yearly.
const DAYS_PER_YEAR: f64 = 252.0;

/// What each signal brought that has come to its end; those without an entry count as zero.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PerSignal {
    /// Signals that have come to their end.
    pub n: usize,
    /// Mean net result by premium: the primary metric.
    pub net_return: Option<f64>,
    /// Mean net result in dollars.
    pub net_usd: Option<f64>,
}

/// How long positions were held, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Holding {
    /// The median.
    pub median_minutes: f64,
    /// The mean.
    pub mean_minutes: f64,
}

/// What daily equity says. Ratios are absent for fewer than 20 days, and without spread.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EquityFigures {
    /// Trading days.
    pub days: usize,
    /// Sharpe's ratio of a year, without a riskless rate.
    pub sharpe: Option<f64>,
    /// Sortino's ratio of a year.
    pub sortino: Option<f64>,
    /// Yearly growth by the deepest drawdown.
    pub calmar: Option<f64>,
    /// The deepest fall from a peak, as a share of it.
    pub drawdown_max_share: f64,
    /// The deepest fall from a peak in dollars.
    pub drawdown_max_usd: f64,
}

/// What an engine's trades brought. Ratios are absent where they don't exist.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Performance {
    /// By signal.
    pub per_signal: PerSignal,
    /// Closed trades that count.
    pub trades: usize,
    /// Net results above zero, of all of them.
    pub win_rate: Option<Share>,
    /// Their net result.
    pub net_usd: Usd,
    /// Their result before fees.
    pub gross_usd: Usd,
    /// Their fees.
    pub fees_usd: Usd,
    /// The mean net result of a trade, in dollars.
    pub expectancy_usd: Option<f64>,
    /// What was won by what was lost; absent without losses.
    pub profit_factor: Option<f64>,
    /// The mean win by the size of the mean loss.
    pub payoff: Option<f64>,
    /// System quality number: root of n times mean by deviation.
    pub quality: Option<f64>,
    /// How long positions were held.
    pub holding: Option<Holding>,
    /// Why they were closed.
    pub exit_reasons: BTreeMap<ExitReason, usize>,
    /// What the account did.
    pub equity: Found<EquityFigures>,
}

impl Performance {
    pub(super) fn of(
        signals: &[&SignalOutcome],
        engine: Engine,
        account: Option<&Account>,
        confidence: f64,
    ) -> Self {
        let trades = trades(signals, engine);
        let net: Vec<f64> = trades.iter().map(|one| one.net_usd.to_f64()).collect();
        let summary = TradeSummary::of(&net).ok();
        let sum = |of: fn(&ClosedTrade) -> Usd| trades.iter().copied().map(of).sum();
        let mut exit_reasons = BTreeMap::new();
        for trade in &trades {
            *exit_reasons.entry(trade.exit_reason).or_default() += 1;
        }
        Self {
            per_signal: per_signal(signals, engine),
            trades: trades.len(),
            win_rate: summary.and_then(|it| Share::of(it.wins, it.n, confidence)),
            net_usd: sum(|trade| trade.net_usd),
            gross_usd: sum(|trade| trade.gross_usd),
            fees_usd: sum(|trade| trade.fees_usd),
            expectancy_usd: summary.map(|it| it.expectancy),
            profit_factor: summary.and_then(|it| it.profit_factor),
            payoff: summary.and_then(|it| it.payoff),
            quality: summary.and_then(|it| it.quality),
            holding: holding(&trades),
            exit_reasons,
            equity: equity(account),
        }
    }
}

/// Closed trades that count.
fn trades<'a>(signals: &[&'a SignalOutcome], engine: Engine) -> Vec<&'a ClosedTrade> {
    let traded = |standing| matches!(standing, Standing::Traded { .. });
    let counted = outcomes(signals, engine).into_iter();
    counted
        .filter(|outcome| traded(Standing::of(outcome)))
        .filter_map(|outcome| match &outcome.fate {
            Fate::Closed(trade) => Some(trade),
            _ => None,
        })
        .collect()
}

fn per_signal(signals: &[&SignalOutcome], engine: Engine) -> PerSignal {
    let of = |metric| {
        let samples = Samples::of(signals, metric, domain::Mode::Split);
        match engine {
            Engine::A => samples.control,
            Engine::B => samples.variant,
        }
    };
    let returns = of(Metric::NetReturnPerSignal);
    PerSignal {
        n: returns.len(),
        net_return: mean(&returns),
        net_usd: mean(&of(Metric::NetUsdPerSignal)),
    }
}

fn holding(trades: &[&ClosedTrade]) -> Option<Holding> {
    let held = |trade: &&ClosedTrade| (trade.closed_at - trade.opened_at).as_seconds_f64() / 60.0;
    let minutes: Vec<f64> = trades.iter().map(held).collect();
    Some(Holding {
        median_minutes: quantile(&minutes, 0.5).ok()?,
        mean_minutes: mean(&minutes)?,
    })
}

fn equity(account: Option<&Account>) -> Found<EquityFigures> {
    let Some(account) = account else {
        return Found::absent("there is no account");
    };
    let start = account.starting_capital_usd.to_f64();
    let Some(returns) = daily_returns(account) else {
        return Found::absent("the account had nothing left to lose");
    };
    let basis = Basis {
        starting_usd: start,
        riskless_rate: 0.0,
        days_per_year: DAYS_PER_YEAR,
    };
    let finite = |ratio: Option<f64>| ratio.filter(|ratio| ratio.is_finite());
    let figures = EquityPerformance::of(&returns, basis).map(|it| EquityFigures {
        days: returns.len(),
        sharpe: finite(it.sharpe),
        sortino: finite(it.sortino),
        calmar: finite(it.calmar),
        drawdown_max_share: it.drawdown.deepest_share,
        drawdown_max_usd: it.drawdown.deepest_usd,
    });
    figures.into()
}

/// Each day's return on what there was before it; absent if there was nothing, or less.
fn daily_returns(account: &Account) -> Option<Vec<f64>> {
    let mut before = account.starting_capital_usd.to_f64();
    let days = account.equity_usd_by_day.values().map(|equity| {
        let (was, now) = (before, equity.to_f64());
        before = now;
        (was > 0.0 && now >= 0.0).then(|| now / was - 1.0)
    });
    days.collect()
}
