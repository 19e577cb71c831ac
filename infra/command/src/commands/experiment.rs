//! `parallax experiment`: begin one, end one, look at it, and report what it shows.

mod aa;
mod planned;
mod report;

use clap::{Parser, Subcommand, ValueEnum};
use domain::Mode;

use super::Outcome;

/// How signals are shared out between the engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ModeArgument {
    /// Each signal goes to both engines.
    Paired,
    /// Each signal goes to one of them, by its hash.
    Split,
}

impl From<ModeArgument> for Mode {
    fn from(mode: ModeArgument) -> Self {
        match mode {
            ModeArgument::Paired => Self::Paired,
            ModeArgument::Split => Self::Split,
        }
    }
}

/// Options of `experiment`.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Begin an experiment. While it runs, both engines have the same limits.
    Start(planned::StartArguments),
    /// End the experiment that runs.
    Stop(planned::StopArguments),
    /// Print the experiment and all its versions, as JSON.
    Show(planned::ShowArguments),
    /// Tell which engine is better, and how sure one can be.
    Report(report::Arguments),
    /// Compare two copies of Engine A again and again, and count how often a difference is found
    /// that isn't there.
    Aa(aa::Arguments),
}

pub(super) async fn run(arguments: Arguments) -> Outcome {
    match arguments.action {
        Action::Start(arguments) => planned::start(arguments).await,
        Action::Stop(arguments) => planned::stop(arguments).await,
        Action::Show(arguments) => planned::show(arguments).await,
        Action::Aa(arguments) => aa::run(arguments).await,
        Action::Report(arguments) => Box::pin(report::run(arguments)).await,
    }
}
