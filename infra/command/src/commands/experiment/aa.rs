//! `parallax experiment aa`: whether the experiment's test finds what isn't there.

use std::process::ExitCode;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use backtest::same_engines::{Rate, SameEngines, SameEnginesPlan, run_many};
use chrono::NaiveDate;
use clap::Parser;
use clap::builder::RangedU64ValueParser;
use domain::{Percent, Settings, Timeframe};
use rust_decimal::Decimal;
use serde_json::json;

use super::super::Outcome;

/// How often a long test tells how far it is.
const BETWEEN_LINES: Duration = Duration::from_secs(10);
/// The level at which a difference counts as found.
const ALPHA: f64 = 0.05;

/// Options of `experiment aa`.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    /// How many runs.
    #[arg(long, default_value_t = 1_000, value_parser = RangedU64ValueParser::<u32>::new().range(1..=1_000_000))]
    runs: u32,
    /// Decides all alerts, markets and the sharing out.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Sessions with alerts in each run.
    #[arg(long, default_value_t = 40, value_parser = RangedU64ValueParser::<u32>::new().range(1..=2_000))]
    days: u32,
    /// Alerts of each session, shared out between the copies.
    #[arg(long, value_name = "COUNT", default_value_t = 6, value_parser = RangedU64ValueParser::<u32>::new().range(1..=1_000))]
    alerts_per_day: u32,
    /// The first day of each run.
    #[arg(long, value_name = "DATE", default_value = "2026-01-05")]
    from: NaiveDate,
    /// How far time advances between two looks at what is held.
    #[arg(long, default_value = "30m", value_parser = Timeframe::parse)]
    step: Timeframe,
    /// The difference that the sequential test is tuned to, in percent of the premium for each
    /// signal.
    #[arg(long, value_name = "PERCENT", default_value = "10")]
    expected_effect: Decimal,
    /// Threads; as many as there are cores unless told otherwise. The result is the same.
    #[arg(long)]
    threads: Option<usize>,
    /// Print the result as one JSON document.
    #[arg(long)]
    json: bool,
}

#[expect(clippy::unused_async, reason = "as every command")]
pub(super) async fn run(arguments: Arguments) -> Outcome {
    let cores = available_parallelism().map_or(1, usize::from);
    let threads = arguments.threads.unwrap_or(cores);
    let plan = plan(&arguments);
    let started = Instant::now();
    let mut told_at = started;
    // A runtime within a runtime isn't allowed, so the runs have threads of their own.
    let found = run_many(&plan, threads, |done| {
        if told_at.elapsed() >= BETWEEN_LINES {
            told_at = Instant::now();
            eprintln!("{done} of {} runs", plan.runs);
        }
    })?;
    let seconds = started.elapsed().as_secs_f64();
    if arguments.json {
        let report = json!({
            "plan": {
                "runs": plan.runs, "seed": plan.seed, "from": plan.from, "days": plan.sessions,
                "alerts_per_day": plan.per_session, "step": plan.step.to_string(),
                "expected_effect_percent": plan.expected_effect_percent, "alpha": plan.alpha,
            },
            "found": found,
            "is_broken": found.is_broken(plan.alpha),
            "seconds": seconds,
        });
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print_report(&plan, &found, seconds);
    }
    Ok(if found.is_broken(plan.alpha) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn plan(arguments: &Arguments) -> SameEnginesPlan {
    SameEnginesPlan {
        runs: arguments.runs,
        seed: arguments.seed,
        from: arguments.from,
        sessions: arguments.days,
        per_session: arguments.alerts_per_day,
        step: arguments.step,
        expected_effect_percent: Percent(arguments.expected_effect),
        alpha: ALPHA,
        // The test must not depend on what the environment of whoever runs it says.
        settings: Settings::default(),
    }
}

fn print_report(plan: &SameEnginesPlan, found: &SameEngines, seconds: f64) {
    let [control, variant] = found.signals;
    println!(
        "{} runs of {} sessions: {control} and {variant} signals, {} positions, {seconds:.1} s",
        found.runs, plan.sessions, found.positions
    );
    println!("differences found between two copies of Engine A, at a level of {ALPHA}:");
    println!(
        "  always-valid test, a look after each day   {}",
        shown(&found.sequential)
    );
    println!(
        "  Welch's test, one look at the end          {}",
        shown(&found.fixed_sample)
    );
    println!(
        "{}",
        if found.is_broken(plan.alpha) {
            "The always-valid test finds more than its level allows: it can't be trusted."
        } else {
            "The always-valid test finds no more than its level allows."
        }
    );
}

fn shown(rate: &Rate) -> String {
    let percent = |share: f64| share * 100.0;
    format!(
        "{} of {}: {:.1} % (95 % interval {:.1} to {:.1})",
        rate.found,
        rate.of,
        percent(rate.share),
        percent(rate.low),
        percent(rate.high)
    )
}
