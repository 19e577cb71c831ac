//! Settings: versioned, the newest enabled version of each kind in force, laid over the
//! environment's and the defaults' values.

mod version;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use domain::Settings;
use domain::settings::{ExitRules, RiskLimits, StrikeSelection, TradingRules};
use runtime::AwsClients;
use runtime::environment::{Environment, MissingVariable};
use serde_json::{Map, Value};

use crate::error::StorageError;
use crate::item::{Item, key_of, number_of, refuse_unknown_version, text};

/// How long a version is used before the table is read again: changes are seen within it.
const FRESH_FOR: Duration = Duration::from_secs(10);
/// Disabled versions that are skipped in search of an enabled one.
const SEARCH_PAGE: i32 = 20;

/// A kind of settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingsKind {
    /// When positions are closed.
    ExitRules,
    /// How much an engine may hold and lose.
    RiskLimits,
    /// What is traded, and how fills are modelled.
    TradingRules,
    /// How the contract of an entry is chosen from a chain.
    StrikeSelection,
}

impl SettingsKind {
    /// The kind's name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::ExitRules => "exit_rules",
            Self::RiskLimits => "risk_limits",
            Self::TradingRules => "trading_rules",
            Self::StrikeSelection => "strike_selection",
        }
    }

    fn partition(self) -> String {
        format!("SETTINGS#{}", self.name())
    }
}

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

/// The settings table, over the values that hold without it.
#[derive(Debug, Clone)]
pub struct SettingsTable {
    client: Client,
    table: String,
    base: Settings,
    kept: Arc<Mutex<Option<(Instant, Settings)>>>,
}

impl SettingsTable {
    /// The table whose name stands in `SETTINGS_TABLE`; `base` holds where it says nothing.
    pub fn new(
        aws: &AwsClients,
        environment: &Environment,
        base: Settings,
    ) -> Result<Self, MissingVariable> {
        let table = environment.require("SETTINGS_TABLE")?.to_owned();
        Ok(Self {
            client: aws.dynamodb.clone(),
            table,
            base,
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
        let settings = self.read_with(None).await?;
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((Instant::now(), settings.clone()));
        Ok(settings)
    }

    /// Writes the next version of a kind and returns its number. A version that would make the
    /// settings in force unusable is refused, and so is the second of two written at once.
    pub async fn put_version(&self, new: &NewVersion<'_>) -> Result<u32, StorageError> {
        let newest = self.newest(new.kind, false).await?;
        let newest = newest.and_then(|item| number_of::<u32>(&item, "number"));
        let version = newest.unwrap_or(0) + 1;
        let item = version::item(new, version)?;
        if new.enabled {
            self.read_with(Some((new.kind, &item))).await?;
        }
        self.put(new.kind, item).await?;
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(version)
    }

    async fn put(&self, kind: SettingsKind, item: Item) -> Result<(), StorageError> {
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item.clone()))
            .condition_expression("attribute_not_exists(pk)")
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        let Err(error) = put else { return Ok(()) };
        match error.as_service_error() {
            // The same version: it was written, and only the answer was lost.
            Some(PutItemError::ConditionalCheckFailedException(refused))
                if refused.item.as_ref() == Some(&item) =>
            {
                Ok(())
            }
            Some(PutItemError::ConditionalCheckFailedException(_)) => {
                Err(StorageError::Changed { kind: kind.name() })
            }
            _ => Err(StorageError::aws("PutItem")(error)),
        }
    }

    /// The settings in force; `proposed` takes the place of the version of its kind.
    async fn read_with(
        &self,
        proposed: Option<(SettingsKind, &Item)>,
    ) -> Result<Settings, StorageError> {
        let in_force = async |kind| match proposed {
            Some((of, item)) if of == kind => Ok(Some(item.clone())),
            _ => self.newest(kind, true).await,
        };
        let (exit_rules, risk_limits, trading_rules, strike_selection) = tokio::try_join!(
            in_force(SettingsKind::ExitRules),
            in_force(SettingsKind::RiskLimits),
            in_force(SettingsKind::TradingRules),
            in_force(SettingsKind::StrikeSelection),
        )?;
        let mut settings = self.base.clone();
        (settings.exit_rules, settings.versions.exit_rules) =
            version::overlaid::<ExitRules>(&self.base.exit_rules, exit_rules)?;
        (settings.risk_limits, settings.versions.risk_limits) =
            version::overlaid::<RiskLimits>(&self.base.risk_limits, risk_limits)?;
        (settings.trading_rules, settings.versions.trading_rules) =
            version::overlaid::<TradingRules>(&self.base.trading_rules, trading_rules)?;
        (
            settings.strike_selection,
            settings.versions.strike_selection,
        ) = version::overlaid::<Box<StrikeSelection>>(
            &self.base.strike_selection,
            strike_selection,
        )?;
        match settings.problems() {
            problems if problems.is_empty() => Ok(settings),
            problems => Err(StorageError::UnusableSettings { problems }),
        }
    }

    async fn newest(
        &self,
        kind: SettingsKind,
        enabled_only: bool,
    ) -> Result<Option<Item>, StorageError> {
        let mut versions = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(kind.partition()))
            .scan_index_forward(false)
            .consistent_read(true)
            .limit(if enabled_only { SEARCH_PAGE } else { 1 })
            .into_paginator()
            .items()
            .send();
        while let Some(item) = versions.next().await {
            let item = item.map_err(StorageError::aws("Query"))?;
            let enabled = item
                .get("enabled")
                .and_then(|value| value.as_bool().ok())
                .copied();
            if !enabled_only || enabled == Some(true) {
                refuse_unknown_version(&item, &key_of(&item))?;
                return Ok(Some(item));
            }
        }
        Ok(None)
    }

    fn kept(&self) -> Option<(Instant, Settings)> {
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
