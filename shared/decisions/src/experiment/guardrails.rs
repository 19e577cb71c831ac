//! What must not become worse, whatever the primary metric says.

use std::collections::BTreeMap;

use domain::Engine;
use domain::experiment::Guardrails;
use serde::Serialize;

use super::activity::Activity;
use super::performance::Performance;

/// What is guarded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GuardrailName {
    /// The deepest fall of equity, as a share of its peak.
    Drawdown,
    /// The share of decided signals that circumstances rejected.
    CapacityRejections,
    /// Milliseconds from alert to decision, at the 95th percentile.
    DecisionLatency,
}

/// How a guardrail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It holds.
    Pass,
    /// It doesn't.
    Fail,
    /// A number is missing.
    Unknown,
}

/// A guardrail and its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Guardrail {
    /// What is guarded.
    pub name: GuardrailName,
    /// How it stands.
    pub outcome: Outcome,
    /// Engine A's number.
    pub a: Option<f64>,
    /// Engine B's number.
    pub b: Option<f64>,
    /// What B's may be at most, from A's; in the same unit.
    pub b_max: Option<f64>,
}

impl Guardrail {
    /// Holds B's number against what follows from A's.
    fn of(name: GuardrailName, a: Option<f64>, b: Option<f64>, max: impl Fn(f64) -> f64) -> Self {
        let b_max = a.map(max);
        let outcome = match b.zip(b_max) {
            None => Outcome::Unknown,
            Some((b, most)) if b <= most => Outcome::Pass,
            Some(_) => Outcome::Fail,
        };
        Self {
            name,
            outcome,
            a,
            b,
            b_max,
        }
    }
}

/// All guardrails.
pub(super) fn guardrails(
    limits: &Guardrails,
    activity: &BTreeMap<Engine, Activity>,
    performance: &BTreeMap<Engine, Performance>,
) -> Vec<Guardrail> {
    let drawdown = |engine| Some(performance.get(&engine)?.equity.known()?.drawdown_max_share);
    let capacity = |engine| activity.get(&engine)?.capacity_share();
    let latency = |engine| Some(activity.get(&engine)?.decision_latency?.p95_ms);
    let worse = 1.0 + limits.drawdown_worse_max_percent.share();
    let more = limits.capacity_rejections_more_max_percent.share();
    let longer_ms = f64::from(limits.decision_latency_more_max_ms);
    vec![
        Guardrail::of(
            GuardrailName::Drawdown,
            drawdown(Engine::A),
            drawdown(Engine::B),
            |a| a * worse,
        ),
        Guardrail::of(
            GuardrailName::CapacityRejections,
            capacity(Engine::A),
            capacity(Engine::B),
            |a| a + more,
        ),
        Guardrail::of(
            GuardrailName::DecisionLatency,
            latency(Engine::A),
            latency(Engine::B),
            |a| a + longer_ms,
        ),
    ]
}
