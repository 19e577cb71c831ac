//! Reading vitals: the last hours of all functions, one Query for each day that they touch.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};
use futures::future::try_join_all;

use super::{LAST_PASS, partition};
use crate::error::StorageError;
use crate::item::{Item, key_of, number_of, refuse_unknown_version, text, text_of};
use crate::marks::MarketTable;

/// No reading goes further back: a week, in eight queries.
pub const HOURS_MAX: u32 = 7 * 24;
/// Numbers of an item that count nothing.
const NO_COUNTS: [&str; 3] = ["version", "expires_at", LAST_PASS];

/// What a function counted within an hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HourOfVitals {
    /// The function, or `market` for what all of them counted of the market.
    pub function: String,
    /// Where the hour begins.
    pub hour: DateTime<Utc>,
    /// How often each thing happened; names are those of `runtime::vitals::names`.
    pub counts: BTreeMap<String, u64>,
    /// The last pass of its schedule that went well.
    pub last_pass_at: Option<DateTime<Utc>>,
}

impl MarketTable {
    /// The vitals of the last `hours`, the one of `now` included, at most [`HOURS_MAX`]: by time,
    /// then by function. The reads are eventually consistent.
    pub async fn vitals(
        &self,
        now: DateTime<Utc>,
        hours: u32,
    ) -> Result<Vec<HourOfVitals>, StorageError> {
        let hours = hours.clamp(1, HOURS_MAX);
        let first = now - TimeDelta::hours(i64::from(hours) - 1);
        let days = first.date_naive().iter_days();
        let days = days.take_while(|day| *day <= now.date_naive());
        let read = days.map(|day| self.vitals_of(day, first));
        let items = try_join_all(read).await?.into_iter().flatten();
        let read = items
            .map(|item| hour_of(&item))
            .collect::<Result<Vec<_>, _>>()?;
        // An instance whose clock is ahead may have begun the next hour.
        let passed = read.into_iter().flatten().filter(|it| it.hour <= now);
        Ok(passed.collect())
    }

    /// The items of a day from the hour of `first` on.
    async fn vitals_of(
        &self,
        day: NaiveDate,
        first: DateTime<Utc>,
    ) -> Result<Vec<Item>, StorageError> {
        let hour = if day == first.date_naive() {
            first.hour()
        } else {
            0
        };
        self.client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND sk >= :hour")
            .expression_attribute_values(":pk", text(partition(day)))
            .expression_attribute_values(":hour", text(format!("{hour:02}")))
            .into_paginator()
            .items()
            .send()
            .collect::<Result<Vec<_>, _>>()
            .await
            .map_err(StorageError::aws("Query"))
    }
}

/// An item as an hour; none if its key isn't one of ours.
fn hour_of(item: &Item) -> Result<Option<HourOfVitals>, StorageError> {
    refuse_unknown_version(item, &key_of(item))?;
    let Some((function, hour)) = keyed(item) else {
        return Ok(None);
    };
    let counted = item
        .keys()
        .filter(|name| !NO_COUNTS.contains(&name.as_str()));
    let counts = counted.filter_map(|name| Some((name.clone(), number_of(item, name)?)));
    Ok(Some(HourOfVitals {
        function,
        hour,
        counts: counts.collect(),
        last_pass_at: number_of(item, LAST_PASS).and_then(DateTime::from_timestamp_millis),
    }))
}

fn keyed(item: &Item) -> Option<(String, DateTime<Utc>)> {
    let (_, day) = text_of(item, "pk")?.split_once('#')?;
    let (hour, function) = text_of(item, "sk")?.split_once('#')?;
    let day: NaiveDate = day.parse().ok()?;
    let hour = day.and_hms_opt(hour.parse().ok()?, 0, 0)?;
    Some((function.to_owned(), hour.and_utc()))
}
