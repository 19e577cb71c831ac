//! `POST /api/agents/revote`: what other weights would have done.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use decisions::agents::unknown_weights;
use decisions::experiment::SignalOutcome;
use domain::settings::CommitteeRules;
use domain::{AgentName, Engine, Settings, Usd};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::standing::count;
use super::voted::{Voted, enters, net_usd};
use crate::extract::Told;
use crate::problem::{BodyRefusals, Problem, Refusals};
use crate::sources::Shared;

/// Signals that are voted on at once: the newest.
const SIGNALS_MAX: usize = 1_000;
/// The most days that may be asked for.
const DAYS_MAX: u32 = 366;

/// Weights to vote again with.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RevoteRequest {
    /// By agent, 0 to 1000; an agent that isn't named keeps its weight.
    #[serde(default)]
    pub(crate) weights: BTreeMap<String, u32>,
    /// Confidence from which it enters, in points; as it is, where it isn't told.
    #[schema(minimum = 0, maximum = 100)]
    pub(crate) enter_at_points: Option<u32>,
    /// Days back from now.
    #[schema(minimum = 1, maximum = 366)]
    pub(crate) days: u32,
}

/// What the votes would have come to.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub(crate) struct RevoteAnswer {
    /// Signals that were voted on again.
    signals: u64,
    /// Whether there were more than are voted on at once; the newest count.
    truncated: bool,
    entries_then: u64,
    entries_now: u64,
    /// Net of Engine B's closed positions on the entries of then.
    net_then_usd: Usd,
    /// Net of the entries of now, as Engine B made them or, where it didn't want to enter, Engine A.
    net_now_usd: Usd,
    /// Entries of now that nobody has traded and closed.
    untraded_now: u64,
}

/// Counts the opinions again that agents gave then, under other weights. Vetoes hold; nothing is
/// traded or changed.
#[utoipa::path(post, path = "/api/agents/revote", tag = "agents", request_body = RevoteRequest,
    responses((status = 200, body = RevoteAnswer), BodyRefusals, Refusals))]
pub(crate) async fn revote(
    State(sources): State<Shared>,
    Told(request): Told<RevoteRequest>,
) -> Result<Json<RevoteAnswer>, Problem> {
    if !(1..=DAYS_MAX).contains(&request.days) {
        return Err(Problem::field("days", format!("must be 1 to {DAYS_MAX}")));
    }
    let rules = rules(&request, &sources.settings.current().await?)?;
    let voted = Voted::read(&sources, request.days, SIGNALS_MAX).await?;
    let mut answer = RevoteAnswer {
        signals: count(voted.signals.len()),
        truncated: voted.truncated,
        ..RevoteAnswer::default()
    };
    voted
        .signals
        .iter()
        .for_each(|signal| answer.add(signal, &rules));
    Ok(Json(answer))
}

/// The rules in force with what is asked for laid over them; refused if they couldn't be set.
fn rules(request: &RevoteRequest, settings: &Settings) -> Result<CommitteeRules, Problem> {
    let mut settings = settings.clone();
    let rules = &mut settings.committee;
    let named = request.weights.iter();
    let weights = named.map(|(name, weight)| (AgentName::read(name), *weight));
    rules.weights.extend(weights);
    rules.enter_at_points = request.enter_at_points.unwrap_or(rules.enter_at_points);
    let mut problems = unknown_weights(&settings.committee);
    problems.extend(settings.problems());
    match problems.first() {
        None => Ok(*settings.committee),
        Some(problem) => Err(Problem::field(problem.field, problem.message.clone())),
    }
}

impl RevoteAnswer {
    fn add(&mut self, signal: &SignalOutcome, rules: &CommitteeRules) {
        let of_b = signal.by_engine.get(&Engine::B);
        let approved = of_b.is_some_and(|it| it.approved == Some(true));
        if approved {
            self.entries_then += 1;
            let net = net_usd(signal, Engine::B).unwrap_or_default();
            self.net_then_usd = self.net_then_usd + net;
        }
        if !enters(signal, rules) {
            return;
        }
        self.entries_now += 1;
        let trader = if approved { Engine::B } else { Engine::A };
        let net = net_usd(signal, trader);
        self.untraded_now += u64::from(net.is_none());
        self.net_now_usd = self.net_now_usd + net.unwrap_or_default();
    }
}
