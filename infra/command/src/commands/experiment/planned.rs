//! The record of an experiment: beginning, end, and how it looks.

use std::process::ExitCode;

use clap::Parser;
use domain::experiment::{Guardrails, PlannedSample, PrimaryMetric};
use domain::{Experiment, ExperimentId, Percent};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use storage::settings::SettingsKind;
use storage::{PageLimit, PageRequest};

use super::ModeArgument;
use crate::commands::running_stack::{ByArgument, settings_at};
use crate::commands::{DataDirArgument, Outcome};

/// Versions that are shown.
const SHOWN: PageLimit = PageLimit::near(50);

/// Options of `experiment start`.
#[derive(Debug, Parser)]
pub(super) struct StartArguments {
    /// Its name: 1 to 40 of a-z, 0-9 and -. It salts the routing, so take another for each.
    id: ExperimentId,
    /// What is expected, in words; written down before the first signal.
    #[arg(long, value_name = "TEXT")]
    hypothesis: String,
    /// Whether each signal goes to one engine or to both. Paired tells more from less.
    #[arg(long, value_enum, default_value_t = ModeArgument::Paired)]
    mode: ModeArgument,
    /// Engine A's share of the signals in split mode, in percent.
    #[arg(long, value_name = "PERCENT", default_value_t = 50)]
    split: u8,
    /// The effect that would matter, in percent of the premium for each signal: the sequential
    /// test is tuned to it.
    #[arg(long, value_name = "PERCENT", default_value = "5")]
    expected_effect: Decimal,
    /// Signals that each engine is to have before it is judged.
    #[arg(long, value_name = "COUNT", default_value_t = PlannedSample::default().signals_per_engine)]
    signals: u32,
    /// Trading days before it is judged.
    #[arg(long, value_name = "COUNT", default_value_t = PlannedSample::default().sessions)]
    sessions: u32,
    #[command(flatten)]
    by: ByArgument,
    #[command(flatten)]
    data_dir: DataDirArgument,
}

/// Options of `experiment stop`.
#[derive(Debug, Parser)]
pub(super) struct StopArguments {
    /// Why; it is written down.
    #[arg(long, value_name = "TEXT")]
    why: String,
    #[command(flatten)]
    by: ByArgument,
    #[command(flatten)]
    data_dir: DataDirArgument,
}

/// Options of `experiment show`.
#[derive(Debug, Parser)]
pub(super) struct ShowArguments {
    #[command(flatten)]
    data_dir: DataDirArgument,
}

pub(super) async fn start(arguments: StartArguments) -> Outcome {
    let at = settings_at(&arguments.data_dir.data_dir).await?;
    let experiment = Experiment {
        experiment_id: arguments.id,
        hypothesis: arguments.hypothesis,
        primary_metric: PrimaryMetric::default(),
        guardrails: Guardrails::default(),
        planned: PlannedSample {
            signals_per_engine: arguments.signals,
            sessions: arguments.sessions,
        },
        expected_effect_percent: Percent(arguments.expected_effect),
        mode: arguments.mode.into(),
        split_percentage: arguments.split,
        started_at: at.now,
        stopped_at: None,
        stopped_because: None,
    };
    let by = &arguments.by.name;
    at.table.begin_experiment(&experiment, by).await?;
    let (id, mode) = (&experiment.experiment_id, experiment.mode);
    println!("`{id}` runs, {mode}; every function sees it within ten seconds");
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn stop(arguments: StopArguments) -> Outcome {
    let at = settings_at(&arguments.data_dir.data_dir).await?;
    let by = &arguments.by.name;
    let ended = at.table.end_experiment(&arguments.why, by, at.now).await?;
    println!("`{}` has ended", ended.experiment_id);
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn show(arguments: ShowArguments) -> Outcome {
    let at = settings_at(&arguments.data_dir.data_dir).await?;
    let asked = PageRequest::first(SHOWN);
    let versions = at.table.history(SettingsKind::Experiment, &asked).await?;
    let versions: Vec<Value> = versions
        .items
        .into_iter()
        .map(|it| {
            let (by, at) = (it.changed_by, it.changed_at);
            json!({ "version": it.number, "changed_by": by, "changed_at": at, "record": it.values })
        })
        .collect();
    println!("{}", serde_json::to_string_pretty(&versions)?);
    Ok(ExitCode::SUCCESS)
}
