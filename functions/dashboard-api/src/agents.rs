//! `/api/agents`: who of the committee earns its weight?

mod revote;
mod standing;
mod voted;

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::{AgentKind, AgentName, Direction, Percent, Rejection, SignalId, Usd};
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::{Problem, Refusals};
use crate::sources::Shared;

pub(crate) use revote::{__path_revote, revote};

/// An agent: what it weighs, and how often it was right.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AgentStanding {
    agent: AgentName,
    kind: AgentKind,
    weight: u32,
    /// Whether it is heard now.
    on: bool,
    /// The flag that switches it, where one does.
    #[schema(required)]
    flag: Option<&'static str>,
    /// Signals on which it had an opinion.
    signals: u64,
    /// Those that the committee wanted to enter.
    approved: u64,
    rejected: u64,
    #[schema(required)]
    average_confidence: Option<f64>,
    /// Its opinions by how sure they were.
    confidences: Vec<ConfidenceBin>,
    /// Its opinions by which way they looked.
    biases: BiasCounts,
    /// Closed positions that it supported.
    positions: u64,
    wins: u64,
    won_usd: Usd,
    lost_usd: Usd,
    /// Closed positions on which it took a side.
    sides: u64,
    right: u64,
    #[schema(required)]
    right_percent: Option<Percent>,
    /// Whether what it called likely happened often.
    calibration: Vec<CalibrationBin>,
    /// The newest votes again without its weight; its vetoes still hold.
    #[schema(required)]
    leave_one_out: Option<LeaveOneOut>,
}

/// A fifth of the scale of confidence, and the opinions in it.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct ConfidenceBin {
    /// In points, 0 to 100.
    from: u32,
    to: u32,
    opinions: u64,
}

/// Opinions by which way they looked.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct BiasCounts {
    bullish: u64,
    bearish: u64,
    neutral: u64,
}

/// A fifth of an agent's support, and how many of its positions won.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct CalibrationBin {
    /// In points, 0 to 100.
    from: u32,
    to: u32,
    positions: u64,
    wins: u64,
    #[schema(required)]
    win_rate_percent: Option<Percent>,
}

/// The committee's votes again, without one agent.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct LeaveOneOut {
    /// Votes that would have ended otherwise.
    changed: u64,
    /// Entries that would not have been made.
    lost_entries: u64,
    /// What those brought, net: what leaving it out would have saved is the negative.
    lost_entries_net_usd: Usd,
    /// Rejections that would have been entries.
    new_entries: u64,
    /// What Engine A made on those, net, where it traded them.
    new_entries_net_usd: Usd,
}

/// An entry that an agent refused.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct VetoEntry {
    signal_id: SignalId,
    received_at: DateTime<Utc>,
    direction: Direction,
    agent: AgentName,
    rejection: Rejection,
    /// What Engine A made on the same signal, net, where it traded it.
    #[schema(required)]
    engine_a_net_usd: Option<Usd>,
}

/// The committee.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AgentsShown {
    /// Confidence from which it enters, in points.
    enter_at_points: u32,
    /// Risk above which an entry is refused, in points.
    veto_above_points: u32,
    agents: Vec<AgentStanding>,
    /// The newest entries that an agent refused.
    vetoes: Vec<VetoEntry>,
    /// The newest signals that were voted on again for the figures without an agent.
    revoted: u64,
}

/// The committee: weights, how often each agent was right, what it changes, and its vetoes.
#[utoipa::path(get, path = "/api/agents", operation_id = "agents", tag = "agents",
    responses((status = 200, body = AgentsShown), Refusals))]
pub(crate) async fn show(State(sources): State<Shared>) -> Result<Json<AgentsShown>, Problem> {
    Ok(Json(standing::read(&sources).await?))
}
