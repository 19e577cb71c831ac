//! The `DynamoDB` ledger and its neighbours: one method for each access pattern.
//!
//! What is true is decided by conditional writes here. Nothing here decides about a trade, and
//! nothing outside this crate knows a key, an attribute or a condition.

mod batches;
mod error;
mod filled_order;
mod item;
mod keys;
mod lone_put;
mod transact;

pub mod evidence;
pub mod holdings;
pub mod kept;
pub mod ledger;
pub mod marks;
mod opinions;
pub mod page;
pub mod settings;
pub mod shared_state;
pub mod upgrades;
pub mod users;
pub mod vitals;
pub mod webhook_event;

pub use error::StorageError;
pub use evidence::{EvidencePointer, EvidenceTable, KeptEvidence};
pub use item::{Item, Versioned};
pub use ledger::Ledger;
pub use marks::MarketTable;
pub use page::{Bounded, Cursor, Page, PageLimit, PageRequest};
pub use settings::{
    NewVersion, SettingsBase, SettingsChange, SettingsKind, SettingsTable, SettingsVersion,
};
pub use users::{User, UsersTable};
pub use vitals::VitalsKeeper;
pub use webhook_event::{WebhookEvent, WebhookOutcome};
