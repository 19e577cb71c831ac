//! What a committee said of a signal, as an item: one for all its agents, written with the
//! decision and never again. The opinions are one JSON text, so that reading gives back the
//! bytes that were written.

use domain::opinion::{Heard, Opinions};
use domain::{Engine, SignalId};
use serde::{Deserialize, Serialize};

use crate::batches::{self, item_key};
use crate::error::StorageError;
use crate::item::{Item, Record, decode, key_of, unreadable};
use crate::keys::Key;
use crate::ledger::Ledger;

/// Opinions in the form in which they are stored.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct StoredOpinions {
    signal_id: SignalId,
    engine: Engine,
    heard: String,
}

impl Record for StoredOpinions {
    const KIND: &'static str = "OPINIONS";
    fn key(&self) -> Key {
        key(self.signal_id, self.engine)
    }
}

pub(crate) fn key(signal_id: SignalId, engine: Engine) -> Key {
    Key::in_trace(signal_id, format!("{}#{engine}", StoredOpinions::KIND))
}

impl StoredOpinions {
    pub(crate) fn of(opinions: &Opinions) -> Result<Self, StorageError> {
        let (signal_id, engine) = (opinions.signal_id, opinions.engine);
        let heard = serde_json::to_string(&opinions.heard)
            .map_err(|source| unreadable(&key(signal_id, engine), Self::KIND, source))?;
        Ok(Self {
            signal_id,
            engine,
            heard,
        })
    }
}

/// An item as the opinions that it holds.
impl Ledger {
    /// What the committee of Engine B said of these signals; one whose items can't be read, or on
    /// which nobody was asked, is left out.
    pub async fn opinions_of(&self, signals: &[SignalId]) -> Result<Vec<Opinions>, StorageError> {
        let keys = signals.iter().map(|id| item_key(&key(*id, Engine::B)));
        let found = batches::read(&self.client, &self.table, keys.collect(), false).await?;
        Ok(found
            .into_iter()
            .filter_map(|item| read(item).ok())
            .collect())
    }
}

pub(crate) fn read(item: Item) -> Result<Opinions, StorageError> {
    let key = key_of(&item);
    let stored = decode::<StoredOpinions>(item)?.record;
    let heard: Vec<Heard> = serde_json::from_str(&stored.heard)
        .map_err(|source| unreadable(&key, StoredOpinions::KIND, source))?;
    Ok(Opinions {
        signal_id: stored.signal_id,
        engine: stored.engine,
        heard,
    })
}
