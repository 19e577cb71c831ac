//! Asks a market for the contract that an entry buys, and leaves the choice to
//! `decisions::strike_selection`, or to the simple rule where nobody has a chain.
//!
//! Whoever asks has twenty seconds, and each question its share of them. What comes too late is
//! asked again another time.

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
use tokio::time::timeout_at;

use crate::{Asked, ChainRequest, ContractFilter, Market, MarketError};

/// How long one question is waited for.
const PATIENCE: Duration = Duration::from_secs(4);
/// How long a chain is waited for, which may come in many pages.
const CHAIN_PATIENCE: Duration = Duration::from_secs(6);
/// Within so many days of the earliest date every class has an expiration: its monthly.
const MONTHLY_WITHIN: TimeDelta = TimeDelta::days(35);

/// Why there is no contract yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotYet {
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
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// Which, how many, at which quote.
    pub choice: Choice,
    /// How it was chosen.
    pub basis: SelectionBasis,
    /// The underlying's price that it was chosen at.
    pub underlying_price: Price,
}

/// Where the chain comes from.
#[derive(Debug, Clone, Copy)]
pub enum ChainFrom<'a> {
    /// The market, by the question that the evidence asked, whose answer is likely kept.
    Market,
    /// The market, and only the expiration that can be bought: the same choice from a smaller
    /// answer, for a market that computes its chains.
    OneExpiration,
    /// It is at hand: the market's answer to the evidence's question at this instant.
    Given(&'a OptionChain),
}

/// What a choice is made with.
pub struct Chooser<'a> {
    /// Who is asked.
    pub market: &'a dyn Market,
    /// The settings in force.
    pub settings: &'a Settings,
    /// Tells the time, also after an answer.
    pub clock: &'a (dyn Fn() -> DateTime<Utc> + Sync),
    /// Where the chain comes from.
    pub chain: ChainFrom<'a>,
}

impl Chooser<'_> {
    /// The contract to buy: by filters and score from a chain, else by the simple rule.
    pub async fn choose(&self, signal: &Signal) -> Result<Chosen, NotYet> {
        let direction = signal.intent.direction().ok_or_else(|| {
            let detail = "the alert tells no direction";
            NotYet::Never(Rejection::new(RejectionReason::PyramidingOff, detail))
        })?;
        let now = (self.clock)();
        let quote = self.quote(signal, now).await?;
        let wanted = Wanted {
            right: OptionRight::bought_for(direction),
            underlying_price: quote.sides.mid(),
            asked_for: signal.option_contracts,
            settings: self.settings,
            now,
        };
        let (choice, basis) = match self.by_chain(&quote, wanted).await? {
            Ok(chosen) => chosen,
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

    /// The choice out of a chain, or why there is no chain.
    async fn by_chain(
        &self,
        quote: &StockQuote,
        wanted: Wanted<'_>,
    ) -> Result<Result<(Choice, SelectionBasis), String>, NotYet> {
        let asked_for;
        let chain = match self.chain {
            ChainFrom::Given(chain) if usual_will_do(quote, &wanted) => Ok(chain),
            ChainFrom::Market | ChainFrom::Given(_) => {
                asked_for = self.ask_for_chain(&request(quote, &wanted), &wanted).await;
                asked_for.as_ref()
            }
            ChainFrom::OneExpiration => {
                asked_for = self.narrow_chain(quote, &wanted).await;
                asked_for.as_ref()
            }
        };
        match chain {
            Ok(chain) if !chain.options.is_empty() => {
                self.out_of_chain(chain, wanted).await.map(Ok)
            }
            Ok(chain) => {
                let provider = &chain.provenance.provider;
                Ok(Err(format!("{provider} has no chain of {}", quote.symbol)))
            }
            Err(why) => Ok(Err(why.clone())),
        }
    }

    async fn ask_for_chain(
        &self,
        request: &ChainRequest,
        wanted: &Wanted<'_>,
    ) -> Result<OptionChain, String> {
        let asked = Asked::at(wanted.now).within(CHAIN_PATIENCE);
        let answer = timeout_at(asked.until, self.market.chain(request, asked)).await;
        let chain = answer.map_err(|_| "no chain came in time".to_owned())?;
        chain.map_err(|error| error.to_string())
    }

    /// The first weekly expiration of the wanted days; where it isn't listed, all that the usual
    /// question gets.
    async fn narrow_chain(
        &self,
        quote: &StockQuote,
        wanted: &Wanted<'_>,
    ) -> Result<OptionChain, String> {
        let usual = request(quote, wanted);
        let expiration = contract_choice::wanted_expiration(wanted.now, wanted.settings);
        if let Some(date) = expiration.filter(|date| usual.admits_expiration(*date)) {
            let narrow = usual.clone().expiring(date, date);
            let chain = self.ask_for_chain(&narrow, wanted).await?;
            let is_meant = |it: &domain::ListedOption| it.contract.right() == wanted.right;
            if chain.options.iter().any(is_meant) {
                return Ok(chain);
            }
        }
        self.ask_for_chain(&usual, wanted).await
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
        let now = (self.clock)();
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
    if usual_will_do(quote, wanted) {
        usual
    } else {
        let (from, to) = contract_choice::expiration_window(wanted.now, wanted.settings);
        usual.expiring(from, to)
    }
}

/// Whether the evidence's question covers the wanted days.
fn usual_will_do(quote: &StockQuote, wanted: &Wanted<'_>) -> bool {
    let (from, _) = contract_choice::expiration_window(wanted.now, wanted.settings);
    from + MONTHLY_WITHIN <= ChainRequest::around(quote, wanted.now).expires_to
}

#[expect(clippy::needless_pass_by_value, reason = "it maps errors")]
fn no_data(error: MarketError) -> NotYet {
    NotYet::NoData(error.to_string())
}
