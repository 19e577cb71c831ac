//! Each engine at a glance.

use chrono::NaiveDate;
use decisions::risk;
use domain::quote::Mark;
use domain::{Engine, Halt, Percent, Position, Usd};
use serde::Serialize;
use storage::ledger::Dimension;
use utoipa::ToSchema;

use crate::history::{EngineCurve, Profits};
use crate::positions::HeldPosition;
use crate::problem::Problem;
use crate::sources::Shared;

/// How an engine is doing.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct EngineSummary {
    engine: Engine,
    /// What the engine is worth: its cash, and what it holds at the mid.
    equity_usd: Usd,
    /// Net, realized today and the change of what is held since the last close.
    today_usd: Usd,
    /// Net, of all closed positions.
    realized_usd: Usd,
    /// What is held, at the mid, after the fees of both fills.
    unrealized_usd: Usd,
    /// Closed positions.
    closed: u64,
    wins: u64,
    #[schema(required)]
    win_rate_percent: Option<Percent>,
    /// Net, for each closed position.
    #[schema(required)]
    average_net_usd: Option<Usd>,
    /// Positions that are held.
    open: usize,
    /// Premium of what is held and pending.
    exposure_usd: Usd,
    /// Who stopped its entries, and why.
    #[schema(required)]
    halt: Option<Halt>,
    /// The day whose loss stopped its entries.
    #[schema(required)]
    loss_halt: Option<NaiveDate>,
    /// The newest days' sums, for a sparkline.
    sparkline_usd: Vec<Usd>,
}

/// Days of a sparkline.
const SPARKLINE: usize = 30;

/// Both engines.
pub(crate) async fn read(
    sources: &Shared,
    held: &[HeldPosition],
    (profits, curves): (&Profits, &[EngineCurve]),
    (today, capital): (NaiveDate, Usd),
) -> Result<Vec<EngineSummary>, Problem> {
    let totals = profits.slices(Dimension::Total);
    let mut summaries = Vec::new();
    for engine in Engine::ALL {
        let own = held.iter().filter(|it| it.position.engine == engine);
        let own: Vec<(Position, Option<Mark>)> = own
            .map(|it| (it.position.clone(), it.mark.clone()))
            .collect();
        let book = sources.ledger.book_if_any(engine).await?;
        let book = book.unwrap_or_else(|| domain::Book::opened_with(engine, capital));
        let total = totals.iter().find(|it| it.engine == engine);
        let curve = curves.iter().find(|it| it.engine == engine);
        summaries.push(EngineSummary {
            engine,
            equity_usd: decisions::equity::worth(&book, &own),
            today_usd: risk::day_result(&book, &own, today),
            realized_usd: total.map_or(Usd::ZERO, |it| it.net_usd),
            unrealized_usd: unrealized(held, engine),
            closed: total.map_or(0, |it| it.positions),
            wins: total.map_or(0, |it| it.wins),
            win_rate_percent: total.and_then(|it| it.win_rate_percent),
            average_net_usd: total.and_then(|it| it.average_net_usd),
            open: own.len(),
            exposure_usd: book.exposure_usd,
            halt: book.halt,
            loss_halt: book.loss_halt,
            sparkline_usd: curve.map(sparkline).unwrap_or_default(),
        });
    }
    Ok(summaries)
}

fn unrealized(held: &[HeldPosition], engine: Engine) -> Usd {
    let own = held.iter().filter(|it| it.position.engine == engine);
    own.filter_map(|it| it.unrealized.map(|it| it.net_usd))
        .sum()
}

fn sparkline(curve: &EngineCurve) -> Vec<Usd> {
    let newest = curve.days.len().saturating_sub(SPARKLINE);
    let newest = curve.days[newest..].iter();
    newest.map(|day| day.cumulative_net_usd).collect()
}
