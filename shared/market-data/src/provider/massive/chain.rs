//! Chains, from Massive's option chain snapshots.

use chrono::{DateTime, Utc};
use domain::quote::{Provenance, Timeliness};
use domain::{ListedOption, OptionChain, Price, Symbol};

use super::super::answer::Answer;
use super::super::number::Number;
use super::super::told::{not_zero, quoted};
use super::super::{ProviderName, query as address};
use super::bars::LATENESS;
use super::contracts::contract;
use super::refusals::page;
use super::wire::{ChainRow, LastQuote, RowGreeks};
use super::{Paged, SNAPSHOT_ROWS};
use crate::{ChainRequest, MarketError, validation};

/// What a page tells of a chain.
#[derive(Debug, Clone, PartialEq)]
pub struct ChainPage {
    /// The standard contracts that were asked for.
    pub options: Vec<ListedOption>,
    /// Rows that couldn't be read, and whose values couldn't be.
    pub refused: u32,
    /// What the underlying stands at.
    pub underlying_price: Option<Price>,
    /// When the newest quote was made, and whether that is late.
    pub newest_quote: Option<(DateTime<Utc>, Timeliness)>,
    /// Since when the underlying's price stands, and whether that is late.
    pub underlying_at: Option<(DateTime<Utc>, Timeliness)>,
}

/// The words of a request for a chain.
pub(super) struct Query {
    expires_from: String,
    expires_to: String,
    strikes: Option<(String, String)>,
}

/// What to ask for.
pub(super) fn query(request: &ChainRequest) -> Query {
    Query {
        expires_from: request.expires_from.to_string(),
        expires_to: request.expires_to.to_string(),
        strikes: request
            .strikes
            .map(|(low, high)| (address::price(low), address::price(high))),
    }
}

impl Query {
    /// As names and values.
    pub(super) fn pairs(&self) -> Vec<(&str, &str)> {
        let mut pairs = vec![
            ("expiration_date.gte", self.expires_from.as_str()),
            ("expiration_date.lte", &self.expires_to),
            ("limit", SNAPSHOT_ROWS),
            ("sort", "ticker"),
            ("order", "asc"),
        ];
        if let Some((low, high)) = &self.strikes {
            pairs.extend([
                ("strike_price.gte", low.as_str()),
                ("strike_price.lte", high),
            ]);
        }
        pairs
    }
}

/// Where a chain is.
pub(super) fn path(underlying: &Symbol) -> String {
    let name = address::in_path(underlying.as_str());
    format!("/v3/snapshot/options/{name}")
}

/// What a page tells. One bad row costs itself only, and is counted.
pub fn chain_page(
    answer: &Answer,
    request: &ChainRequest,
) -> Result<Paged<ChainPage>, MarketError> {
    let page = page(answer, request.underlying.as_str())?;
    let mut content = ChainPage {
        options: Vec::with_capacity(page.rows().len()),
        refused: 0,
        underlying_price: None,
        newest_quote: None,
        underlying_at: None,
    };
    for row in page.rows() {
        match serde_json::from_str(row.get()) {
            Ok(row) => content.take(&row, request, answer.received_at),
            Err(_) => content.refused += 1,
        }
    }
    Ok(Paged {
        content,
        next_url: page.next_url,
    })
}

impl ChainPage {
    fn take(&mut self, row: &ChainRow<'_>, request: &ChainRequest, received_at: DateTime<Utc>) {
        let Some(option) = listed(row) else {
            self.refused += 1;
            return;
        };
        if !row.details.is_standard() || !request.admits(&option.contract) {
            return;
        }
        if let Some((quote, at)) = row.last_quote.as_ref().zip(option.quoted_at) {
            let quoted = Some((at, quote.timeliness(at, received_at)));
            self.newest_quote = newer(self.newest_quote, quoted);
        }
        if let Some(asset) = &row.underlying_asset {
            self.underlying_price = self.underlying_price.or(asset.price());
            self.underlying_at = newer(self.underlying_at, asset.at(received_at));
        }
        self.options.push(option);
    }
}

/// All pages as one chain, in order.
pub fn together(
    request: &ChainRequest,
    pages: Vec<ChainPage>,
    received_at: DateTime<Utc>,
) -> OptionChain {
    let newest_quote = pages.iter().map(|page| page.newest_quote).fold(None, newer);
    let underlying_at = pages
        .iter()
        .map(|page| page.underlying_at)
        .fold(None, newer);
    // Only plans without quotes give none, and all of those are late.
    let (at, timeliness) = newest_quote
        .or(underlying_at)
        .unwrap_or((received_at - LATENESS, Timeliness::Delayed));
    let underlying_price = pages.iter().find_map(|page| page.underlying_price);
    let refused = pages.iter().map(|page| page.refused).sum();
    let options = pages.into_iter().flat_map(|page| page.options).collect();
    validation::chain(OptionChain {
        underlying: request.underlying.clone(),
        underlying_price,
        options,
        refused,
        provenance: Provenance {
            provider: ProviderName::Massive.to_string(),
            timeliness,
            at,
            received_at,
        },
    })
}

fn listed(row: &ChainRow<'_>) -> Option<ListedOption> {
    let contract = contract(&row.details.ticker)?;
    let quote = row.last_quote.as_ref();
    let sides = quote.and_then(LastQuote::sides).and_then(quoted);
    let quote = quote.filter(|_| sides.is_some());
    let (bid_size, ask_size) = quote.map_or((0, 0), LastQuote::sizes);
    Some(ListedOption {
        contract,
        sides,
        bid_size,
        ask_size,
        quoted_at: quote.and_then(LastQuote::at),
        implied_volatility: row.implied_volatility.and_then(not_zero),
        greeks: row.greeks.as_ref().and_then(RowGreeks::told),
        open_interest: row.open_interest.and_then(Number::count),
        volume: row.day.as_ref().and_then(|day| day.volume?.count()),
    })
}

/// The later of two times.
fn newer<T>(
    a: Option<(DateTime<Utc>, T)>,
    b: Option<(DateTime<Utc>, T)>,
) -> Option<(DateTime<Utc>, T)> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.0 > a.0 { b } else { a }),
        (a, b) => a.or(b),
    }
}
