//! Settings: versioned, the newest enabled version of each kind in force, laid over the
//! environment's and the defaults' values.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use aws_sdk_dynamodb::Client;
use domain::Settings;
use domain::settings::{ExitRules, RiskLimits, TradingRules};
use runtime::AwsClients;
use runtime::environment::{Environment, MissingVariable};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::StorageError;
use crate::item::{
    Item, SCHEMA_VERSION, key_of, number, number_of, refuse_unknown_version, text, text_of,
    unreadable,
};

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
}

impl SettingsKind {
    /// The kind's name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::ExitRules => "exit_rules",
            Self::RiskLimits => "risk_limits",
            Self::TradingRules => "trading_rules",
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
        let settings = self.read().await?;
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((Instant::now(), settings.clone()));
        Ok(settings)
    }

    /// Writes the next version of a kind and returns its number.
    pub async fn put_version(&self, new: &NewVersion<'_>) -> Result<u32, StorageError> {
        let newest = self.newest(new.kind, false).await?;
        let version = newest
            .as_ref()
            .and_then(|item| number_of(item, "number"))
            .unwrap_or(0)
            + 1;
        let values: serde_dynamo::AttributeValue = serde_dynamo::to_attribute_value(&new.values)
            .map_err(|source: serde_dynamo::Error| {
                unreadable(
                    &crate::keys::Key::new(new.kind.partition(), ""),
                    new.kind.name(),
                    source,
                )
            })?;
        self.client
            .put_item()
            .table_name(&self.table)
            .item("pk", text(new.kind.partition()))
            .item("sk", text(format!("V#{version:08}")))
            .item("version", number(SCHEMA_VERSION))
            .item("number", number(version))
            .item(
                "enabled",
                aws_sdk_dynamodb::types::AttributeValue::Bool(new.enabled),
            )
            .item("changed_by", text(new.changed_by))
            .item("changed_at", text(new.changed_at.to_rfc3339()))
            .item("values", values.into())
            .condition_expression("attribute_not_exists(pk)")
            .send()
            .await
            .map_err(StorageError::aws("PutItem"))?;
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(version)
    }

    async fn read(&self) -> Result<Settings, StorageError> {
        let (exit_rules, risk_limits, trading_rules) = tokio::try_join!(
            self.newest(SettingsKind::ExitRules, true),
            self.newest(SettingsKind::RiskLimits, true),
            self.newest(SettingsKind::TradingRules, true),
        )?;
        let mut settings = self.base.clone();
        (settings.exit_rules, settings.versions.exit_rules) =
            overlaid::<ExitRules>(&self.base.exit_rules, exit_rules)?;
        (settings.risk_limits, settings.versions.risk_limits) =
            overlaid::<RiskLimits>(&self.base.risk_limits, risk_limits)?;
        (settings.trading_rules, settings.versions.trading_rules) =
            overlaid::<TradingRules>(&self.base.trading_rules, trading_rules)?;
        Ok(settings)
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

/// `base` with a version's values laid over it, and the version's number.
fn overlaid<T>(base: &T, version: Option<Item>) -> Result<(T, u32), StorageError>
where
    T: Serialize + DeserializeOwned + Clone,
{
    let Some(mut item) = version else {
        return Ok((base.clone(), 0));
    };
    let key = key_of(&item);
    let kind = text_of(&item, "pk").unwrap_or_default().to_owned();
    let wrong = |source: serde_json::Error| unreadable(&key, &kind, source);
    let number = number_of(&item, "number").unwrap_or(0);
    let values: Map<String, Value> = match item.remove("values") {
        Some(values) => {
            serde_dynamo::from_attribute_value(serde_dynamo::AttributeValue::from(values))
                .map_err(|source: serde_dynamo::Error| unreadable(&key, &kind, source))?
        }
        None => Map::new(),
    };
    let mut whole = serde_json::to_value(base).map_err(wrong)?;
    if let Some(object) = whole.as_object_mut() {
        object.extend(values);
    }
    Ok((serde_json::from_value(whole).map_err(wrong)?, number))
}
