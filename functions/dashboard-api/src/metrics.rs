//! `/api/dashboard/metrics`: how am I doing, and is everything working? One answer for the
//! overview. A part that can't be had is left out and named; the others are told all the same.

mod engines;
mod health;
mod waiting;

use std::collections::BTreeMap;
use std::future::Future;
use std::time::Instant;

use axum::Json;
use axum::extract::State;
use axum::http::header::ETAG;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::calendar::trading_date;
use domain::{Engine, ExitReason, OptionContract, Percent, SignalId, Symbol, Usd};
use serde::Serialize;
use storage::ledger::Dimension;
use utoipa::ToSchema;

use crate::history::{DayResult, EngineCurve, Profits};
use crate::market::{MarketShown, shown as market};
use crate::positioning::{MissingPart, PositioningShown};
use crate::positions::{HeldPosition, held};
use crate::problem::{Problem, Refusals};
use crate::signals::{FeedSignal, newest};
use crate::sources::Shared;
use crate::tags::{tag_of, wants_fresh};

pub(crate) use engines::EngineSummary;
pub(crate) use health::Health;
pub(crate) use waiting::QueuedSignal;

/// Days of the curve.
const CURVE_DAYS: u64 = 90;
/// Signals that the overview shows.
const SIGNALS: u32 = 10;
/// Whose gamma exposure the overview shows.
const GAMMA_SYMBOL: &str = "SPY";

/// Everything on the overview.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DashboardMetrics {
    market: MarketShown,
    /// Each engine's result of today and in all.
    engines: Vec<EngineSummary>,
    /// What Engine A holds.
    positions: Vec<HeldPosition>,
    /// What Engine B holds.
    shadow_positions: Vec<HeldPosition>,
    #[schema(required)]
    health: Option<Health>,
    /// Positions for which a rule fires, or is near.
    exit_signals: Vec<ExitSignal>,
    /// Signals that wait for a decision, an order or a fill.
    queued_signals: Vec<QueuedSignal>,
    /// What became of the signals of each source.
    source_performance: Vec<SourcePerformance>,
    /// Gamma exposure of SPY.
    #[schema(required)]
    gex: Option<PositioningShown>,
    /// Each engine's days.
    pnl_curve: Vec<EngineCurve>,
    /// The same days, one after the other.
    daily_returns: Vec<DailyReturn>,
    /// The newest signals.
    latest_signals: Vec<FeedSignal>,
    metadata: Metadata,
}

/// A position that is about to be closed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ExitSignal {
    signal_id: SignalId,
    engine: Engine,
    symbol: Symbol,
    contract: OptionContract,
    /// The reason of the rule that fires; none if a price is near.
    #[schema(required)]
    exit_reason: Option<ExitReason>,
    /// The gain at the mid, of the premium.
    #[schema(required)]
    pnl_percent: Option<Percent>,
    /// How far the price is on its way to the stop or the target.
    #[schema(required)]
    way_percent: Option<Percent>,
}

/// What became of a source's signals.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SourcePerformance {
    engine: Engine,
    /// `-` where the alert names none.
    source: String,
    signals: u64,
    ordered: u64,
    rejected_judgement: u64,
    rejected_capacity: u64,
    #[schema(required)]
    acceptance_percent: Option<Percent>,
}

/// An engine's result of a day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DailyReturn {
    engine: Engine,
    date: NaiveDate,
    net_usd: Usd,
    /// Of the starting capital.
    net_percent: Percent,
}

/// How the answer was put together. It isn't part of the answer's tag.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Metadata {
    /// Parts that can't be had, and why.
    failed: Vec<MissingPart>,
    /// When it was put together.
    at: DateTime<Utc>,
    response_time_ms: u64,
    /// Answers of the market that were kept, by kind, since this instance began.
    cache_hits: BTreeMap<String, u64>,
    cache_misses: BTreeMap<String, u64>,
}

/// The overview.
#[utoipa::path(get, path = "/api/dashboard/metrics", operation_id = "overview", tag = "overview",
    responses((status = 200, body = DashboardMetrics), Refusals))]
pub(crate) async fn show(
    State(sources): State<Shared>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let metrics = Box::pin(metrics(&sources, wants_fresh(&headers))).await?;
    let tag = tag(&metrics);
    let mut answer = Json(metrics).into_response();
    answer.headers_mut().extend(tag.map(|tag| (ETAG, tag)));
    Ok(answer)
}

/// A weak tag of all but the metadata, which differ each time.
fn tag(metrics: &DashboardMetrics) -> Option<HeaderValue> {
    let mut whole = serde_json::to_value(metrics).ok()?;
    whole.as_object_mut()?.remove("metadata");
    let strong = tag_of(whole.to_string().as_bytes())?;
    HeaderValue::from_str(&format!("W/{}", strong.to_str().ok()?)).ok()
}

/// Notes the parts that can't be had.
#[derive(Default)]
struct Parts {
    failed: Vec<MissingPart>,
}

