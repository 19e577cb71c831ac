//! The tables of an export, and reading them from end to end.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use local_stack::template::{Key, Table, Template};
use storage::Item;

use super::AnyError;

/// The tables whose loss would be a loss, by their names in the template. What the market table
/// holds is measured again within a minute.
const KEPT: [&str; 3] = ["LedgerTable", "EvidenceTable", "SettingsTable"];
/// Only taken along where that is asked for.
pub(super) const USERS: &str = "UsersTable";

/// The declared tables of these, in this order.
pub(super) fn kept(template: &Template, with_users: bool) -> Result<Vec<&Table>, AnyError> {
    let users = with_users.then_some(USERS);
    let names = KEPT.into_iter().chain(users);
    names.map(|name| declared(template, name)).collect()
}

/// The declared table of this name in the template.
pub(super) fn declared<'a>(template: &'a Template, name: &str) -> Result<&'a Table, AnyError> {
    let mut tables = template.tables.iter();
    let found = tables.find(|table| table.logical_id == name);
    found.ok_or_else(|| format!("template.yaml declares no table {name}").into())
}

/// Reads a table page by page.
pub(super) struct Scan<'a> {
    client: &'a Client,
    table: &'a Table,
    /// Where the next page begins; none before the first.
    from: Option<HashMap<String, AttributeValue>>,
    is_over: bool,
}

impl<'a> Scan<'a> {
    pub(super) fn of(client: &'a Client, table: &'a Table) -> Self {
        Self {
            client,
            table,
            from: None,
            is_over: false,
        }
    }

    /// The next page, which may be empty; none after the last.
    pub(super) async fn page(&mut self) -> Result<Option<Vec<Item>>, AnyError> {
        if self.is_over {
            return Ok(None);
        }
        let call = self.client.scan().table_name(&self.table.name);
        let call = call.consistent_read(true);
        let answer = call
            .set_exclusive_start_key(self.from.take())
            .send()
            .await?;
        self.is_over = answer.last_evaluated_key.is_none();
        self.from = answer.last_evaluated_key;
        Ok(Some(answer.items.unwrap_or_default()))
    }
}

/// Whether there is any item in a table.
pub(super) async fn is_empty(client: &Client, table: &Table) -> Result<bool, AnyError> {
    let call = client.scan().table_name(&table.name).limit(1);
    let answer = call.consistent_read(true).send().await?;
    Ok(answer.count == 0)
}

/// The key of an item, for people: `pk / sk`.
pub(super) fn shown_key(key: &Key, item: &Item) -> String {
    let part = |name: &String| match item.get(name) {
        Some(AttributeValue::S(text) | AttributeValue::N(text)) => text.clone(),
        other => format!("{other:?}"),
    };
    let parts = std::iter::once(&key.partition).chain(&key.sort);
    parts.map(part).collect::<Vec<_>>().join(" / ")
}
