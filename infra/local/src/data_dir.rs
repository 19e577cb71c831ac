//! The data directory: what a stack keeps, the lock that only one process holds, and how other
//! commands find the stack that runs on it.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::account::AccountId;
use crate::aws::AwsEndpoints;

/// Why the directory can't be used.
#[derive(Debug, thiserror::Error)]
pub enum DataDirError {
    /// It can't be made, read or written.
    #[error("the data directory {dir} can't be used")]
    Io {
        /// The directory.
        dir: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Another process has it.
    #[error("another stack already runs on {dir}; end it first, or choose another --data-dir")]
    Taken {
        /// The directory.
        dir: PathBuf,
    },
}

/// How to reach the stack that runs on a directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// The HTTP API's port.
    pub port: u16,
    /// Where its DynamoDB answers.
    pub dynamodb_url: String,
    /// Where its SQS and Secrets Manager answer.
    pub gateway_url: String,
    /// The variables that it was started with, without secrets.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
}

impl Running {
    /// Its AWS.
    pub fn aws(&self) -> AwsEndpoints {
        AwsEndpoints {
            dynamodb_url: self.dynamodb_url.clone(),
            gateway_url: self.gateway_url.clone(),
            account: AccountId::EMBEDDED,
        }
    }
}

/// A data directory that this process has to itself.
#[derive(Debug)]
pub struct DataDir {
    dir: PathBuf,
    _lock: File,
}

impl DataDir {
    /// Takes the directory, making it if there is none.
    pub fn take(dir: &Path) -> Result<Self, DataDirError> {
        let failed = |source| DataDirError::Io {
            dir: dir.to_owned(),
            source,
        };
        fs::create_dir_all(dir).map_err(failed)?;
        let lock = File::create(dir.join("lock")).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                dir: dir.to_owned(),
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(DataDirError::Taken {
                dir: dir.to_owned(),
            }),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }

    /// The directory.
    pub fn path(&self) -> &Path {
        &self.dir
    }

    /// Tells other commands how to reach this process.
    pub fn announce(&self, running: &Running) -> Result<(), DataDirError> {
        let text = serde_json::to_string(running).unwrap_or_default();
        fs::write(self.announcement(), text).map_err(|source| DataDirError::Io {
            dir: self.dir.clone(),
            source,
        })
    }

    fn announcement(&self) -> PathBuf {
        self.dir.join("running.json")
    }
}

impl Drop for DataDir {
    fn drop(&mut self) {
        // Gone already, or never made: either way nobody is misled.
        let _ = fs::remove_file(self.announcement());
    }
}

/// The stack that runs on this directory, if one does.
pub fn running(dir: &Path) -> Option<Running> {
    let text = fs::read_to_string(dir.join("running.json")).ok()?;
    // A killed stack leaves its announcement but not its lock.
    let lock = File::open(dir.join("lock")).ok()?;
    match lock.try_lock() {
        Err(TryLockError::WouldBlock) => serde_json::from_str(&text).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stack_has_it_and_others_find_it() {
        let dir = tempfile::tempdir().unwrap();
        let announced = Running {
            port: 1,
            dynamodb_url: "d".into(),
            gateway_url: "g".into(),
            variables: BTreeMap::from([("MARKET".into(), "simulated".into())]),
        };
        let taken = DataDir::take(dir.path()).unwrap();
        taken.announce(&announced).unwrap();
        assert!(matches!(
            DataDir::take(dir.path()),
            Err(DataDirError::Taken { .. })
        ));
        assert_eq!(running(dir.path()), Some(announced));
        drop(taken);
        assert_eq!(running(dir.path()), None);
        assert!(DataDir::take(dir.path()).is_ok());
    }
}
