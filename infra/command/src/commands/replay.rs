//! `parallax replay`: makes decisions again from what was stored, as they were, or under other
//! weights and flags.

mod changed;

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Parser;
use domain::SignalId;
use domain::calendar::midnight;
use history::{History, Replay};

use super::running_stack::surroundings_on;
use super::{DataDirArgument, Outcome};

/// Options of `replay`.
#[derive(Debug, Parser)]
#[command(group = clap::ArgGroup::new("what").required(true))]
pub(super) struct Arguments {
    /// Make the decisions on this signal again, and compare them byte for byte.
    #[arg(group = "what")]
    signal_id: Option<SignalId>,
    /// Vote again on every signal from this New York date on, without asking any market.
    #[arg(long, value_name = "DATE", group = "what")]
    since: Option<NaiveDate>,
    /// The committee's rules to vote under: a JSON file with the fields of the kind `committee`,
    /// such as `{"weights": {"technical": 40}, "enter_at_points": 65}`.
    #[arg(long, value_name = "FILE", requires = "since")]
    weights: Option<PathBuf>,
    /// The flags to vote under: a JSON file such as `{"enable_orb_specialist": true}`.
    #[arg(long, value_name = "FILE", requires = "since")]
    flags: Option<PathBuf>,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data_dir: DataDirArgument,
}

pub(super) async fn run(arguments: Arguments) -> Outcome {
    let surroundings = surroundings_on(&arguments.data_dir.data_dir).await?;
    let history = History::new(&surroundings)?;
    if let Some(signal_id) = arguments.signal_id {
        return one(&history, signal_id, arguments.json).await;
    }
    let from = arguments.since.map(midnight).unwrap_or_default();
    let files = (arguments.weights.as_deref(), arguments.flags.as_deref());
    let changes = changed::read(files, &surroundings).await?;
    let now = surroundings.clock.now();
    changed::run(&history, (from, now), &changes, arguments.json).await
}

async fn one(history: &History, signal_id: SignalId, as_json: bool) -> Outcome {
    let replays = history.replay(signal_id).await?;
    let is_same = replays.iter().all(|replay| replay.differences.is_empty());
    if as_json {
        println!("{}", serde_json::to_string_pretty(&replays)?);
    } else if replays.is_empty() {
        println!("no engine has decided on it");
    } else {
        replays.iter().for_each(tell);
    }
    Ok(if is_same {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn tell(replay: &Replay) {
    let engine = replay.engine;
    if replay.differences.is_empty() {
        println!("engine {engine}: decided again, identical to the byte");
    }
    for difference in &replay.differences {
        println!("engine {engine}: {} differs", difference.of);
        println!("  stored: {}", difference.stored);
        println!("  again:  {}", difference.again);
    }
}
