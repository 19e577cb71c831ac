//! A small Secrets Manager for one machine: texts by name, each with its current and its
//! previous version, in a file that only its owner can read.
//!
//! It may not show a secret but to who asks for it by name: not in logs, not in errors.

mod file;
mod service;
mod writing;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::wall_clock::WallClock;

/// Why a secret can't be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// The file can't be read or written.
    #[error("the secrets can't be kept in {file}")]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The file isn't one of secrets.
    #[error("{file} isn't a file of secrets (line {line})")]
    Content {
        /// The file.
        file: PathBuf,
        /// Where it goes wrong. What is there isn't shown.
        line: usize,
    },
}

/// One version of a secret.
#[derive(Clone, Serialize, Deserialize)]
struct Version {
    id: String,
    value: String,
    created_ms: i64,
}

/// A secret: its current version, and the one before.
#[derive(Clone, Serialize, Deserialize)]
struct Secret {
    current: Version,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<Version>,
}

type ByName = BTreeMap<String, Secret>;

/// The secrets of one data directory.
pub struct Secrets {
    file: Option<PathBuf>,
    by_name: Mutex<ByName>,
    clock: Arc<dyn WallClock>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secrets")
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}

impl Secrets {
    /// Opens the secrets kept in this file, or in memory. Blocks for the time of reading it.
    pub fn open(file: Option<&Path>, clock: Arc<dyn WallClock>) -> Result<Self, SecretsError> {
        let secrets = file.map(file::read).transpose()?.unwrap_or_default();
        Ok(Self {
            file: file.map(Path::to_owned),
            by_name: Mutex::new(secrets),
            clock,
        })
    }

    /// The current value of this secret, if there is one.
    pub fn current(&self, name: &str) -> Option<String> {
        let secrets = self.by_name.lock().unwrap_or_else(PoisonError::into_inner);
        secrets.get(name).map(|secret| secret.current.value.clone())
    }

    /// Gives this secret a new version; the one that it had is its previous version. Writes
    /// first, so that memory never knows more than the file, and blocks for the time of that.
    fn keep(
        &self,
        secrets: &mut ByName,
        name: &str,
        id: &str,
        value: &str,
    ) -> Result<(), SecretsError> {
        let current = Version {
            id: id.to_owned(),
            value: value.to_owned(),
            created_ms: self.clock.now_ms(),
        };
        let mut changed = secrets.clone();
        let previous = changed.remove(name).map(|secret| secret.current);
        changed.insert(name.to_owned(), Secret { current, previous });
        if let Some(file) = &self.file {
            file::write(file, &changed)?;
        }
        *secrets = changed;
        Ok(())
    }
}
