//! The listed contracts with their open interest, from the trading host.

use std::borrow::Cow;

use domain::{OptionContract, Price};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Alpaca;
use super::pages::{Page, Paged};
use super::refusals::check;
use crate::provider::answer::Answer;
use crate::provider::number::Number;
use crate::provider::query::price;
use crate::provider::rows::{nullable, row};
use crate::provider::{Capability, malformed};
use crate::{Asked, ContractFilter, MarketError};

/// The most that a page has room for.
const LIMIT: &str = "10000";
/// What a contract's premium is multiplied by, unless it is adjusted.
const MULTIPLIER: f64 = 100.0;

/// A contract that can be traded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedContract {
    /// Which.
    pub contract: OptionContract,
    /// How many were held at the end of the previous session.
    pub open_interest: Option<u64>,
}

#[derive(Deserialize)]
struct Wire<'a> {
    #[serde(borrow, deserialize_with = "nullable")]
    option_contracts: Vec<&'a RawValue>,
    #[serde(default)]
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
struct Row<'a> {
    #[serde(borrow)]
    symbol: Cow<'a, str>,
    #[serde(borrow, default)]
    status: Option<Cow<'a, str>>,
    tradable: bool,
    #[serde(default)]
    multiplier: Option<Number>,
    #[serde(default)]
    open_interest: Option<Number>,
}

impl Alpaca {
    pub(super) async fn ask_contracts(
        &self,
        filter: &ContractFilter,
        asked: Asked,
    ) -> Result<Vec<OptionContract>, MarketError> {
        let listed = self.listed(filter, None, asked).await?;
        Ok(listed.into_iter().map(|it| it.contract).collect())
    }

    /// The contracts of a filter and within these strikes, in order, each once.
    pub(super) async fn listed(
        &self,
        filter: &ContractFilter,
        strikes: Option<(Price, Price)>,
        asked: Asked,
    ) -> Result<Vec<ListedContract>, MarketError> {
        let query = query(filter, strikes);
        let query: Vec<(&str, &str)> = query.iter().map(|(n, value)| (*n, &**value)).collect();
        let paged = Paged {
            capability: Capability::Contracts,
            base: &self.settings.trading_url,
            path: "/v2/options/contracts",
            query: &query,
        };
        let read = |answer: &Answer| contracts_page(answer, filter);
        let mut listed = self.pages(&paged, asked, read).await?.concat();
        listed.sort_by(|a, b| a.contract.cmp(&b.contract));
        listed.dedup_by(|a, b| a.contract == b.contract);
        Ok(listed)
    }
}

/// Without dates only what expires within days would come.
fn query(filter: &ContractFilter, strikes: Option<(Price, Price)>) -> Vec<(&'static str, String)> {
    let mut query = vec![
        ("underlying_symbols", filter.underlying.to_string()),
        ("status", "active".to_owned()),
        ("expiration_date_gte", filter.expires_from.to_string()),
        ("expiration_date_lte", filter.expires_to.to_string()),
        ("limit", LIMIT.to_owned()),
    ];
    query.extend(filter.right.map(|right| ("type", right.word().to_owned())));
    query.extend(strikes_query(strikes));
    query
}

/// The bounds on strikes, as every endpoint takes them.
pub(super) fn strikes_query(strikes: Option<(Price, Price)>) -> Vec<(&'static str, String)> {
    strikes.map_or_else(Vec::new, |(low, high)| {
        vec![
            ("strike_price_gte", price(low)),
            ("strike_price_lte", price(high)),
        ]
    })
}

/// A page of contracts. Adjusted ones and those that can't be traded are left out; so is a row
/// that can't be read, unless none can.
pub fn contracts_page(
    answer: &Answer,
    filter: &ContractFilter,
) -> Result<Page<Vec<ListedContract>>, MarketError> {
    check(answer, Some(filter.underlying.as_str()))?;
    let wire: Wire<'_> = answer.json()?;
    let rows = wire.option_contracts;
    let read: Vec<(Row<'_>, OptionContract)> = rows
        .iter()
        .filter_map(|raw| read_row(answer, raw))
        .collect();
    if read.is_empty() && !rows.is_empty() {
        return Err(malformed(answer.provider, "no contract can be read"));
    }
    let meant = read
        .into_iter()
        .filter(|(row, contract)| is_meant(row, contract, filter));
    let listed = meant.map(|(row, contract)| ListedContract {
        contract,
        open_interest: row.open_interest.and_then(Number::count),
    });
    Ok(Page::new(listed.collect(), wire.next_page_token))
}

fn read_row<'a>(answer: &Answer, raw: &'a RawValue) -> Option<(Row<'a>, OptionContract)> {
    let row: Row<'a> = row(answer, raw).ok()?;
    let contract = OptionContract::parse(&row.symbol).ok()?;
    Some((row, contract))
}

fn is_meant(row: &Row<'_>, contract: &OptionContract, filter: &ContractFilter) -> bool {
    let is_usual = row
        .multiplier
        .is_none_or(|multiplier| (multiplier.get() - MULTIPLIER).abs() < f64::EPSILON);
    let is_active = row
        .status
        .as_deref()
        .is_none_or(|status| status == "active");
    is_usual && is_active && row.tradable && filter.admits(contract)
}
