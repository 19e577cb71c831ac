//! `parallax experiment`: what is done about experiments.

mod aa;

use clap::{Parser, Subcommand};

use super::Outcome;

/// Options of `experiment`.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Compare two copies of Engine A again and again, and count how often a difference is found
    /// that isn't there.
    Aa(aa::Arguments),
}

pub(super) async fn run(arguments: Arguments) -> Outcome {
    match arguments.verb {
        Verb::Aa(arguments) => aa::run(arguments).await,
    }
}
