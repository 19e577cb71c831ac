//! `/api/settings/…`: what is in force, and who changed it?

mod about;
mod change;
mod kinds;
mod read;

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::{Engine, Halt};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use storage::page::PageLimit;
use storage::{SettingsKind, SettingsVersion};
use utoipa::{IntoParams, ToSchema};

use crate::extract::{Fields, Named};
use crate::list::{Listed, PageQuery};
use crate::problem::{Problem, Refusals};
use crate::sources::Shared;

pub(crate) use change::{__path_change, change};

/// A kind of settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KindName {
    ExitRules,
    RiskLimits,
    TradingRules,
    StrikeSelection,
    Committee,
    FeatureFlags,
    Routing,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ValueSource {
    Environment,
    Table,
    Default,
}

/// A setting.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SettingShown {
    pub(crate) name: String,
    /// What is in force; amounts and per cent as text.
    pub(crate) value: Value,
    pub(crate) default: Value,
    pub(crate) source: ValueSource,
    /// What it is for.
    #[schema(required)]
    pub(crate) about: Option<String>,
    /// The lowest and the highest that are accepted, as text.
    #[schema(required)]
    pub(crate) range: Option<[String; 2]>,
}

/// A kind of settings, and its version.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SettingsGroup {
    pub(crate) kind: KindName,
    /// The version in force; 0 where the table has none.
    pub(crate) version: u32,
    #[schema(required)]
    pub(crate) changed_by: Option<String>,
    #[schema(required)]
    pub(crate) changed_at: Option<DateTime<Utc>>,
    pub(crate) settings: Vec<SettingShown>,
}

/// A flag.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FlagShown {
    pub(crate) flag: &'static str,
    pub(crate) set: bool,
    /// Whether it has effect: it is set, and so is what it needs.
    pub(crate) on: bool,
    pub(crate) source: ValueSource,
    /// The flag that it needs.
    #[schema(required)]
    pub(crate) needs: Option<&'static str>,
}

/// An engine's kill switch.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct KillSwitch {
    pub(crate) engine: Engine,
    /// Who stopped its entries, when and why; null while they go on.
    #[schema(required)]
    pub(crate) halt: Option<Halt>,
    /// Who worked it, newest first: the last ten.
    pub(crate) newest: Vec<SwitchShown>,
}

/// Somebody stopped an engine's entries, or let them go on.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SwitchShown {
    pub(crate) halted: bool,
    pub(crate) by: String,
    pub(crate) at: DateTime<Utc>,
    /// Why they were stopped, also where that is over.
    pub(crate) why: String,
}

/// What is in force.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SettingsShown {
    pub(crate) groups: Vec<SettingsGroup>,
    pub(crate) flags: Vec<FlagShown>,
    pub(crate) kill_switches: Vec<KillSwitch>,
    /// The experiment that runs keeps both engines' limits equal.
    pub(crate) limits_are_equal: bool,
}

/// What is in force, where each value comes from, and its limits.
#[utoipa::path(get, path = "/api/settings/status", operation_id = "settings", tag = "settings",
    responses((status = 200, body = SettingsShown), Refusals))]
pub(crate) async fn status(State(sources): State<Shared>) -> Result<Json<SettingsShown>, Problem> {
    Ok(Json(read::shown(&sources).await?))
}

/// A change of settings.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SettingsChange {
    pub(crate) kind: String,
    pub(crate) version: u32,
    pub(crate) enabled: bool,
    pub(crate) changed_by: String,
    #[schema(required)]
    pub(crate) changed_at: Option<DateTime<Utc>>,
    /// The values that it sets.
    #[schema(value_type = Object)]
    pub(crate) values: serde_json::Map<String, Value>,
}

impl SettingsChange {
    fn of(kind: SettingsKind, version: SettingsVersion) -> Self {
        Self {
            kind: kind.name().to_owned(),
            version: version.number,
            enabled: version.enabled,
            changed_by: version.changed_by,
            changed_at: version.changed_at.parse().ok(),
            values: version.values,
        }
    }
}

/// The newest changes of all kinds, experiments too: who changed what, and when.
#[utoipa::path(get, path = "/api/settings/changes", operation_id = "settings_changes", tag = "settings",
    responses((status = 200, body = Listed<SettingsChange>), Refusals))]
pub(crate) async fn changes(
    State(sources): State<Shared>,
) -> Result<Json<Listed<SettingsChange>>, Problem> {
    let found = sources.settings.changes(PageLimit::default()).await?;
    let items = found
        .into_iter()
        .map(|it| SettingsChange::of(it.kind, it.version));
    Ok(Json(Listed {
        items: items.collect(),
        next_cursor: None,
    }))
}

/// Which kind.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct KindPath {
    #[param(inline)]
    pub(crate) kind: KindName,
}

/// The versions of a kind, the newest first.
#[utoipa::path(get, path = "/api/settings/{kind}/history", operation_id = "settings_history", tag = "settings", params(KindPath, PageQuery),
    responses((status = 200, body = Listed<SettingsChange>), Refusals))]
pub(crate) async fn history(
    State(sources): State<Shared>,
    Named(KindPath { kind }): Named<KindPath>,
    Fields(page): Fields<PageQuery>,
) -> Result<Json<Listed<SettingsChange>>, Problem> {
    let found = sources
        .settings
        .history(kind.into(), &page.request()?)
        .await?;
    Ok(Json(Listed::of(found, |it| {
        SettingsChange::of(kind.into(), it)
    })))
}
