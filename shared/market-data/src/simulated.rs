//! A market that is made up: a pure function of (seed, symbol, instant). Every instance with
//! the same seed agrees, every run repeats, nothing is stored.
//!
//! Two kinds of names are there for trying out trouble: a symbol that begins with `ZZ` has
//! prices but no listed options, and the symbol `NODATA` is unknown. Every other name trades.
//!
//! Options are priced as European ones, so a deep in-the-money put can be quoted a little below
//! what exercising it would bring.

mod bars;
mod hours;
mod path;
mod profile;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::quote::{MarketClock, OptionQuote, Provenance, QuoteBasis, StockQuote, Timeliness};
use domain::{CandleSet, OptionChain, OptionContract, Price, Symbol, Timeframe};

use crate::model::{self, Listing, Period, Underlying, ticks};
use crate::modelled::at_price;
use crate::{
    Asked, Batch, CandleRequest, ChainRequest, ContractFilter, Market, MarketError, MarketKind,
    MarketSource, ModelledMarket, QuoteAtPrice, validation,
};
pub use hours::SimulatedHours;
use path::PricePath;

/// The provider's name in quotes and errors.
const PROVIDER: &str = "simulated";
/// The symbol that this market doesn't know.
const UNKNOWN: &str = "NODATA";
/// The most bars that one question gets.
const COUNT_MAX: usize = 10_000;
/// How the symbols without options begin.
const WITHOUT_OPTIONS: &str = "ZZ";

/// The simulated market of one seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SimulatedMarket {
    seed: u64,
    hours: SimulatedHours,
}

impl SimulatedMarket {
    /// The market of `seed`, open at the given hours.
    pub fn new(seed: u64, hours: SimulatedHours) -> Self {
        Self { seed, hours }
    }

    /// The path of the stock whose options are listed under `root`.
    fn path(&self, root: &str) -> Result<PricePath, MarketError> {
        if root == UNKNOWN {
            return Err(unknown(root));
        }
        Ok(PricePath::of(self.seed, root))
    }

    /// The listed options of a root, with the path of the stock that they are on; none where it
    /// has no options.
    fn listing(&self, root: &str) -> Result<Option<(PricePath, Listing)>, MarketError> {
        let path = self.path(root)?;
        let profile = path.profile();
        let listing = Listing::of(root, profile.class, profile.strike_step_cents());
        Ok((!root.starts_with(WITHOUT_OPTIONS)).then_some((path, listing)))
    }

    fn provenance(&self, now: DateTime<Utc>) -> Provenance {
        Provenance {
            provider: PROVIDER.to_owned(),
            timeliness: Timeliness::Simulated,
            at: self.hours.priced_at(now),
            received_at: now,
        }
    }

    fn stock_quote(&self, symbol: &Symbol, now: DateTime<Utc>) -> Result<StockQuote, MarketError> {
        let path = self.path(&symbol.option_root())?;
        let provenance = self.provenance(now);
        validation::stock_quote(StockQuote {
            symbol: symbol.clone(),
            sides: ticks::stock_sides(path.price_usd(provenance.at.timestamp())),
            basis: QuoteBasis::Sides,
            provenance,
        })
    }

    /// The path of the stock that a listed contract is on.
    fn path_under(
        &self,
        contract: &OptionContract,
        now: DateTime<Utc>,
    ) -> Result<PricePath, MarketError> {
        let has_strike = |path: &PricePath| path.profile().has_strike(contract.strike());
        let listed = self
            .listing(contract.root())?
            .filter(|(path, listing)| listing.lists(contract, now) && has_strike(path));
        let (path, _) = listed.ok_or_else(|| unknown(&contract.to_string()))?;
        Ok(path)
    }

    fn option_quote(
        &self,
        contract: &OptionContract,
        now: DateTime<Utc>,
    ) -> Result<OptionQuote, MarketError> {
        let path = self.path_under(contract, now)?;
        let provenance = self.provenance(now);
        let underlying = path.underlying(&provenance);
        validation::option_quote(model::quote(&underlying, contract, provenance)?)
    }
}

