//! `/api/positions/{signal_id}/{engine}`: one position, and all that led to it and away from it.

use axum::Json;
use axum::extract::State;
use domain::{ExitDecision, Order, Position, Selection, Signal, Trade, Watch};
use serde::Serialize;
use storage::Versioned;
use storage::ledger::Trace;
use utoipa::ToSchema;

use super::held::with_marks;
use super::{HeldPosition, PositionName, PositionShown};
use crate::extract::Named;
use crate::problem::{Problem, Refusals};
use crate::sources::Shared;

/// A position with its orders, fills and decisions.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PositionDetail {
    position: PositionShown,
    signal: Signal,
    /// Why this contract.
    #[schema(required)]
    selection: Option<Selection>,
    /// Entry first.
    orders: Vec<Order>,
    trades: Vec<Trade>,
    exit_decisions: Vec<ExitDecision>,
    /// What the exit monitor remembers: the highest and lowest mid.
    #[schema(required)]
    watch: Option<Watch>,
}

/// One position.
#[utoipa::path(get, path = "/api/positions/{signal_id}/{engine}", operation_id = "position", tag = "positions", params(PositionName),
    responses((status = 200, body = PositionDetail), (status = 404, body = Problem, content_type = "application/problem+json"), Refusals))]
pub(crate) async fn detail(
    State(sources): State<Shared>,
    Named(name): Named<PositionName>,
) -> Result<Json<PositionDetail>, Problem> {
    let trace = sources.ledger.trace(name.signal_id).await?;
    let Some(found) = trace.position(name.engine).cloned() else {
        let (signal, engine) = (name.signal_id, name.engine);
        let detail = format!("engine {engine} has no position because of signal {signal}");
        return Err(Problem::not_found(detail));
    };
    let position = shown(&sources, found).await?;
    Ok(Json(of(trace, name, position)))
}

/// A position as lists show it.
async fn shown(sources: &Shared, found: Versioned<Position>) -> Result<PositionShown, Problem> {
    if found.state.name() == "closed" {
        return Ok(PositionShown::Closed(Box::new(found.record)));
    }
    let settings = sources.settings.current().await?;
    let held: Vec<HeldPosition> =
        with_marks(sources, vec![found], &settings, sources.clock.now()).await?;
    let held = held.into_iter().next().ok_or_else(Problem::internal)?;
    Ok(PositionShown::Held(Box::new(held)))
}

fn of(trace: Trace, name: PositionName, position: PositionShown) -> PositionDetail {
    let engine = name.engine;
    let orders = trace.orders.into_iter().map(|found| found.record);
    PositionDetail {
        position,
        signal: trace.signal,
        selection: trace.selections.into_iter().find(|it| it.engine == engine),
        orders: orders.filter(|it| it.engine == engine).collect(),
        trades: own(trace.trades, |it| it.engine == engine),
        exit_decisions: own(trace.exit_decisions, |it| it.engine == engine),
        watch: trace.watches.into_iter().find(|it| it.engine == engine),
    }
}

fn own<T>(all: Vec<T>, is_own: impl Fn(&T) -> bool) -> Vec<T> {
    all.into_iter().filter(is_own).collect()
}
