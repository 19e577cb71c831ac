//! The command line: start the stack, send it alerts, read what became of them, step in by hand,
//! look for what is wrong.

mod alert;
mod backtest;
mod close;
mod dlq;
mod doctor;
mod experiment;
mod flags;
mod flatten;
mod halt;
mod ledger;
mod positioning;
mod replay;
mod running_stack;
mod settings;
mod simulate;
mod stored;
mod timeline;
mod trace;
mod up;
mod user;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use runtime::telemetry::chain;

/// Paper trading of options on TradingView alerts.
#[derive(Debug, Parser)]
#[command(name = "parallax", version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the whole stack on this machine (the default command).
    Up(up::Arguments),
    /// Send correctly signed alerts, shaped as TradingView sends them.
    Alert(alert::Arguments),
    /// Tell the life of a signal, from the alert to the closed position.
    Trace(trace::Arguments),
    /// Close a position by hand: now, or at the next open.
    Close(close::Arguments),
    /// Close every position; with --halt, stop entries first.
    Flatten(flatten::Arguments),
    /// Stop entries at once. What is held keeps its exits.
    Halt(halt::Arguments),
    /// Let entries go on that `halt` stopped.
    Resume(halt::ResumeArguments),
    /// Show Engine B's feature flags, or turn them on and off.
    Flags(flags::Arguments),
    /// Show and set rules, limits, weights and routing.
    Settings(settings::Arguments),
    /// Show who may sign in to the dashboard; add, change and remove users.
    User(user::Arguments),
    /// Begin and end experiments, and report which engine is better.
    Experiment(experiment::Arguments),
    /// Make decisions again from what was stored: as they were, or under other weights.
    Replay(replay::Arguments),
    /// Tell how others stand in a symbol's options: gamma exposure, walls, flip, flow.
    Positioning(positioning::Arguments),
    /// Show the messages that were received too often, and send them back to their queues.
    Dlq(dlq::Arguments),
    /// Export everything that was written into a file, import it into another stack, compare both.
    Ledger(ledger::Arguments),
    /// Look at everything that the stack needs, and say what is wrong and what to do.
    Doctor(doctor::Arguments),
    /// Run both engines over alerts and bars of the past, on simulated time.
    Backtest(backtest::Arguments),
    /// Run the platform through seeded faults, and check what must always hold.
    Simulate(simulate::Arguments),
    /// Print the table of environment variables that docs/configuration.md holds.
    Configuration,
}

/// The template that is deployed; the local stack and the simulator are made from it.
const TEMPLATE: &str = include_str!("../../../template.yaml");

/// The stack that hosts the dashboard's pages; the local stack takes its headers from it.
const HOSTING: &str = include_str!("../../../infra/dashboard.yaml");

/// Where the stack keeps its data unless it is told otherwise.
const DATA_DIR: &str = ".parallax";

/// Where the stack keeps its data.
#[derive(Debug, clap::Args)]
struct DataDirArgument {
    /// Where the stack keeps tables, queues, secrets and its clock.
    #[arg(long, value_name = "DIR", default_value = DATA_DIR, global = true)]
    data_dir: PathBuf,
}

/// What a command comes to: fine, or an error for people.
type Outcome = Result<ExitCode, Box<dyn Error + Send + Sync>>;

/// Runs the command of this process.
pub(crate) async fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        None => Box::pin(up::run(up::Arguments::parse_from(["parallax"]))).await,
        Some(Command::Up(arguments)) => Box::pin(up::run(arguments)).await,
        Some(Command::Alert(arguments)) => alert::run(arguments).await,
        Some(Command::Trace(arguments)) => trace::run(arguments).await,
        Some(Command::Close(arguments)) => close::run(arguments).await,
        Some(Command::Flatten(arguments)) => flatten::run(arguments).await,
        Some(Command::Halt(arguments)) => halt::run(arguments).await,
        Some(Command::Resume(arguments)) => halt::resume(arguments).await,
        Some(Command::Flags(arguments)) => flags::run(arguments).await,
        Some(Command::Settings(arguments)) => settings::run(arguments).await,
        Some(Command::User(arguments)) => user::run(arguments).await,
        Some(Command::Experiment(arguments)) => experiment::run(arguments).await,
        Some(Command::Replay(arguments)) => Box::pin(replay::run(arguments)).await,
        Some(Command::Positioning(arguments)) => positioning::run(arguments).await,
        Some(Command::Dlq(arguments)) => Box::pin(dlq::run(arguments)).await,
        Some(Command::Ledger(arguments)) => Box::pin(ledger::run(arguments)).await,
        Some(Command::Doctor(arguments)) => doctor::run(arguments).await,
        Some(Command::Backtest(arguments)) => Box::pin(backtest::run(arguments)).await,
        Some(Command::Simulate(arguments)) => simulate::run(arguments).await,
        Some(Command::Configuration) => {
            print!("{}", runtime::configuration::markdown_tables());
            Ok(ExitCode::SUCCESS)
        }
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("parallax: {}", chain(error.as_ref()));
        ExitCode::FAILURE
    })
}
