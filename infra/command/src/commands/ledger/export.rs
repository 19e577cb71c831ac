//! `parallax ledger export`: reads the tables from end to end into one file.

use std::path::Path;
use std::process::ExitCode;

use aws_sdk_dynamodb::Client;
use chrono::DateTime;
use local_stack::template::Table;
use local_stack::wall_clock::{SystemWallClock, WallClock as _};
use serde_json::json;

use super::super::Outcome;
use super::super::stored::Stored;
use super::AnyError;
use super::archive::{Counts, Header, Writing};
use super::tables::{Scan, kept};

pub(super) async fn run(dir: &Path, file: &Path, with_users: bool, as_json: bool) -> Outcome {
    let stored = Stored::of(dir).await?;
    let exported = export(&stored, file, with_users).await;
    stored.close().await?;
    let header = exported?;
    if as_json {
        let report = json!({ "file": file, "header": header });
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        println!("{}: {}", file.display(), words(&header.items));
    }
    Ok(ExitCode::SUCCESS)
}

async fn export(stored: &Stored, file: &Path, with_users: bool) -> Result<Header, AnyError> {
    let client = stored.endpoints.dynamodb_client();
    let mut writing = Writing::begin(file)?;
    for table in kept(&stored.template, with_users)? {
        add_table(&client, table, &mut writing).await?;
    }
    if stored.is_running() {
        eprintln!("the stack runs: what it wrote meanwhile may be in the file in part");
    }
    let now = DateTime::from_timestamp_millis(SystemWallClock.now_ms()).unwrap_or_default();
    Ok(writing.finish(Header::new(now, stored.is_running()))?)
}

async fn add_table(client: &Client, table: &Table, to: &mut Writing) -> Result<(), AnyError> {
    let (mut scan, mut count) = (Scan::of(client, table), 0);
    while let Some(items) = scan.page().await? {
        to.add(&table.logical_id, &items)?;
        count += items.len();
        eprintln!("{}: {count} items", table.logical_id);
    }
    Ok(())
}

/// How many items of which table.
pub(super) fn words(counts: &Counts) -> String {
    let each = counts
        .iter()
        .map(|(table, count)| format!("{table} {count}"));
    let each: Vec<_> = each.collect();
    format!(
        "{} items ({})",
        counts.values().sum::<u64>(),
        each.join(", ")
    )
}
