//! `parallax trace`: the life of a signal, from the ledger of a running or a stopped stack.

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use domain::SignalId;
use runtime::aws::Endpoints;
use runtime::{AwsClients, Entropy, Environment};
use storage::Ledger;
use storage::ledger::Trace;

use super::{DataDirArgument, Outcome, timeline};
use local_stack::account::AccountId;
use local_stack::aws::{AwsChoice, LocalAws, sdk_config};
use local_stack::data_dir::{self, DataDir};

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
    if let Some(running) = data_dir::running(dir) {
        return Ok(ledger(&running.dynamodb_url)
            .await?
            .trace(signal_id)
            .await?);
    }
    if !dir.join("dynamodb.sqlite").exists() {
        return Err(format!(
            "{} holds no ledger; start a stack with scripts/up",
            dir.display()
        )
        .into());
    }
    // No stack runs: read its tables without it.
    let taken = DataDir::take(dir)?;
    let aws = LocalAws::start(&AwsChoice::over(taken.path())).await?;
    let trace = ledger(aws.dynamodb_url()).await?.trace(signal_id).await;
    aws.stop().await?;
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
