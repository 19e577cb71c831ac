//! The kinds of settings as plain values, by name.

use domain::Flags;
use domain::Settings;
use domain::experiment::RoutingRules;
use domain::settings::{CommitteeRules, ExitRules, RiskLimits, StrikeSelection, TradingRules};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use storage::SettingsKind;

use super::KindName;
use crate::problem::Problem;

impl KindName {
    /// All that this API shows and changes; experiments have routes of their own.
    pub(super) const ALL: [Self; 7] = [
        Self::ExitRules,
        Self::RiskLimits,
        Self::TradingRules,
        Self::StrikeSelection,
        Self::Committee,
        Self::FeatureFlags,
        Self::Routing,
    ];
}

impl From<KindName> for SettingsKind {
    fn from(kind: KindName) -> Self {
        match kind {
            KindName::ExitRules => Self::ExitRules,
            KindName::RiskLimits => Self::RiskLimits,
            KindName::TradingRules => Self::TradingRules,
            KindName::StrikeSelection => Self::StrikeSelection,
            KindName::Committee => Self::Committee,
            KindName::FeatureFlags => Self::FeatureFlags,
            KindName::Routing => Self::Routing,
        }
    }
}

/// The values of a kind.
pub(super) fn values(kind: KindName, settings: &Settings) -> Map<String, Value> {
    match kind {
        KindName::ExitRules => by_name(&settings.exit_rules),
        KindName::RiskLimits => by_name(&settings.risk_limits),
        KindName::TradingRules => by_name(&settings.trading_rules),
        KindName::StrikeSelection => by_name(&settings.strike_selection),
        KindName::Committee => by_name(&settings.committee),
        KindName::FeatureFlags => by_name(&settings.flags),
        KindName::Routing => by_name(&settings.routing),
    }
}

/// Refuses values that a kind can't have, by name.
pub(super) fn refuse_unreadable(
    kind: KindName,
    current: &Map<String, Value>,
    values: &Map<String, Value>,
) -> Result<(), Problem> {
    let mut whole = current.clone();
    whole.extend(values.clone());
    let whole = Value::Object(whole);
    match kind {
        KindName::ExitRules => read::<ExitRules>(&whole),
        KindName::RiskLimits => read::<RiskLimits>(&whole),
        KindName::TradingRules => read::<TradingRules>(&whole),
        KindName::StrikeSelection => read::<StrikeSelection>(&whole),
        KindName::Committee => read::<CommitteeRules>(&whole),
        KindName::FeatureFlags => read::<Flags>(&whole),
        KindName::Routing => read::<RoutingRules>(&whole),
    }
}

fn by_name(record: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(record) {
        Ok(Value::Object(values)) => values,
        _ => Map::new(),
    }
}

fn read<T: DeserializeOwned>(whole: &Value) -> Result<(), Problem> {
    let read = serde_path_to_error::deserialize::<_, T>(whole);
    read.map(drop).map_err(|error| {
        let path = error.path().to_string();
        Problem::field(&path, error.inner().to_string())
    })
}
