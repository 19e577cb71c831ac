//! Last prices of stocks: many in one request, each of which is charged. For one symbol the
//! answer is the row itself, for several it is rows under the names that were asked for.

use std::collections::BTreeMap;

use domain::Symbol;
use domain::quote::{BidAsk, QuoteBasis, StockQuote};
use serde::Deserialize;

use super::TwelveData;
use super::refusals::{check, check_row};
use crate::provider::answer::Answer;
use crate::provider::groups::in_chunks;
use crate::provider::line::Ask;
use crate::provider::number::Number;
use crate::provider::query::url;
use crate::provider::rows::{Rows, row};
use crate::provider::times::{from_s, timeliness_by_age};
use crate::provider::{Capability, malformed, unknown};
use crate::{Asked, Batch, MarketError, validation};

/// As many symbols as it takes.
const SYMBOLS_A_CALL: usize = 120;

#[derive(Deserialize)]
struct Row {
    symbol: Option<String>,
    close: Number,
    #[serde(default)]
    last_quote_at: Option<Number>,
    #[serde(default)]
    timestamp: Option<Number>,
}

impl TwelveData {
    pub(super) async fn ask_quotes(
        &self,
        symbols: &[Symbol],
        asked: Asked,
    ) -> Result<Batch<Symbol, StockQuote>, MarketError> {
        let of_chunk = |chunk: Vec<Symbol>| self.quotes_of(chunk, asked);
        in_chunks(self.line.provider(), symbols, SYMBOLS_A_CALL, of_chunk).await
    }

    async fn quotes_of(
        &self,
        symbols: Vec<Symbol>,
        asked: Asked,
    ) -> Result<Batch<Symbol, StockQuote>, MarketError> {
        let named = symbols
            .into_iter()
            .map(|symbol| (symbol.to_string(), symbol));
        let wanted: BTreeMap<String, Symbol> = named.collect();
        let names: Vec<&str> = wanted.keys().map(String::as_str).collect();
        let question = Ask {
            capability: Capability::Quotes,
            url: url(&self.base_url, "/quote", &[("symbol", &names.join(","))]),
            cost: u32::try_from(wanted.len()).unwrap_or(u32::MAX),
        };
        let read = |answer: &Answer| quotes(answer, &wanted);
        self.line.get(&question, asked, read).await
    }
}

/// The prices of these stocks, from an answer about them.
pub fn quotes(
    answer: &Answer,
    wanted: &BTreeMap<String, Symbol>,
) -> Result<Batch<Symbol, StockQuote>, MarketError> {
    let only = wanted.first_key_value().filter(|_| wanted.len() == 1);
    match check(answer, only.map(|(name, _)| name.as_str())) {
        // That the only symbol isn't known is an answer about it.
        Err(error @ MarketError::UnknownSymbol { .. }) => {
            let unknown = |(_, symbol): (&String, &Symbol)| (symbol.clone(), Err(error.clone()));
            return Ok(only.into_iter().map(unknown).collect());
        }
        checked => checked?,
    }
    let rows: Rows<'_> = answer.json()?;
    let is_keyed = |name: &str| rows.0.iter().any(|(key, _)| key == name);
    if let Some((name, symbol)) = only.filter(|(name, _)| !is_keyed(name)) {
        let quote = row(answer, answer.json()?).and_then(|row| told(answer, name, symbol, row));
        return Ok([(symbol.clone(), quote)].into_iter().collect());
    }
    Ok(rows.batch(answer, wanted, |symbol, raw| {
        let name = symbol.as_str();
        check_row(answer, raw, Some(name))?;
        told(answer, name, symbol, row(answer, raw)?)
    }))
}

/// What a row tells, if it is of the symbol under which it stands. Where it isn't told when the
/// price was made, the start of its bar is: it then counts as old, as it may be.
fn told(answer: &Answer, name: &str, symbol: &Symbol, row: Row) -> Result<StockQuote, MarketError> {
    if row.symbol.is_some_and(|told| told != name) {
        return Err(unknown(answer.provider, name));
    }
    let second = row.last_quote_at.or(row.timestamp);
    let second = second.and_then(|second| i64::try_from(second.count()?).ok());
    let told = second.and_then(from_s).zip(row.close.price());
    let (at, price) = told.ok_or_else(|| {
        malformed(
            answer.provider,
            "a quote without a time or with a price that is none",
        )
    })?;
    let timeliness = timeliness_by_age(at, answer.received_at);
    validation::stock_quote(StockQuote {
        symbol: symbol.clone(),
        sides: BidAsk {
            bid: price,
            ask: price,
        },
        basis: QuoteBasis::OnePrice,
        provenance: answer.provenance(at, timeliness),
    })
}
