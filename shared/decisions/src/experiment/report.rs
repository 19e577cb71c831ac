//! The report: checks first, then what they allow.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::experiment::PlannedSample;
use domain::{Engine, Experiment, ExperimentId, Mode};
use quant::statistics::promotion::Standing;
use serde::Serialize;

use super::activity::Activity;
use super::agents::{by_agent, of_committee};
use super::checks::{Checks, SampleRatioCheck};
use super::comparison::{Comparison, Reading, Withholding};
use super::difference::Difference;
use super::exposure::Exposure;
use super::guardrails::guardrails;
use super::lacks::lacks;
use super::options::ReportOptions;
use super::outcome::{Observed, SignalOutcome};
use super::outlook::Outlook;
use super::performance::Performance;
use super::promotion::Promotion;
use super::secondary::secondary;

/// What was studied, and how far it has come.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Study {
    /// The experiment; absent for a look at signals that belong to none.
    pub experiment_id: Option<ExperimentId>,
    /// What is expected, in words.
    pub hypothesis: Option<String>,
    /// How signals were shared out; absent outside an experiment if no one rule did.
    pub mode: Option<Mode>,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub stopped_at: Option<DateTime<Utc>>,
    /// What was to be seen before anything is said.
    pub planned: Option<PlannedSample>,
    /// Signals that came in.
    pub signals: usize,
    /// Trading days on which they came.
    pub sessions: usize,
    /// When this was looked at.
    pub observed_at: DateTime<Utc>,
    /// Of every interval.
    pub confidence: f64,
    /// What the bootstrap drew by.
    pub seed: u64,
}

/// What an experiment shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Report {
    /// What was studied.
    pub study: Study,
    /// What is checked before anything is compared.
    pub checks: Checks,
    /// What each engine did with its signals.
    pub activity: BTreeMap<Engine, Activity>,
    /// What the comparison comes to.
    pub comparison: Comparison,
}

/// The report of what was observed. It depends on nothing else than these, and not on the order
/// in which signals are given.
pub fn report(observed: &Observed, options: &ReportOptions) -> Report {
    let mut signals: Vec<&SignalOutcome> = observed.signals.iter().collect();
    signals.sort_by_key(|one| (one.day, one.received_at, one.signal_id));
    let experiment = observed.experiment.as_ref();
    let rules = rules(&signals, experiment);
    let checks = Checks {
        sample_ratio: SampleRatioCheck::of(&signals, rules),
        exposure: Exposure::of(&signals, experiment),
    };
    let activity = Activity::by_engine(&signals);
    let study = study(observed, &signals, rules, options);
    let why = withholdings(&checks);
    let comparison = if why.is_empty() {
        let sound = Sound {
            observed,
            signals: &signals,
            mode: study.mode.unwrap_or_default(),
            sessions: study.sessions,
            checks: &checks,
            activity: &activity,
            options,
        };
        sound.comparison()
    } else {
        Comparison::Withheld { why }
    };
    Report {
        study,
        checks,
        activity,
        comparison,
    }
}

fn study(
    observed: &Observed,
    signals: &[&SignalOutcome],
    rules: Option<(Mode, u8)>,
    options: &ReportOptions,
) -> Study {
    let experiment = observed.experiment.as_ref();
    let days: BTreeSet<_> = signals.iter().map(|one| one.day).collect();
    Study {
        experiment_id: experiment.map(|it| it.experiment_id.clone()),
        hypothesis: experiment.map(|it| it.hypothesis.clone()),
        mode: rules.map(|(mode, _)| mode),
        started_at: experiment.map(|it| it.started_at),
        stopped_at: experiment.and_then(|it| it.stopped_at),
        planned: experiment.map(|it| it.planned),
        signals: signals.len(),
        sessions: days.len(),
        observed_at: observed.observed_at,
        confidence: options.confidence(),
        seed: options.seed(),
    }
}

/// How signals were shared out: by the experiment, or by the one rule that all of them note.
fn rules(signals: &[&SignalOutcome], experiment: Option<&Experiment>) -> Option<(Mode, u8)> {
    if let Some(experiment) = experiment {
        return Some((experiment.mode, experiment.split_percentage));
    }
    let noted = signals.iter().map(|one| one.routed.as_ref());
    let mut noted = noted.map(|routed| routed.map(|it| (it.mode, it.split_percentage)));
    let first = noted.next()??;
    noted.all(|other| other == Some(first)).then_some(first)
}

fn withholdings(checks: &Checks) -> Vec<Withholding> {
    let ratio = match &checks.sample_ratio {
        SampleRatioCheck::Compared {
            signals,
            expected,
            p,
            is_mismatch: true,
            ..
        } => Some(Withholding::SampleRatio {
            signals: *signals,
            expected: *expected,
            p: *p,
        }),
        _ => None,
    };
    let violations = checks.exposure.violations.iter().cloned();
    let exposure = violations.map(Withholding::Exposure);
    ratio.into_iter().chain(exposure).collect()
}

/// Observations that passed every check.
struct Sound<'a> {
    observed: &'a Observed,
    signals: &'a [&'a SignalOutcome],
    mode: Mode,
    sessions: usize,
    checks: &'a Checks,
    activity: &'a BTreeMap<Engine, Activity>,
    options: &'a ReportOptions,
}

impl Sound<'_> {
    fn comparison(&self) -> Comparison {
        let primary = Difference::primary(self.observed, self.signals, self.mode, self.options);
        let lacks = lacks(self.observed.experiment.as_ref(), self.sessions, &primary);
        Comparison::of(self.reading(primary), lacks)
    }

    fn reading(&self, primary: Difference) -> Reading {
        let experiment = self.observed.experiment.as_ref();
        let (options, confidence) = (self.options, self.options.confidence());
        let performance = self.performance();
        let limits = experiment.map(|it| it.guardrails).unwrap_or_default();
        let guardrails = guardrails(&limits, self.activity, &performance);
        let standing = self.standing(&primary, &performance);
        Reading {
            outlook: Outlook::of(&primary, self.sessions, experiment, options),
            secondary: secondary(self.signals, self.mode, options),
            promotion: Promotion::of(experiment, &standing, &guardrails, options.alpha()),
            agents: by_agent(self.signals, confidence),
            committee: of_committee(self.signals, confidence),
            performance,
            primary,
            guardrails,
        }
    }

    fn performance(&self) -> BTreeMap<Engine, Performance> {
        let of = |engine| {
            let account = self.observed.accounts.get(&engine);
            Performance::of(self.signals, engine, account, self.options.confidence())
        };
        Engine::ALL
            .into_iter()
            .map(|engine| (engine, of(engine)))
            .collect()
    }

    fn standing(
        &self,
        primary: &Difference,
        performance: &BTreeMap<Engine, Performance>,
    ) -> Standing {
        let fall = |engine| Some(performance.get(&engine)?.equity.known()?.drawdown_max_share);
        let found = primary.sequential.found();
        let sequential = primary.sequential.figures.known();
        Standing {
            per_arm: primary.compared,
            sessions: self.sessions,
            is_mismatch: self.checks.is_mismatch_for(self.mode),
            difference: found.or(primary.estimate),
            // What was found once and points the other way now shows nothing.
            p: found.and(sequential).map(|it| it.p),
            drawdowns: fall(Engine::A).zip(fall(Engine::B)).map(|(a, b)| [a, b]),
        }
    }
}
