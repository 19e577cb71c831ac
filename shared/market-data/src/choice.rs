//! Which market the configuration asks for.

use std::sync::Arc;

use runtime::configuration::{self, Configuration, MarketChoice};

use crate::{Market, SimulatedHours, SimulatedMarket};

/// The market that the configuration names.
pub fn chosen(configuration: &Configuration) -> Arc<dyn Market> {
    match configuration.market {
        MarketChoice::Simulated { seed, hours } => {
            let hours = match hours {
                configuration::SimulatedHours::Always => SimulatedHours::AlwaysOpen,
                configuration::SimulatedHours::Nyse => SimulatedHours::Nyse,
            };
            Arc::new(SimulatedMarket::new(seed, hours))
        }
    }
}
