//! `parallax experiment report`.

use std::process::ExitCode;

use clap::Parser;
use decisions::experiment::{ReportOptions, report};
use domain::{Experiment, ExperimentId};
use history::{History, span};
use serde_json::Value;
use storage::settings::SettingsKind;
use storage::{PageLimit, PageRequest};

use crate::commands::running_stack::{SettingsAt, settings_at};
use crate::commands::{DataDirArgument, Outcome};

/// Options of `experiment report`.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    /// Which experiment; the newest, unless told otherwise.
    id: Option<ExperimentId>,
    /// Instead of an experiment: all signals of so many days up to now.
    #[arg(long, value_name = "DAYS", conflicts_with = "id", value_parser = clap::value_parser!(u16).range(1..=3_660))]
    days: Option<u16>,
    /// The seed of the bootstrap.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print the report as one JSON document.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data_dir: DataDirArgument,
}

pub(super) async fn run(arguments: Arguments) -> Outcome {
    let at = settings_at(&arguments.data_dir.data_dir).await?;
    let experiment = match arguments.days {
        Some(_) => None,
        None => Some(found(&at, arguments.id.as_ref()).await?),
    };
    let span = span(experiment.as_ref(), arguments.days.map(u32::from), at.now);
    let capital = at.table.current().await?.trading_rules.starting_capital_usd;
    let history = History::new(&at.surroundings)?;
    let observed = history.observed(experiment, span, capital).await?;
    let usual = ReportOptions::default();
    let options = ReportOptions::new(arguments.seed, usual.replicates(), usual.confidence())?;
    let report = report(&observed, &options);
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print!("{report}");
    }
    Ok(ExitCode::SUCCESS)
}

/// The newest version of the experiment.
async fn found(
    at: &SettingsAt,
    id: Option<&ExperimentId>,
) -> Result<Experiment, Box<dyn std::error::Error + Send + Sync>> {
    let searched = PageRequest::first(PageLimit::MAX);
    let versions = at.table.history(SettingsKind::Experiment, &searched);
    for version in versions.await?.items {
        let experiment: Experiment = serde_json::from_value(Value::Object(version.values))?;
        if id.is_none_or(|id| *id == experiment.experiment_id) {
            return Ok(experiment);
        }
    }
    let none = "there was no experiment yet; begin one with `parallax experiment start`, or report \
                on all signals with --days";
    Err(id
        .map_or_else(
            || none.to_owned(),
            |id| format!("there was no experiment `{id}`"),
        )
        .into())
}
