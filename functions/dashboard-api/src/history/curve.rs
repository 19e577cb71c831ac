//! Results by day, their sum, and how far below its top that is.

use chrono::NaiveDate;
use domain::{Engine, Percent, Usd};
use rust_decimal::Decimal;
use serde::Serialize;
use storage::ledger::ProfitRow;
use utoipa::ToSchema;

/// What an engine's closed positions brought on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DayResult {
    pub(crate) date: NaiveDate,
    pub(crate) net_usd: Usd,
    pub(crate) gross_usd: Usd,
    /// Of the starting capital.
    pub(crate) net_percent: Percent,
    /// The sum of the days since the first that is shown.
    pub(crate) cumulative_net_usd: Usd,
    /// How far that is below its highest so far: zero or less.
    pub(crate) drawdown_usd: Usd,
    pub(crate) positions: u64,
    pub(crate) wins: u64,
}

/// An engine's days, the oldest first; days without a close are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct EngineCurve {
    pub(crate) engine: Engine,
    pub(crate) days: Vec<DayResult>,
    pub(crate) net_usd: Usd,
    /// The deepest fall from a top: zero or less.
    pub(crate) drawdown_max_usd: Usd,
}

/// A curve of rows in the order of their days.
pub(crate) fn curve(engine: Engine, rows: &[ProfitRow], capital: Usd) -> EngineCurve {
    let (mut sum, mut top, mut deepest) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
    let mut days = Vec::new();
    for row in rows {
        let Some(date) = date_of(row) else { continue };
        sum += row.net_usd;
        top = top.max(sum);
        deepest = deepest.min(sum - top);
        days.push(DayResult {
            date,
            net_usd: Usd(row.net_usd),
            gross_usd: Usd(row.gross_usd),
            net_percent: share(row.net_usd, capital),
            cumulative_net_usd: Usd(sum),
            drawdown_usd: Usd(sum - top),
            positions: row.positions,
            wins: row.wins,
        });
    }
    EngineCurve {
        engine,
        days,
        net_usd: Usd(sum),
        drawdown_max_usd: Usd(deepest),
    }
}

fn date_of(row: &ProfitRow) -> Option<NaiveDate> {
    row.value()?.parse().ok()
}

fn share(amount: Decimal, capital: Usd) -> Percent {
    let share = amount.checked_div(capital.0).unwrap_or_default() * Decimal::ONE_HUNDRED;
    Percent(share.round_dp(4))
}
