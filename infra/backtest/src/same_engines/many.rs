//! Many runs, and how often a difference was found that isn't there.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::scope;

use quant::statistics::proportions::Proportion;
use serde::Serialize;
use tokio::runtime::Builder;

use super::one::{OneRun, one_run};
use super::{SameEnginesError, SameEnginesPlan};

/// How sure the interval around a rate is.
const CONFIDENCE: f64 = 0.95;

/// How often something happened.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rate {
    /// How often.
    pub found: usize,
    /// Of how many.
    pub of: usize,
    /// The share, from 0 to 1.
    pub share: f64,
    /// The lower end of Wilson's interval of 95 %.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// What many runs came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SameEngines {
    /// Runs.
    pub runs: usize,
    /// Signals whose result is known, of the first copy and of the second, in all runs.
    pub signals: [usize; 2],
    /// Positions that were opened.
    pub positions: usize,
    /// Looks at positions.
    pub looks: usize,
    /// Runs in which the sequential test ever found a difference.
    pub sequential: Rate,
    /// Runs in which Welch's test of the whole sample did; for comparison.
    pub fixed_sample: Rate,
}

impl SameEngines {
    /// Whether the sequential test finds what isn't there more often than its level allows, as
    /// sure as the interval is.
    pub fn is_broken(&self, alpha: f64) -> bool {
        self.sequential.low > alpha
    }
}

/// Makes all runs on so many threads. The result doesn't depend on how many there are; `done` is
/// told how many runs are, after each.
pub fn run_many(
    plan: &SameEnginesPlan,
    threads: usize,
    mut done: impl FnMut(usize),
) -> Result<SameEngines, SameEnginesError> {
    let (next, stop) = (AtomicU32::new(0), AtomicBool::new(false));
    let (sender, results) = channel();
    let mut runs = scope(|scope| {
        let workers: Vec<_> = (0..threads.max(1))
            .map(|_| {
                let (sender, next, stop) = (sender.clone(), &next, &stop);
                scope.spawn(move || take_runs(plan, next, stop, &sender))
            })
            .collect();
        drop(sender);
        let mut runs = Vec::new();
        for result in &results {
            stop.fetch_or(result.is_err(), Ordering::Relaxed);
            runs.push(result?);
            done(runs.len());
        }
        let panicked = workers.into_iter().any(|worker| worker.join().is_err());
        if panicked {
            return Err(SameEnginesError::Panicked);
        }
        Ok(runs)
    })?;
    runs.sort_by_key(|run| run.number);
    Ok(summed(&runs, plan.alpha))
}

/// Makes run after run until there is none left, or one failed.
fn take_runs(
    plan: &SameEnginesPlan,
    next: &AtomicU32,
    stop: &AtomicBool,
    results: &Sender<Result<OneRun, SameEnginesError>>,
) {
    let runtime = match Builder::new_current_thread().enable_time().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = results.send(Err(error.into()));
            return;
        }
    };
    while !stop.load(Ordering::Relaxed) {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= plan.runs
            || results
                .send(runtime.block_on(one_run(plan, number)))
                .is_err()
        {
            return;
        }
    }
}

fn summed(runs: &[OneRun], alpha: f64) -> SameEngines {
    let total = |of: fn(&OneRun) -> usize| runs.iter().map(of).sum();
    let found = |is_found: &dyn Fn(&OneRun) -> bool| {
        let found = runs.iter().filter(|run| is_found(run)).count();
        rate(found, runs.len())
    };
    SameEngines {
        runs: runs.len(),
        signals: [
            total(|run| run.verdict.signals[0]),
            total(|run| run.verdict.signals[1]),
        ],
        positions: total(|run| run.positions),
        looks: total(|run| run.looks),
        sequential: found(&|run| run.verdict.found_sequential),
        fixed_sample: found(&|run| run.verdict.p_welch.is_some_and(|p| p < alpha)),
    }
}

#[expect(clippy::cast_precision_loss, reason = "runs are few")]
fn rate(found: usize, of: usize) -> Rate {
    let proportion = Proportion::new(found, of).ok();
    let interval = proportion.and_then(|it| it.wilson(CONFIDENCE).ok());
    Rate {
        found,
        of,
        share: found as f64 / (of.max(1)) as f64,
        low: interval.map_or(0.0, |it| it.low),
        high: interval.map_or(1.0, |it| it.high),
    }
}
