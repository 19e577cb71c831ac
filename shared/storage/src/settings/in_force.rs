//! What is in force: the newest enabled version of each kind, in one partition.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem};
use domain::Settings;
use domain::settings::{CommitteeRules, ExitRules, RiskLimits, StrikeSelection, TradingRules};

use super::version::{overlaid, whole};
use super::{SettingsBase, SettingsKind, refuse};
use crate::error::StorageError;
use crate::item::{Item, key_of, number, number_of, refuse_unknown_version, text, text_of};

const PARTITION: &str = "SETTINGS#IN_FORCE";
const OPERATION: &str = "TransactWriteItems";

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

/// Writes a version, and puts it in force, both or neither.
pub(super) async fn put(
    client: &Client,
    table: &str,
    kind: SettingsKind,
    version: Item,
) -> Result<(), StorageError> {
    let mut copy = version.clone();
    copy.insert("pk".to_owned(), text(PARTITION));
    copy.insert("sk".to_owned(), text(kind.name()));
    let number_of_version: u32 = number_of(&version, "number").unwrap_or_default();
    let new = Put::builder()
        .table_name(table)
        .set_item(Some(version.clone()))
        .condition_expression("attribute_not_exists(pk)")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        .build();
    let in_force = Put::builder()
        .table_name(table)
        .set_item(Some(copy))
        .condition_expression("attribute_not_exists(pk) OR #number < :number")
        .expression_attribute_names("#number", "number")
        .expression_attribute_values(":number", number(number_of_version))
        .build();
    let unbuilt = |source: aws_sdk_dynamodb::error::BuildError| StorageError::Aws {
        operation: OPERATION,
        source: source.into(),
    };
    let writes = [new.map_err(unbuilt)?, in_force.map_err(unbuilt)?];
    let sent = client
        .transact_write_items()
        .set_transact_items(Some(
            writes
                .map(|put| TransactWriteItem::builder().put(put).build())
                .into(),
        ))
        .send()
        .await;
    let Err(error) = sent else { return Ok(()) };
    match error.as_service_error() {
        Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
            let stood_there = cancelled.cancellation_reasons().first();
            let stood_there = stood_there.and_then(|reason| reason.item.as_ref());
            // The same version: it was written, and only the answer was lost.
            if stood_there == Some(&version) {
                return Ok(());
            }
            Err(StorageError::Changed { kind: kind.name() })
        }
        _ => Err(StorageError::aws(OPERATION)(error)),
    }
}
