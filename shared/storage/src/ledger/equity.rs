//! Each engine's equity curve: one point a minute, a partition a day.

use chrono::{NaiveDate, TimeDelta};
use domain::calendar::trading_date;
use domain::{Engine, EquityPoint};

use super::Ledger;
use crate::error::StorageError;
use crate::item::{Record, decode_each, encode, text};
use crate::keys::Key;

/// How long the minutes of a day are kept. Days are kept for good, in the roll-ups.
const KEPT: TimeDelta = TimeDelta::days(400);

impl Record for EquityPoint {
    const KIND: &'static str = "EQUITY";
    fn key(&self) -> Key {
        let day = partition(self.engine, trading_date(self.at));
        Key::new(day, self.at.format("%Y-%m-%dT%H:%MZ").to_string())
    }
    fn expires_at_s(&self) -> Option<i64> {
        Some((self.at + KEPT).timestamp())
    }
}

fn partition(engine: Engine, date: NaiveDate) -> String {
    format!("{}#{engine}#{date}", EquityPoint::KIND)
}

impl Ledger {
    /// Writes a point. Written twice in a minute, the later one stands.
    pub async fn put_equity(&self, point: &EquityPoint) -> Result<(), StorageError> {
        self.client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(encode(point, 1)?))
            .send()
            .await
            .map(drop)
            .map_err(StorageError::aws("PutItem"))
    }

    /// The last point of a New York date.
    pub async fn last_equity_of(
        &self,
        engine: Engine,
        date: NaiveDate,
    ) -> Result<Option<EquityPoint>, StorageError> {
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(partition(engine, date)))
            .scan_index_forward(false)
            .limit(1)
            .send()
            .await
            .map_err(StorageError::aws("Query"))?;
        let points = decode_each::<EquityPoint>(answer.items.unwrap_or_default());
        Ok(points.into_iter().next().map(|point| point.record))
    }

    /// The points of a New York date, in order.
    pub async fn equity_of(
        &self,
        engine: Engine,
        date: NaiveDate,
    ) -> Result<Vec<EquityPoint>, StorageError> {
        let items = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(partition(engine, date)))
            .into_paginator()
            .items()
            .send()
            .collect::<Result<Vec<_>, _>>()
            .await
            .map_err(StorageError::aws("Query"))?;
        let points = decode_each::<EquityPoint>(items).into_iter();
        Ok(points.map(|point| point.record).collect())
    }
}
