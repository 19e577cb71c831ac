//! What is compared beside the primary metric: by days, and with Holm's correction for there
//! being several. None of it decides.

use domain::Mode;
use quant::statistics::{by_day, holm};
use serde::Serialize;

use super::difference::TTest;
use super::figures::{Found, mean};
use super::options::ReportOptions;
use super::outcome::SignalOutcome;
use super::samples::{Metric, Samples};

const METRICS: [Metric; 5] = [
    Metric::NetReturnWithoutCapacity,
    Metric::NetUsdPerSignal,
    Metric::NetUsdPerTrade,
    Metric::WinRate,
    Metric::EntryRate,
];

/// A secondary metric.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Secondary {
    /// Which.
    pub metric: Metric,
    /// Observations of A and of B that are compared.
    pub compared: [usize; 2],
    /// A's mean.
    pub a: Option<f64>,
    /// B's mean.
    pub b: Option<f64>,
    /// The t test of the difference by trading days.
    pub by_day: Found<TTest>,
    /// Its p-value after Holm's correction over all secondary metrics that have one.
    pub p_adjusted: Option<f64>,
}

/// All secondary metrics.
pub(super) fn secondary(
    signals: &[&SignalOutcome],
    mode: Mode,
    options: &ReportOptions,
) -> Vec<Secondary> {
    let mut all: Vec<Secondary> = METRICS
        .into_iter()
        .map(|metric| of(metric, signals, mode, options.confidence()))
        .collect();
    let raw = all.iter().filter_map(|one| Some(one.by_day.known()?.p));
    let raw: Vec<f64> = raw.collect();
    let adjusted = holm::adjusted(&raw).unwrap_or_default();
    let tested = all.iter_mut().filter(|one| one.by_day.known().is_some());
    for (one, p) in tested.zip(adjusted) {
        one.p_adjusted = Some(p);
    }
    all
}

fn of(metric: Metric, signals: &[&SignalOutcome], mode: Mode, confidence: f64) -> Secondary {
    let samples = Samples::of(signals, metric, mode);
    let test = by_day::compare(&samples.day_sums(), confidence);
    Secondary {
        metric,
        compared: samples.compared(),
        a: mean(&samples.control),
        b: mean(&samples.variant),
        by_day: test.map(TTest::from).into(),
        p_adjusted: None,
    }
}
