//! The ledger's items, read as what they say they are.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use domain::signal::Signal;
use domain::{
    Assignment, Decision, EquityPoint, ExitDecision, Opinions, Order, Position, Selection,
    SignalId, Trade, Watch,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};
use storage::EvidencePointer;
use storage::ledger::Switched;

use super::Violation;
use super::books::BookItem;
use crate::bus::Told;

/// What is read of an item of the evidence table: which chunk of how many it is, not the chunk.
pub(crate) const EVIDENCE_READ: &str = "pk, sk, chunks";

/// A record, with its entry in the index of work.
#[derive(Debug, Clone)]
pub struct Found<T> {
    /// The record.
    pub record: T,
    /// Where the index lists it, if it does.
    pub state_key: Option<String>,
    /// When it is due.
    pub due_ms: Option<i64>,
}

impl<T> std::ops::Deref for Found<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.record
    }
}

/// A row of the roll-ups: its sums by name.
pub type Row = BTreeMap<String, String>;

/// Everything that the ledger says at one instant.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Signals.
    pub signals: BTreeMap<SignalId, Signal>,
    /// Assignments.
    pub assignments: Vec<Found<Assignment>>,
    /// Decisions.
    pub decisions: Vec<Decision>,
    /// What committees said.
    pub opinions: Vec<Opinions>,
    /// Why entries buy what they buy.
    pub selections: Vec<Selection>,
    /// Orders.
    pub orders: Vec<Found<Order>>,
    /// Trades.
    pub trades: Vec<Trade>,
    /// Positions.
    pub positions: Vec<Found<Position>>,
    /// Why exits were begun.
    pub exit_decisions: Vec<ExitDecision>,
    /// What the exit monitor remembers.
    pub watches: Vec<Watch>,
    /// What engines were worth, minute by minute.
    pub equity: Vec<EquityPoint>,
    /// Which evidence belongs to which signal.
    pub evidence: Vec<EvidencePointer>,
    /// The hashes of evidence that is stored as a whole.
    pub evidence_stored: BTreeSet<String>,
    /// Each engine's book, by the engine's name.
    pub books: BTreeMap<String, BookItem>,
    /// Who worked a kill switch.
    pub switches: Vec<Switched>,
    /// Roll-ups by partition and scope.
    pub rollups: BTreeMap<(String, String), Row>,
    /// What was told of on the event bus, where somebody listened.
    pub told: Option<Told>,
    /// Items that can't be read.
    pub unreadable: Vec<Violation>,
    /// How long after the time that it bears a close may have been written: nothing, but on a stack
    /// whose clock runs many times as fast as the machine works.
    pub written_within: TimeDelta,
}

impl Facts {
    /// Reads the items of the ledger table and of the evidence table, as `DynamoDB` writes them
    /// in JSON.
    pub fn of(ledger: &[Json], evidence: &[Json]) -> Self {
        let mut facts = Self::default();
        for item in ledger {
            facts.add(item);
        }
        facts.evidence_stored = whole(evidence);
        facts
    }

    /// Whether every decision's evidence is among what is known to be stored.
    pub(crate) fn has_all_evidence(&self) -> bool {
        let mut named = self.decisions.iter().map(|decision| &decision.evidence);
        named.all(|name| self.evidence_stored.contains(name))
    }

    fn add(&mut self, item: &Json) {
        let outcome = match item["kind"]["S"].as_str().unwrap_or_default() {
            "SIGNAL" => record::<Signal>(item).map(|signal| {
                self.signals.insert(signal.signal_id, signal);
            }),
            "ASSIGNMENT" => found(item).map(|found| self.assignments.push(found)),
            "DECISION" => record(item).map(|decision| self.decisions.push(decision)),
            "OPINIONS" => opinions(item).map(|opinions| self.opinions.push(opinions)),
            "SELECTION" => record(item).map(|selection| self.selections.push(selection)),
            "ORDER" => found(item).and_then(|found| {
                self.orders.push(found);
                self.trades.extend(fill(item)?);
                Ok(())
            }),
            "POSITION" => found(item).map(|found| self.positions.push(found)),
            "EXIT_DECISION" => record(item).map(|decision| self.exit_decisions.push(decision)),
            "WATCH" => record(item).map(|watch| self.watches.push(watch)),
            "EQUITY" => record(item).map(|point| self.equity.push(point)),
            "EVIDENCE" => record(item).map(|pointer| self.evidence.push(pointer)),
            "BOOK" => {
                let engine = text(&item["pk"]).replace("RISK#", "");
                self.books.insert(engine, BookItem::of(item));
                Ok(())
            }
            "SWITCHED" => record(item).map(|switched| self.switches.push(switched)),
            "ROLLUP" => {
                let key = (text(&item["pk"]), text(&item["sk"]));
                self.rollups.insert(key, row(item));
                Ok(())
            }
            "BAR" | "WEBHOOK" => Ok(()),
            other => Err(format!("nobody knows the kind `{other}`")),
        };
        if let Err(error) = outcome {
            let detail = format!("{} / {}: {error}", text(&item["pk"]), text(&item["sk"]));
            self.unreadable.push(Violation::new("readable", detail));
        }
    }
}

