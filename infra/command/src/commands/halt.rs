//! `parallax halt` and `parallax resume`: stop entries at once, and let them go on.

use std::process::ExitCode;

use clap::Parser;
use clap::builder::NonEmptyStringValueParser;
use closing::{ControlError, Controls, Scope};
use domain::{Engine, Halt};
use serde_json::{Value, json};
use storage::ledger::Halted;

use super::running_stack::{ByArgument, EngineArgument, controls};
use super::{DataDirArgument, Outcome};

/// Options of `halt`.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    /// Stop this engine only; both unless told otherwise.
    #[arg(long, value_enum)]
    engine: Option<EngineArgument>,
    /// Why; it is written down, and every entry that is refused says it.
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    why: String,
    #[command(flatten)]
    by: ByArgument,
    /// Print what happened as one JSON document.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data_dir: DataDirArgument,
}

/// Options of `resume`.
#[derive(Debug, Parser)]
pub(super) struct ResumeArguments {
    /// Let this engine go on only; both unless told otherwise.
    #[arg(long, value_enum)]
    engine: Option<EngineArgument>,
    /// Print what happened as one JSON document.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    by: ByArgument,
    #[command(flatten)]
    data_dir: DataDirArgument,
}

/// What stopping an engine came to.
pub(super) struct Stopped {
    engine: Engine,
    halted: Halted,
}

impl Stopped {
    /// For people.
    pub(super) fn line(&self) -> String {
        let engine = self.engine;
        match &self.halted {
            Halted::Now => format!(
                "engine {engine}: entries are stopped, and what is held keeps its exits; \
                 `parallax resume --engine {engine}` lets them go on"
            ),
            Halted::Already(halt) => format!("engine {engine}: stopped already, {halt}"),
        }
    }

    /// For programs.
    pub(super) fn json(&self) -> Value {
        let standing = match &self.halted {
            Halted::Now => None,
            Halted::Already(halt) => Some(halt),
        };
        json!({ "engine": self.engine, "halted": true, "stood_already": standing })
    }
}

/// Stops the entries of an engine.
pub(super) async fn stop(
    controls: &Controls,
    engine: Engine,
    by: &str,
    why: &str,
) -> Result<Stopped, ControlError> {
    let halted = controls.halt(engine, by, why).await?;
    Ok(Stopped { engine, halted })
}

pub(super) async fn run(arguments: Arguments) -> Outcome {
    let controls = controls(&arguments.data_dir.data_dir).await?;
    let mut stopped = Vec::new();
    for engine in meant(arguments.engine) {
        stopped.push(stop(&controls, engine, &arguments.by.name, &arguments.why).await?);
    }
    let engines = stopped.iter().map(|it| (it.line(), it.json()));
    say(engines.collect(), arguments.json)
}

pub(super) async fn resume(arguments: ResumeArguments) -> Outcome {
    let controls = controls(&arguments.data_dir.data_dir).await?;
    let mut engines = Vec::new();
    for engine in meant(arguments.engine) {
        let lifted = controls.resume(engine, &arguments.by.name).await?;
        let json = json!({ "engine": engine, "halted": false, "lifted": lifted });
        engines.push((resumed(engine, lifted.as_ref()), json));
    }
    say(engines, arguments.json)
}

fn resumed(engine: Engine, lifted: Option<&Halt>) -> String {
    lifted.map_or_else(
        || format!("engine {engine}: it wasn't stopped"),
        |halt| format!("engine {engine}: entries go on; they were stopped {halt}"),
    )
}

fn meant(engine: Option<EngineArgument>) -> Vec<Engine> {
    let scope = Scope {
        engine: engine.map(Engine::from),
        symbol: None,
    };
    scope.engines().collect()
}

fn say(engines: Vec<(String, Value)>, as_json: bool) -> Outcome {
    let (lines, json): (Vec<String>, Vec<Value>) = engines.into_iter().unzip();
    if as_json {
        let report = json!({ "engines": json });
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        for line in lines {
            println!("{line}");
        }
    }
    Ok(ExitCode::SUCCESS)
}
