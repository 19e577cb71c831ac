//! The market and the rules, as every part of a run is handed them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::quote::OptionQuote;
use domain::signal::Signal;
use domain::{Book, Correlation, Evidence, OptionContract, Price, Settings, Symbol};
use market_data::choosing::{ChainFrom, Chooser, Chosen, NotYet};
use market_data::{Asked, ModelledMarket, capture, capture_for_rules, correlations};

use crate::entering::Moment;

/// The market and the settings in force.
#[derive(Clone, Copy)]
pub(crate) struct Stage<'a> {
    pub(crate) market: &'a dyn ModelledMarket,
    pub(crate) settings: &'a Settings,
    /// Whether somebody reads more of the evidence than clock and quote.
    pub(crate) whole_evidence: bool,
}

impl Stage<'_> {
    /// Whether the market is open. A clock that can't be had counts as closed.
    pub(crate) async fn is_open(&self, now: DateTime<Utc>) -> bool {
        let clock = self.market.clock(now.into()).await;
        clock.is_ok_and(|clock| clock.is_open)
    }

    /// What the market says of a signal now.
    pub(crate) async fn evidence(&self, signal: &Signal, now: DateTime<Utc>) -> Evidence {
        let (market, asked) = (self.market, Asked::at(now));
        if self.whole_evidence {
            capture(market, &signal.symbol, signal.timeframe, asked).await
        } else {
            capture_for_rules(market, &signal.symbol, asked).await
        }
    }

    /// How the other underlyings of a book moved with the evidence's.
    pub(crate) async fn correlations(
        &self,
        book: &Book,
        moment: &Moment<'_>,
    ) -> BTreeMap<Symbol, Correlation> {
        let asked = Asked::at(moment.now);
        correlations(self.market, book, moment.evidence, asked).await
    }

    /// The contract that an entry buys now. The evidence's chain is of this instant, so it will
    /// do where there is one.
    pub(crate) async fn choice(
        &self,
        signal: &Signal,
        evidence: &Evidence,
        now: DateTime<Utc>,
    ) -> Result<Chosen, NotYet> {
        let chooser = Chooser {
            market: self.market,
            settings: self.settings,
            clock: &|| now,
            chain: match &evidence.chain {
                Some(chain) => ChainFrom::Given(chain),
                None => ChainFrom::OneExpiration,
            },
        };
        chooser.choose(signal).await
    }

    /// The quote of a contract now, or why there is none.
    pub(crate) async fn quote(
        &self,
        contract: &OptionContract,
        now: DateTime<Utc>,
    ) -> Result<OptionQuote, String> {
        let contracts = std::slice::from_ref(contract);
        let answer = self.market.option_quotes(contracts, now.into()).await;
        let mut batch = answer.map_err(|error| error.to_string())?;
        batch.found.remove(contract).ok_or_else(|| {
            let why = batch.failed.get(contract);
            why.map_or_else(|| "no quote".to_owned(), ToString::to_string)
        })
    }

    /// What a stock stands at now, where that can be told.
    pub(crate) async fn stock_price(&self, symbol: &Symbol, now: DateTime<Utc>) -> Option<Price> {
        let symbols = std::slice::from_ref(symbol);
        let mut batch = self.market.quotes(symbols, now.into()).await.ok()?;
        let quote = batch.found.remove(symbol)?;
        Some(quote.sides.mid())
    }
}
