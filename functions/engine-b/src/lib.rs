//! Engine B: a committee of agents votes on every signal.
//!
//! The agents are heard one after the other, within a deadline. One that fails or takes too long
//! is left out, with its reason, and the decision goes on without it.

use std::sync::Arc;
use std::time::Duration;

use deciding::{DecidingEngine, Judge, Judged};
use decisions::agents::{self, Agent};
use decisions::case::Case;
use domain::{Engine, Opinions};
use market_data::Market;
use runtime::{StartError, Surroundings};
use tokio::time::Instant;

/// Engine B with everything that it needs.
pub type EngineB = DecidingEngine<Committee>;

/// Judges by the vote of these agents.
pub struct Committee {
    agents: &'static [&'static dyn Agent],
}

impl Judge for Committee {
    const ENGINE: Engine = Engine::B;
    const FUNCTION: &'static str = "engine-b";
    const QUEUE: &'static str = "ENGINE_B_QUEUE_URL";
    const LOOKS_AT_CORRELATIONS: bool = true;

    fn judge(&self, case: &Case<'_>) -> Judged {
        let (decision, heard) = decisions::engine_b::decide(case, || {
            let most = Duration::from_millis(case.settings.committee.deadline_ms.into());
            let until = Instant::now() + most;
            agents::hear_within(self.agents, case, || Instant::now() <= until)
        });
        let opinions = heard.map(|heard| Opinions {
            signal_id: case.signal.signal_id,
            engine: Engine::B,
            heard,
        });
        Judged { decision, opinions }
    }
}

/// Engine B in these surroundings, on this market.
pub fn engine_b(
    surroundings: &Surroundings,
    market: Arc<dyn Market>,
) -> Result<EngineB, StartError> {
    engine_b_of(agents::COMMITTEE, surroundings, market)
}

/// The same with other agents.
pub fn engine_b_of(
    agents: &'static [&'static dyn Agent],
    surroundings: &Surroundings,
    market: Arc<dyn Market>,
) -> Result<EngineB, StartError> {
    DecidingEngine::new(Committee { agents }, surroundings, market)
}
