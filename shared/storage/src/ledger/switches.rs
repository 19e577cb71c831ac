//! Who stopped an engine's entries and who let them go on: each is written with the change itself,
//! and stays.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::{Engine, Halt};
use serde::{Deserialize, Serialize};

use super::Ledger;
use crate::error::StorageError;
use crate::item::{Record, decode_each, text};
use crate::keys::Key;

/// Somebody worked an engine's kill switch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Switched {
    /// Whose entries.
    pub engine: Engine,
    /// Whether they were stopped, or went on.
    pub halted: bool,
    /// Who did it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why they were stopped, also where that is over.
    pub why: String,
}

impl Switched {
    pub(super) fn stopped(engine: Engine, halt: &Halt) -> Self {
        Self {
            engine,
            halted: true,
            by: halt.by.clone(),
            at: halt.at,
            why: halt.why.clone(),
        }
    }

    pub(super) fn resumed(engine: Engine, lifted: &Halt, (by, at): (&str, DateTime<Utc>)) -> Self {
        Self {
            engine,
            halted: false,
            by: by.to_owned(),
            at,
            why: lifted.why.clone(),
        }
    }
}

impl Record for Switched {
    const KIND: &'static str = "SWITCHED";
    fn key(&self) -> Key {
        // A halt and its end may fall into one millisecond.
        let end = if self.halted { "stopped" } else { "went on" };
        let at = self.at.to_rfc3339_opts(SecondsFormat::Nanos, true);
        Key::new(partition(self.engine), format!("{at}#{end}"))
    }
}

fn partition(engine: Engine) -> String {
    format!("{}#{engine}", Switched::KIND)
}

impl Ledger {
    /// The newest of what was done to an engine's kill switch, newest first.
    pub async fn switches(&self, engine: Engine, most: u32) -> Result<Vec<Switched>, StorageError> {
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(partition(engine)))
            .scan_index_forward(false)
            .limit(i32::try_from(most).unwrap_or(i32::MAX))
            .send()
            .await
            .map_err(StorageError::aws("Query"))?;
        let found = decode_each::<Switched>(answer.items.unwrap_or_default());
        Ok(found.into_iter().map(|it| it.record).collect())
    }
}
