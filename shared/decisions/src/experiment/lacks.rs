//! What is lacking for a verdict.

use domain::Experiment;
use quant::statistics::sequential::PER_ARM_MIN;
use serde::Serialize;

use super::difference::Difference;
use super::figures::Found;

/// Why there isn't enough data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "lack", rename_all = "snake_case")]
pub enum Lack {
    /// Outside an experiment nothing was planned, so that nothing can be judged.
    NoExperiment,
    /// An engine has fewer finished signals (in pairs: there are fewer pairs) than any statistic
    /// should be read from.
    FewSignals {
        /// How many of A and of B are compared.
        compared: [usize; 2],
        /// How many it takes.
        needed: usize,
    },
    /// An engine has fewer finished signals than planned.
    BelowPlannedSignals {
        /// How many of A and of B are compared.
        compared: [usize; 2],
        /// How many were planned.
        planned: usize,
    },
    /// There were fewer trading days than planned.
    BelowPlannedSessions {
        /// How many there were.
        sessions: usize,
        /// How many were planned.
        planned: usize,
    },
    /// The sequential test hasn't begun.
    NoSequentialTest {
        /// Why.
        why: String,
    },
}

/// What is lacking on so many trading days; nothing if the planned sample is there and tested.
pub(super) fn lacks(
    experiment: Option<&Experiment>,
    sessions: usize,
    primary: &Difference,
) -> Vec<Lack> {
    let Some(experiment) = experiment else {
        return vec![Lack::NoExperiment];
    };
    let untested = match &primary.sequential.figures {
        Found::Known(_) => None,
        Found::Absent { absent } => Some(Lack::NoSequentialTest {
            why: absent.clone(),
        }),
    };
    let planned = planned(experiment, sessions, primary);
    planned.into_iter().chain(untested).collect()
}

fn planned(experiment: &Experiment, sessions: usize, primary: &Difference) -> Vec<Lack> {
    let whole = |planned| usize::try_from(planned).unwrap_or(usize::MAX);
    let (compared, fewest) = (primary.compared, primary.fewest());
    let signals = whole(experiment.planned.signals_per_engine);
    let days = whole(experiment.planned.sessions);
    let few = Lack::FewSignals {
        compared,
        needed: PER_ARM_MIN,
    };
    let below = Lack::BelowPlannedSignals {
        compared,
        planned: signals,
    };
    let short = Lack::BelowPlannedSessions {
        sessions,
        planned: days,
    };
    let stands = [
        (fewest < PER_ARM_MIN, few),
        (fewest < signals, below),
        (sessions < days, short),
    ];
    let those = stands.into_iter().filter(|(is_so, _)| *is_so);
    those.map(|(_, lack)| lack).collect()
}
