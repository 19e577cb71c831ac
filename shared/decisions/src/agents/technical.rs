//! The Technical agent: what the bars of the signal's timeframe do. Their trend, their momentum,
//! their volatility, and the levels at which they may turn.

mod levels;
mod momentum;
mod trend;
mod volume;

use domain::{AgentKind, AgentName, Opinion, Studies};

use super::tally::Tally;
use super::{Agent, NoEvidence};
use crate::case::Case;

/// The Technical agent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Technical;

impl Agent for Technical {
    fn name(&self) -> AgentName {
        AgentName::of("technical")
    }

    fn kind(&self) -> AgentKind {
        AgentKind::Core
    }

    fn weight(&self) -> u32 {
        25
    }

    fn opinion(&self, case: &Case<'_>) -> Result<Opinion, NoEvidence> {
        let none = NoEvidence("there are no studies of the bars".into());
        let studies = case.evidence.studies.as_ref().ok_or(none)?;
        let mut tally = Tally::default();
        trend::see(&mut tally, studies);
        momentum::see(&mut tally, studies);
        volume::see(&mut tally, studies);
        levels::see(&mut tally, studies);
        tally.opinion()
    }
}

/// The average true range, in which distances are measured.
fn average_range(studies: &Studies) -> Option<f64> {
    Some(studies.technical.atr?.atr_14)
}
