//! `bench`: figures of the whole stack on this machine, printed as tables and kept as JSON.
//! Nothing here passes or fails; `docs/benchmarks.md` tells what each figure means.
#![allow(
    clippy::cast_precision_loss,
    reason = "what is counted here is far below 2^52"
)]

mod alerts;
mod backtested;
mod cold_start;
mod copying;
mod cost;
mod courier;
mod engine_b;
mod evidence;
mod figures;
mod market;
mod opening;
mod overview;
mod refresh;
mod report;
mod seeding;
mod simulated;
mod stage;
mod watch;
mod webhook;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use runtime::Environment;
use runtime::telemetry::{chain, start_text};

use report::Report;

/// What can go wrong: anything, and then there is no figure.
type AnyError = Box<dyn Error + Send + Sync>;

/// Figures of the whole stack: latencies, round trips, capacity, cost.
#[derive(Debug, Parser)]
#[command(name = "scripts/bench", max_term_width = 100)]
struct Arguments {
    /// What to measure; everything unless told otherwise.
    #[arg(value_enum)]
    sections: Vec<Section>,
    /// Where the JSON files go, one for each section.
    #[arg(long, value_name = "DIR", default_value = "target/bench")]
    out: PathBuf,
}

/// A group of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Section {
    /// What the webhook does for one alert, how long it takes, how many it takes in.
    Webhook,
    /// From the alert to the open position.
    Opening,
    /// What Engine B's agents and their vote take, and an alert until it has decided.
    EngineB,
    /// Calls, units and dollars for a million signals.
    Cost,
    /// What a signal's evidence takes, by the size of its chain.
    Evidence,
    /// What asking the real market takes, by its providers' stand-ins.
    MarketData,
    /// A refresh and a pass of the exit monitor, by positions and contracts.
    Refresh,
    /// The dashboard's first page, by how much was ever closed.
    Overview,
    /// Alerts and bars that a backtest gets through.
    Backtest,
    /// What the simulator covers in its time.
    Simulation,
    /// From the start of each function's program to its first answer, and its size.
    ColdStart,
}

impl Section {
    async fn measure(self) -> Result<Report, AnyError> {
        match self {
            Self::Webhook => Box::pin(webhook::measure()).await,
            Self::Opening => Box::pin(opening::measure()).await,
            Self::EngineB => Box::pin(engine_b::measure()).await,
            Self::Cost => Box::pin(cost::measure()).await,
            Self::Evidence => Box::pin(evidence::measure()).await,
            Self::MarketData => Box::pin(market::measure()).await,
            Self::Refresh => Box::pin(refresh::measure()).await,
            Self::Overview => Box::pin(overview::measure()).await,
            Self::Backtest => Box::pin(backtested::measure()).await,
            Self::Simulation => simulated::measure(),
            Self::ColdStart => Box::pin(cold_start::measure()).await,
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    start_text(
        &[("LOG_LEVEL".to_owned(), "off".to_owned())]
            .into_iter()
            .collect::<Environment>(),
    );
    match run(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {}", chain(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Result<(), AnyError> {
    let sections = match arguments.sections.as_slice() {
        [] => Section::value_variants(),
        named => named,
    };
    for section in sections {
        let report = section.measure().await?;
        report.print();
        report.keep(&arguments.out)?;
    }
    Ok(())
}

/// Tells how far it is.
fn progress(line: &str) {
    eprintln!("bench: {line}");
}
