//! The Context agent: what surrounds the alert. What options traders pay for, what the daily bars
//! do, where dealers stand, and how much of the session is left.

mod daily;
mod positioning;
mod session;

use domain::{AgentKind, AgentName, Opinion};

use super::tally::Tally;
use super::{Agent, NoEvidence};
use crate::case::Case;

/// The Context agent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context;

impl Agent for Context {
    fn name(&self) -> AgentName {
        AgentName::of("context")
    }

    fn kind(&self) -> AgentKind {
        AgentKind::Core
    }

    fn weight(&self) -> u32 {
        20
    }

    fn opinion(&self, case: &Case<'_>) -> Result<Opinion, NoEvidence> {
        let evidence = case.evidence;
        let mut tally = Tally::default();
        positioning::see_flow(&mut tally, evidence.options_flow.as_ref());
        let studies = evidence.studies.as_ref();
        let daily = studies.and_then(|studies| studies.technical.daily.as_ref());
        daily::see_trend(&mut tally, daily);
        daily::see_regime(&mut tally, daily);
        positioning::see_gamma(&mut tally, evidence.gamma_exposure.as_ref());
        let kept = session::look(&mut tally, evidence.clock.as_ref(), case.now);
        tally.opinion_at(kept)
    }
}
