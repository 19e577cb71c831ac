//! The controls of a stack that runs on this machine, reached through its own AWS.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use clap::ValueEnum;
use closing::Controls;
use domain::{Engine, FlagOverrides};
use local_stack::account::AccountId;
use local_stack::aws::sdk_config;
use local_stack::data_dir::{self, Running};
use local_stack::stack::read_template;
use runtime::clock::ManualClock;
use runtime::{Configuration, Entropy, Environment, Surroundings};
use serde::Serialize;
use serde_json::{Map, Value};
use storage::settings::{NewVersion, SettingsKind};
use storage::{SettingsTable, StorageError};

use super::{TEMPLATE, alert, doctor};

/// An engine, as an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum EngineArgument {
    #[value(name = "A", alias = "a")]
    A,
    #[value(name = "B", alias = "b")]
    B,
}

impl From<EngineArgument> for Engine {
    fn from(argument: EngineArgument) -> Self {
        match argument {
            EngineArgument::A => Self::A,
            EngineArgument::B => Self::B,
        }
    }
}

/// Who does something by hand.
#[derive(Debug, clap::Args)]
pub(super) struct ByArgument {
    /// Who wants it; it is written down.
    #[arg(
        long = "by",
        value_name = "NAME",
        env = "USER",
        hide_env_values = true,
        default_value = "operator"
    )]
    pub(super) name: String,
}

/// The settings of a running stack, with what is needed to change them.
pub(super) struct SettingsAt {
    pub(super) table: SettingsTable,
    /// The flags that the stack's environment settles.
    pub(super) flags: FlagOverrides,
    /// The stack's time.
    pub(super) now: DateTime<Utc>,
    pub(super) surroundings: Surroundings,
}

impl SettingsAt {
    /// Writes a version of a kind that sets what this record holds, and returns its number.
    pub(super) async fn put(
        &self,
        kind: SettingsKind,
        record: &impl Serialize,
        by: &str,
    ) -> Result<u32, Box<dyn Error + Send + Sync>> {
        let values = serde_json::to_value(record)?;
        let version = NewVersion {
            kind,
            values: values.as_object().cloned().unwrap_or_default(),
            enabled: true,
            changed_by: by,
            changed_at: self.now,
        };
        Ok(self.table.put_version(&version).await?)
    }

    /// What the version of a kind that is in force sets; nothing, if there is none.
    pub(super) async fn in_force(
        &self,
        kind: SettingsKind,
    ) -> Result<Map<String, Value>, StorageError> {
        Ok(self
            .table
            .version_in_force(kind)
            .await?
            .map(|it| it.values)
            .unwrap_or_default())
    }
}

/// The settings of the stack that runs on this directory.
pub(super) async fn settings_at(dir: &Path) -> Result<SettingsAt, Box<dyn Error + Send + Sync>> {
    let surroundings = surroundings_on(dir).await?;
    let Surroundings {
        aws,
        environment,
        configuration,
        clock,
        ..
    } = &surroundings;
    Ok(SettingsAt {
        table: SettingsTable::new(aws, environment, configuration)?,
        flags: configuration.flags,
        now: clock.now(),
        surroundings,
    })
}

/// The controls of the stack that runs on this directory.
pub(super) async fn controls(dir: &Path) -> Result<Controls, Box<dyn Error + Send + Sync>> {
    let surroundings = surroundings_on(dir).await?;
    // A market that can't be asked from here is left to the calendar.
    let market = market_data::for_a_look(&surroundings.configuration).ok();
    Ok(Controls::new(&surroundings, market)?)
}

/// What a function of the stack that runs on this directory would find around it.
pub(super) async fn surroundings_on(
    dir: &Path,
) -> Result<Surroundings, Box<dyn Error + Send + Sync>> {
    let running = data_dir::running(dir).ok_or_else(|| {
        format!(
            "no stack runs on {}; start one with scripts/up",
            dir.display()
        )
    })?;
    surroundings(running).await
}

/// What a function of that stack would find around it, at the stack's own time.
async fn surroundings(running: Running) -> Result<Surroundings, Box<dyn Error + Send + Sync>> {
    let health = format!("http://127.0.0.1:{}/health", running.port);
    let now = alert::stack_time(&alert::client()?, &health).await?;
    let aws = running.aws();
    let own: Environment = running.variables.into_iter().collect();
    let own = own.with(doctor::keys_around(&Environment::ambient()));
    let template = read_template(TEMPLATE, &own, &aws)?;
    let functions = template.functions.iter();
    let named = functions.flat_map(|function| function.environment.clone());
    Ok(Surroundings {
        configuration: Configuration::parse(&own)?,
        environment: own.with(named),
        aws: aws.product_clients(&sdk_config(AccountId::EMBEDDED).await),
        clock: Arc::new(ManualClock::at(now)),
        entropy: Entropy::ambient(),
    })
}
