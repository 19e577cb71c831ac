//! Evidence as what it says: one form in the table, and one evidence for all engines.

use domain::{Evidence, SignalId};

use super::{EvidencePointer, EvidenceTable, unreadable_evidence};
use crate::error::StorageError;
use crate::ledger::Ledger;

/// Evidence that stands in the table.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptEvidence {
    /// What it says.
    pub evidence: Evidence,
    /// Its name.
    pub sha256: String,
}

impl EvidenceTable {
    /// Stores evidence, and returns its name.
    pub async fn put_evidence(&self, evidence: &Evidence) -> Result<String, StorageError> {
        let bytes = serde_json::to_vec(evidence).map_err(|e| unreadable_evidence("new", e))?;
        self.put(&bytes, evidence.captured_at).await
    }

    /// The evidence with this name, if it is there.
    pub async fn get_evidence(&self, name: &str) -> Result<Option<Evidence>, StorageError> {
        let Some(bytes) = self.get(name).await? else {
            return Ok(None);
        };
        let evidence = serde_json::from_slice(&bytes).map_err(|e| unreadable_evidence(name, e))?;
        Ok(Some(evidence))
    }

    /// Stores a signal's evidence, unless another engine was first: then that one's holds, for
    /// both.
    pub async fn keep(
        &self,
        ledger: &Ledger,
        signal_id: SignalId,
        evidence: Evidence,
    ) -> Result<KeptEvidence, StorageError> {
        let own = EvidencePointer {
            signal_id,
            sha256: self.put_evidence(&evidence).await?,
            captured_at: evidence.captured_at,
        };
        let named = ledger.name_evidence(&own).await?;
        if named != own {
            return self.kept(&named).await;
        }
        Ok(KeptEvidence {
            evidence,
            sha256: own.sha256,
        })
    }

    /// The evidence that a pointer names; it is there, since it is stored before it is named.
    pub async fn kept(&self, pointer: &EvidencePointer) -> Result<KeptEvidence, StorageError> {
        let sha256 = pointer.sha256.clone();
        match self.get_evidence(&sha256).await? {
            Some(evidence) => Ok(KeptEvidence { evidence, sha256 }),
            None => Err(unreadable_evidence(&sha256, "it is gone")),
        }
    }
}
