//! Whether every signal went where its bucket says: recomputed from its hash and the experiment's
//! name, whatever was noted when it was routed.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Engine, Experiment, Routed, SignalId};
use serde::Serialize;

use super::outcome::SignalOutcome;

/// Enough examples to look into.
const EXAMPLES_MAX: usize = 5;

/// What is wrong with a signal's routing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ViolationKind {
    /// It is there twice.
    CountedTwice,
    /// Nobody noted how it was routed.
    NotRouted,
    /// It was routed by another experiment, or by none.
    OtherExperiment,
    /// It was routed by another mode or share than the experiment has.
    OtherRules,
    /// It was noted with another bucket than its hash has.
    WrongBucket,
    /// An engine should have judged it, and has nothing of it.
    MissingEngine,
    /// An engine has it that shouldn't.
    UnexpectedEngine,
}

impl ViolationKind {
    /// In words, after the number of signals.
    pub fn words(self) -> &'static str {
        match self {
            Self::CountedTwice => "counted twice",
            Self::NotRouted => "without a note of how they were routed",
            Self::OtherExperiment => "routed by another experiment, or by none",
            Self::OtherRules => "routed by another mode or share than the experiment's",
            Self::WrongBucket => "noted with another bucket than their hash has",
            Self::MissingEngine => "not with an engine that should have judged them",
            Self::UnexpectedEngine => "with an engine that shouldn't have them",
        }
    }
}

/// Signals with the same thing wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Violation {
    /// What.
    pub kind: ViolationKind,
    /// How many.
    pub signals: usize,
    /// Some of them.
    pub examples: Vec<SignalId>,
}

/// What a look at every signal's routing found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Exposure {
    /// Signals that were looked at.
    pub checked: usize,
    /// Signals from outside an experiment, with no note to hold them to.
    pub unchecked: usize,
    /// What is wrong; empty if all is well.
    pub violations: Vec<Violation>,
}

impl Exposure {
    /// Of these signals, in the experiment or outside of any.
    pub(super) fn of(signals: &[&SignalOutcome], experiment: Option<&Experiment>) -> Self {
        let mut found: BTreeMap<ViolationKind, Vec<SignalId>> = BTreeMap::new();
        let (mut ids, mut hashes) = (BTreeSet::new(), BTreeSet::new());
        let mut unchecked = 0;
        for signal in signals {
            let is_new = ids.insert(signal.signal_id) & hashes.insert(&signal.signal_hash);
            let twice = (!is_new).then_some(ViolationKind::CountedTwice);
            unchecked += usize::from(experiment.is_none() && signal.routed.is_none());
            for kind in violations(signal, experiment).into_iter().chain(twice) {
                found.entry(kind).or_default().push(signal.signal_id);
            }
        }
        Self {
            checked: signals.len() - unchecked,
            unchecked,
            violations: found.into_iter().map(Violation::of).collect(),
        }
    }
}

impl Violation {
    fn of((kind, signals): (ViolationKind, Vec<SignalId>)) -> Self {
        Self {
            kind,
            signals: signals.len(),
            examples: signals.into_iter().take(EXAMPLES_MAX).collect(),
        }
    }
}

/// What is wrong with one signal. Its own note says where it should have gone, and the note itself
/// is held against the experiment and the hash.
fn violations(signal: &SignalOutcome, experiment: Option<&Experiment>) -> Vec<ViolationKind> {
    let Some(routed) = &signal.routed else {
        let needed = experiment.map(|_| ViolationKind::NotRouted);
        return needed.into_iter().collect();
    };
    let due = due(routed, experiment, &signal.signal_hash);
    let has = |engine| signal.by_engine.contains_key(&engine);
    let engines = || Engine::ALL.into_iter();
    let found = [
        (
            routed.experiment_id != due.experiment_id,
            ViolationKind::OtherExperiment,
        ),
        (
            (routed.mode, routed.split_percentage) != (due.mode, due.split_percentage),
            ViolationKind::OtherRules,
        ),
        (routed.bucket != due.bucket, ViolationKind::WrongBucket),
        (
            engines().any(|engine| due.reaches(engine) && !has(engine)),
            ViolationKind::MissingEngine,
        ),
        (
            engines().any(|engine| !due.reaches(engine) && has(engine)),
            ViolationKind::UnexpectedEngine,
        ),
    ];
    let those = found.into_iter().filter(|(is_so, _)| *is_so);
    those.map(|(_, kind)| kind).collect()
}

/// How the signal should have been routed.
fn due(routed: &Routed, experiment: Option<&Experiment>, signal_hash: &str) -> Routed {
    let due = experiment.map_or_else(
        || routed.clone(),
        |it| Routed {
            experiment_id: Some(it.experiment_id.clone()),
            mode: it.mode,
            split_percentage: it.split_percentage,
            ..routed.clone()
        },
    );
    Routed {
        bucket: Routed::bucket_of(signal_hash, due.experiment_id.as_ref()),
        ..due
    }
}
