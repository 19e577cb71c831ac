//! Deciding again: the same case, read back from where it was stored, gives the same decision,
//! byte for byte.

use domain::opinion::{Answer, Heard};
use domain::settings::CommitteeRules;
use domain::{Decision, Engine, Flags, Settings};
use serde::Serialize;

use crate::agents::{self, Agent, COMMITTEE};
use crate::case::Case;
use crate::{engine_a, engine_b};

/// What deciding again came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Replayed {
    /// The decision.
    pub decision: Decision,
    /// What the committee said; empty where none was heard.
    pub heard: Vec<Heard>,
}

/// A difference between what was stored and what deciding again gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Of the decision, or of which agent's opinion.
    pub of: String,
    /// As it was stored, as JSON.
    pub stored: String,
    /// As it is now, as JSON.
    pub again: String,
}

/// Decides a case again. Agents that failed or ran out of time then are absent again: that was an
/// accident, which doesn't follow from the case.
pub fn again(case: &Case<'_>, heard_then: &[Heard]) -> Replayed {
    if case.engine() == Engine::A {
        return Replayed {
            decision: engine_a::decide(case),
            heard: Vec::new(),
        };
    }
    let (decision, heard) = engine_b::decide(case, || hear_again(case, heard_then));
    Replayed {
        decision,
        heard: heard.unwrap_or_default(),
    }
}

fn hear_again(case: &Case<'_>, then: &[Heard]) -> Vec<Heard> {
    let ask = |agent: &&dyn Agent| {
        let name = agent.name();
        let before = then.iter().find(|one| one.agent == name);
        match before {
            Some(before) if was_an_accident(before) => before.clone(),
            _ => agents::hear(*agent, case),
        }
    };
    COMMITTEE.iter().map(ask).collect()
}

fn was_an_accident(heard: &Heard) -> bool {
    match &heard.answer {
        Answer::Given(_) => false,
        Answer::Absent { absence, .. } => !absence.is_reasoned(),
    }
}

impl Replayed {
    /// What differs from the stored decision and opinions, compared as the bytes of their JSON.
    pub fn differences(&self, decision: &Decision, heard: &[Heard]) -> Vec<Difference> {
        let mut found: Vec<Difference> = difference("the decision", decision, &self.decision)
            .into_iter()
            .collect();
        if heard.len() != self.heard.len() {
            found.push(Difference {
                of: "the committee".to_owned(),
                stored: format!("{} agents", heard.len()),
                again: format!("{} agents", self.heard.len()),
            });
        }
        let pairs = heard.iter().zip(&self.heard);
        found.extend(pairs.filter_map(|(then, now)| difference(then.agent.as_str(), then, now)));
        found
    }
}

fn difference<T: Serialize>(of: &str, stored: &T, again: &T) -> Option<Difference> {
    // What can't be written as JSON is compared as the error that it gives.
    let json = |value: &T| serde_json::to_string(value).unwrap_or_else(|error| error.to_string());
    let (stored, again) = (json(stored), json(again));
    (stored != again).then(|| Difference {
        of: of.to_owned(),
        stored,
        again,
    })
}

/// Settings with other weights or flags, to ask what would have been decided under them.
#[must_use]
pub fn under(
    settings: &Settings,
    committee: Option<&CommitteeRules>,
    flags: Option<Flags>,
) -> Settings {
    let mut changed = settings.clone();
    if let Some(committee) = committee {
        *changed.committee = committee.clone();
    }
    changed.flags = flags.unwrap_or(changed.flags);
    changed
}
