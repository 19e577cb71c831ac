//! `parallax simulate`: runs the whole platform through seeded faults, and says which seeds broke
//! an invariant.

use std::ops::RangeInclusive;
use std::process::ExitCode;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{available_parallelism, scope};
use std::time::{Duration, Instant};

use clap::Parser;
use simulation::{Report, SimulationError, Simulator, Totals};

use super::{Outcome, TEMPLATE};

/// How often a long run tells how far it is.
const BETWEEN_LINES: Duration = Duration::from_secs(10);
/// Seeds beyond this many are counted and not shown.
const SHOWN_MAX: usize = 20;

/// Options of `simulate`.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    /// Seeds to run: `7`, or `1..10000`, both ends included.
    #[arg(
        long,
        value_name = "FROM..TO",
        default_value = "1..200",
        conflicts_with = "seed"
    )]
    seeds: Seeds,
    /// Run this seed alone.
    #[arg(long)]
    seed: Option<u64>,
    /// Print everything that happens in the run; needs --seed.
    #[arg(long, requires = "seed")]
    trace: bool,
    /// Threads; as many as there are cores unless told otherwise.
    #[arg(long)]
    threads: Option<usize>,
}

/// A range of seeds.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seeds(RangeInclusive<u64>);

impl FromStr for Seeds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| {
            let digits = text.trim().trim_start_matches('=');
            digits
                .parse::<u64>()
                .map_err(|_| format!("`{digits}` is no seed"))
        };
        let (from, to) = match text.split_once("..") {
            Some((from, to)) => (number(from)?, number(to)?),
            None => (number(text)?, number(text)?),
        };
        if from > to {
            return Err(format!("there is no seed from {from} to {to}"));
        }
        Ok(Self(from..=to))
    }
}

#[expect(clippy::unused_async, reason = "as every command")]
pub(super) async fn run(arguments: Arguments) -> Outcome {
    let simulator = Simulator::new(TEMPLATE)?;
    match arguments.seed {
        Some(seed) => one(&simulator, seed, arguments.trace),
        None => many(&simulator, &arguments.seeds, arguments.threads),
    }
}

fn one(simulator: &Simulator, seed: u64, trace: bool) -> Outcome {
    // A runtime within a runtime isn't allowed, so the run has a thread of its own.
    let report = scope(|threads| threads.spawn(|| simulator.run(seed, trace)).join());
    let report = report.map_err(|_| "the simulation panicked")??;
    for line in &report.journal {
        println!("{line}");
    }
    for violation in &report.violations {
        println!("VIOLATION {violation}");
    }
    println!("seed {seed}: {}", in_words(&report.totals));
    println!("digest {}", report.digest);
    Ok(exit_code(report.violations.len()))
}

fn many(simulator: &Simulator, seeds: &Seeds, threads: Option<usize>) -> Outcome {
    let cores = available_parallelism().map_or(1, usize::from);
    let threads = threads.unwrap_or(cores).max(1);
    let (next, started) = (AtomicU64::new(*seeds.0.start()), Instant::now());
    let (sender, reports) = channel();
    let summary = scope(|scope| {
        for _ in 0..threads {
            let sender = sender.clone();
            let (next, last) = (&next, *seeds.0.end());
            scope.spawn(move || take_seeds(simulator, next, last, &sender));
        }
        drop(sender);
        Summary::of(&reports, started)
    })?;
    summary.print(started.elapsed());
    Ok(exit_code(summary.failed))
}

/// Runs seed after seed until there is none left, or nobody listens any more.
fn take_seeds(
    simulator: &Simulator,
    next: &AtomicU64,
    last: u64,
    reports: &Sender<Result<Report, SimulationError>>,
) {
    loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed > last || reports.send(simulator.run(seed, false)).is_err() {
            return;
        }
    }
}

/// What many runs came to.
#[derive(Default)]
struct Summary {
    totals: Totals,
    failed: usize,
}

impl Summary {
    fn of(
        reports: &Receiver<Result<Report, SimulationError>>,
        started: Instant,
    ) -> Result<Self, SimulationError> {
        let mut summary = Self::default();
        let mut told_at = started;
        for report in reports {
            summary.add(&report?);
            if told_at.elapsed() >= BETWEEN_LINES {
                told_at = Instant::now();
                eprintln!(
                    "{} seeds, {} of them failed",
                    summary.totals.runs, summary.failed
                );
            }
        }
        Ok(summary)
    }

    fn add(&mut self, report: &Report) {
        self.totals += report.totals;
        if report.violations.is_empty() {
            return;
        }
        self.failed += 1;
        if self.failed <= SHOWN_MAX {
            let seed = report.seed;
            println!("seed {seed} failed; see it with: parallax simulate --seed {seed} --trace");
            for violation in report.violations.iter().take(3) {
                println!("  {violation}");
            }
        }
    }

    fn print(&self, elapsed: Duration) {
        println!("{}", in_words(&self.totals));
        let elapsed_ms = elapsed.as_millis().max(1);
        let signals = u128::from(self.totals.signals) * 1_000 / elapsed_ms;
        println!("{elapsed:.1?}, {signals} signals a second");
        let passed = self.totals.runs - self.failed as u64;
        println!("{passed} seeds passed, {} failed", self.failed);
    }
}

fn in_words(totals: &Totals) -> String {
    let Totals {
        alerts,
        signals,
        positions,
        closed,
        replayed,
        calls,
        faults,
        ..
    } = totals;
    let hours = totals.simulated().num_hours();
    format!(
        "{alerts} alerts, {signals} signals, {positions} positions ({closed} closed), \
         {replayed} decisions made again, \
         {calls} calls to AWS, {faults} faults, {hours} hours of simulated time"
    )
}

fn exit_code(failures: usize) -> ExitCode {
    if failures == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
