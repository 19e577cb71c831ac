//! What the statistics say of one run: those by which the report of an experiment goes.

use decisions::experiment::{Metric, Samples, SignalOutcome, sequential_over_days};
use domain::Mode;
use quant::statistics::welch;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// Signals of each copy whose result is known.
    pub signals: [usize; 2],
    /// The always-valid p-value after the last day; absent while there is too little to look at.
    pub p_sequential: Option<f64>,
    /// Whether it was below the level after any day.
    pub found_sequential: bool,
    /// Welch's p-value of the whole sample; absent where it can't be told.
    pub p_welch: Option<f64>,
}

/// Compares the copies by the primary metric: with a look after each day, and once at the end.
pub fn judged(signals: &[SignalOutcome], effect: f64, alpha: f64) -> Verdict {
    let signals: Vec<&SignalOutcome> = signals.iter().collect();
    let samples = Samples::of(&signals, Metric::NetReturnPerSignal, Mode::Split);
    let sequential = sequential_over_days(&samples.day_sums(), effect, alpha).ok();
    let of_welch = welch::welch(&samples.control, &samples.variant, 1.0 - alpha);
    Verdict {
        signals: samples.compared(),
        p_sequential: sequential.as_ref().map(|it| it.last.p),
        found_sequential: sequential.is_some_and(|it| it.decided.is_some()),
        p_welch: of_welch.ok().map(|found| found.p_two_sided),
    }
}
