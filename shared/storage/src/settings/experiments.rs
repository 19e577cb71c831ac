//! Experiments: their records are versions of settings, a version for the beginning and one for the
//! end.

use chrono::{DateTime, Utc};
use domain::{Experiment, ExperimentId};
use serde_json::Value;

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
        let settings = self.current().await?;
        if let Some(running) = settings.running_experiment() {
            return Err(ExperimentError::Runs(running.experiment_id.clone()));
        }
        let id = &experiment.experiment_id;
        if self
            .experiments()
            .await?
            .iter()
            .any(|it| it.experiment_id == *id)
        {
            return Err(ExperimentError::NameUsed(id.clone()));
        }
        self.put_experiment(experiment, by, experiment.started_at)
            .await
    }

    /// Ends the experiment that runs, and returns its record.
    pub async fn end_experiment(
        &self,
        why: &str,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<Experiment, ExperimentError> {
        let settings = self.current().await?;
        let running = settings
            .running_experiment()
            .ok_or(ExperimentError::NoneRuns)?;
        let ended = Experiment {
            stopped_at: Some(now),
            stopped_because: Some(why.to_owned()),
            ..running.clone()
        };
        self.put_experiment(&ended, by, now).await?;
        Ok(ended)
    }

    async fn put_experiment(
        &self,
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
        self.put_version(&version).await?;
        Ok(())
    }
}
