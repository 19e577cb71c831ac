//! What Engine B's mean exceeds Engine A's by, and how sure that is: by several tests, each for
//! another way of reading.

use domain::Mode;
use quant::statistics::bootstrap::Plan;
use quant::statistics::one_sample::{OneSample, one_sample};
use quant::statistics::welch::{Welch, welch};
use quant::statistics::{Moments, StatisticsError, by_day};
use serde::Serialize;

use super::figures::{Found, Range};
use super::options::ReportOptions;
use super::outcome::{Observed, SignalOutcome};
use super::samples::{Metric, Samples};
use super::sequential::Sequential;

/// An engine's observations.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Arm {
    /// How many.
    pub n: usize,
    /// Their mean; absent without any.
    pub mean: Option<f64>,
    /// Their standard deviation; absent below two.
    pub deviation: Option<f64>,
}

/// A t test of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TTest {
    /// The difference, B less A.
    pub difference: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// The difference in standard errors.
    pub t: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// How likely a difference as large is in either direction, if there is none.
    pub p: f64,
    /// The interval around it.
    pub interval: Range,
}

/// The `BCa` bootstrap of a difference, which draws trading days.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Bootstrap {
    /// The difference, B less A.
    pub difference: f64,
    /// The interval around it.
    pub interval: Range,
    /// Samples that were drawn.
    pub replicates: usize,
    /// Days that were drawn from.
    pub days: usize,
}

/// A difference in means, B less A, by every test.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Difference {
    /// What is compared.
    pub metric: Metric,
    /// Engine A's observations.
    pub a: Arm,
    /// Engine B's observations.
    pub b: Arm,
    /// Observations that are compared, of A and of B; in a paired experiment, pairs.
    pub compared: [usize; 2],
    /// B's mean less A's; in a paired experiment, the mean of the pairs' differences.
    pub estimate: Option<f64>,
    /// Welch's test, which takes signals for independent. For one reading, at the planned end.
    pub welch: Found<TTest>,
    /// The t test of the pairs' differences; in a paired experiment alone. For one reading.
    pub paired: Option<Found<TTest>>,
    /// The t test by trading days. For one reading.
    pub by_day: Found<TTest>,
    /// The bootstrap by trading days. For one reading.
    pub bootstrap: Found<Bootstrap>,
    /// The sequential test over trading days: for as many readings as one likes.
    pub sequential: Sequential,
}

impl Difference {
    /// In the primary metric.
    pub(super) fn primary(
        observed: &Observed,
        signals: &[&SignalOutcome],
        mode: Mode,
        options: &ReportOptions,
    ) -> Self {
        let metric = Metric::NetReturnPerSignal;
        let samples = Samples::of(signals, metric, mode);
        let days = samples.day_sums();
        let confidence = options.confidence();
        Self {
            metric,
            a: Arm::of(&samples.control),
            b: Arm::of(&samples.variant),
            compared: samples.compared(),
            estimate: estimate(&samples),
            welch: welch(&samples.control, &samples.variant, confidence)
                .map(TTest::from)
                .into(),
            paired: samples
                .pairs
                .as_ref()
                .map(|pairs| one_sample(pairs, confidence).map(TTest::from).into()),
            by_day: by_day::compare(&days, confidence).map(TTest::from).into(),
            bootstrap: bootstrap(&days, options).into(),
            sequential: Sequential::of(observed, &samples.days, options.alpha()),
        }
    }

    /// The fewest observations of either engine; in a paired experiment, pairs.
    pub fn fewest(&self) -> usize {
        let [a, b] = self.compared;
        a.min(b)
    }

    /// The standard error to plan by: the larger one of the test by signals (or pairs) and the
    /// test by days, so that days that go together count, and few days by chance too alike don't.
    pub fn standard_error(&self) -> Option<f64> {
        let by_signal = self.paired.as_ref().unwrap_or(&self.welch);
        let errors = [by_signal, &self.by_day];
        let known = errors.iter().filter_map(|test| test.known());
        known.map(|test| test.standard_error).max_by(f64::total_cmp)
    }
}

impl Arm {
    fn of(sample: &[f64]) -> Self {
        let moments = Moments::of(sample).ok();
        Self {
            n: sample.len(),
            mean: moments.map(|it| it.mean()),
            deviation: moments.and_then(|it| it.sample_deviation()),
        }
    }
}

impl From<Welch> for TTest {
    fn from(test: Welch) -> Self {
        Self {
            difference: test.difference,
            standard_error: test.standard_error,
            t: test.t,
            df: test.df,
            p: test.p_two_sided,
            interval: test.interval.into(),
        }
    }
}

impl From<OneSample> for TTest {
    fn from(test: OneSample) -> Self {
        Self {
            difference: test.mean,
            standard_error: test.standard_error,
            t: test.t,
            df: test.df,
            p: test.p_two_sided,
            interval: test.interval.into(),
        }
    }
}

fn estimate(samples: &Samples) -> Option<f64> {
    let mean = |sample: &[f64]| super::figures::mean(sample);
    match &samples.pairs {
        Some(pairs) => mean(pairs),
        None => Some(mean(&samples.variant)? - mean(&samples.control)?),
    }
}

fn bootstrap(days: &[by_day::Day], options: &ReportOptions) -> Result<Bootstrap, StatisticsError> {
    let mut draws = fastrand::Rng::with_seed(options.seed());
    let plan = Plan {
        replicates: options.replicates(),
        confidence: options.confidence(),
    };
    let found = by_day::bootstrap(days, plan, |n| draws.usize(..n))?;
    Ok(Bootstrap {
        difference: found.estimate,
        interval: found.bca.interval.into(),
        replicates: plan.replicates,
        days: days.len(),
    })
}
