//! Experiments: their records are versions of settings, a version for the beginning and one for the
//! end.

use chrono::{DateTime, Utc};
use domain::{Experiment, ExperimentId};
use serde_json::{Map, Value};

use super::{NewVersion, SettingsKind, SettingsTable};
use crate::error::StorageError;
use crate::page::{PageLimit, PageRequest};

/// Why an experiment can't begin or end.
#[derive(Debug, thiserror::Error)]
pub enum ExperimentError {
    /// One at a time.
    #[error("`{0}` runs; end it first")]
    Runs(ExperimentId),
    /// The name salts the routing, so each has its own.
    #[error("`{0}` was the name of an earlier one: take another")]
    NameUsed(ExperimentId),
    /// There is none to end.
    #[error("no experiment runs")]
    NoneRuns,
    /// The table, or values that can't be used.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl SettingsTable {
    /// Every experiment as it stands, the newest first; no further back than 200 versions.
    pub async fn experiments(&self) -> Result<Vec<Experiment>, StorageError> {
        let page = PageRequest::first(PageLimit::MAX);
        let versions = self.history(SettingsKind::Experiment, &page).await?.items;
        let mut found: Vec<Experiment> = Vec::new();
        for version in versions.into_iter().filter(|version| version.enabled) {
            let record = serde_json::from_value(Value::Object(version.values));
            // A record of another form is no reason to hide the others.
            let Ok::<Experiment, _>(record) = record else {
                continue;
            };
            let is_known = found
                .iter()
                .any(|it| it.experiment_id == record.experiment_id);
            found.extend((!is_known).then_some(record));
        }
        Ok(found)
    }

    /// Begins an experiment, unless one runs or its name was used.
    pub async fn begin_experiment(
        &self,
        experiment: &Experiment,
        by: &str,
    ) -> Result<(), ExperimentError> {
        let (seen, running) = self.running_now().await?;
        if let Some(running) = running {
            return Err(ExperimentError::Runs(running.experiment_id));
        }
        let id = &experiment.experiment_id;
        if self.is_name_used(id).await? {
            return Err(ExperimentError::NameUsed(id.clone()));
        }
        self.put_experiment(seen, experiment, by, experiment.started_at)
            .await
    }

    /// Ends the experiment that runs, and returns its record.
    pub async fn end_experiment(
        &self,
        why: &str,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<Experiment, ExperimentError> {
        let (seen, running) = self.running_now().await?;
        let running = running.ok_or(ExperimentError::NoneRuns)?;
        let ended = Experiment {
            stopped_at: Some(now),
            stopped_because: Some(why.to_owned()),
            ..running
        };
        self.put_experiment(seen, &ended, by, now).await?;
        Ok(ended)
    }

    /// The version in force, and the experiment if it runs, as the table has them now: others may
    /// have begun or ended one since the settings were last read.
    async fn running_now(&self) -> Result<(u32, Option<Experiment>), StorageError> {
        let Some(version) = self.version_in_force(SettingsKind::Experiment).await? else {
            return Ok((0, None));
        };
        let seen = version.number;
        let unreadable = |source: serde_json::Error| StorageError::Unreadable {
            key: format!("SETTINGS#experiment V#{seen:08}"),
            kind: "experiment".to_owned(),
            source: source.into(),
        };
        let record = Value::Object(version.values);
        let record: Experiment = serde_json::from_value(record).map_err(unreadable)?;
        Ok((seen, Some(record).filter(Experiment::is_running)))
    }

    async fn is_name_used(&self, id: &ExperimentId) -> Result<bool, StorageError> {
        let page = PageRequest::first(PageLimit::MAX);
        let versions = self.history(SettingsKind::Experiment, &page).await?.items;
        let used = |values: &Map<String, Value>| {
            values.get("experiment_id").and_then(Value::as_str) == Some(id.as_str())
        };
        Ok(versions.iter().any(|version| used(&version.values)))
    }

    async fn put_experiment(
        &self,
        seen: u32,
        experiment: &Experiment,
        by: &str,
        changed_at: DateTime<Utc>,
    ) -> Result<(), ExperimentError> {
        let kind = SettingsKind::Experiment;
        let unstorable = |source: serde_json::Error| StorageError::Unstorable {
            kind: "EXPERIMENT",
            source: source.into(),
        };
        let record = serde_json::to_value(experiment).map_err(unstorable)?;
        let version = NewVersion {
            kind,
            values: record.as_object().cloned().unwrap_or_default(),
            enabled: true,
            changed_by: by,
            changed_at,
        };
        self.put_version_over(seen, &version).await?;
        Ok(())
    }
}
