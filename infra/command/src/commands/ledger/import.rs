//! `parallax ledger import`: a file into a stack that doesn't run, so that nothing acts on half of
//! it. What is there already is never overwritten; so an import that was cut off can be run again
//! with `--into-existing`, and completes what is missing.

mod putting;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use aws_sdk_dynamodb::Client;
use local_stack::template::Table;
use serde_json::json;
use storage::Item;
use storage::upgrades::{current_version, to_current, version_of};

use super::super::Outcome;
use super::super::stored::Stored;
use super::AnyError;
use super::archive::{self, Header};
use super::tables::{USERS, declared, is_empty};
use putting::{Put, Putting};

/// Items put together.
const BATCH: usize = 25;
/// Keys that are named of those that were kept as they were.
const NAMED_MAX: usize = 20;

/// Options of `ledger import`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The file.
    file: PathBuf,
    /// Import into a stack that has something already. What it has stays as it is.
    #[arg(long)]
    into_existing: bool,
    /// Also the users, if the file has them.
    #[arg(long)]
    with_users: bool,
    /// End this program after so many items: for tests of what an interrupted import leaves.
    #[arg(long, value_name = "ITEMS", hide = true)]
    die_after: Option<u64>,
}

/// What came of it.
#[derive(Debug, Default)]
struct Imported {
    /// New items, by table.
    new: BTreeMap<String, u64>,
    /// Those that stood there, the same.
    same: u64,
    /// The keys of those that stood there, and are otherwise.
    kept: Vec<String>,
    /// Items that were of an older version.
    upgraded: u64,
}

pub(super) async fn run(dir: &Path, options: &Arguments, as_json: bool) -> Outcome {
    // Before anything is made or written.
    let header = archive::check(&options.file)?;
    for entry in archive::items(&options.file)? {
        to_current(entry?.1)?;
    }
    let stored = Stored::made(dir).await?;
    let imported = import(&stored, options, &header).await;
    stored.close().await?;
    say(&imported?, as_json)
}

async fn import(
    stored: &Stored,
    options: &Arguments,
    header: &Header,
) -> Result<Imported, AnyError> {
    if stored.is_running() {
        return Err("a stack runs on this directory; end it first".into());
    }
    let client = stored.endpoints.dynamodb_client();
    let tables = tables(stored, options, header)?;
    let found = with_something(&client, &tables).await?;
    if let (Some(table), false) = (&found, options.into_existing) {
        return Err(format!(
            "{table} has items already; --into-existing adds to them what is missing, as after \
             an import that was interrupted"
        )
        .into());
    }
    let mut filling = Filling::new(&client, options);
    for entry in archive::items(&options.file)? {
        let (name, item) = entry?;
        if let Some(table) = tables.iter().find(|table| table.logical_id == name) {
            filling.add(table, item).await?;
        }
    }
    filling.finish().await
}

/// The tables of the file that are wanted.
fn tables<'a>(
    stored: &'a Stored,
    options: &Arguments,
    header: &Header,
) -> Result<Vec<&'a Table>, AnyError> {
    let names = header.items.keys();
    let wanted = names.filter(|name| options.with_users || *name != USERS);
    wanted
        .map(|name| declared(&stored.template, name))
        .collect()
}

async fn with_something(client: &Client, tables: &[&Table]) -> Result<Option<String>, AnyError> {
    for table in tables {
        if !is_empty(client, table).await? {
            return Ok(Some(table.logical_id.clone()));
        }
    }
    Ok(None)
}

/// Items on their way into tables, a batch at a time.
struct Filling<'a> {
    client: &'a Client,
    die_after: Option<u64>,
    batch: Option<(&'a Table, Vec<Item>)>,
    done: u64,
    imported: Imported,
}

impl<'a> Filling<'a> {
    fn new(client: &'a Client, options: &Arguments) -> Self {
        Self {
            client,
            die_after: options.die_after,
            batch: None,
            done: 0,
            imported: Imported::default(),
        }
    }

    async fn add(&mut self, table: &'a Table, item: Item) -> Result<(), AnyError> {
        if version_of(&item) != Some(current_version()) {
            self.imported.upgraded += 1;
        }
        let item = to_current(item)?;
        let is_other = |(of, _): &(&Table, Vec<Item>)| of.name != table.name;
        if self.batch.as_ref().is_some_and(is_other) {
            self.put().await?;
        }
        let (_, items) = self.batch.get_or_insert_with(|| (table, Vec::new()));
        items.push(item);
        if items.len() == BATCH {
            self.put().await?;
        }
        Ok(())
    }

    /// Puts what is gathered.
    async fn put(&mut self) -> Result<(), AnyError> {
        let Some((table, items)) = self.batch.take() else {
            return Ok(());
        };
        let count = items.len() as u64;
        let putting = Putting {
            client: self.client,
            table,
        };
        for put in putting.all(items).await? {
            self.imported.note(table, put);
        }
        self.done += count;
        eprintln!("{}: {} items done", table.logical_id, self.done);
        if self.die_after.is_some_and(|items| self.done >= items) {
            std::process::abort();
        }
        Ok(())
    }

    async fn finish(mut self) -> Result<Imported, AnyError> {
        self.put().await?;
        Ok(self.imported)
    }
}

impl Imported {
    fn note(&mut self, table: &Table, put: Put) {
        match put {
            Put::New => *self.new.entry(table.logical_id.clone()).or_default() += 1,
            Put::Same => self.same += 1,
            Put::Kept(key) => self.kept.push(format!("{} {key}", table.logical_id)),
        }
    }
}

fn say(imported: &Imported, as_json: bool) -> Outcome {
    let Imported {
        new,
        same,
        kept,
        upgraded,
    } = imported;
    if as_json {
        let report = json!({ "new": new, "same": same, "kept": kept, "upgraded": upgraded });
        println!("{}", serde_json::to_string_pretty(&report)?);
        return Ok(ExitCode::SUCCESS);
    }
    println!("new: {}", super::export::words(new));
    if *upgraded > 0 {
        println!("{upgraded} items were of an older version and are of this one now");
    }
    if *same > 0 {
        println!("{same} were there already");
    }
    if !kept.is_empty() {
        println!("{} were there otherwise, and stay as they are:", kept.len());
        kept.iter()
            .take(NAMED_MAX)
            .for_each(|key| println!("  {key}"));
    }
    Ok(ExitCode::SUCCESS)
}
