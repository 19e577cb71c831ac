//! The file of an export: JSON lines, compressed with zstd. A header, the items table by table,
//! and a footer with how many they are and the SHA-256 of every line before it, so that a file
//! that was cut or altered is noticed. It isn't signed: who can write the footer can write
//! anything.

mod reading;
mod writing;

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::attributes::{AttributeError, TypedItem};

pub(super) use reading::{check, items};
pub(super) use writing::Writing;

/// What the first line calls the file.
const FORMAT: &str = "parallax-ledger";
/// How the lines are to be read.
const FORMAT_VERSION: u32 = 1;

/// How many items, by the table's name in the template.
pub(super) type Counts = BTreeMap<String, u64>;

/// Why a file can't be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum ArchiveError {
    #[error("{file} can't be read or written")]
    Io {
        file: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{file} exists already")]
    Exists { file: PathBuf },
    #[error("{file} is no export of a ledger, or its beginning is damaged")]
    NoExport { file: PathBuf },
    #[error("{file} was written by a newer program: its {what} is {found}, and {known} is known")]
    Newer {
        file: PathBuf,
        what: &'static str,
        found: u32,
        known: u32,
    },
    #[error("line {line} of {file} can't be read: the file is damaged")]
    Line {
        file: PathBuf,
        line: u64,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error("{file} ends before its footer: it was cut, or never finished")]
    Cut { file: PathBuf },
    #[error("{file} was altered: {what}")]
    Altered { file: PathBuf, what: &'static str },
    #[error("an item can't be written")]
    Attribute(#[from] AttributeError),
}

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) format: String,
    pub(super) format_version: u32,
    /// The version of the items that the exporting program wrote.
    pub(super) schema_version: u32,
    pub(super) exported_at: DateTime<Utc>,
    /// A stack that ran may have changed between the first item and the last.
    pub(super) from_running_stack: bool,
    pub(super) items: Counts,
}

impl Header {
    pub(super) fn new(exported_at: DateTime<Utc>, from_running_stack: bool) -> Self {
        Self {
            format: FORMAT.to_owned(),
            format_version: FORMAT_VERSION,
            schema_version: storage::upgrades::current_version(),
            exported_at,
            from_running_stack,
            items: Counts::new(),
        }
    }
}

/// The last line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Footer {
    items: Counts,
    /// Of all lines before this one.
    sha256: String,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Header(Header),
    Item { table: String, item: TypedItem },
    Footer(Footer),
}