impl PricePath {
    /// The stock as its options see it at the instant that a provenance names.
    fn underlying(&self, provenance: &Provenance) -> Underlying {
        self.underlying_at(self.price_usd(provenance.at.timestamp()))
    }

    /// The same at a given price.
    fn underlying_at(&self, spot_usd: f64) -> Underlying {
        let profile = self.profile();
        Underlying {
            spot_usd,
            volatility: profile.volatility,
            dividend_yield: profile.dividend_yield,
            class: profile.class,
        }
    }
}

fn unknown(symbol: &str) -> MarketError {
    MarketError::UnknownSymbol {
        provider: PROVIDER.to_owned(),
        symbol: symbol.to_owned(),
    }
}

#[async_trait]
impl Market for SimulatedMarket {
    fn source(&self) -> MarketSource {
        MarketSource {
            kind: MarketKind::Simulated,
            sentence: self.hours.sentence().to_owned(),
            recording: None,
        }
    }

    async fn clock(&self, asked: Asked) -> Result<MarketClock, MarketError> {
        let provenance = Provenance {
            at: asked.now,
            ..self.provenance(asked.now)
        };
        Ok(self.hours.clock(asked.now, provenance))
    }

    async fn quotes(
        &self,
        symbols: &[Symbol],
        asked: Asked,
    ) -> Result<Batch<Symbol, StockQuote>, MarketError> {
        Ok(Batch::of(symbols, |symbol| {
            self.stock_quote(symbol, asked.now)
        }))
    }

    async fn option_quotes(
        &self,
        contracts: &[OptionContract],
        asked: Asked,
    ) -> Result<Batch<OptionContract, OptionQuote>, MarketError> {
        Ok(Batch::of(contracts, |contract| {
            self.option_quote(contract, asked.now)
        }))
    }

    async fn contracts(
        &self,
        filter: &ContractFilter,
        asked: Asked,
    ) -> Result<Vec<OptionContract>, MarketError> {
        let listing = self.listing(&filter.underlying.option_root())?;
        Ok(listing.map_or_else(Vec::new, |(path, listing)| {
            let anchor_usd = path.price_usd(model::week_began(asked.now).timestamp());
            listing.contracts(filter, anchor_usd, asked.now)
        }))
    }

    async fn candles(
        &self,
        request: &CandleRequest,
        asked: Asked,
    ) -> Result<CandleSet, MarketError> {
        let path = self.path(&request.symbol.option_root())?;
        let periods = self.hours.periods(request.timeframe, asked.now);
        let periods: Vec<Period> = periods.take(request.count.min(COUNT_MAX)).collect();
        let candles = periods.iter().rev().map(|it| bars::candle(&path, it));
        let newest = periods.first().map_or(asked.now, |period| period.closes);
        validation::candles(CandleSet {
            symbol: request.symbol.clone(),
            timeframe: request.timeframe,
            candles: candles.collect(),
            provenance: Provenance {
                at: newest,
                ..self.provenance(asked.now)
            },
        })
    }

    async fn chain(
        &self,
        request: &ChainRequest,
        asked: Asked,
    ) -> Result<OptionChain, MarketError> {
        let contracts = self.contracts(&request.filter(), asked).await?;
        let path = self.path(&request.underlying.option_root())?;
        let provenance = self.provenance(asked.now);
        model::chain(
            &path.underlying(&provenance),
            request,
            contracts,
            provenance,
        )
    }
}

impl ModelledMarket for SimulatedMarket {
    fn quote_at_price(
        &self,
        contract: &OptionContract,
        underlying: Price,
        now: DateTime<Utc>,
    ) -> Result<QuoteAtPrice, MarketError> {
        let path = self.path_under(contract, now)?;
        let as_it_is = path.underlying_at(underlying.to_f64());
        at_price(as_it_is, contract, underlying, self.provenance(now))
    }

    fn finest_bars(&self, _symbol: &Symbol) -> Timeframe {
        Timeframe::MINUTE
    }
}
