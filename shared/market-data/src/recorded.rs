//! A market that plays bars from CSV files: a pure function of (recording, instant). At an
//! instant only closed bars exist, and the price is the close of the newest of them.
//!
//! A price is as old as the end of its bar, and it stands until the next bar closes; how old a
//! price may be that is traded on is the settings' to say, as with every market. With a bar for
//! each minute there is a fresh price at every instant from the first minute's end to the close.
//! Where minutes are missing it grows stale, and so do longer bars, which are fresh for their
//! first minute only. Outside the sessions the last close stands still; after the last bar
//! nothing is quoted, and the market is closed for good.
//!
//! Recordings have no options. Those are listed by rule and priced by a model, from the recorded
//! price and the volatility of the recorded closes, and they say so.

mod directory;
mod error;
mod file;
mod length;
mod row;
mod series;
mod span;
mod stock;
mod volatility;

use std::collections::BTreeMap;
use std::path::Path;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::quote::{MarketClock, OptionQuote, Provenance, QuoteBasis, StockQuote, Timeliness};
use domain::{CandleSet, OptionChain, OptionContract, Price, Symbol, Timeframe};
use rust_decimal::Decimal;

use crate::model::{self, Class, Listing, Underlying, ticks};
use crate::modelled::at_price;
use crate::{
    Asked, Batch, CandleRequest, ChainRequest, ContractFilter, Market, MarketError, MarketKind,
    MarketSource, ModelledMarket, QuoteAtPrice, validation,
};
pub use error::RecordingError;
use series::Bar;
use span::Span;
use stock::Stock;

/// The provider's name in stock quotes and errors.
const PROVIDER: &str = "recorded";
/// The provider's name in option quotes.
const OPTIONS_PROVIDER: &str = "recorded (modelled options)";
/// The distances of strikes of which others are multiples, in cents.
const STRIKE_GRIDS_CENTS: [u32; 2] = [100, 250];
/// The most bars that one question gets.
const COUNT_MAX: usize = 10_000;

/// The market of one recording.
#[derive(Debug, Clone)]
pub struct RecordedMarket {
    /// By the root under which options are listed.
    stocks: BTreeMap<String, Stock>,
    span: Span,
    symbols: Vec<Symbol>,
}

impl RecordedMarket {
    /// Reads the CSV files of a directory. `others` is the symbol of the files whose names tell
    /// none.
    pub fn open(dir: &Path, others: Option<&Symbol>) -> Result<Self, RecordingError> {
        let files = directory::read(dir, others)?;
        let symbols: Vec<_> = files.keys().cloned().collect();
        let stocks: BTreeMap<String, Stock> = files
            .into_iter()
            .map(|(symbol, series)| (symbol.option_root(), Stock::of(series)))
            .collect();
        let span = Span::of(&stocks).ok_or_else(|| RecordingError::Empty {
            dir: dir.to_owned(),
        })?;
        Ok(Self {
            stocks,
            span,
            symbols,
        })
    }

    fn stock(&self, root: &str) -> Result<&Stock, MarketError> {
        self.stocks.get(root).ok_or_else(|| unknown(root))
    }

    /// The bar that gives the price at an instant.
    fn priced_by(&self, root: &str, now: DateTime<Utc>) -> Result<(&Stock, &Bar), MarketError> {
        let stock = self.stock(root)?;
        if let Some(ended_at) = stock.ends_at().filter(|ended_at| *ended_at <= now) {
            let ended = span::shown(ended_at);
            return Err(unavailable(format!(
                "the recording of {root} ended {ended}"
            )));
        }
        let bar = stock
            .priced_by(now)
            .ok_or_else(|| unavailable(format!("no bar of {root} has closed yet")))?;
        Ok((stock, bar))
    }

    fn stock_quote(&self, symbol: &Symbol, now: DateTime<Utc>) -> Result<StockQuote, MarketError> {
        let (_, bar) = self.priced_by(&symbol.option_root(), now)?;
        validation::stock_quote(StockQuote {
            symbol: symbol.clone(),
            sides: ticks::stock_sides(bar.close().to_f64()),
            basis: QuoteBasis::Sides,
            provenance: provenance(PROVIDER, Timeliness::Recorded, bar.closes, now),
        })
    }

    fn option_quote(
        &self,
        contract: &OptionContract,
        now: DateTime<Utc>,
    ) -> Result<OptionQuote, MarketError> {
        let (underlying, closed_at) = self.underlying(contract.root(), now)?;
        refuse_unlisted(contract, now)?;
        let provenance = provenance(OPTIONS_PROVIDER, Timeliness::Modelled, closed_at, now);
        validation::option_quote(model::quote(&underlying, contract, provenance)?)
    }

