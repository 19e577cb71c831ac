//! Batches: up to ten requests of one kind, each of which may fail alone.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::error::SqsError;

/// The most entries of a batch.
const MOST_ENTRIES: usize = 10;

/// A batch as it is sent.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct BatchRequest<T> {
    pub(super) queue_url: String,
    #[serde(default = "Vec::new")]
    pub(super) entries: Vec<Entry<T>>,
}

/// One entry of it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Entry<T> {
    pub(super) id: String,
    #[serde(flatten)]
    pub(super) request: T,
}

/// What became of each entry.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct BatchAnswer<T> {
    pub(super) successful: Vec<Done<T>>,
    pub(super) failed: Vec<Failed>,
}

/// An entry that succeeded.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Done<T> {
    id: String,
    #[serde(flatten)]
    pub(super) answer: T,
}

/// An entry that failed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Failed {
    id: String,
    sender_fault: bool,
    code: &'static str,
    message: String,
}

/// An entry has nothing to say but that it succeeded.
#[derive(Debug, Serialize)]
pub(super) struct Nothing {}

impl<T> BatchRequest<T> {
    /// Whether the batch as a whole is one.
    pub(super) fn check(&self) -> Result<(), SqsError> {
        if self.entries.is_empty() {
            return Err(SqsError::EmptyBatchRequest);
        }
        if self.entries.len() > MOST_ENTRIES {
            return Err(SqsError::TooManyEntriesInBatchRequest);
        }
        let mut seen = HashSet::new();
        for entry in &self.entries {
            if !is_entry_id(&entry.id) {
                return Err(SqsError::InvalidBatchEntryId);
            }
            if !seen.insert(&entry.id) {
                return Err(SqsError::BatchEntryIdsNotDistinct(entry.id.clone()));
            }
        }
        Ok(())
    }
}

fn is_entry_id(id: &str) -> bool {
    let is_allowed =
        |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    (1..=80).contains(&id.len()) && id.chars().all(is_allowed)
}

impl<T> BatchAnswer<T> {
    /// Does each entry, whatever becomes of the others.
    pub(super) fn of_each<R>(
        entries: Vec<Entry<R>>,
        mut each: impl FnMut(R) -> Result<T, SqsError>,
    ) -> Self {
        let mut answer = Self {
            successful: Vec::new(),
            failed: Vec::new(),
        };
        for entry in entries {
            match each(entry.request) {
                Ok(done) => answer.successful.push(Done {
                    id: entry.id,
                    answer: done,
                }),
                Err(error) => answer.failed.push(Failed {
                    id: entry.id,
                    sender_fault: error.is_senders_fault(),
                    code: error.code(),
                    message: error.to_string(),
                }),
            }
        }
        answer
    }
}
