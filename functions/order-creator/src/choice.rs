//! Asking the market for the contract that an entry buys.
//!
//! An invocation has twenty seconds, and each question its share of them. What comes too late for
//! this one is asked again by the next.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use decisions::contract_choice::{self, Choice, NoChoice};
use decisions::strike_selection::{self, Wanted};
use domain::quote::StockQuote;
use domain::signal::Signal;
use domain::{
    OptionChain, OptionContract, OptionRight, Price, Rejection, RejectionReason, SelectionBasis,
    Settings,
};
use market_data::{Asked, ChainRequest, ContractFilter, MarketError};
use tokio::time::timeout_at;

use crate::OrderCreator;

/// How long one question is waited for.
const PATIENCE: Duration = Duration::from_secs(4);
/// How long a chain is waited for, which may come in many pages.
const CHAIN_PATIENCE: Duration = Duration::from_secs(6);
/// Within so many days of the earliest date every class has an expiration: its monthly.
const MONTHLY_WITHIN: TimeDelta = TimeDelta::days(35);

/// Why there is no contract yet.
pub(crate) enum NotYet {
    /// There won't be one.
    Never(Rejection),
    /// The market gave no answer that could be used; it may, in a moment.
    NoData(String),
}

impl From<NoChoice> for NotYet {
    fn from(reason: NoChoice) -> Self {
        match reason {
            NoChoice::Final(rejection) => Self::Never(rejection),
            NoChoice::NoQuotes => Self::NoData("no contract has a usable quote".to_owned()),
        }
    }
}

/// The contract that is bought.
pub(crate) struct Chosen {
    pub(crate) choice: Choice,
    /// How it was chosen.
    pub(crate) basis: SelectionBasis,
    /// The underlying's price that it was chosen at.
    pub(crate) underlying_price: Price,
}

impl OrderCreator {
    /// The contract to buy: by filters and score from a chain, else by the simple rule.
    pub(crate) async fn chosen(
        &self,
        signal: &Signal,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<Chosen, NotYet> {
        let direction = signal.intent.direction().ok_or_else(|| {
            let detail = "the alert tells no direction";
            NotYet::Never(Rejection::new(RejectionReason::PyramidingOff, detail))
        })?;
        let quote = self.quote(signal, now).await?;
        let wanted = Wanted {
            right: OptionRight::bought_for(direction),
            underlying_price: quote.sides.mid(),
            asked_for: signal.option_contracts,
            settings,
            now,
        };
        let (choice, basis) = match self.chain(&quote, &wanted).await {
            Ok(chain) => self.out_of_chain(&chain, wanted).await?,
            Err(why) => {
                tracing::warn!(signal_id = %signal.signal_id, why, "no chain: the nearest strike is taken");
                let choice = self.nearest_strike(signal, &wanted).await?;
                (choice, SelectionBasis::NearestStrike { why })
            }
        };
        Ok(Chosen {
            choice,
            basis,
            underlying_price: wanted.underlying_price,
        })
    }

    async fn quote(&self, signal: &Signal, now: DateTime<Utc>) -> Result<StockQuote, NotYet> {
        let symbols = [signal.symbol.clone()];
        let mut batch = self
            .market
            .quotes(&symbols, asked(now))
            .await
            .map_err(no_data)?;
        batch.found.remove(&signal.symbol).ok_or_else(|| {
            let why = batch.failed.get(&signal.symbol);
            NotYet::NoData(why.map_or_else(|| "no quote".to_owned(), ToString::to_string))
        })
    }

    /// The chain around a quote, or why none could be had.
    async fn chain(&self, quote: &StockQuote, wanted: &Wanted<'_>) -> Result<OptionChain, String> {
        let asked = Asked::at(wanted.now).within(CHAIN_PATIENCE);
        let request = request(quote, wanted);
        let answer = timeout_at(asked.until, self.market.chain(&request, asked)).await;
        let chain = answer.map_err(|_| "no chain came in time".to_owned())?;
        let chain = chain.map_err(|error| error.to_string())?;
        if chain.options.is_empty() {
            let provider = &chain.provenance.provider;
            return Err(format!("{provider} has no chain of {}", quote.symbol));
        }
        Ok(chain)
    }

    /// A shortlist by the chain, which may be some minutes old; the choice by fresh quotes.
    async fn out_of_chain(
        &self,
        chain: &OptionChain,
        wanted: Wanted<'_>,
    ) -> Result<(Choice, SelectionBasis), NotYet> {
        let shortlist = strike_selection::shortlist(chain, &wanted).map_err(NotYet::Never)?;
        let fresh = self
            .market
            .option_quotes(&shortlist.contracts(), asked(wanted.now).anew())
            .await
            .map_err(no_data)?;
        let now = self.clock.now();
        let wanted = Wanted { now, ..wanted };
        let selected = strike_selection::choose(&shortlist, &fresh.found, &wanted)?;
        Ok((selected.chosen, SelectionBasis::Scored(selected.reasons)))
    }

    async fn nearest_strike(&self, signal: &Signal, wanted: &Wanted<'_>) -> Result<Choice, NotYet> {
        let Wanted { settings, now, .. } = *wanted;
        let listed = self.listed(signal, wanted).await?;
        let price = wanted.underlying_price;
        let candidates = contract_choice::candidates(&listed, wanted.right, price, now, settings);
        let quotes = self
            .market
            .option_quotes(&candidates, asked(now))
            .await
            .map_err(no_data)?;
        let asked_for = wanted.asked_for;
        let choice = contract_choice::choose(&candidates, &quotes.found, asked_for, now, settings);
        Ok(choice?)
    }

    async fn listed(
        &self,
        signal: &Signal,
        wanted: &Wanted<'_>,
    ) -> Result<Vec<OptionContract>, NotYet> {
        let (expires_from, expires_to) =
            contract_choice::expiration_window(wanted.now, wanted.settings);
        let filter = ContractFilter {
            underlying: signal.symbol.clone(),
            expires_from,
            expires_to,
            right: Some(wanted.right),
        };
        self.market
            .contracts(&filter, asked(wanted.now))
            .await
            .map_err(no_data)
    }
}

fn asked(now: DateTime<Utc>) -> Asked {
    Asked::at(now).within(PATIENCE)
}

/// The question that the evidence asked, whose answer is likely kept; where the wanted days lie
/// beyond it, those days.
fn request(quote: &StockQuote, wanted: &Wanted<'_>) -> ChainRequest {
    let usual = ChainRequest::around(quote, wanted.now);
    let (from, to) = contract_choice::expiration_window(wanted.now, wanted.settings);
    if from + MONTHLY_WITHIN <= usual.expires_to {
        usual
    } else {
        usual.expiring(from, to)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it maps errors")]
fn no_data(error: MarketError) -> NotYet {
    NotYet::NoData(error.to_string())
}
