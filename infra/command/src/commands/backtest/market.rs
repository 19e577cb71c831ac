//! The market that a backtest is played on.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::calendar::trading_date;
use domain::{Symbol, Timeframe};
use market_data::{MarketSource, ModelledMarket, RecordedMarket, SimulatedHours, SimulatedMarket};
use runtime::configuration::MarketChoice;
use runtime::{Configuration, Environment};

use super::AnyError;

/// What stands before the seed of a made-up market.
const SIMULATED: &str = "simulated:";

/// A market, and what it says of itself.
pub(super) struct Played {
    market: Arc<dyn ModelledMarket>,
    source: MarketSource,
}

impl Played {
    /// The market of this name.
    pub(super) fn open(name: &str) -> Result<Self, AnyError> {
        let market = market(name)?;
        let source = market.source();
        Ok(Self { market, source })
    }

    pub(super) fn market(&self) -> Arc<dyn ModelledMarket> {
        Arc::clone(&self.market)
    }

    pub(super) fn sentence(&self) -> &str {
        &self.source.sentence
    }

    /// The symbols that it has; none where it has any.
    pub(super) fn symbols(&self) -> Vec<String> {
        self.recorded().iter().map(Symbol::to_string).collect()
    }

    /// The first day that it can be played on.
    pub(super) fn first_day(&self) -> Option<NaiveDate> {
        let recording = self.source.recording.as_ref()?;
        Some(trading_date(recording.plays_from))
    }

    /// The last one.
    pub(super) fn last_day(&self) -> Option<NaiveDate> {
        let recording = self.source.recording.as_ref()?;
        Some(trading_date(recording.ends_at))
    }

    /// The shortest step for which every symbol has bars, but for those with daily bars only.
    pub(super) fn shortest_step(&self) -> Timeframe {
        let finest = self.recorded().iter();
        let finest = finest.map(|symbol| self.market.finest_bars(symbol));
        let within_days = finest.filter(|timeframe| !timeframe.is_days_or_longer());
        let shortest = within_days.max_by_key(|timeframe| timeframe.duration());
        shortest.unwrap_or(Timeframe::MINUTE)
    }

    /// The symbols whose bars are longer than a step: between their closes they stand still.
    pub(super) fn coarser_than(&self, step: Timeframe) -> Vec<&Symbol> {
        let symbols = self.recorded().iter();
        let is_coarser =
            |symbol: &&Symbol| self.market.finest_bars(symbol).duration() > step.duration();
        symbols.filter(is_coarser).collect()
    }

    fn recorded(&self) -> &[Symbol] {
        let recording = self.source.recording.as_ref();
        recording.map_or(&[], |recording| &recording.symbols)
    }
}

fn market(name: &str) -> Result<Arc<dyn ModelledMarket>, AnyError> {
    if let Some(seed) = name.strip_prefix(SIMULATED) {
        let seed = seed.parse();
        let seed = seed.map_err(|_| format!("`{name}`: the seed must be a whole number"))?;
        return Ok(simulated(seed));
    }
    let asked_for = Environment::default().with(Some(("MARKET".to_owned(), name.to_owned())));
    match Configuration::parse(&asked_for)?.market {
        MarketChoice::Simulated { seed, .. } => Ok(simulated(seed)),
        MarketChoice::Recorded { dir, others } => {
            Ok(Arc::new(RecordedMarket::open(&dir, others.as_ref())?))
        }
        MarketChoice::Providers(_) => Err("the past is asked of no provider: name a recording, \
                                          as in --market recorded:DIR"
            .into()),
    }
}

/// A backtest keeps the exchange's hours on a made-up market, too.
fn simulated(seed: u64) -> Arc<dyn ModelledMarket> {
    Arc::new(SimulatedMarket::new(seed, SimulatedHours::Nyse))
}
