//! The committee of Engine B: agents, each a pure function from a case to an opinion.
//!
//! To add one, write a file with a type that is an [`Agent`], and name it in [`COMMITTEE`].

mod context;
mod gamma_flow;
mod opening_range;
mod risk;
mod satyland;
mod setup;
mod side;
mod squeeze;
mod strat;
mod tally;
mod technical;

use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::opinion::{Absence, Answer, Heard, Word};
use domain::settings::{CommitteeRules, SettingsProblem};
use domain::{AgentKind, AgentName, Flag, Opinion};

use crate::case::Case;

/// That an agent has nothing to look at, and what it would need.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoEvidence(pub Word);

impl From<&Word> for NoEvidence {
    /// For a study that isn't there: it says why.
    fn from(why: &Word) -> Self {
        Self(why.clone())
    }
}

/// A member of the committee. It does no I/O, reads no clock and no randomness; missing evidence
/// lowers its confidence and is named, and no neutral number takes its place.
pub trait Agent: Send + Sync {
    /// Its name.
    fn name(&self) -> AgentName;

    /// Where it sits.
    fn kind(&self) -> AgentKind;

    /// Its weight unless a setting says otherwise.
    fn weight(&self) -> u32;

    /// The flag without which it isn't asked.
    fn flag(&self) -> Option<Flag> {
        None
    }

    /// What it says of a case.
    fn opinion(&self, case: &Case<'_>) -> Result<Opinion, NoEvidence>;
}

/// Who sits in the committee, in the order in which they are heard.
pub static COMMITTEE: &[&dyn Agent] = &[
    &context::Context,
    &technical::Technical,
    &risk::Risk,
    &opening_range::OpeningRange,
    &strat::Strat,
    &squeeze::Squeeze,
    &gamma_flow::GammaFlow,
    &satyland::Satyland,
];

/// What comes of asking an agent.
pub fn hear(agent: &dyn Agent, case: &Case<'_>) -> Heard {
    let is_off = |flag: &Flag| !case.settings.flags.is_on(*flag);
    let answer = match agent.flag().filter(is_off) {
        Some(flag) => Answer::absent(Absence::Off, format!("{} is off", flag.name())),
        None => match agent.opinion(case) {
            Ok(opinion) => Answer::Given(opinion),
            Err(NoEvidence(why)) => Answer::absent(Absence::NoEvidence, why),
        },
    };
    Heard {
        agent: agent.name(),
        kind: agent.kind(),
        answer,
    }
}

/// What comes of asking these agents in turn while there is time. One that fails is absent, and
/// so is one that wasn't done in time, with everybody after it.
pub fn hear_within(
    agents: &[&dyn Agent],
    case: &Case<'_>,
    has_time: impl Fn() -> bool,
) -> Vec<Heard> {
    let ask = |agent: &&dyn Agent| {
        let absent = |absence, why: &'static str| Heard {
            agent: agent.name(),
            kind: agent.kind(),
            answer: Answer::absent(absence, why),
        };
        if !has_time() {
            return absent(Absence::OutOfTime, "the time of the agents was up");
        }
        // It gets shared references and gives back a value: nothing is left half done.
        match catch_unwind(AssertUnwindSafe(|| hear(*agent, case))) {
            Ok(heard) if has_time() => heard,
            Ok(_) => absent(Absence::OutOfTime, "it took longer than the agents may"),
            Err(_) => absent(Absence::Failed, "it failed; the log tells where"),
        }
    };
    agents.iter().map(ask).collect()
}

/// The whole committee, one agent after the other.
pub fn hear_all(case: &Case<'_>) -> Vec<Heard> {
    COMMITTEE.iter().map(|agent| hear(*agent, case)).collect()
}

/// What an agent weighs under these rules; nothing, if nobody knows it.
pub fn weight_of(agent: &AgentName, rules: &CommitteeRules) -> u32 {
    let own = || {
        COMMITTEE
            .iter()
            .find(|one| one.name() == *agent)
            .map(|one| one.weight())
    };
    let set = rules.weights.get(agent).copied();
    set.or_else(own).unwrap_or(0)
}

/// Weights that are set for agents that there aren't.
pub fn unknown_weights(rules: &CommitteeRules) -> Vec<SettingsProblem> {
    let is_known = |name: &AgentName| COMMITTEE.iter().any(|agent| agent.name() == *name);
    let unknown = rules.weights.keys().filter(|name| !is_known(name));
    let names: Vec<_> = COMMITTEE
        .iter()
        .map(|agent| agent.name().to_string())
        .collect();
    unknown
        .map(|name| SettingsProblem {
            field: "weights",
            message: format!("{name} is no agent; there are {}", names.join(", ")),
        })
        .collect()
}
