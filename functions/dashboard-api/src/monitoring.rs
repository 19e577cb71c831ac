//! `/api/monitoring/status`: what is wrong, since when, and whose fault is it?

mod counts;
mod latencies;
mod providers;
mod queues;
mod slow;
mod voices;

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::{AgentName, Percent};
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::{Problem, Refusals};
use crate::sources::Shared;

pub(crate) use counts::Vitals;
pub(crate) use providers::providers;
pub(crate) use queues::queues;
pub(crate) use slow::SlowRequests;

/// A queue and its dead letters.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct QueueDepth {
    /// `engine_a`, `engine_b`, `orders`, `fills`, `exits`.
    pub(crate) queue: String,
    /// Messages that wait; null where the queue can't be read, as are the others.
    #[schema(required)]
    pub(crate) waiting: Option<u64>,
    /// Messages that a function has.
    #[schema(required)]
    pub(crate) in_flight: Option<u64>,
    /// Messages whose time hasn't come.
    #[schema(required)]
    pub(crate) delayed: Option<u64>,
    /// Messages that were given up.
    #[schema(required)]
    pub(crate) dead_letters: Option<u64>,
}

/// Whether a provider is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Breaker {
    /// It is asked.
    Closed,
    /// It failed too often, and isn't asked.
    Open,
    /// It is asked once, to see.
    HalfOpen,
}

/// How a provider fares.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ProviderHealth {
    pub(crate) provider: String,
    pub(crate) breaker: Breaker,
    /// Failures in a row.
    pub(crate) failures: u32,
    /// Until when it isn't asked.
    #[schema(required)]
    pub(crate) paused_until: Option<DateTime<Utc>>,
    /// What its plan lacks.
    pub(crate) lacks: Vec<String>,
    /// Requests in the hours that are shown.
    pub(crate) calls: u64,
    /// Those that came to nothing.
    pub(crate) failed_calls: u64,
    #[schema(required)]
    pub(crate) average_latency_ms: Option<u64>,
}

impl ProviderHealth {
    /// What wants a look.
    pub(crate) fn complaint(&self) -> Option<String> {
        let (name, failures) = (&self.provider, self.failures);
        (self.breaker != Breaker::Closed)
            .then(|| format!("{name} isn't asked: {failures} failures in a row"))
    }
}

/// How often an answer of a kind was kept already.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CacheRate {
    /// `quotes`, `chain`, `gamma_exposure` and so on.
    pub(crate) kind: String,
    /// Found in the instance.
    pub(crate) hits_in_instance: u64,
    /// Found in the market table.
    pub(crate) hits_in_table: u64,
    /// Somebody was asking already.
    pub(crate) joined: u64,
    pub(crate) misses: u64,
    #[schema(required)]
    pub(crate) hit_rate_percent: Option<Percent>,
}

/// The newest requests to the webhook that became signals.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct WebhookLatency {
    pub(crate) requests: usize,
    #[schema(required)]
    pub(crate) p50_ms: Option<u64>,
    #[schema(required)]
    pub(crate) p99_ms: Option<u64>,
    #[schema(required)]
    pub(crate) slowest_ms: Option<u64>,
    /// Refused requests of the last day, at most as many as are read.
    pub(crate) refused: usize,
}

/// Something that was counted, by function.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Counted {
    pub(crate) function: String,
    /// What: a category of errors, or a finding of the sweeper.
    pub(crate) what: String,
    /// In the hours that are shown.
    pub(crate) count: u64,
    /// The newest hour that has it.
    pub(crate) last_hour: DateTime<Utc>,
}

/// When a scheduled function last ran to its end.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct LastPass {
    pub(crate) function: String,
    #[schema(required)]
    pub(crate) at: Option<DateTime<Utc>>,
}

/// How a stage fares: from one step of a signal's life to the next.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct StageLatency {
    /// `received_to_ordered`, `ordered_to_filled`.
    pub(crate) stage: String,
    /// Signals that were measured, the newest.
    pub(crate) count: usize,
    #[schema(required)]
    pub(crate) p50_ms: Option<u64>,
    #[schema(required)]
    pub(crate) p99_ms: Option<u64>,
}

/// Engine B's entries that were to be traded.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ShadowExecution {
    /// Signals that Engine B decided.
    pub(crate) signals: u64,
    /// Those that became orders.
    pub(crate) ordered: u64,
    /// Orders among the newest that were filled.
    pub(crate) filled: u64,
    /// Orders among the newest that failed.
    pub(crate) failed: u64,
    #[schema(required)]
    pub(crate) success_percent: Option<Percent>,
}

/// What an agent said lately.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AgentVoice {
    #[schema(value_type = String)]
    pub(crate) agent: AgentName,
    pub(crate) bullish: u64,
    pub(crate) bearish: u64,
    pub(crate) neutral: u64,
    pub(crate) absent: u64,
    /// Of the opinions that it had.
    #[schema(required)]
    pub(crate) average_confidence: Option<f64>,
}

/// A request to this API that took long.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SlowRequest {
    /// The route, without what is in the path.
    pub(crate) route: String,
    pub(crate) at: DateTime<Utc>,
    pub(crate) elapsed_ms: u64,
}

/// How the platform fares.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Monitoring {
    pub(crate) queues: Vec<QueueDepth>,
    /// When the oldest unfinished work was due.
    #[schema(required)]
    pub(crate) oldest_work_due_at: Option<DateTime<Utc>>,
    pub(crate) providers: Vec<ProviderHealth>,
    pub(crate) caches: Vec<CacheRate>,
    pub(crate) webhook: WebhookLatency,
    pub(crate) stages: Vec<StageLatency>,
    /// Errors by function and category.
    pub(crate) errors: Vec<Counted>,
    /// Invocations that failed as a whole.
    pub(crate) function_errors: Vec<Counted>,
    /// What the sweeper found and did.
    pub(crate) sweeper_findings: Vec<Counted>,
    pub(crate) passes: Vec<LastPass>,
    pub(crate) shadow_execution: ShadowExecution,
    pub(crate) agents: Vec<AgentVoice>,
    /// The slowest requests of this instance.
    pub(crate) slow_requests: Vec<SlowRequest>,
    /// Hours that counts are of.
    pub(crate) hours: u32,
}

/// How the platform fares.
#[utoipa::path(get, path = "/api/monitoring/status", operation_id = "monitoring", tag = "monitoring",
    responses((status = 200, body = Monitoring), Refusals))]
pub(crate) async fn status(State(sources): State<Shared>) -> Result<Json<Monitoring>, Problem> {
    Ok(Json(all(&sources).await?))
}

async fn all(sources: &Shared) -> Result<Monitoring, Problem> {
    let vitals = Vitals::read(sources).await?;
    let backlog = sources.ledger.backlog().await?;
    let oldest = [
        backlog.assignment_pending_due_at,
        backlog.assignment_approved_due_at,
        backlog.order_pending_due_at,
    ];
    let orders = latencies::newest_orders(sources).await?;
    Ok(Monitoring {
        queues: queues(sources).await?,
        oldest_work_due_at: oldest.into_iter().flatten().min(),
        providers: providers(sources, &vitals).await?,
        caches: vitals.caches(),
        webhook: latencies::webhook(sources).await?,
        stages: latencies::stages(&orders),
        errors: vitals.errors(),
        function_errors: vitals.failed_invocations(),
        sweeper_findings: vitals.sweeper_findings(),
        passes: vitals.passes(),
        shadow_execution: latencies::shadow(sources, &orders).await?,
        agents: voices::read(sources).await?,
        slow_requests: sources.slow_requests.slowest(),
        hours: counts::HOURS,
    })
}
