//! The simulated event bus: it takes events or refuses single ones, and remembers what it took.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use local_stack::wire::{AwsCall, Reply};
use serde_json::{Value as Json, json};

use crate::chance::Chance;

/// What was told, by kind and subject: the ids under which that was.
pub type Told = BTreeMap<String, BTreeSet<String>>;

/// The bus of a run.
#[derive(Debug)]
pub(crate) struct Bus {
    told: Mutex<Told>,
    chance: Chance,
}

impl Bus {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            told: Mutex::default(),
            chance: Chance::of(seed, "bus"),
        }
    }

    /// Answers a call that puts events; each is refused as often as this.
    pub(crate) fn answer(&self, call: &AwsCall, refused: f64) -> Reply {
        let entries = call.body["Entries"].as_array().into_iter().flatten();
        let answers: Vec<Json> = entries.map(|entry| self.take(entry, refused)).collect();
        let failed = answers.iter().filter(|it| it["EventId"].is_null()).count();
        let answer = json!({ "FailedEntryCount": failed, "Entries": answers });
        Reply::json(200, answer.to_string())
    }

    /// What was told so far.
    pub(crate) fn told(&self) -> Told {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.clone()
    }

    fn take(&self, entry: &Json, refused: f64) -> Json {
        if self.chance.happens(refused) {
            return json!({ "ErrorCode": "ThrottlingException" });
        }
        let detail = entry["Detail"].as_str().unwrap_or_default();
        let detail: Json = serde_json::from_str(detail).unwrap_or_default();
        let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        let about = [&detail["signal_id"], &detail["engine"], &detail["leg"]];
        let about = about.map(text).join(" ");
        let subject = format!("{} {}", text(&entry["DetailType"]), about.trim_end());
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let ids = told.entry(subject).or_default();
        ids.insert(text(&detail["event_id"]));
        json!({ "EventId": "taken" })
    }
}
