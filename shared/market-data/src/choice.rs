//! Which market the configuration asks for.

use std::sync::Arc;

use chrono::TimeDelta;
use runtime::clock::system;
use runtime::configuration::{self, Configuration, MarketChoice, ProviderChoice};
use runtime::environment::MissingVariable;
use runtime::secrets::CachedSecret;
use runtime::vitals::Tally;
use runtime::{StartError, Surroundings};
use storage::MarketTable;

use crate::desk::{Desk, DeskError};
use crate::freshness::QuoteAge;
use crate::health::counted::CountedGate;
use crate::health::gate::{Limits, SharedGate};
use crate::provider::ProviderName;
use crate::provider::line::OpenGate;
use crate::{
    Market, MarketRules, ProviderMarket, RecordedMarket, RecordingError, SimulatedHours,
    SimulatedMarket,
};

/// Why the market that is asked for can't be had.
#[derive(Debug, thiserror::Error)]
pub enum ChoiceError {
    /// The recording can't be read.
    #[error(transparent)]
    Recording(#[from] RecordingError),
    /// The providers can't be put together.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The market table isn't named.
    #[error(transparent)]
    Table(#[from] MissingVariable),
}

/// The market that the configuration names.
pub fn chosen(surroundings: &Surroundings) -> Result<Arc<dyn Market>, ChoiceError> {
    let configuration = &surroundings.configuration;
    match &configuration.market {
        MarketChoice::Providers(choice) => Ok(Arc::new(real(choice, surroundings)?)),
        _ => offline(configuration)?.ok_or(ChoiceError::Desk(DeskError::NoKeys)),
    }
}

/// The market that the configuration names, if it is one that needs nobody else: made up, or
/// recorded.
pub fn offline(configuration: &Configuration) -> Result<Option<Arc<dyn Market>>, RecordingError> {
    match &configuration.market {
        MarketChoice::Simulated { seed, hours } => {
            let hours = match hours {
                configuration::SimulatedHours::Always => SimulatedHours::AlwaysOpen,
                configuration::SimulatedHours::Nyse => SimulatedHours::Nyse,
            };
            Ok(Some(Arc::new(SimulatedMarket::new(*seed, hours))))
        }
        MarketChoice::Recorded { dir, others } => {
            let market = RecordedMarket::open(dir, others.as_ref())?;
            Ok(Some(Arc::new(market)))
        }
        MarketChoice::Providers(_) => Ok(None),
    }
}

/// The market that the configuration names, for a look at it without tables: real providers are
/// asked past the breakers and limits that functions share, and nothing is kept for others.
pub fn for_a_look(configuration: &Configuration) -> Result<Arc<dyn Market>, ChoiceError> {
    match &configuration.market {
        MarketChoice::Providers(choice) => {
            let desk = Desk::new((**choice).clone(), Arc::new(OpenGate), None)?;
            let rules = rules(choice, configuration);
            Ok(Arc::new(ProviderMarket::new(desk, system(), rules, None)))
        }
        _ => offline(configuration)?.ok_or(ChoiceError::Desk(DeskError::NoKeys)),
    }
}

fn rules(choice: &ProviderChoice, configuration: &Configuration) -> MarketRules {
    let trading_rules = &configuration.settings.trading_rules;
    MarketRules {
        quote_age: QuoteAge {
            age_ms_max: trading_rules.quote_age_ms_max.into(),
        },
        quotes_kept: TimeDelta::seconds(choice.quotes_kept_s.into()),
        ..MarketRules::default()
    }
}

fn real(
    choice: &ProviderChoice,
    surroundings: &Surroundings,
) -> Result<ProviderMarket, ChoiceError> {
    let table = MarketTable::new(&surroundings.aws, &surroundings.environment)?;
    let (clock, entropy) = (surroundings.clock.clone(), surroundings.entropy.clone());
    let gate = SharedGate::new(table.clone(), clock.clone(), entropy, limits(choice));
    let secret = choice.secret_id.as_deref();
    let secret = secret.map(|id| CachedSecret::named(&surroundings.aws.secrets, id));
    let tally = Tally::default();
    let gate = CountedGate::new(Arc::new(gate), &tally);
    let desk = Desk::new(choice.clone(), Arc::new(gate), secret)?;
    let rules = rules(choice, &surroundings.configuration);
    Ok(ProviderMarket::new(desk, clock, rules, Some(&table)).counted_in(&tally))
}

/// How often each provider may be asked, by all functions together.
pub fn limits(choice: &ProviderChoice) -> Limits {
    [
        (ProviderName::Alpaca, &choice.alpaca),
        (ProviderName::Massive, &choice.massive),
        (ProviderName::MarketData, &choice.market_data),
        (ProviderName::TwelveData, &choice.twelve_data),
    ]
    .into_iter()
    .map(|(name, place)| (name, place.requests_per_minute))
    .collect()
}

/// A market that can't be had keeps a function from starting.
impl From<ChoiceError> for StartError {
    fn from(error: ChoiceError) -> Self {
        Self::Market(Box::new(error))
    }
}
