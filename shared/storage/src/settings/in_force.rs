//! What is in force: the newest enabled version of each kind, in one partition.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use domain::Settings;
use domain::settings::{CommitteeRules, ExitRules, RiskLimits, StrikeSelection, TradingRules};

use super::version::{overlaid, whole};
use super::{SettingsBase, SettingsKind, refuse};
use crate::error::StorageError;
use crate::item::{Item, key_of, refuse_unknown_version, text, text_of};

/// Where the versions in force stand, by the names of their kinds.
pub(super) const PARTITION: &str = "SETTINGS#IN_FORCE";

/// The versions in force, by kind.
pub(super) struct InForce(HashMap<&'static str, Item>);

impl InForce {
    pub(super) async fn read(client: &Client, table: &str) -> Result<Self, StorageError> {
        let items: Vec<Item> = client
            .query()
            .table_name(table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(PARTITION))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send()
            .collect::<Result<_, _>>()
            .await
            .map_err(StorageError::aws("Query"))?;
        let mut found = HashMap::new();
        for item in items {
            refuse_unknown_version(&item, &key_of(&item))?;
            let kind = text_of(&item, "sk").and_then(SettingsKind::named);
            found.extend(kind.map(|kind| (kind.name(), item)));
        }
        Ok(Self(found))
    }

    /// The same with another version of one kind.
    pub(super) fn with(mut self, kind: SettingsKind, item: &Item) -> Self {
        self.0.insert(kind.name(), item.clone());
        self
    }

    /// The version of one kind.
    pub(super) fn take(mut self, kind: SettingsKind) -> Option<Item> {
        self.0.remove(kind.name())
    }

    /// What these versions make of the values below them.
    pub(super) fn over(mut self, base: &SettingsBase) -> Result<Settings, StorageError> {
        use SettingsKind as Kind;
        let mut settings = base.settings.clone();
        let (below, versions) = (&base.settings, &mut settings.versions);
        let mut take = |kind: Kind| self.0.remove(kind.name());
        (settings.exit_rules, versions.exit_rules) =
            overlaid::<ExitRules>(&below.exit_rules, take(Kind::ExitRules))?;
        (settings.risk_limits, versions.risk_limits) =
            overlaid::<RiskLimits>(&below.risk_limits, take(Kind::RiskLimits))?;
        (settings.trading_rules, versions.trading_rules) =
            overlaid::<TradingRules>(&below.trading_rules, take(Kind::TradingRules))?;
        (settings.strike_selection, versions.strike_selection) =
            overlaid::<Box<StrikeSelection>>(&below.strike_selection, take(Kind::StrikeSelection))?;
        (settings.committee, versions.committee) =
            overlaid::<Box<CommitteeRules>>(&below.committee, take(Kind::Committee))?;
        (settings.flags, versions.feature_flags) =
            overlaid(&below.flags, take(Kind::FeatureFlags))?;
        (settings.routing, versions.routing) = overlaid(&below.routing, take(Kind::Routing))?;
        (settings.experiment, versions.experiment) = whole(take(Kind::Experiment))?;
        settings.flags = base.flags.over(settings.flags);
        refuse(settings.problems())?;
        Ok(settings.with_equal_limits())
    }
}
