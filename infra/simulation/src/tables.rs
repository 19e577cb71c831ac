//! Reads the tables of a run as a whole, past all faults, for the invariants.

use std::cell::RefCell;
use std::collections::BTreeSet;

use local_stack::wire::InMemoryDynamoDb;
use runtime::Environment;
use serde_json::{Value as Json, json};

use crate::invariants::replays::Documents;
use crate::invariants::{EVIDENCE_READ, Facts, Violation, facts};

/// The tables that the invariants read.
pub(crate) struct Tables {
    database: InMemoryDynamoDb,
    ledger: String,
    evidence: String,
    /// The names of evidence that has been seen to be stored.
    evidence_seen: RefCell<BTreeSet<String>>,
}

impl Tables {
    /// The tables that the environment names.
    pub(crate) fn named(environment: &Environment, database: InMemoryDynamoDb) -> Self {
        let table = |name: &str| environment.get(name).unwrap_or_default().to_owned();
        Self {
            database,
            ledger: table("LEDGER_TABLE"),
            evidence: table("EVIDENCE_TABLE"),
            evidence_seen: RefCell::default(),
        }
    }

    /// The ledger's name.
    pub(crate) fn ledger(&self) -> &str {
        &self.ledger
    }

    /// What the ledger says now; a table that can't be read is a violation, not an empty table.
    pub(crate) fn facts(&self) -> Facts {
        let ledger = self.scan(json!({ "TableName": self.ledger }));
        let unread = ledger.as_ref().err().cloned();
        let mut facts = Facts::of(&ledger.unwrap_or_default(), &[]);
        facts.unreadable.extend(unread);
        // What is stored under its own hash stays as it is: it is read again for new names only.
        facts
            .evidence_stored
            .clone_from(&self.evidence_seen.borrow());
        if !facts.has_all_evidence() {
            let evidence = self.scan(json!({
                "TableName": self.evidence,
                "ProjectionExpression": EVIDENCE_READ,
            }));
            facts.unreadable.extend(evidence.as_ref().err().cloned());
            facts.evidence_stored = facts::whole(&evidence.unwrap_or_default());
            self.evidence_seen.replace(facts.evidence_stored.clone());
        }
        facts
    }

    /// Everything that the evidence table holds.
    pub(crate) fn documents(&self) -> Result<Documents, Violation> {
        let items = self.scan(json!({ "TableName": self.evidence }))?;
        Ok(Documents::of(&items))
    }

    fn scan(&self, mut request: Json) -> Result<Vec<Json>, Violation> {
        let mut items = Vec::new();
        loop {
            let page = self.database.read("Scan", &request);
            let page = page.map_err(|error| Violation::new("readable", error.to_string()))?;
            items.extend(page["Items"].as_array().into_iter().flatten().cloned());
            if page["LastEvaluatedKey"].is_null() {
                return Ok(items);
            }
            request["ExclusiveStartKey"] = page["LastEvaluatedKey"].clone();
        }
    }
}