impl Parts {
    /// The part, or its absence.
    async fn take<T: Default>(
        &mut self,
        part: &str,
        read: impl Future<Output = Result<T, Problem>>,
    ) -> T {
        read.await.unwrap_or_else(|problem| {
            let (part, why) = (part.to_owned(), problem.detail().to_owned());
            self.failed.push(MissingPart { part, why });
            T::default()
        })
    }
}

async fn metrics(sources: &Shared, anew: bool) -> Result<DashboardMetrics, Problem> {
    let (started, now) = (Instant::now(), sources.clock.now());
    let (today, mut parts) = (trading_date(now), Parts::default());
    let capital = sources
        .settings
        .current()
        .await?
        .trading_rules
        .starting_capital_usd;
    let held = parts.take("positions", Box::pin(held(sources))).await;
    let profits = parts.take("pnl_curve", profits_until(sources, today)).await;
    let pnl_curve = profits.curves(capital);
    let engines = engines::read(sources, &held, (&profits, &pnl_curve), (today, capital));
    let engines = parts.take("engines", engines).await;
    let queued_signals = parts.take("queued_signals", waiting::read(sources)).await;
    let source_performance = parts.take("source_performance", performance(sources)).await;
    let latest_signals = parts.take("latest_signals", newest(sources, SIGNALS)).await;
    let health = health::read(sources, &latest_signals, &queued_signals);
    let health = parts.take("health", health).await;
    let gex = parts.take("gex", gamma_exposure(sources, anew)).await;
    Ok(DashboardMetrics {
        market: market(sources).await,
        engines,
        exit_signals: exit_signals(&held),
        shadow_positions: of_engine(&held, Engine::B),
        positions: of_engine(&held, Engine::A),
        health,
        queued_signals,
        source_performance,
        gex,
        daily_returns: pnl_curve.iter().flat_map(daily_returns).collect(),
        pnl_curve,
        latest_signals,
        metadata: metadata(sources, parts, now, started),
    })
}

async fn profits_until(sources: &Shared, today: NaiveDate) -> Result<Profits, Problem> {
    let from = today
        .checked_sub_days(Days::new(CURVE_DAYS))
        .unwrap_or(today);
    Profits::read(sources, (from, today), &[Dimension::Total]).await
}

async fn gamma_exposure(sources: &Shared, anew: bool) -> Result<Option<PositioningShown>, Problem> {
    let Ok(symbol) = Symbol::parse(GAMMA_SYMBOL) else {
        return Ok(None);
    };
    Ok(Some(crate::positioning::shown(sources, symbol, anew).await))
}

async fn performance(sources: &Shared) -> Result<Vec<SourcePerformance>, Problem> {
    let mut found = Vec::new();
    for engine in Engine::ALL {
        let prefix = format!("{engine}#source#");
        for row in sources.ledger.acceptance_rows(&prefix).await? {
            let source = row.scope.strip_prefix(&prefix).unwrap_or("-").to_owned();
            found.push(SourcePerformance {
                engine,
                source,
                signals: row.signals,
                ordered: row.ordered,
                rejected_judgement: row.rejected_judgement,
                rejected_capacity: row.rejected_capacity,
                acceptance_percent: Percent::of(row.ordered, row.signals),
            });
        }
    }
    Ok(found)
}

fn of_engine(held: &[HeldPosition], engine: Engine) -> Vec<HeldPosition> {
    let own = held.iter().filter(|it| it.position.engine == engine);
    own.cloned().collect()
}

fn exit_signals(held: &[HeldPosition]) -> Vec<ExitSignal> {
    let near = held.iter().filter(|it| it.is_about_to_exit());
    near.map(|it| ExitSignal {
        signal_id: it.position.signal_id,
        engine: it.position.engine,
        symbol: it.position.symbol.clone(),
        contract: it.position.contract.clone(),
        exit_reason: it.outlook.firing,
        pnl_percent: it.unrealized.map(|it| it.percent),
        way_percent: it.outlook.way_percent,
    })
    .collect()
}

fn daily_returns(curve: &EngineCurve) -> impl Iterator<Item = DailyReturn> {
    let engine = curve.engine;
    let of = move |day: &DayResult| DailyReturn {
        engine,
        date: day.date,
        net_usd: day.net_usd,
        net_percent: day.net_percent,
    };
    curve.days.iter().map(of)
}

fn metadata(sources: &Shared, parts: Parts, at: DateTime<Utc>, started: Instant) -> Metadata {
    let counts = sources.positioning.cache_counts();
    Metadata {
        failed: parts.failed,
        at,
        response_time_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        cache_hits: counts
            .iter()
            .map(|(kind, it)| ((*kind).to_owned(), it.in_memory + it.in_table + it.joined))
            .collect(),
        cache_misses: counts
            .iter()
            .map(|(kind, it)| ((*kind).to_owned(), it.missed))
            .collect(),
    }
}
