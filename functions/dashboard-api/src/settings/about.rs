//! What each setting is for: the words of its own documentation, which the API's document has too.

use std::collections::BTreeMap;

use domain::Flags;
use domain::experiment::RoutingRules;
use domain::settings::{CommitteeRules, ExitRules, RiskLimits, StrikeSelection, TradingRules};
use serde_json::Value;
use utoipa::PartialSchema;

use super::KindName;

/// What the settings of a kind are for, by name.
pub(super) fn words(kind: KindName) -> BTreeMap<String, String> {
    match kind {
        KindName::ExitRules => of::<ExitRules>(),
        KindName::RiskLimits => of::<RiskLimits>(),
        KindName::TradingRules => of::<TradingRules>(),
        KindName::StrikeSelection => of::<StrikeSelection>(),
        KindName::Committee => of::<CommitteeRules>(),
        KindName::FeatureFlags => of::<Flags>(),
        KindName::Routing => of::<RoutingRules>(),
    }
}

fn of<T: PartialSchema>() -> BTreeMap<String, String> {
    let schema = serde_json::to_value(T::schema()).unwrap_or_default();
    let properties = schema["properties"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    let described = properties.into_iter().filter_map(|(name, it)| {
        let words = description(&it)?;
        Some((name, words))
    });
    described.collect()
}

/// A type of its own is described beside its reference.
fn description(property: &Value) -> Option<String> {
    let words = property["description"].as_str();
    let words = words.or_else(|| property["oneOf"][0]["description"].as_str());
    words.map(|words| words.replace('\n', " "))
}
