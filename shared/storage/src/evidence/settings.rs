//! The settings that decisions were made under, whole and by hash: the settings table knows
//! versions, but not what the environment and the program's defaults said below them.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use domain::Settings;

use super::{EvidenceTable, unreadable_evidence};
use crate::error::StorageError;

/// The settings that this process stored last, and their name.
pub(super) type LastKept = Arc<Mutex<Option<(Settings, String)>>>;

impl EvidenceTable {
    /// Stores the settings, and returns their name. The same ones again cost nothing.
    pub async fn keep_settings(
        &self,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<String, StorageError> {
        if let Some(name) = self.kept_name(settings) {
            return Ok(name);
        }
        let bytes = serde_json::to_vec(settings).map_err(|e| unreadable_evidence("new", e))?;
        let name = self.put(&bytes, now).await?;
        *self.settings.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((settings.clone(), name.clone()));
        Ok(name)
    }

    /// The settings with this name, if they are there.
    pub async fn get_settings(&self, name: &str) -> Result<Option<Settings>, StorageError> {
        let Some(bytes) = self.get(name).await? else {
            return Ok(None);
        };
        let settings = serde_json::from_slice(&bytes).map_err(|e| unreadable_evidence(name, e))?;
        Ok(Some(settings))
    }

    fn kept_name(&self, settings: &Settings) -> Option<String> {
        let last = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
        let (kept, name) = last.as_ref()?;
        (kept == settings).then(|| name.clone())
    }
}
