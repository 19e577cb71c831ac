//! The bootstrap: how sure a statistic is, by drawing samples from the sample.
//!
//! What is drawn are clusters, since trades of one day go together: a cluster is a day's trades,
//! or one trade where days have no more. The caller passes in the draws, from a seeded generator.

use super::bootstrap_interval::{BcaInterval, bca};
use super::{StatisticsError, check_sample, check_share};

/// Fewer replicates make no `BCa` interval that is worth reporting.
pub const REPLICATES_DEFAULT: usize = 10_000;

/// What one cluster holds: a day's results, or one trade's.
pub type Cluster = Vec<f64>;

/// How to resample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// Samples to draw.
    pub replicates: usize,
    /// Of the interval, such as 0.95.
    pub confidence: f64,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            replicates: REPLICATES_DEFAULT,
            confidence: 0.95,
        }
    }
}

/// A statistic of a sample, how sure it is, and by how many clusters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bootstrapped {
    /// The statistic of the sample itself.
    pub estimate: f64,
    /// The interval around it.
    pub bca: BcaInterval,
}

/// Each observation as a cluster of its own.
pub fn single(observations: &[f64]) -> Vec<Cluster> {
    observations.iter().map(|value| vec![*value]).collect()
}

/// The `BCa` interval of a statistic of one sample of at least two clusters. `draw` says which of
/// so many clusters is taken next: a number below its argument, each equally likely.
pub fn one_sample(
    clusters: &[Cluster],
    statistic: impl Fn(&[f64]) -> Option<f64>,
    plan: Plan,
    draw: impl FnMut(usize) -> usize,
) -> Result<Bootstrapped, StatisticsError> {
    of_samples(&[clusters], |samples| statistic(&samples[0]), plan, draw)
}

/// The `BCa` interval of what a statistic of the variant exceeds that of the control by. The two
/// are drawn independently.
pub fn difference(
    control: &[Cluster],
    variant: &[Cluster],
    statistic: impl Fn(&[f64]) -> Option<f64>,
    plan: Plan,
    draw: impl FnMut(usize) -> usize,
) -> Result<Bootstrapped, StatisticsError> {
    let exceeds = |samples: &[Vec<f64>]| Some(statistic(&samples[1])? - statistic(&samples[0])?);
    of_samples(&[control, variant], exceeds, plan, draw)
}

fn of_samples(
    samples: &[&[Cluster]],
    statistic: impl Fn(&[Vec<f64>]) -> Option<f64>,
    plan: Plan,
    mut draw: impl FnMut(usize) -> usize,
) -> Result<Bootstrapped, StatisticsError> {
    check(samples, plan)?;
    let statistic = |drawn: &[Vec<f64>]| statistic(drawn).filter(|value| value.is_finite());
    let whole: Vec<Vec<f64>> = samples.iter().map(|clusters| clusters.concat()).collect();
    let estimate = statistic(&whole).ok_or(StatisticsError::Absent(1))?;
    let jackknife = jackknife(samples, &whole, statistic)?;
    let mut drawn = whole;
    let replicates = (0..plan.replicates).map(|_| {
        redraw(samples, &mut drawn, &mut draw);
        statistic(&drawn)
    });
    let replicates = all_present(replicates)?;
    let bca = bca(estimate, &replicates, &jackknife, plan.confidence)?;
    Ok(Bootstrapped { estimate, bca })
}

fn check(samples: &[&[Cluster]], plan: Plan) -> Result<(), StatisticsError> {
    check_share("the confidence", plan.confidence)?;
    for clusters in samples {
        check_sample(&clusters.concat(), 2)?;
        if clusters.len() < 2 {
            return Err(StatisticsError::TooFew {
                given: clusters.len(),
                needed: 2,
            });
        }
    }
    Ok(())
}

/// Draws as many clusters as each sample has, with replacement.
fn redraw(samples: &[&[Cluster]], drawn: &mut [Vec<f64>], draw: &mut impl FnMut(usize) -> usize) {
    for (clusters, drawn) in samples.iter().zip(drawn) {
        drawn.clear();
        for _ in 0..clusters.len() {
            let taken = clusters.get(draw(clusters.len()));
            drawn.extend(taken.into_iter().flatten());
        }
    }
}

/// The statistic without each cluster in turn, for each sample.
fn jackknife(
    samples: &[&[Cluster]],
    whole: &[Vec<f64>],
    statistic: impl Fn(&[Vec<f64>]) -> Option<f64>,
) -> Result<Vec<Vec<f64>>, StatisticsError> {
    let mut lists = Vec::new();
    for (place, clusters) in samples.iter().enumerate() {
        let mut left = whole.to_vec();
        let values = (0..clusters.len()).map(|out| {
            left[place] = [&clusters[..out], &clusters[out + 1..]].concat().concat();
            statistic(&left)
        });
        lists.push(all_present(values)?);
    }
    Ok(lists)
}

/// Leaving out the samples that have no such statistic would narrow the interval unseen.
pub(super) fn all_present(
    values: impl Iterator<Item = Option<f64>>,
) -> Result<Vec<f64>, StatisticsError> {
    let values: Vec<Option<f64>> = values.collect();
    let present: Vec<f64> = values.iter().copied().flatten().collect();
    match values.len() - present.len() {
        0 => Ok(present),
        absent => Err(StatisticsError::Absent(absent)),
    }
}
