//! Chains: snapshots of the contracts on an underlying from the data host, with the open
//! interest that only the trading host tells. A chain without open interest is still an answer.

use std::borrow::Cow;

use chrono::NaiveDate;
use domain::calendar::{last_session, session_at, trading_date};
use domain::quote::Provenance;
use domain::{Greeks, ListedOption, OptionChain, OptionContract};
use futures::future::join;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Alpaca;
use super::contracts::{ListedContract, strikes_query};
use super::pages::{Page, Paged};
use super::refusals::check;
use super::wire::Quote;
use crate::provider::answer::Answer;
use crate::provider::number::Number;
use crate::provider::query::in_path;
use crate::provider::rows::{Rows, row};
use crate::provider::times::from_rfc3339;
use crate::provider::told::{greeks, not_zero, quoted};
use crate::provider::{Capability, ProviderName, malformed};
use crate::{Asked, ChainRequest, MarketError, validation};

/// The most that a page has room for.
const LIMIT: &str = "1000";

/// A page of a chain, without open interest.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChainPage {
    /// The contracts, in no order.
    pub options: Vec<ListedOption>,
    /// Rows that can't be read.
    pub refused: u32,
}

#[derive(Deserialize)]
struct Wire<'a> {
    #[serde(borrow)]
    snapshots: Rows<'a>,
    #[serde(default)]
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Snapshot<'a> {
    #[serde(borrow, default)]
    latest_quote: Option<Quote<'a>>,
    #[serde(borrow, default)]
    daily_bar: Option<Day<'a>>,
    #[serde(default)]
    greeks: Option<WireGreeks>,
    #[serde(default)]
    implied_volatility: Option<Number>,
}

#[derive(Deserialize)]
struct Day<'a> {
    #[serde(borrow)]
    t: Cow<'a, str>,
    #[serde(default)]
    v: Option<Number>,
}

#[derive(Deserialize)]
struct WireGreeks {
    #[serde(default)]
    delta: Option<Number>,
    #[serde(default)]
    gamma: Option<Number>,
    #[serde(default)]
    theta: Option<Number>,
    #[serde(default)]
    vega: Option<Number>,
    #[serde(default)]
    rho: Option<Number>,
}

impl WireGreeks {
    fn told(&self) -> Option<Greeks> {
        greeks([self.delta, self.gamma, self.theta, self.vega], self.rho)
    }
}

impl Alpaca {
    pub(super) async fn ask_chain(
        &self,
        request: &ChainRequest,
        asked: Asked,
    ) -> Result<OptionChain, MarketError> {
        let filter = request.filter();
        let interest = self.listed(&filter, request.strikes, asked);
        let (pages, interest) = join(self.snapshots(request, asked), interest).await;
        let mut page = merged(pages?)?;
        add_interest(&mut page.options, &interest.unwrap_or_default());
        let quoted = page.options.iter().filter_map(|option| option.quoted_at);
        let at = quoted.max().unwrap_or(asked.now);
        Ok(validation::chain(OptionChain {
            underlying: request.underlying.clone(),
            underlying_price: None,
            options: page.options,
            refused: page.refused,
            provenance: Provenance {
                provider: ProviderName::Alpaca.to_string(),
                timeliness: self.settings.option_feed.timeliness(),
                at,
                received_at: asked.now,
            },
        }))
    }

    async fn snapshots(
        &self,
        request: &ChainRequest,
        asked: Asked,
    ) -> Result<Vec<ChainPage>, MarketError> {
        let path = in_path(request.underlying.as_str());
        let mut query = vec![
            ("feed", self.settings.option_feed.as_str().to_owned()),
            ("expiration_date_gte", request.expires_from.to_string()),
            ("expiration_date_lte", request.expires_to.to_string()),
            ("limit", LIMIT.to_owned()),
        ];
        query.extend(strikes_query(request.strikes));
        let query: Vec<(&str, &str)> = query.iter().map(|(n, value)| (*n, &**value)).collect();
        let paged = Paged {
            capability: Capability::Chain,
            base: &self.settings.data_url,
            path: &format!("/v1beta1/options/snapshots/{path}"),
            query: &query,
        };
        let read = |answer: &Answer| chain_page(answer, request);
        self.pages(&paged, asked, read).await
    }
}

/// The pages as one.
fn merged(pages: Vec<ChainPage>) -> Result<ChainPage, MarketError> {
    let mut all = ChainPage::default();
    for page in pages {
        all.options.extend(page.options);
        all.refused += page.refused;
    }
    if all.options.is_empty() && all.refused > 0 {
        return Err(malformed(ProviderName::Alpaca, "no row of it can be read"));
    }
    Ok(all)
}

/// What is listed is in order.
fn add_interest(options: &mut [ListedOption], listed: &[ListedContract]) {
    for option in options {
        let place = listed.binary_search_by(|it| it.contract.cmp(&option.contract));
        option.open_interest = place.ok().and_then(|place| listed[place].open_interest);
    }
}

/// A page of snapshots. Adjusted contracts and those that weren't asked for are left out; a row
/// that can't be read is counted.
pub fn chain_page(answer: &Answer, request: &ChainRequest) -> Result<Page<ChainPage>, MarketError> {
    check(answer, Some(request.underlying.as_str()))?;
    let wire: Wire<'_> = answer.json()?;
    let session = session_at(answer.received_at);
    let session = session.unwrap_or_else(|| last_session(answer.received_at));
    let mut page = ChainPage {
        options: Vec::with_capacity(wire.snapshots.0.len()),
        refused: 0,
    };
    for (name, raw) in &wire.snapshots.0 {
        let Ok(contract) = OptionContract::parse(name) else {
            page.refused += 1;
            continue;
        };
        if !request.admits(&contract) {
            continue;
        }
        match option(answer, contract, raw, session.date) {
            Some(option) => page.options.push(option),
            None => page.refused += 1,
        }
    }
    Ok(Page::new(page, wire.next_page_token))
}

fn option(
    answer: &Answer,
    contract: OptionContract,
    raw: &RawValue,
    session: NaiveDate,
) -> Option<ListedOption> {
    let snapshot: Option<Snapshot<'_>> = row(answer, raw).ok()?;
    let snapshot = snapshot?;
    let quote = snapshot.latest_quote.as_ref();
    let quote = match quote {
        Some(quote) => Some((quote, quote.at()?, quote.sides()?)),
        None => None,
    };
    let quote = quote.filter(|(.., sides)| quoted(*sides).is_some());
    let (bid_size, ask_size) = quote.map_or((0, 0), |(quote, ..)| quote.sizes());
    Some(ListedOption {
        contract,
        sides: quote.map(|(.., sides)| sides),
        bid_size,
        ask_size,
        quoted_at: quote.map(|(_, at, _)| at),
        implied_volatility: snapshot.implied_volatility.and_then(not_zero),
        greeks: snapshot.greeks.as_ref().and_then(WireGreeks::told),
        open_interest: None,
        volume: snapshot
            .daily_bar
            .as_ref()
            .and_then(|day| volume(day, session)),
    })
}

/// What was traded in the running or last session. The bar of an earlier one tells nothing.
fn volume(day: &Day<'_>, session: NaiveDate) -> Option<u64> {
    let date = trading_date(from_rfc3339(&day.t)?);
    day.v.filter(|_| date >= session)?.count()
}
