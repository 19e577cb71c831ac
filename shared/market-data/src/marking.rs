//! Asks a market for new marks: the quotes of contracts, with the Greeks that they imply at the
//! prices of what they are on. What can't be had is named, and its old mark stays.

use std::collections::{BTreeMap, BTreeSet};

use decisions::marking;
use domain::quote::{Mark, OptionQuote, StockQuote};
use domain::{OptionContract, Symbol};
use runtime::telemetry::chain;

use crate::{Asked, Market, MarketError};

/// Marks that are newer than those there were, and contracts without one.
#[derive(Debug, Default)]
pub struct NewMarks {
    /// At most one for each contract.
    pub marks: Vec<Mark>,
    /// Why there is none.
    pub failed: BTreeMap<OptionContract, MarketError>,
}

/// Asks for new marks of these contracts, after the `older` ones.
pub async fn new_marks(
    market: &dyn Market,
    contracts: &[OptionContract],
    older: &BTreeMap<OptionContract, Mark>,
    asked: Asked,
) -> Result<NewMarks, MarketError> {
    if contracts.is_empty() {
        return Ok(NewMarks::default());
    }
    let symbols = underlyings(contracts);
    let (quotes, stocks) = futures::join!(
        market.option_quotes(contracts, asked),
        market.quotes(&symbols, asked)
    );
    let quotes = quotes?;
    // Without the stocks' prices there are no Greeks; the marks stand all the same.
    let no_greeks = |error: &MarketError| {
        tracing::warn!(
            error = chain(error),
            "marks without Greeks: no prices of the stocks"
        );
    };
    let stocks = stocks.inspect_err(no_greeks).map(|batch| batch.found);
    let stocks = stocks.unwrap_or_default();
    let marks = quotes.found.into_values().map(|quote| {
        let before = older.get(&quote.contract);
        let greeks =
            stock_of(&quote, &stocks).and_then(|stock| marking::greeks(&quote, stock.sides.mid()));
        (marking::following(quote, greeks, before), before)
    });
    let newer = marks.filter(|(mark, before)| marking::is_newer(mark, *before));
    Ok(NewMarks {
        marks: newer.map(|(mark, _)| mark).collect(),
        failed: quotes.failed,
    })
}

fn underlyings(contracts: &[OptionContract]) -> Vec<Symbol> {
    let symbols = contracts.iter().filter_map(underlying);
    symbols.collect::<BTreeSet<_>>().into_iter().collect()
}

fn stock_of<'a>(
    quote: &OptionQuote,
    stocks: &'a BTreeMap<Symbol, StockQuote>,
) -> Option<&'a StockQuote> {
    stocks.get(&underlying(&quote.contract)?)
}

/// What a contract is on. An adjusted one's root names no stock, so it has no Greeks.
fn underlying(contract: &OptionContract) -> Option<Symbol> {
    Symbol::parse(contract.root()).ok()
}
