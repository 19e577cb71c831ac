//! Every decision can be made again from what was stored, byte for byte.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use decisions::case::Case;
use decisions::replay;
use domain::{Decision, Evidence, Settings};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use storage::evidence::Packed;

use super::{Facts, Findings, Violation};

/// What the evidence table holds, by its names.
pub(crate) struct Documents(BTreeMap<String, Vec<u8>>);

impl Documents {
    /// Reads the items of the table, as `DynamoDB` writes them in JSON; sorted by chunk.
    pub(crate) fn of(items: &[Json]) -> Self {
        let mut compressed: BTreeMap<String, BTreeMap<String, Vec<u8>>> = BTreeMap::new();
        for item in items {
            let text = |name: &str, kind: &str| item[name][kind].as_str().unwrap_or_default();
            let bytes = BASE64_STANDARD
                .decode(text("bytes", "B"))
                .unwrap_or_default();
            let chunks = compressed.entry(text("pk", "S").to_owned()).or_default();
            chunks.insert(text("sk", "S").to_owned(), bytes);
        }
        let whole = compressed.into_iter().filter_map(|(name, chunks)| {
            let bytes: Vec<u8> = chunks.into_values().flatten().collect();
            let unpacked = Packed::stored(&name, bytes).unpack().ok()?;
            Some((name, unpacked))
        });
        Self(whole.collect())
    }

    fn read<T: DeserializeOwned>(&self, name: &str) -> Result<T, String> {
        let bytes = self
            .0
            .get(name)
            .ok_or_else(|| format!("`{name}` isn't there"))?;
        serde_json::from_slice(bytes).map_err(|error| format!("`{name}`: {error}"))
    }
}

/// Decides everything again. Returns how many decisions that were.
pub(crate) fn violations(facts: &Facts, documents: &Documents) -> (u64, Vec<Violation>) {
    let mut findings = Findings::of("replays");
    for decision in &facts.decisions {
        let outcome = differences(facts, documents, decision);
        findings.expect(outcome.as_ref().is_ok_and(Vec::is_empty), || {
            let (engine, signal) = (decision.engine, decision.signal_id);
            format!("the decision of {engine} on {signal}: {outcome:?}")
        });
    }
    (facts.decisions.len() as u64, findings.close())
}

fn differences(
    facts: &Facts,
    documents: &Documents,
    decision: &Decision,
) -> Result<Vec<replay::Difference>, String> {
    let knowledge = decision.knowledge.as_ref().ok_or("it knows nothing")?;
    let evidence: Evidence = documents.read(&decision.evidence)?;
    let settings: Settings = documents.read(&knowledge.settings_sha256)?;
    let signal = facts.signals.get(&decision.signal_id);
    let of_it =
        |it: &&domain::Opinions| it.signal_id == decision.signal_id && it.engine == decision.engine;
    let opinions = facts.opinions.iter().find(of_it);
    let heard = opinions.map(|it| it.heard.as_slice()).unwrap_or_default();
    let case = Case {
        signal: signal.ok_or("its signal isn't there")?,
        evidence: &evidence,
        evidence_sha256: &decision.evidence,
        knowledge,
        settings: &settings,
        now: decision.decided_at,
    };
    Ok(replay::again(&case, heard).differences(decision, heard))
}
