//! What an engine did with its signals: counts and times, which compare nothing. They are shown
//! also where the comparison is withheld, since they help to find out why.

use std::collections::BTreeMap;

use domain::{Engine, RejectionClass, RejectionReason};
use quant::statistics::quantile::quantile;
use serde::Serialize;

use super::outcome::{EngineOutcome, Fate, SignalOutcome};
use super::standing::{Flaw, Standing};

/// Signals that weren't entered, and entries that failed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Rejections {
    /// Those that the engine declined.
    pub judgement: usize,
    /// Those that limits, lateness or missing data kept it from.
    pub capacity: usize,
    /// How many for each reason.
    pub by_reason: BTreeMap<RejectionReason, usize>,
}

/// How long something took, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Latency {
    /// How often it was measured.
    pub n: usize,
    /// Half took no longer.
    pub p50_ms: f64,
    /// Nineteen of twenty took no longer.
    pub p95_ms: f64,
}

/// What an engine did with its signals.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Activity {
    /// Signals that it was to judge.
    pub signals: usize,
    /// Those that it hasn't decided on, or whose entry hasn't filled yet.
    pub pending: usize,
    /// Those that ended without an entry.
    pub rejected: Rejections,
    /// Those that the engine itself wanted to enter, whatever became of them.
    pub approved: usize,
    /// Entries that filled.
    pub filled: usize,
    /// Those still held.
    pub open: usize,
    /// Those closed.
    pub closed: usize,
    /// Closed ones that can't be counted, by what is wrong with them.
    pub unusable: BTreeMap<Flaw, usize>,
    /// From the alert to the decision: how fast the engine is, apart from how good.
    pub decision_latency: Option<Latency>,
    /// From the alert to the entry's fill.
    pub fill_latency: Option<Latency>,
}

impl Activity {
    /// Of both engines; one that had no signal is there, with zeros.
    pub(super) fn by_engine(signals: &[&SignalOutcome]) -> BTreeMap<Engine, Self> {
        let of = |engine| Self::of(&outcomes(signals, engine));
        Engine::ALL
            .into_iter()
            .map(|engine| (engine, of(engine)))
            .collect()
    }

    fn of(outcomes: &[&EngineOutcome]) -> Self {
        let mut activity = Self {
            signals: outcomes.len(),
            approved: outcomes
                .iter()
                .filter(|one| one.approved == Some(true))
                .count(),
            decision_latency: latency(outcomes.iter().filter_map(|one| one.decision_latency_ms)),
            fill_latency: latency(outcomes.iter().filter_map(|one| one.fill_latency_ms)),
            ..Self::default()
        };
        for outcome in outcomes {
            activity.count(outcome);
        }
        activity.filled = activity.open + activity.closed;
        activity
    }

    /// The share of what has come to an end or is held that circumstances rejected.
    pub fn capacity_share(&self) -> Option<f64> {
        let decided = self.signals - self.pending;
        let share =
            super::figures::number(self.rejected.capacity) / super::figures::number(decided);
        (decided > 0).then_some(share)
    }

    fn count(&mut self, outcome: &EngineOutcome) {
        match outcome.fate {
            Fate::Pending => self.pending += 1,
            Fate::Open => self.open += 1,
            Fate::Closed(_) => self.closed += 1,
            Fate::Rejected(reason) => self.rejected.count(reason),
        }
        if let Standing::Unusable(flaw) = Standing::of(outcome) {
            *self.unusable.entry(flaw).or_default() += 1;
        }
    }
}

impl Rejections {
    fn count(&mut self, reason: RejectionReason) {
        match reason.class() {
            RejectionClass::Judgement => self.judgement += 1,
            RejectionClass::Capacity => self.capacity += 1,
        }
        *self.by_reason.entry(reason).or_default() += 1;
    }
}

/// What came of an engine's signals, in their order.
pub(super) fn outcomes<'a>(
    signals: &[&'a SignalOutcome],
    engine: Engine,
) -> Vec<&'a EngineOutcome> {
    let of = signals.iter().filter_map(|one| one.by_engine.get(&engine));
    of.collect()
}

fn latency(measured_ms: impl Iterator<Item = u64>) -> Option<Latency> {
    // Beyond 49 days nobody cares how much.
    let whole = measured_ms.map(|ms| f64::from(u32::try_from(ms).unwrap_or(u32::MAX)));
    let sample: Vec<f64> = whole.collect();
    Some(Latency {
        n: sample.len(),
        p50_ms: quantile(&sample, 0.5).ok()?,
        p95_ms: quantile(&sample, 0.95).ok()?,
    })
}
