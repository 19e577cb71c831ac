//! Asking the market for the contract that an entry buys.

use chrono::{DateTime, Utc};
use decisions::contract_choice::{self, Choice, NoChoice};
use domain::quote::StockQuote;
use domain::signal::Signal;
use domain::{OptionContract, OptionRight, Price, Rejection, RejectionReason, Settings};
use market_data::{ContractFilter, MarketError};

use crate::OrderCreator;

/// Why there is no contract yet.
pub(crate) enum NotYet {
    /// There won't be one.
    Never(Rejection),
    /// The market gave no answer that could be used; it may, in a moment.
    NoData(String),
}

impl OrderCreator {
    /// The contract to buy, and the underlying's price that it was chosen at.
    pub(crate) async fn chosen(
        &self,
        signal: &Signal,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<(Choice, Price), NotYet> {
        let direction = signal.intent.direction().ok_or_else(|| {
            let detail = "the alert tells no direction";
            NotYet::Never(Rejection::new(RejectionReason::PyramidingOff, detail))
        })?;
        let right = OptionRight::bought_for(direction);
        let (price, listed) = futures::try_join!(
            self.price(signal, now),
            self.listed(signal, right, settings, now)
        )?;
        let candidates = contract_choice::candidates(&listed, right, price, now, settings);
        let quotes = self
            .market
            .option_quotes(&candidates, now.into())
            .await
            .map_err(no_data)?;
        contract_choice::choose(
            &candidates,
            &quotes.found,
            signal.option_contracts,
            now,
            settings,
        )
        .map(|choice| (choice, price))
        .map_err(|reason| match reason {
            NoChoice::Final(rejection) => NotYet::Never(rejection),
            NoChoice::NoQuotes => NotYet::NoData("no contract has a usable quote".to_owned()),
        })
    }

    async fn price(&self, signal: &Signal, now: DateTime<Utc>) -> Result<Price, NotYet> {
        let symbols = [signal.symbol.clone()];
        let mut batch = self
            .market
            .quotes(&symbols, now.into())
            .await
            .map_err(no_data)?;
        let quote: Option<StockQuote> = batch.found.remove(&signal.symbol);
        quote.map(|quote| quote.sides.mid()).ok_or_else(|| {
            let why = batch.failed.get(&signal.symbol);
            NotYet::NoData(why.map_or_else(|| "no quote".to_owned(), ToString::to_string))
        })
    }

    async fn listed(
        &self,
        signal: &Signal,
        right: OptionRight,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<Vec<OptionContract>, NotYet> {
        let (expires_from, expires_to) = contract_choice::expiration_window(now, settings);
        let filter = ContractFilter {
            underlying: signal.symbol.clone(),
            expires_from,
            expires_to,
            right: Some(right),
        };
        self.market
            .contracts(&filter, now.into())
            .await
            .map_err(no_data)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it maps errors")]
fn no_data(error: MarketError) -> NotYet {
    NotYet::NoData(error.to_string())
}
