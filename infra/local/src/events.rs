//! A small `EventBridge` for one machine: buses that take events and show them to who asks in this
//! process. It has no rules and tells nobody else; nothing of it is kept.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Deserialize;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::account::AccountId;
use crate::json_protocol::{Answer, request};
use crate::template::bus_arn;

/// Events that are shown: the last ones.
const SHOWN_MAX: usize = 10_000;
/// `EventBridge` takes so many at once.
const ENTRIES_MAX: usize = 10;

/// An event that a bus has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenEvent {
    /// What kind of event it is: `position.opened`.
    pub kind: String,
    /// What it says.
    pub detail: Json,
}

/// The buses.
#[derive(Debug, Default)]
pub struct Events(Mutex<Buses>);

#[derive(Debug, Default)]
struct Buses {
    names: BTreeSet<String>,
    taken: VecDeque<TakenEvent>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct NewBus {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Put {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    event_bus_name: String,
    #[expect(dead_code, reason = "it has to be there, and there is but one")]
    source: String,
    detail_type: String,
    detail: String,
}

impl Events {
    /// The last events that were taken, the first first.
    pub fn taken(&self) -> Vec<TakenEvent> {
        self.buses().taken.iter().cloned().collect()
    }

    /// Answers a request: `PutEvents`, say, with its JSON.
    pub(crate) fn answer(&self, action: &str, body: &[u8]) -> Answer {
        match action {
            "CreateEventBus" => request(body).map(|asked| self.create(asked)),
            "PutEvents" => request(body).map(|asked| self.put(asked)),
            _ => {
                let message = format!("The operation {action} is not known.");
                Ok(Answer::failure(400, "UnknownOperationException", &message))
            }
        }
        .unwrap_or_else(|error| Answer::failure(400, "SerializationException", &error))
    }

    fn create(&self, NewBus { name }: NewBus) -> Answer {
        let arn = bus_arn(&name, AccountId::EMBEDDED);
        if self.buses().names.insert(name) {
            return Answer::of(json!({ "EventBusArn": arn }));
        }
        let message = format!("Event bus {arn} already exists.");
        Answer::failure(400, "ResourceAlreadyExistsException", &message)
    }

    fn put(&self, Put { entries }: Put) -> Answer {
        if entries.is_empty() || entries.len() > ENTRIES_MAX {
            let message = format!("1 to {ENTRIES_MAX} entries are taken at once.");
            return Answer::failure(400, "ValidationException", &message);
        }
        let mut buses = self.buses();
        let answers: Vec<Json> = entries.into_iter().map(|it| buses.take(it)).collect();
        let failed = answers.iter().filter(|it| it["EventId"].is_null()).count();
        Answer::of(json!({ "FailedEntryCount": failed, "Entries": answers }))
    }

    fn buses(&self) -> MutexGuard<'_, Buses> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Buses {
    fn take(&mut self, entry: Entry) -> Json {
        if !self.names.contains(&entry.event_bus_name) {
            let message = format!("there is no bus {}", entry.event_bus_name);
            return json!({ "ErrorCode": "ResourceNotFoundException", "ErrorMessage": message });
        }
        let Ok(detail @ Json::Object(_)) = serde_json::from_str(&entry.detail) else {
            let message = "Detail is malformed.";
            return json!({ "ErrorCode": "MalformedDetail", "ErrorMessage": message });
        };
        tracing::info!(kind = entry.detail_type, %detail, "told");
        let kind = entry.detail_type;
        self.taken.push_back(TakenEvent { kind, detail });
        if self.taken.len() > SHOWN_MAX {
            self.taken.pop_front();
        }
        json!({ "EventId": Uuid::new_v4() })
    }
}
