//! `parallax flatten`: closes all positions, and if asked stops entries first.

use std::process::ExitCode;

use clap::Parser;
use closing::{Flattened, HeldPosition, Scope};
use domain::{Engine, Symbol};
use runtime::telemetry::chain;
use serde_json::{Value, json};

use super::halt::{self, Stopped};
use super::running_stack::{ByArgument, EngineArgument, controls};
use super::{DataDirArgument, Outcome, close};

/// Options of `flatten`.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    /// Positions of this engine only.
    #[arg(long, value_enum)]
    engine: Option<EngineArgument>,
    /// Positions in this symbol only.
    #[arg(long)]
    symbol: Option<Symbol>,
    /// Stop entries first, in all symbols: without it, entries that are pending still fill.
    #[arg(long)]
    halt: bool,
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
    let scope = Scope {
        engine: arguments.engine.map(Engine::from),
        symbol: arguments.symbol,
    };
    let by = &arguments.by.name;
    let mut stopped = Vec::new();
    if arguments.halt {
        for engine in scope.engines() {
            stopped.push(halt::stop(&controls, engine, by, "to close everything").await?);
        }
    }
    let flattened = controls.flatten(&scope, by).await?;
    if arguments.json {
        let report = report(&stopped, &flattened);
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        for engine in &stopped {
            println!("{}", engine.line());
        }
        tell(&flattened, arguments.halt);
    }
    Ok(if is_complete(&flattened) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Whether nothing was missed that may still be held.
fn is_complete(flattened: &Flattened) -> bool {
    flattened.not_listed_yet == 0 && flattened.positions.iter().all(|it| it.closed.is_ok())
}

fn tell(flattened: &Flattened, is_halted: bool) {
    if flattened.positions.is_empty() {
        println!("nothing is open");
    }
    for position in &flattened.positions {
        println!("{}", line(position));
    }
    match (flattened.pending_entries, is_halted) {
        (0, _) => {}
        (count, true) => println!("{count} pending entries fail, since entries are stopped"),
        (count, false) => println!("{count} entries are pending and may fill; --halt stops them"),
    }
    if flattened.not_listed_yet > 0 {
        let count = flattened.not_listed_yet;
        println!("{count} more opened just now; flatten again in a moment");
    }
}

fn line(position: &HeldPosition) -> String {
    let HeldPosition {
        signal_id,
        engine,
        contract,
        closed,
    } = position;
    let said = match closed {
        Ok(closed) => close::words(*closed).to_owned(),
        Err(error) => format!("FAILED, try again: {}", chain(error)),
    };
    format!("engine {engine}  {signal_id}  {contract}: {said}")
}

fn report(stopped: &[Stopped], flattened: &Flattened) -> Value {
    let positions = flattened.positions.iter().map(|it| {
        let outcome = it.closed.as_ref().map_or("failed", |it| close::name(*it));
        json!({
            "signal_id": it.signal_id,
            "engine": it.engine,
            "contract": it.contract,
            "outcome": outcome,
            "error": it.closed.as_ref().err().map(|error| chain(error)),
        })
    });
    json!({
        "engines": stopped.iter().map(Stopped::json).collect::<Vec<_>>(),
        "positions": positions.collect::<Vec<_>>(),
        "pending_entries": flattened.pending_entries,
        "not_listed_yet": flattened.not_listed_yet,
    })
}
