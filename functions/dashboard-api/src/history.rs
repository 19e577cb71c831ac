//! `/api/history/stats` and `/api/history/equity`: where the money came from.

mod curve;
mod profits;
mod slices;

use axum::Json;
use axum::extract::State;
use chrono::{Days, NaiveDate};
use domain::calendar::trading_date;
use domain::{Engine, EquityPoint, Usd};
use serde::{Deserialize, Serialize};
use storage::ledger::Dimension as By;
use utoipa::{IntoParams, ToSchema};

use crate::extract::Fields;
use crate::problem::{Problem, Refusals};
use crate::sources::Shared;

pub(crate) use curve::{DayResult, EngineCurve};
pub(crate) use profits::Profits;
pub(crate) use slices::Slice;

/// Days that are shown, where nothing else is asked for.
const USUAL_DAYS: u64 = 365;
/// The most days that one answer holds.
const DAYS_MAX: i64 = 731;

/// From when to when, New York dates, both included.
#[derive(Debug, Clone, Copy, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SpanQuery {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl SpanQuery {
    /// The days that are meant; the last year up to `today` where nothing is said.
    pub(crate) fn days(self, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), Problem> {
        let to = self.to.unwrap_or(today);
        let usual = to.checked_sub_days(Days::new(USUAL_DAYS)).unwrap_or(to);
        let from = self.from.unwrap_or(usual);
        if from > to {
            return Err(Problem::field("from", "must not be after `to`"));
        }
        if (to - from).num_days() >= DAYS_MAX {
            let message = format!("must be less than {DAYS_MAX} days before `to`");
            return Err(Problem::field("from", message));
        }
        Ok((from, to))
    }
}

/// What trading brought.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct HistoryStats {
    from: NaiveDate,
    to: NaiveDate,
    starting_capital_usd: Usd,
    /// Each engine's days: results, their sum, and how far below the top that is.
    curves: Vec<EngineCurve>,
    /// Since the beginning, whatever days are asked for.
    total: Vec<Slice>,
    by_symbol: Vec<Slice>,
    by_strategy: Vec<Slice>,
    by_source: Vec<Slice>,
    /// By New York hour of the entry.
    by_hour: Vec<Slice>,
    /// By days to expiration at the entry.
    by_dte: Vec<Slice>,
}

/// What trading brought, from roll-ups and what they haven't counted yet.
#[utoipa::path(get, path = "/api/history/stats", operation_id = "history", tag = "history", params(SpanQuery),
    responses((status = 200, body = HistoryStats), Refusals))]
pub(crate) async fn stats(
    State(sources): State<Shared>,
    Fields(span): Fields<SpanQuery>,
) -> Result<Json<HistoryStats>, Problem> {
    let (from, to) = span.days(trading_date(sources.clock.now()))?;
    let settings = sources.settings.current().await?;
    let capital = settings.trading_rules.starting_capital_usd;
    let dimensions = [
        By::Total,
        By::Symbol,
        By::Strategy,
        By::Source,
        By::Hour,
        By::Dte,
    ];
    let profits = Profits::read(&sources, (from, to), &dimensions).await?;
    Ok(Json(HistoryStats {
        from,
        to,
        starting_capital_usd: capital,
        curves: profits.curves(capital),
        total: profits.slices(By::Total),
        by_symbol: profits.slices(By::Symbol),
        by_strategy: profits.slices(By::Strategy),
        by_source: profits.slices(By::Source),
        by_hour: profits.slices(By::Hour),
        by_dte: profits.slices(By::Dte),
    }))
}

/// Which day of which engine.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct EquityQuery {
    engine: Engine,
    /// A New York date; today unless told otherwise.
    date: Option<NaiveDate>,
}

/// The minutes of a day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct EquityDay {
    engine: Engine,
    date: NaiveDate,
    points: Vec<EquityPoint>,
}

/// What an engine was worth, minute by minute.
#[utoipa::path(get, path = "/api/history/equity", operation_id = "equity_of_day", tag = "history", params(EquityQuery),
    responses((status = 200, body = EquityDay), Refusals))]
pub(crate) async fn equity(
    State(sources): State<Shared>,
    Fields(EquityQuery { engine, date }): Fields<EquityQuery>,
) -> Result<Json<EquityDay>, Problem> {
    let date = date.unwrap_or_else(|| trading_date(sources.clock.now()));
    let points = sources.ledger.equity_of(engine, date).await?;
    Ok(Json(EquityDay {
        engine,
        date,
        points,
    }))
}
