//! What can go wrong between us and a table.

use aws_sdk_dynamodb::error::SdkError;
use domain::settings::SettingsProblem;
use runtime::vitals::Category;

/// A read or write that did not do what it should.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The call failed, or nobody knows whether it did.
    #[error("the {operation} call to DynamoDB failed")]
    Aws {
        /// Which call.
        operation: &'static str,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Other writers were in the way until the time was up.
    #[error("other writers were in the way {attempts} times")]
    Contended {
        /// How often it was tried.
        attempts: u32,
    },
    /// Somebody else changed what this write builds on. Read again, and decide again.
    #[error("the {kind} changed since it was read")]
    Changed {
        /// What kind of item.
        kind: &'static str,
    },
    /// An item isn't what its kind should be.
    #[error("the item {key} can't be read as {kind}")]
    Unreadable {
        /// Its key.
        key: String,
        /// What kind of item was expected.
        kind: String,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A record that no item or row of items can hold.
    #[error("this {kind} can't be stored")]
    Unstorable {
        /// What kind of record.
        kind: &'static str,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The item was written by a version of the program that this one doesn't know.
    #[error("the item {key} has schema version {found}, and this program knows {known}")]
    UnknownVersion {
        /// Its key.
        key: String,
        /// The version that it has.
        found: String,
        /// The version that is known.
        known: u32,
    },
    /// Settings that are out of range, or don't fit with each other: nobody trades under them.
    #[error("these settings can't be used: {}", in_words(.problems))]
    UnusableSettings {
        /// Every one of them, by field.
        problems: Vec<SettingsProblem>,
    },
    /// A cursor that this list didn't give out.
    #[error("the cursor is none of this list")]
    InvalidCursor,
    /// There is no such signal.
    #[error("there is no signal {0} in the ledger")]
    NoSignal(domain::SignalId),
}

impl StorageError {
    /// Names the call that failed.
    pub(crate) fn aws<E>(operation: &'static str) -> impl Fn(SdkError<E>) -> Self
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        move |error| Self::Aws {
            operation,
            source: error.into(),
        }
    }
}

impl Category for StorageError {
    fn category(&self) -> String {
        let word = match self {
            Self::Aws { .. } => "table_call",
            Self::Contended { .. } => "table_contended",
            Self::Changed { .. } => "item_changed",
            Self::Unreadable { .. } => "item_unreadable",
            Self::Unstorable { .. } => "item_unstorable",
            Self::UnknownVersion { .. } => "item_version",
            Self::UnusableSettings { .. } => "settings_unusable",
            Self::InvalidCursor => "invalid_cursor",
            Self::NoSignal(_) => "signal_unknown",
        };
        word.to_owned()
    }
}

fn in_words(problems: &[SettingsProblem]) -> String {
    let each = problems.iter();
    let words: Vec<_> = each.map(ToString::to_string).collect();
    words.join("; ")
}
