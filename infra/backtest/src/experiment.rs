//! The experiment that a backtest stands for, so that its report says what that of a real one
//! would.

use chrono::NaiveDate;
use domain::calendar::midnight;
use domain::experiment::{Guardrails, PlannedSample, PrimaryMetric};
use domain::{Experiment, ExperimentId, Mode, Percent};

/// An experiment that runs from the beginning of a New York date, with the usual guardrails and
/// half of the signals for each engine where they are split.
pub fn experiment(
    experiment_id: ExperimentId,
    hypothesis: &str,
    mode: Mode,
    expected_effect_percent: Percent,
    from: NaiveDate,
) -> Experiment {
    Experiment {
        experiment_id,
        hypothesis: hypothesis.to_owned(),
        primary_metric: PrimaryMetric::default(),
        guardrails: Guardrails::default(),
        planned: PlannedSample::default(),
        expected_effect_percent,
        mode,
        split_percentage: 50,
        started_at: midnight(from),
        stopped_at: None,
        stopped_because: None,
    }
}
