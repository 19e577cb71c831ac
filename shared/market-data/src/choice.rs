//! Which market the configuration asks for.

use std::sync::Arc;

use runtime::StartError;
use runtime::configuration::{self, Configuration, MarketChoice};

use crate::{Market, RecordedMarket, RecordingError, SimulatedHours, SimulatedMarket};

/// The market that the configuration names.
pub fn chosen(configuration: &Configuration) -> Result<Arc<dyn Market>, RecordingError> {
    match &configuration.market {
        MarketChoice::Simulated { seed, hours } => {
            let hours = match hours {
                configuration::SimulatedHours::Always => SimulatedHours::AlwaysOpen,
                configuration::SimulatedHours::Nyse => SimulatedHours::Nyse,
            };
            Ok(Arc::new(SimulatedMarket::new(*seed, hours)))
        }
        MarketChoice::Recorded { dir, others } => {
            Ok(Arc::new(RecordedMarket::open(dir, others.as_ref())?))
        }
    }
}

/// A market that can't be had keeps a function from starting.
impl From<RecordingError> for StartError {
    fn from(error: RecordingError) -> Self {
        Self::Market(Box::new(error))
    }
}
