//! Prices of stocks and of contracts: many in one request. A name that Alpaca can't read makes it
//! refuse the whole request, so it is asked again without; a name that it doesn't know it
//! leaves out.

use std::collections::BTreeMap;
use std::fmt::Display;

use chrono::{DateTime, Utc};
use domain::quote::{BidAsk, OptionQuote, QuoteBasis, StockQuote};
use domain::{OptionContract, Symbol};
use reqwest::Url;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::refusals::check;
use super::wire::Quote;
use super::{Alpaca, OptionFeed, StockFeed, ask};
use crate::provider::answer::Answer;
use crate::provider::groups::in_chunks;
use crate::provider::query::url;
use crate::provider::rows::{Rows, row};
use crate::provider::{Capability, ProviderName, malformed};
use crate::{Asked, Batch, MarketError, validation};

/// As many stocks as an address has room for.
const STOCKS_A_CALL: usize = 200;
/// As many contracts as Alpaca takes.
const CONTRACTS_A_CALL: usize = 100;
/// How many names of one request are dropped one after the other before it is given up.
const DROPPED_MAX: usize = 5;

#[derive(Deserialize)]
struct Quotes<'a> {
    #[serde(borrow)]
    quotes: Rows<'a>,
}

/// The address under which names are asked for, but for the names.
#[derive(Clone, Copy)]
struct Place<'a> {
    capability: Capability,
    base: &'a Url,
    path: &'a str,
    feed: &'a str,
}

impl Alpaca {
    pub(super) async fn ask_stock_quotes(
        &self,
        symbols: &[Symbol],
        asked: Asked,
    ) -> Result<Batch<Symbol, StockQuote>, MarketError> {
        let feed = self.settings.stock_feed;
        let place = Place {
            capability: Capability::Quotes,
            base: &self.settings.data_url,
            path: "/v2/stocks/quotes/latest",
            feed: feed.as_str(),
        };
        let read =
            move |answer: &Answer, wanted: &BTreeMap<_, _>| stock_quotes(answer, wanted, feed);
        in_chunks(self.line.provider(), symbols, STOCKS_A_CALL, |chunk| {
            self.named_quotes(place, chunk, asked, read)
        })
        .await
    }

    pub(super) async fn ask_option_quotes(
        &self,
        contracts: &[OptionContract],
        asked: Asked,
    ) -> Result<Batch<OptionContract, OptionQuote>, MarketError> {
        let feed = self.settings.option_feed;
        let place = Place {
            capability: Capability::OptionQuotes,
            base: &self.settings.data_url,
            path: "/v1beta1/options/quotes/latest",
            feed: feed.as_str(),
        };
        let read =
            move |answer: &Answer, wanted: &BTreeMap<_, _>| option_quotes(answer, wanted, feed);
        in_chunks(self.line.provider(), contracts, CONTRACTS_A_CALL, |chunk| {
            self.named_quotes(place, chunk, asked, read)
        })
        .await
    }

    /// One request for these keys, and again without those that are refused.
    async fn named_quotes<K: Ord + Clone + Display, V>(
        &self,
        place: Place<'_>,
        keys: Vec<K>,
        asked: Asked,
        read: impl Fn(&Answer, &BTreeMap<String, K>) -> Result<Batch<K, V>, MarketError>,
    ) -> Result<Batch<K, V>, MarketError> {
        let named = keys.into_iter().map(|key| (key.to_string(), key));
        let mut wanted: BTreeMap<String, K> = named.collect();
        let mut refused = Batch::default();
        while !wanted.is_empty() {
            let question = ask(place.capability, place.of(&wanted));
            let answer = self
                .line
                .get(&question, asked, |answer| read(answer, &wanted));
            let error = match answer.await {
                Ok(mut batch) => {
                    batch.failed.extend(refused.failed);
                    return Ok(batch);
                }
                Err(error) => error,
            };
            let key = refused_name(&error).and_then(|name| wanted.remove(name));
            match key {
                Some(key) if refused.failed.len() < DROPPED_MAX => refused.insert(key, Err(error)),
                _ => return Err(given_up(error)),
            }
        }
        Ok(refused)
    }
}

impl Place<'_> {
    fn of<K>(&self, wanted: &BTreeMap<String, K>) -> Url {
        let names: Vec<&str> = wanted.keys().map(String::as_str).collect();
        let query = [("symbols", names.join(",")), ("feed", self.feed.to_owned())];
        let query = query
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        url(self.base, self.path, &query)
    }
}

fn refused_name(error: &MarketError) -> Option<&str> {
    match error {
        MarketError::UnknownSymbol { symbol, .. } => Some(symbol),
        _ => None,
    }
}

/// That one name is bad says nothing of the others.
fn given_up(error: MarketError) -> MarketError {
    if refused_name(&error).is_some() {
        malformed(ProviderName::Alpaca, "it refuses one name after the other")
    } else {
        error
    }
}

/// The prices of these stocks, from an answer about them.
pub fn stock_quotes(
    answer: &Answer,
    wanted: &BTreeMap<String, Symbol>,
    feed: StockFeed,
) -> Result<Batch<Symbol, StockQuote>, MarketError> {
    check(answer, None)?;
    let Quotes { quotes } = answer.json()?;
    Ok(quotes.batch(answer, wanted, |symbol, raw| {
        let (_, at, sides) = read(answer, raw)?;
        validation::stock_quote(StockQuote {
            symbol: symbol.clone(),
            sides,
            basis: QuoteBasis::Sides,
            provenance: answer.provenance(at, feed.timeliness()),
        })
    }))
}

/// The prices of these contracts, from an answer about them.
pub fn option_quotes(
    answer: &Answer,
    wanted: &BTreeMap<String, OptionContract>,
    feed: OptionFeed,
) -> Result<Batch<OptionContract, OptionQuote>, MarketError> {
    check(answer, None)?;
    let Quotes { quotes } = answer.json()?;
    Ok(quotes.batch(answer, wanted, |contract, raw| {
        let (quote, at, sides) = read(answer, raw)?;
        let (bid_size, ask_size) = quote.sizes();
        validation::option_quote(OptionQuote {
            contract: contract.clone(),
            sides,
            bid_size,
            ask_size,
            provenance: answer.provenance(at, feed.timeliness()),
        })
    }))
}

fn read<'a>(
    answer: &Answer,
    raw: &'a RawValue,
) -> Result<(Quote<'a>, DateTime<Utc>, BidAsk), MarketError> {
    let quote: Quote<'a> = row(answer, raw)?;
    let time = quote.at().zip(quote.sides());
    let (at, sides) = time.ok_or_else(|| {
        malformed(
            answer.provider,
            "a quote without a time or with a price that is none",
        )
    })?;
    Ok((quote, at, sides))
}
