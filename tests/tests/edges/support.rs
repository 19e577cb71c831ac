//! What several of these tests need: alerts as they come over the wire, and a look into tables.

use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::{Value, json};
use std::collections::HashMap;
use system_tests::Harness;

pub(crate) type Item = HashMap<String, AttributeValue>;

/// An entry that is good at this stack's time.
pub(crate) fn good(harness: &Harness) -> Value {
    json!({ "ticker": "SPY", "action": "buy", "interval": "5", "timenow": harness.timenow() })
}

/// A good entry with some fields changed; null takes one away.
pub(crate) fn good_with(harness: &Harness, changes: &Value) -> Value {
    let mut alert = good(harness);
    for (name, value) in changes.as_object().unwrap() {
        alert[name] = value.clone();
    }
    alert
}

/// What the stack answers: the status, and the body as it came.
pub(crate) async fn request(
    harness: &Harness,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<reqwest::Body>,
) -> (u16, String) {
    let method = method.parse().unwrap();
    let url = format!("{}{path}", harness.stack.url());
    let request = reqwest::Client::new().request(method, url).body(body);
    let request = headers.iter().fold(request, |request, (name, value)| {
        request.header(*name, *value)
    });
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// Posts bytes to the path that ends with the secret.
pub(crate) async fn post_with_token(
    harness: &Harness,
    body: impl Into<reqwest::Body>,
) -> (u16, Value) {
    let path = format!("/webhook/{}", harness.stack.webhook_secret());
    let (status, text) = request(harness, "POST", &path, &[], body).await;
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}

/// Every item of every table.
pub(crate) async fn all_items(harness: &Harness) -> Vec<Item> {
    let dynamodb = harness.stack.aws().dynamodb_client();
    let tables = dynamodb.list_tables().send().await.unwrap();
    let mut items = Vec::new();
    for table in tables.table_names() {
        let scan = dynamodb.scan().table_name(table).into_paginator().items();
        let found: Result<Vec<Item>, _> = scan.send().collect().await;
        items.extend(found.unwrap());
    }
    items
}

/// The events of alerts that were refused today.
pub(crate) async fn refused_today(harness: &Harness) -> Vec<Item> {
    let table = harness.stack.surroundings().environment.get("LEDGER_TABLE");
    let day = format!("REFUSED#{}", harness.now().date_naive());
    let query = harness.stack.aws().dynamodb_client().query();
    let found: Result<Vec<Item>, _> = query
        .table_name(table.unwrap())
        .key_condition_expression("pk = :pk")
        .expression_attribute_values(":pk", AttributeValue::S(day))
        .into_paginator()
        .items()
        .send()
        .collect()
        .await;
    found.unwrap()
}

/// A text attribute.
pub(crate) fn text<'a>(item: &'a Item, name: &str) -> &'a str {
    item.get(name)
        .and_then(|value| value.as_s().ok())
        .map_or("", String::as_str)
}

/// Everything that an item holds, as text.
pub(crate) fn spelled(item: &Item) -> String {
    let binary = |value: &AttributeValue| {
        value
            .as_b()
            .ok()
            .map(|blob| String::from_utf8_lossy(blob.as_ref()).into_owned())
    };
    let parts = item.iter().map(|(name, value)| {
        format!(
            "{name}={}",
            binary(value).unwrap_or_else(|| format!("{value:?}"))
        )
    });
    parts.collect::<Vec<_>>().join(" ")
}
