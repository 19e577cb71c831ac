//! Which contracts are listed, from Massive's reference data.

use domain::{OptionContract, OptionRight};

use super::super::answer::Answer;
use super::super::malformed;
use super::Paged;
use super::refusals::page;
use super::wire::{Details, OPTION_PREFIX};
use crate::{ContractFilter, MarketError};

/// Where they are listed.
pub(super) const PATH: &str = "/v3/reference/options/contracts";
/// The most rows of a page: unless it is asked for there are ten.
const ROWS: &str = "1000";

/// The words of a request for contracts.
pub(super) struct Query {
    underlying: String,
    expires_from: String,
    expires_to: String,
    right: Option<&'static str>,
}

/// What to ask for.
pub(super) fn query(filter: &ContractFilter) -> Query {
    Query {
        underlying: filter.underlying.to_string(),
        expires_from: filter.expires_from.to_string(),
        expires_to: filter.expires_to.to_string(),
        right: filter.right.map(OptionRight::word),
    }
}

impl Query {
    /// As names and values.
    pub(super) fn pairs(&self) -> Vec<(&str, &str)> {
        let mut pairs = vec![
            ("underlying_ticker", self.underlying.as_str()),
            ("expiration_date.gte", &self.expires_from),
            ("expiration_date.lte", &self.expires_to),
            ("expired", "false"),
            ("limit", ROWS),
            ("sort", "expiration_date"),
            ("order", "asc"),
        ];
        pairs.extend(self.right.map(|right| ("contract_type", right)));
        pairs
    }
}

/// The standard contracts on a page that the filter admits. A row that can't be read is left
/// out, unless no row can.
pub fn contracts_page(
    answer: &Answer,
    filter: &ContractFilter,
) -> Result<Paged<Vec<OptionContract>>, MarketError> {
    let page = page(answer, filter.underlying.as_str())?;
    let rows: Vec<(OptionContract, bool)> = page
        .rows()
        .iter()
        .filter_map(|row| read(row.get()))
        .collect();
    if rows.is_empty() && !page.rows().is_empty() {
        return Err(malformed(answer.provider, "no contract of it can be read"));
    }
    let admitted = rows
        .into_iter()
        .filter(|(contract, is_standard)| *is_standard && filter.admits(contract));
    Ok(Paged {
        content: admitted.map(|(contract, _)| contract).collect(),
        next_url: page.next_url,
    })
}

/// All pages as one list, in order. That the underlying isn't known means that it has no options.
pub(super) fn together(
    pages: Result<Vec<Vec<OptionContract>>, MarketError>,
) -> Result<Vec<OptionContract>, MarketError> {
    let mut contracts = match pages {
        Err(MarketError::UnknownSymbol { .. }) => return Ok(Vec::new()),
        pages => pages?.concat(),
    };
    contracts.sort_unstable();
    contracts.dedup();
    Ok(contracts)
}

/// A contract of a row, and whether it delivers what standard ones do.
fn read(row: &str) -> Option<(OptionContract, bool)> {
    let details: Details<'_> = serde_json::from_str(row).ok()?;
    let contract = contract(&details.ticker)?;
    Some((contract, details.is_standard()))
}

/// The contract that a name with its prefix means.
pub(super) fn contract(ticker: &str) -> Option<OptionContract> {
    OptionContract::parse(ticker.strip_prefix(OPTION_PREFIX)?).ok()
}
