//! Results by what they belong to: symbol, strategy, source, hour, days to expiration.

use domain::{Engine, Percent, Usd};
use rust_decimal::Decimal;
use serde::Serialize;
use storage::ledger::ProfitRow;
use utoipa::ToSchema;

/// Closed positions of an engine that have something in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Slice {
    pub(crate) engine: Engine,
    /// What they have in common; `-` where the alert told nothing.
    pub(crate) name: String,
    pub(crate) positions: u64,
    /// Those that gained, net.
    pub(crate) wins: u64,
    #[schema(required)]
    pub(crate) win_rate_percent: Option<Percent>,
    pub(crate) gross_usd: Usd,
    pub(crate) net_usd: Usd,
    pub(crate) fees_usd: Usd,
    /// Net, for each position.
    #[schema(required)]
    pub(crate) average_net_usd: Option<Usd>,
    /// Gross, if every fill had been at the mid.
    pub(crate) at_mid_usd: Usd,
    /// Gross, if every entry had paid the ask and every exit got the bid.
    pub(crate) at_worst_usd: Usd,
}

/// A row as it is shown.
pub(super) fn slice(engine: Engine, row: &ProfitRow) -> Slice {
    let count = Decimal::from(row.positions);
    let average = row.net_usd.checked_div(count);
    Slice {
        engine,
        name: row.value().unwrap_or("total").to_owned(),
        positions: row.positions,
        wins: row.wins,
        win_rate_percent: Percent::of(row.wins, row.positions),
        gross_usd: Usd(row.gross_usd),
        net_usd: Usd(row.net_usd),
        fees_usd: Usd(row.fees_usd),
        average_net_usd: average.map(|it| Usd(it.round_dp(2))),
        at_mid_usd: Usd(row.at_mid_usd),
        at_worst_usd: Usd(row.at_worst_usd),
    }
}
