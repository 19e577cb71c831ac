//! Lists by kind and time, from an index that may lag.

use chrono::{DateTime, Utc};
use domain::SignalId;
use domain::signal::Signal;

use super::Ledger;
use crate::error::StorageError;
use crate::item::{Record, number, text, text_of};

const INDEX: &str = "by_kind";

impl Ledger {
    /// The signals that came in from `from` on and before `to`, the oldest first.
    pub async fn signals_between(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<SignalId>, StorageError> {
        let mut found = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(INDEX)
            .key_condition_expression("kind_key = :kind AND at_ms BETWEEN :from AND :last")
            .expression_attribute_values(":kind", text(Signal::KIND))
            .expression_attribute_values(":from", number(from.timestamp_millis()))
            .expression_attribute_values(":last", number(to.timestamp_millis() - 1))
            .into_paginator()
            .items()
            .send();
        let mut ids = Vec::new();
        while let Some(item) = found.next().await {
            let item = item.map_err(StorageError::aws("Query"))?;
            let pk = text_of(&item, "pk").and_then(|pk| pk.strip_prefix("SIGNAL#"));
            ids.extend(pk.and_then(|id| id.parse::<SignalId>().ok()));
        }
        Ok(ids)
    }
}
