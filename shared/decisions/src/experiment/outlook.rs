//! What could be seen with what there is, and how much more it takes.

use domain::Experiment;
use quant::statistics::by_day::DAYS_MIN;
use quant::statistics::sample_size::Design;
use serde::Serialize;

use super::difference::Difference;
use super::figures::{number, whole_above};
use super::options::ReportOptions;

/// The effect that can be seen now, and the sample that the expected effect takes. Both are for
/// one reading at the end; a test that may be read at any time takes somewhat more.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Outlook {
    /// The smallest difference that this sample shows with this power; absent without spread.
    pub detectable: Option<f64>,
    /// The power: the probability of seeing a difference that is there.
    pub power: f64,
    /// The level of the test.
    pub alpha: f64,
    /// The standard error that both follow from.
    pub standard_error: Option<f64>,
    /// The effect that was expected beforehand; absent outside an experiment.
    pub expected_effect: Option<f64>,
    /// Signals that each engine still needs, for what was planned and for the expected effect;
    /// absent where nobody can tell yet, or nobody would wait.
    pub more_signals_per_engine: Option<u64>,
    /// Trading days that it still needs, likewise.
    pub more_sessions: Option<u64>,
}

impl Outlook {
    /// Of a difference that was observed on so many trading days.
    pub(super) fn of(
        difference: &Difference,
        sessions: usize,
        experiment: Option<&Experiment>,
        options: &ReportOptions,
    ) -> Self {
        let design = Design {
            alpha: options.alpha(),
            ..Design::default()
        };
        let standard_error = difference.standard_error();
        let expected_effect = experiment.map(|it| it.expected_effect_percent.share());
        let times = standard_error
            .zip(expected_effect)
            .and_then(|(error, effect)| design.times_as_many(error, effect).ok());
        let planned = experiment.map(|it| it.planned).unwrap_or_default();
        let more = |now: usize, planned: usize| {
            let needed = times? * number(now);
            whole_above((needed - number(now)).max(number(planned.saturating_sub(now))))
        };
        let signals_planned = usize::try_from(planned.signals_per_engine).unwrap_or(usize::MAX);
        let sessions_planned = usize::try_from(planned.sessions).unwrap_or(usize::MAX);
        Self {
            detectable: standard_error.and_then(|error| design.detectable_by(error).ok()),
            power: design.power,
            alpha: design.alpha,
            standard_error,
            expected_effect,
            more_signals_per_engine: more(difference.fewest(), signals_planned),
            more_sessions: more(sessions, sessions_planned.max(DAYS_MIN)),
        }
    }
}
