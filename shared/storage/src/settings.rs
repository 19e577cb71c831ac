//! Settings: versioned, the newest enabled version of each kind in force, laid over the
//! environment's and the defaults' values.
//!
//! What is in force stands once more in a partition of its own, written together with its
//! version: so reading all kinds is one Query.

mod experiments;
mod history;
mod in_force;
mod kind;
mod version;
mod writing;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use aws_sdk_dynamodb::Client;
use domain::settings::SettingsProblem;
use domain::{FlagOverrides, Settings};
use runtime::environment::{Environment, MissingVariable};
use runtime::{AwsClients, Configuration};
use serde_json::{Map, Value};

use crate::error::StorageError;

pub use experiments::ExperimentError;
pub use history::SettingsChange;
use in_force::InForce;
pub use kind::SettingsKind;
pub use version::{SettingsVersion, in_form_of};

/// How long a version is used before the table is read again: changes are seen within it.
const FRESH_FOR: Duration = Duration::from_secs(10);

/// A new version of some settings.
#[derive(Debug, Clone, PartialEq)]
pub struct NewVersion<'a> {
    /// Which kind.
    pub kind: SettingsKind,
    /// The values that it sets; others come from the environment or the defaults.
    pub values: Map<String, Value>,
    /// Whether it is in force; a disabled version leaves the one before it in force.
    pub enabled: bool,
    /// Who made it.
    pub changed_by: &'a str,
    /// When.
    pub changed_at: chrono::DateTime<chrono::Utc>,
}

/// What holds below the table, and above it.
#[derive(Debug, Clone, Default)]
pub struct SettingsBase {
    /// The environment's values over the defaults; the table's are laid over these.
    pub settings: Settings,
    /// The flags that the environment settles, whatever the table says.
    pub flags: FlagOverrides,
}

impl From<&Configuration> for SettingsBase {
    fn from(configuration: &Configuration) -> Self {
        Self {
            settings: configuration.settings.clone(),
            flags: configuration.flags,
        }
    }
}

impl From<Settings> for SettingsBase {
    fn from(settings: Settings) -> Self {
        Self {
            settings,
            ..Self::default()
        }
    }
}

/// The settings table, over the values that hold without it.
#[derive(Debug, Clone)]
pub struct SettingsTable {
    client: Client,
    table: String,
    base: SettingsBase,
    kept: Arc<Mutex<Option<(Instant, Settings)>>>,
}

impl SettingsTable {
    /// The table whose name stands in `SETTINGS_TABLE`; `base` holds where it says nothing.
    pub fn new(
        aws: &AwsClients,
        environment: &Environment,
        base: impl Into<SettingsBase>,
    ) -> Result<Self, MissingVariable> {
        let table = environment.require("SETTINGS_TABLE")?.to_owned();
        Ok(Self {
            client: aws.dynamodb.clone(),
            table,
            base: base.into(),
            kept: Arc::default(),
        })
    }

    /// The settings in force. A change is seen within ten seconds.
    pub async fn current(&self) -> Result<Settings, StorageError> {
        if let Some((read_at, settings)) = self.kept()
            && read_at.elapsed() < FRESH_FOR
        {
            return Ok(settings);
        }
        let settings = self.in_force().await?.over(&self.base)?;
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((Instant::now(), settings.clone()));
        Ok(settings)
    }

    /// The settings in force or, where they can't be read now, the last that were read; the
    /// environment's, if none ever were. The error that stood in the way comes with them.
    pub async fn current_or_last(&self) -> (Settings, Option<StorageError>) {
        match self.current().await {
            Ok(settings) => (settings, None),
            Err(error) => {
                let last = self.kept().map(|(_, settings)| settings);
                (
                    last.unwrap_or_else(|| self.base.settings.clone()),
                    Some(error),
                )
            }
        }
    }

    /// Writes the next version of a kind and returns its number. A version that would make the
    /// settings in force unusable is refused, and so is the second of two written at once.
    pub async fn put_version(&self, new: &NewVersion<'_>) -> Result<u32, StorageError> {
        let newest = self.newest_number(new.kind).await?;
        self.put_after(newest, new).await
    }

    /// The same by somebody who has seen version `seen` in force (0 if there was none): refused as
    /// changed if another one is by now.
    pub async fn put_version_over(
        &self,
        seen: u32,
        new: &NewVersion<'_>,
    ) -> Result<u32, StorageError> {
        // In this order: what is written after the first read takes the number that is next.
        let newest = self.newest_number(new.kind).await?;
        let in_force = self.version_in_force(new.kind).await?;
        if in_force.map_or(0, |it| it.number) != seen {
            return Err(StorageError::Changed { kind: "SETTINGS" });
        }
        self.put_after(newest, new).await
    }

    async fn put_after(
        &self,
        newest: Option<u32>,
        new: &NewVersion<'_>,
    ) -> Result<u32, StorageError> {
        let version = newest.unwrap_or(0) + 1;
        let item = version::item(new, version)?;
        if new.enabled {
            let settings = self
                .in_force()
                .await?
                .with(new.kind, &item)
                .over(&self.base)?;
            refuse(problems_where_set(new.kind, &settings))?;
        }
        writing::put(&self.client, &self.table, new, item).await?;
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(version)
    }

    /// The version of a kind that is in force, if there is one.
    pub async fn version_in_force(
        &self,
        kind: SettingsKind,
    ) -> Result<Option<SettingsVersion>, StorageError> {
        let item = self.in_force().await?.take(kind);
        item.map(version::read).transpose()
    }

    async fn in_force(&self) -> Result<InForce, StorageError> {
        InForce::read(&self.client, &self.table).await
    }

    fn kept(&self) -> Option<(Instant, Settings)> {
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// What could be lived with, and is refused all the same where somebody sets it.
fn problems_where_set(kind: SettingsKind, settings: &Settings) -> Vec<SettingsProblem> {
    let mut problems = decisions::agents::unknown_weights(&settings.committee);
    match kind {
        SettingsKind::FeatureFlags | SettingsKind::Routing => {
            problems.extend(settings.problems_where_set());
        }
        SettingsKind::Experiment => problems.extend(settings.problems_of_start()),
        _ => {}
    }
    problems
}

fn refuse(problems: Vec<SettingsProblem>) -> Result<(), StorageError> {
    if problems.is_empty() {
        Ok(())
    } else {
        Err(StorageError::UnusableSettings { problems })
    }
}
