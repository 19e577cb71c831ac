//! `parallax close`: closes a position by hand.

use std::process::ExitCode;

use clap::Parser;
use closing::{ClosedByHand, Waiting};
use domain::{Engine, SignalId};
use serde_json::json;

use super::running_stack::{ByArgument, EngineArgument, controls};
use super::{DataDirArgument, Outcome};

/// Options of `close`.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    /// The signal whose position it is, as the webhook answered it.
    signal_id: SignalId,
    /// The position of this engine; of each that has one unless told otherwise.
    #[arg(long, value_enum)]
    engine: Option<EngineArgument>,
    #[command(flatten)]
    by: ByArgument,
    /// Print what happened as one JSON document.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data_dir: DataDirArgument,
}

pub(super) async fn run(arguments: Arguments) -> Outcome {
    let controls = controls(&arguments.data_dir.data_dir).await?;
    let id = arguments.signal_id;
    let engines = arguments.engine.map(Engine::from);
    let engines = engines.map_or(Engine::ALL.to_vec(), |only| vec![only]);
    let mut found = Vec::new();
    for engine in engines {
        let closed = controls
            .close_by_hand(id, engine, &arguments.by.name)
            .await?;
        found.extend((closed != ClosedByHand::NotFound).then_some((engine, closed)));
    }
    if found.is_empty() {
        let told = "`parallax trace` tells what became of the signal";
        return Err(format!("there is no position of signal {id}; {told}").into());
    }
    if arguments.json {
        let positions = found.iter().map(|(engine, closed)| {
            json!({ "signal_id": id, "engine": engine, "outcome": name(*closed) })
        });
        let report = json!({ "positions": positions.collect::<Vec<_>>() });
        println!("{}", serde_json::to_string_pretty(&report)?);
        return Ok(ExitCode::SUCCESS);
    }
    for (engine, closed) in found {
        println!("engine {engine}  {id}: {}", words(closed));
    }
    Ok(ExitCode::SUCCESS)
}

/// What became of a position, for programs.
pub(super) fn name(closed: ClosedByHand) -> &'static str {
    match closed {
        ClosedByHand::Begun => "begun",
        ClosedByHand::Noted(Waiting::ForTheOpen) => "waits_for_the_open",
        ClosedByHand::Noted(Waiting::ForTheExit) => "exit_under_way",
        ClosedByHand::AlreadyClosed => "already_closed",
        ClosedByHand::NotFound => "not_found",
    }
}

/// The same for people.
pub(super) fn words(closed: ClosedByHand) -> &'static str {
    match closed {
        ClosedByHand::Begun => "its exit has begun",
        ClosedByHand::Noted(Waiting::ForTheOpen) => {
            "the market is closed; it is closed at the next open"
        }
        ClosedByHand::Noted(Waiting::ForTheExit) => {
            "an exit is under way; should that fail, it is closed all the same"
        }
        ClosedByHand::AlreadyClosed => "it is closed already",
        ClosedByHand::NotFound => "it is gone",
    }
}
