//! Making the report: which signals it is of, and keeping it for a minute, since it reads each
//! signal's whole life.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use decisions::experiment::{ReportOptions, report};
use domain::Experiment;
use history::span;

use super::report::{ExperimentShown, ReportQuery};
use crate::problem::Problem;
use crate::sources::Shared;

/// Signals that one report is made of; for more there is the command.
const SIGNALS_MAX: usize = 5_000;
/// The seed of the bootstrap.
const SEED: u64 = 1;
/// The most days that may be asked for.
const DAYS_MAX: u32 = 366;

/// The report that is asked for.
pub(super) async fn read(
    sources: &Shared,
    query: &ReportQuery,
) -> Result<ExperimentShown, Problem> {
    let experiments = sources.settings.experiments().await?;
    let key = (query.clone(), experiments.clone());
    if let Some(kept) = sources.reports.kept(&key) {
        return Ok(kept);
    }
    let shown = made(sources, query, experiments).await?;
    sources.reports.keep(key, shown.clone());
    Ok(shown)
}

async fn made(
    sources: &Shared,
    query: &ReportQuery,
    experiments: Vec<Experiment>,
) -> Result<ExperimentShown, Problem> {
    let experiment = asked_for(query, &experiments)?;
    if experiment.is_none() && query.days.is_none() {
        let sentence =
            "There was no experiment yet: begin one, or look at the signals of some days.";
        return Ok(ExperimentShown {
            sentence: sentence.to_owned(),
            experiments,
            report: None,
        });
    }
    let span = span(experiment.as_ref(), query.days, sources.clock.now());
    refuse_too_many(sources, span).await?;
    let settings = sources.settings.current().await?;
    let capital = settings.trading_rules.starting_capital_usd;
    let observed = sources.history.observed(experiment, span, capital).await?;
    let report = report(&observed, &options());
    Ok(ExperimentShown {
        sentence: report.sentence(),
        experiments,
        report: Some(report),
    })
}

/// As the command has them, so that both print the same intervals.
fn options() -> ReportOptions {
    let usual = ReportOptions::default();
    ReportOptions::new(SEED, usual.replicates(), usual.confidence()).unwrap_or(usual)
}

/// The experiment that is meant; none where days are asked for, or there was none.
fn asked_for(
    query: &ReportQuery,
    experiments: &[Experiment],
) -> Result<Option<Experiment>, Problem> {
    if query
        .days
        .is_some_and(|days| !(1..=DAYS_MAX).contains(&days))
    {
        return Err(Problem::field("days", format!("must be 1 to {DAYS_MAX}")));
    }
    match (&query.id, query.days) {
        (Some(_), Some(_)) => Err(Problem::field("days", "goes without `id`")),
        (None, Some(_)) => Ok(None),
        (None, None) => Ok(experiments.first().cloned()),
        (Some(id), None) => {
            let found = experiments
                .iter()
                .find(|it| it.experiment_id == *id)
                .cloned();
            let none = || Problem::not_found(format!("there was no experiment `{id}`"));
            found.map(Some).ok_or_else(none)
        }
    }
}

async fn refuse_too_many(
    sources: &Shared,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<(), Problem> {
    let count = sources.history.signals(from, to).await?.len();
    if count <= SIGNALS_MAX {
        return Ok(());
    }
    let detail = format!(
        "there are {count} signals, and a report here is made of {SIGNALS_MAX} at most; \
         `parallax experiment report` makes it of all of them"
    );
    Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail))
}
