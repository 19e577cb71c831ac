//! `parallax ledger`: everything that a stack has written as one file, back into another stack,
//! and the two held against each other.

mod archive;
mod attributes;
mod compare;
mod export;
mod import;
mod tables;

use std::error::Error;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::{DataDirArgument, Outcome};

type AnyError = Box<dyn Error + Send + Sync>;

/// Options of `ledger`.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
    /// Print one JSON document.
    #[arg(long, global = true)]
    json: bool,
    #[command(flatten)]
    data_dir: DataDirArgument,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write ledger, evidence and settings into a new file.
    Export {
        /// The file; one that is there isn't replaced.
        file: PathBuf,
        /// Also the users, with the hashes of their passwords.
        #[arg(long)]
        with_users: bool,
    },
    /// Read such a file into a stack that doesn't run and has nothing yet; a data directory that
    /// isn't there is made. Items of an older version are brought to this one.
    Import(import::Arguments),
    /// Hold a file against a stack, item by item.
    Compare {
        /// The file.
        file: PathBuf,
    },
}

pub(super) async fn run(arguments: Arguments) -> Outcome {
    let (dir, as_json) = (arguments.data_dir.data_dir, arguments.json);
    match arguments.action {
        Action::Export { file, with_users } => export::run(&dir, &file, with_users, as_json).await,
        Action::Import(options) => import::run(&dir, &options, as_json).await,
        Action::Compare { file } => compare::run(&dir, &file, as_json).await,
    }
}
