//! `parallax ledger compare`: a file against the tables of a stack, item by item.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use local_stack::template::Table;
use serde_json::json;
use sha2::{Digest, Sha256};
use storage::Item;
use storage::upgrades::to_current;

use super::super::Outcome;
use super::super::stored::Stored;
use super::AnyError;
use super::archive::{self, Header};
use super::attributes::typed_item;
use super::tables::{Scan, declared, shown_key};

/// Keys that are named of each difference.
const NAMED_MAX: usize = 20;

type Sum = [u8; 32];

/// What a stack has, by table and key: the sum of each item.
type Standing = BTreeMap<(String, String), Sum>;

#[derive(Debug, Default)]
struct Compared {
    same: u64,
    different: Vec<String>,
    only_in_file: Vec<String>,
    only_in_stack: Vec<String>,
}

impl Compared {
    fn is_equal(&self) -> bool {
        let differences = [&self.different, &self.only_in_file, &self.only_in_stack];
        differences.iter().all(|keys| keys.is_empty())
    }
}

pub(super) async fn run(dir: &Path, file: &Path, as_json: bool) -> Outcome {
    let header = archive::check(file)?;
    let stored = Stored::of(dir).await?;
    let compared = compare(&stored, file, &header).await;
    stored.close().await?;
    say(&compared?, as_json)
}

async fn compare(stored: &Stored, file: &Path, header: &Header) -> Result<Compared, AnyError> {
    let tables: Result<Vec<_>, _> = header
        .items
        .keys()
        .map(|name| declared(&stored.template, name))
        .collect();
    let tables = tables?;
    let mut standing = standing(stored, &tables).await?;
    let mut compared = Compared::default();
    for entry in archive::items(file)? {
        let (name, item) = entry?;
        let item = to_current(item)?;
        let Some(table) = tables.iter().find(|table| table.logical_id == name) else {
            continue;
        };
        let key = (name, shown_key(&table.key, &item));
        match standing.remove(&key) {
            None => compared.only_in_file.push(named(&key)),
            Some(found) if found == sum(&item)? => compared.same += 1,
            Some(_) => compared.different.push(named(&key)),
        }
    }
    compared.only_in_stack = standing.keys().map(named).collect();
    Ok(compared)
}

async fn standing(stored: &Stored, tables: &[&Table]) -> Result<Standing, AnyError> {
    let (client, mut standing) = (stored.endpoints.dynamodb_client(), Standing::new());
    for table in tables {
        let mut scan = Scan::of(&client, table);
        while let Some(items) = scan.page().await? {
            for item in items {
                let key = (table.logical_id.clone(), shown_key(&table.key, &item));
                standing.insert(key, sum(&item)?);
            }
        }
    }
    Ok(standing)
}

fn sum(item: &Item) -> Result<Sum, AnyError> {
    let text = serde_json::to_vec(&typed_item(item)?)?;
    Ok(Sha256::digest(text).into())
}

fn named((table, key): &(String, String)) -> String {
    format!("{table} {key}")
}

fn say(compared: &Compared, as_json: bool) -> Outcome {
    let differences = [
        ("different", &compared.different),
        ("only in the file", &compared.only_in_file),
        ("only in the stack", &compared.only_in_stack),
    ];
    if as_json {
        let report = json!({
            "equal": compared.is_equal(),
            "same": compared.same,
            "different": compared.different,
            "only_in_file": compared.only_in_file,
            "only_in_stack": compared.only_in_stack,
        });
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        println!("{} items are the same", compared.same);
        for (what, keys) in differences.iter().filter(|(_, keys)| !keys.is_empty()) {
            println!("{what}: {}", keys.len());
            keys.iter()
                .take(NAMED_MAX)
                .for_each(|key| println!("  {key}"));
        }
    }
    Ok(if compared.is_equal() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
