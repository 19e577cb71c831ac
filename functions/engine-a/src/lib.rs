//! Engine A: decides signals by the rules.

use std::sync::Arc;

use deciding::{DecidingEngine, Judge, Judged};
use decisions::case::Case;
use domain::Engine;
use market_data::Market;
use runtime::{StartError, Surroundings};

/// Engine A with everything that it needs.
pub type EngineA = DecidingEngine<Rules>;

/// Judges by the rules alone.
pub struct Rules;

impl Judge for Rules {
    const ENGINE: Engine = Engine::A;
    const FUNCTION: &'static str = "engine-a";
    const QUEUE: &'static str = "ENGINE_A_QUEUE_URL";
    const LOOKS_AT_CORRELATIONS: bool = false;

    fn judge(&self, case: &Case<'_>) -> Judged {
        Judged {
            decision: decisions::engine_a::decide(case),
            opinions: None,
        }
    }
}

/// Engine A in these surroundings, on this market.
pub fn engine_a(
    surroundings: &Surroundings,
    market: Arc<dyn Market>,
) -> Result<EngineA, StartError> {
    DecidingEngine::new(Rules, surroundings, market)
}
