//! `parallax trace`: the life of a signal, from the ledger of a running or a stopped stack.

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use domain::SignalId;
use runtime::aws::Endpoints;
use runtime::{AwsClients, Entropy, Environment};
use storage::Ledger;
use storage::ledger::Trace;

use super::stored::Stored;
use super::{DataDirArgument, Outcome, timeline};
use local_stack::account::AccountId;
use local_stack::aws::sdk_config;

/// Options of `trace`.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    /// The signal's id, as the webhook answered it.
    signal_id: SignalId,
    /// Print the items as they stand in the ledger, as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data_dir: DataDirArgument,
}

pub(super) async fn run(arguments: Arguments) -> Outcome {
    let trace = read(&arguments.data_dir.data_dir, arguments.signal_id).await?;
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&trace.items)?);
    } else {
        print!("{}", timeline::of(&trace));
    }
    Ok(ExitCode::SUCCESS)
}

async fn read(
    dir: &Path,
    signal_id: SignalId,
) -> Result<Trace, Box<dyn std::error::Error + Send + Sync>> {
    let stored = Stored::of(dir).await?;
    let ledger = ledger(&stored.endpoints.dynamodb_url).await?;
    let trace = ledger.trace(signal_id).await;
    stored.close().await?;
    Ok(trace?)
}

/// The ledger of the stack whose `DynamoDB` answers there.
pub(super) async fn ledger(
    dynamodb_url: &str,
) -> Result<Ledger, Box<dyn std::error::Error + Send + Sync>> {
    let endpoints = Endpoints {
        dynamodb: Some(dynamodb_url.to_owned()),
        ..Endpoints::default()
    };
    let clients = AwsClients::new(&sdk_config(AccountId::EMBEDDED).await, &endpoints);
    let named = [("LEDGER_TABLE".to_owned(), "ledger-table".to_owned())];
    let environment: Environment = named.into_iter().collect();
    Ok(Ledger::new(&clients, &environment, Entropy::ambient())?)
}