    /// The stock as its options see it, and when the bar closed that tells its price.
    fn underlying(
        &self,
        root: &str,
        now: DateTime<Utc>,
    ) -> Result<(Underlying, DateTime<Utc>), MarketError> {
        let (stock, bar) = self.priced_by(root, now)?;
        let underlying = Underlying {
            spot_usd: bar.close().to_f64(),
            volatility: volatility::realized(stock, now),
            dividend_yield: 0.0,
            class: Class::of(root),
        };
        Ok((underlying, bar.closes))
    }
}

fn refuse_unlisted(contract: &OptionContract, now: DateTime<Utc>) -> Result<(), MarketError> {
    let class = Class::of(contract.root());
    // The distance of its strikes is that of the week in which a contract was listed.
    let listing = Listing::of(contract.root(), class, STRIKE_GRIDS_CENTS[0]);
    if listing.lists(contract, now) && is_on_a_grid(contract.strike()) {
        Ok(())
    } else {
        Err(unknown(&contract.to_string()))
    }
}

fn is_on_a_grid(strike: Price) -> bool {
    let strike = strike.decimal();
    let on = |grid: u32| (strike % Decimal::new(grid.into(), 2)).is_zero();
    !strike.is_zero() && STRIKE_GRIDS_CENTS.into_iter().any(on)
}

fn provenance(
    provider: &str,
    timeliness: Timeliness,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Provenance {
    Provenance {
        provider: provider.to_owned(),
        timeliness,
        at,
        received_at: now,
    }
}

fn unknown(symbol: &str) -> MarketError {
    MarketError::UnknownSymbol {
        provider: PROVIDER.to_owned(),
        symbol: symbol.to_owned(),
    }
}

fn unavailable(detail: String) -> MarketError {
    MarketError::Unavailable {
        provider: PROVIDER.to_owned(),
        detail,
    }
}

#[async_trait]
impl Market for RecordedMarket {
    fn source(&self) -> MarketSource {
        MarketSource {
            kind: MarketKind::Recorded,
            sentence: self.span.sentence(&self.symbols),
            recording: Some(self.span.recording(&self.symbols)),
        }
    }

    async fn clock(&self, asked: Asked) -> Result<MarketClock, MarketError> {
        let provenance = provenance(PROVIDER, Timeliness::Recorded, asked.now, asked.now);
        Ok(self.span.clock(asked.now, provenance))
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
        let root = filter.underlying.option_root();
        let stock = self.stock(&root)?;
        // In its first week a recording may know nothing of the time before.
        let anchor = stock.priced_by(model::week_began(asked.now).min(asked.now));
        let Some(anchor) = anchor.or_else(|| stock.first_known(asked.now)) else {
            return Ok(Vec::new());
        };
        let (class, anchor_usd) = (Class::of(&root), anchor.close().to_f64());
        let listing = Listing::of(&root, class, class.strike_step_cents(anchor_usd));
        Ok(listing.contracts(filter, anchor_usd, asked.now))
    }

    async fn candles(
        &self,
        request: &CandleRequest,
        asked: Asked,
    ) -> Result<CandleSet, MarketError> {
        let stock = self.stock(&request.symbol.option_root())?;
        let count = request.count.min(COUNT_MAX);
        let (candles, closed_at) = stock.candles(request.timeframe, count, asked.now);
        let at = closed_at.unwrap_or(asked.now);
        validation::candles(CandleSet {
            symbol: request.symbol.clone(),
            timeframe: request.timeframe,
            candles,
            provenance: provenance(PROVIDER, Timeliness::Recorded, at, asked.now),
        })
    }

    async fn chain(
        &self,
        request: &ChainRequest,
        asked: Asked,
    ) -> Result<OptionChain, MarketError> {
        let contracts = self.contracts(&request.filter(), asked).await?;
        let root = request.underlying.option_root();
        let (underlying, closed_at) = self.underlying(&root, asked.now)?;
        let provenance = provenance(OPTIONS_PROVIDER, Timeliness::Modelled, closed_at, asked.now);
        model::chain(&underlying, request, contracts, provenance)
    }
}

impl ModelledMarket for RecordedMarket {
    fn quote_at_price(
        &self,
        contract: &OptionContract,
        underlying: Price,
        now: DateTime<Utc>,
    ) -> Result<QuoteAtPrice, MarketError> {
        let (as_it_is, _) = self.underlying(contract.root(), now)?;
        refuse_unlisted(contract, now)?;
        let provenance = provenance(OPTIONS_PROVIDER, Timeliness::Modelled, now, now);
        at_price(as_it_is, contract, underlying, provenance)
    }

    fn finest_bars(&self, symbol: &Symbol) -> Timeframe {
        let stock = self.stocks.get(&symbol.option_root());
        let finest = stock.and_then(Stock::finest);
        finest.map_or(Timeframe::DAY, |series| series.timeframe)
    }
}
