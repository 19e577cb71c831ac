//! Alerts that the webhook refused, newest first, day by day for as long as they are kept.

use chrono::{DateTime, NaiveDate, Utc};
use futures::{StreamExt, TryStreamExt, stream};

use super::Ledger;
use crate::batches::item_key;
use crate::error::StorageError;
use crate::item::{Item, Record, decode_each, text, text_of};
use crate::keys::Key;
use crate::page::{Cursor, Page, PageRequest};
use crate::webhook_event::{KEPT, WebhookEvent, refused_on};

const LIST: &str = "refused_alerts";
/// Days that are read at once: most of them are empty.
const DAYS_AT_ONCE: usize = 4;

/// An event's place: its day, and its sort key there.
type Place = (NaiveDate, String);

impl Ledger {
    /// The events of refused alerts, newest first, of the 30 days before `now`. Each day that the
    /// page goes back over is one read.
    pub async fn refused_alerts(
        &self,
        request: &PageRequest,
        now: DateTime<Utc>,
    ) -> Result<Page<WebhookEvent>, StorageError> {
        let (oldest, newest) = ((now - KEPT).date_naive(), now.date_naive());
        let after = request.after.as_ref();
        let after = after.map(|cursor| place_in(cursor, newest));
        let after = after.transpose()?;
        let first = after.as_ref().map_or(newest, |(date, _)| *date);
        let days = first.iter_days().rev();
        let days = days.take_while(|date| *date >= oldest);
        let most = request.limit.count();
        // One more than asked for tells whether there is another page.
        let reads = days.map(|date| self.refused_on(date, after.as_ref(), most + 1));
        let mut days = stream::iter(reads).buffered(DAYS_AT_ONCE);
        let mut found = Vec::new();
        while found.len() <= most
            && let Some(day) = days.try_next().await?
        {
            found.extend(day);
        }
        Ok(page(found, most))
    }

    async fn refused_on(
        &self,
        date: NaiveDate,
        after: Option<&Place>,
        most: usize,
    ) -> Result<Vec<(NaiveDate, Item)>, StorageError> {
        let pk = refused_on(date);
        let after = after.filter(|(day, _)| *day == date);
        let start = after.map(|(_, sk)| item_key(&Key::new(&pk, sk)));
        let mut items = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(pk))
            .set_exclusive_start_key(start)
            .scan_index_forward(false)
            .limit(i32::try_from(most).unwrap_or(i32::MAX))
            .into_paginator()
            .items()
            .send();
        let mut found = Vec::new();
        while found.len() < most
            && let Some(item) = items.next().await
        {
            found.push((date, item.map_err(StorageError::aws("Query"))?));
        }
        Ok(found)
    }
}

fn page(mut found: Vec<(NaiveDate, Item)>, most: usize) -> Page<WebhookEvent> {
    let more = found.len() > most;
    found.truncate(most);
    let last = found.last().filter(|_| more);
    let next = last.map(|(date, item)| cursor(*date, text_of(item, "sk").unwrap_or_default()));
    let items = found.into_iter().map(|(_, item)| item).collect();
    let events = decode_each::<WebhookEvent>(items).into_iter();
    Page {
        items: events.map(|event| event.record).collect(),
        next,
    }
}

fn cursor(date: NaiveDate, sk: &str) -> Cursor {
    Cursor::after(LIST, [&date.to_string(), sk])
}

/// The place that a cursor names: up to `newest`, and spelled as [`cursor`] spells it.
fn place_in(after: &Cursor, newest: NaiveDate) -> Result<Place, StorageError> {
    let [date, sk] = after.place_in(LIST)?;
    let date: Option<NaiveDate> = date.parse().ok();
    let event = format!("{}#", WebhookEvent::KIND);
    let own = |date: &NaiveDate| {
        *date <= newest && sk.starts_with(&event) && cursor(*date, &sk) == *after
    };
    let date = date.filter(own).ok_or(StorageError::InvalidCursor)?;
    Ok((date, sk))
}