/// The names of which every chunk is there.
pub(crate) fn whole(evidence: &[Json]) -> BTreeSet<String> {
    let mut there: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for item in evidence {
        let chunks = there.entry(item["pk"]["S"].as_str().unwrap_or_default());
        let chunk = item["sk"]["S"].as_str().unwrap_or_default();
        chunks.or_default().insert(chunk);
    }
    let all_there = |item: &&Json| {
        let count = item["chunks"]["N"].as_str().and_then(|n| n.parse().ok());
        let found = item["pk"]["S"].as_str().and_then(|name| there.get(name));
        count.is_some() && count == found.map(BTreeSet::len)
    };
    let named = evidence.iter().filter(all_there);
    named.map(|item| text(&item["pk"])).collect()
}

/// Opinions are kept as the text of their JSON.
fn opinions(item: &Json) -> Result<Opinions, String> {
    let mut opinions = plain_item(item);
    let heard = opinions["heard"].as_str().unwrap_or_default();
    opinions["heard"] = serde_json::from_str(heard).map_err(|error| error.to_string())?;
    serde_json::from_value(opinions).map_err(|error| error.to_string())
}

fn record<T: DeserializeOwned>(item: &Json) -> Result<T, String> {
    serde_json::from_value(plain_item(item)).map_err(|error| error.to_string())
}

/// The fill of an order: it says only what the order doesn't.
fn fill(order: &Json) -> Result<Option<Trade>, String> {
    let mut order = plain_item(order);
    let mut fill = order["fill"].take();
    if fill.is_null() {
        return Ok(None);
    }
    for name in [
        "order_id",
        "signal_id",
        "engine",
        "leg",
        "side",
        "symbol",
        "contract",
        "quantity",
    ] {
        fill[name] = order[name].clone();
    }
    if fill["quote"].is_object() {
        fill["quote"]["contract"] = order["contract"].clone();
    }
    let trade = serde_json::from_value(fill);
    trade.map(Some).map_err(|error| error.to_string())
}

fn found<T: DeserializeOwned>(item: &Json) -> Result<Found<T>, String> {
    Ok(Found {
        record: record(item)?,
        state_key: item["state_key"]["S"].as_str().map(str::to_owned),
        due_ms: item["due_ms"]["N"]
            .as_str()
            .and_then(|text| text.parse().ok()),
    })
}

fn row(item: &Json) -> Row {
    let attributes = item.as_object().into_iter().flatten();
    let numbers = attributes.filter_map(|(name, value)| {
        let number = value["N"].as_str()?;
        Some((name.clone(), number.to_owned()))
    });
    numbers.filter(|(name, _)| name != "version").collect()
}

fn text(value: &Json) -> String {
    value["S"].as_str().unwrap_or_default().to_owned()
}

fn plain_item(item: &Json) -> Json {
    let attributes = item.as_object().into_iter().flatten();
    let plain = attributes.map(|(name, value)| (name.clone(), plain_value(value)));
    Json::Object(plain.collect::<Map<_, _>>())
}

/// `{"S": "x"}` as `"x"`, and so on.
fn plain_value(value: &Json) -> Json {
    let Some((kind, content)) = value.as_object().and_then(|tagged| tagged.iter().next()) else {
        return Json::Null;
    };
    match kind.as_str() {
        "N" => {
            let number = content
                .as_str()
                .and_then(|text| serde_json::from_str(text).ok());
            number.unwrap_or(Json::Null)
        }
        "M" => plain_item(content),
        "L" => Json::Array(
            content
                .as_array()
                .into_iter()
                .flatten()
                .map(plain_value)
                .collect(),
        ),
        "NULL" => Json::Null,
        _ => content.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn evidence_counts_once_every_chunk_is_there() {
        let chunk = |name: &str, number: u32, count: u32| {
            json!({
                "pk": { "S": name },
                "sk": { "S": format!("{number:06}") },
                "chunks": { "N": count.to_string() },
            })
        };
        let stored = [
            chunk("one", 0, 1),
            chunk("two", 0, 2),
            chunk("two", 1, 2),
            chunk("half", 1, 2),
        ];
        let facts = Facts::of(&[], &stored);
        let whole: Vec<&str> = facts.evidence_stored.iter().map(String::as_str).collect();
        assert_eq!(whole, ["one", "two"]);
    }
}
