//! What must hold, whatever went wrong: read off the ledger's items alone, by rules of its own,
//! so that an error of the ledger's code isn't repeated here.
//!
//! A change of the ledger is one transaction, so most of it holds at every instant; the rest
//! holds once nothing is under way any more.

mod at_rest;
pub mod books;
mod equity;
mod exit_decisions;
mod exits;
pub mod facts;
mod halts;
mod legs;
mod reading;
pub(crate) mod replays;
mod rollups;
mod routing;
mod told;
mod watches;
mod work;

use std::fmt;

use domain::Usd;

pub(crate) use facts::EVIDENCE_READ;
pub use facts::Facts;
pub use reading::facts_at;

/// Something that didn't hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Which invariant.
    pub invariant: &'static str,
    /// What was found instead.
    pub detail: String,
}

impl Violation {
    /// A violation of this invariant.
    pub fn new(invariant: &'static str, detail: impl Into<String>) -> Self {
        Self {
            invariant,
            detail: detail.into(),
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.invariant, self.detail)
    }
}

/// What doesn't hold at this instant, where each engine started with `capital`.
pub fn at_any_instant(facts: &Facts, capital: Usd) -> Vec<Violation> {
    let mut violations = facts.unreadable.clone();
    violations.extend(legs::violations(facts));
    violations.extend(books::violations(facts, capital.0));
    violations.extend(halts::violations(facts));
    violations.extend(rollups::violations(facts));
    violations.extend(exit_decisions::violations(facts));
    violations.extend(watches::violations(facts));
    violations.extend(equity::violations(facts, capital.0));
    violations.extend(work::violations(facts));
    violations.extend(routing::violations(facts));
    violations
}

/// What doesn't hold although nothing is under way any more.
pub fn at_rest(facts: &Facts, capital: Usd) -> Vec<Violation> {
    let mut violations = at_any_instant(facts, capital);
    violations.extend(at_rest::violations(facts));
    violations.extend(exits::violations(facts));
    violations.extend(told::violations(facts));
    violations
}

/// Collects violations of one invariant.
pub(crate) struct Findings {
    invariant: &'static str,
    found: Vec<Violation>,
}

impl Findings {
    pub(crate) fn of(invariant: &'static str) -> Self {
        Self {
            invariant,
            found: Vec::new(),
        }
    }

    /// Notes a violation unless this holds.
    pub(crate) fn expect(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if !holds {
            self.found.push(Violation::new(self.invariant, otherwise()));
        }
    }

    pub(crate) fn close(self) -> Vec<Violation> {
        self.found
    }
}
