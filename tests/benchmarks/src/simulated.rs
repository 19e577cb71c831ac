//! The simulator: how much of the platform's life it covers in a second of one core.

use std::time::Instant;

use simulation::{Simulator, Totals};
use system_tests::harness::TEMPLATE;

use crate::report::{Report, Table};
use crate::{AnyError, progress};

const SEEDS: u64 = 200;
/// A slow machine runs fewer seeds than that.
const SECONDS_MAX: u64 = 180;

const NOTES: [&str; 2] = [
    "One thread. Each seed is a run of its own, with faults, and with all invariants checked.",
    "An hour is one of real time on one core.",
];

pub(crate) fn measure() -> Result<Report, AnyError> {
    // A runtime within a runtime isn't allowed, so the runs have a thread of their own.
    let run = std::thread::spawn(run).join();
    let (totals, seconds) = run.map_err(|_| "the simulation panicked")??;
    Ok(Report::new(
        "simulation",
        vec![table(&totals, seconds)],
        &NOTES,
    ))
}

fn run() -> Result<(Totals, f64), AnyError> {
    let simulator = Simulator::new(TEMPLATE)?;
    let (mut totals, started) = (Totals::default(), Instant::now());
    for seed in 1..=SEEDS {
        if seed % 50 == 1 {
            progress(&format!("simulation: {} of {SEEDS} seeds", seed - 1));
        }
        let report = simulator.run(seed, false)?;
        if let Some(violation) = report.violations.first() {
            return Err(format!("seed {seed}: {violation}").into());
        }
        totals += report.totals;
        if started.elapsed().as_secs() >= SECONDS_MAX {
            break;
        }
    }
    Ok((totals, started.elapsed().as_secs_f64()))
}

fn table(totals: &Totals, seconds: f64) -> Table {
    let title = format!("{} seeds in {seconds:.1} s on one core", totals.runs);
    let mut table = Table::new(title, &["what", "in all", "a second", "an hour"]);
    let hours = totals.simulated().num_minutes() as f64 / 60.0;
    for (name, count) in [
        ("seeds", totals.runs as f64),
        ("alerts", totals.alerts as f64),
        ("signals", totals.signals as f64),
        ("positions", totals.positions as f64),
        ("calls to AWS", totals.calls as f64),
        ("faults", totals.faults as f64),
        ("simulated hours", hours),
    ] {
        let rate = count / seconds;
        table.row([
            name.to_owned(),
            format!("{count:.0}"),
            format!("{rate:.1}"),
            format!("{:.0}", rate * 3_600.0),
        ]);
    }
    table
}
