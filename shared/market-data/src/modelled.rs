//! Markets whose options are priced by a formula from the price of the stock: there one can ask
//! what a contract would be quoted at if the stock stood elsewhere. A backtest asks it of the
//! prices that a stock went through within a bar.

use chrono::{DateTime, Utc};
use domain::quote::OptionQuote;
use domain::{OptionContract, Price, Symbol, Timeframe};

use crate::model::{self, Underlying};
use crate::{Market, MarketError, validation};

/// A quote at a price of the stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteAtPrice {
    /// The contract's.
    pub quote: OptionQuote,
    /// The middle of what the stock would be quoted at, in US dollars per share.
    pub underlying_mid: Price,
}

/// A market that prices options by a formula.
pub trait ModelledMarket: Market {
    /// What a contract would be quoted at while its stock stands at `underlying`, all else being
    /// as it is at `now`; dated `now`.
    fn quote_at_price(
        &self,
        contract: &OptionContract,
        underlying: Price,
        now: DateTime<Utc>,
    ) -> Result<QuoteAtPrice, MarketError>;

    /// How long the shortest bars of a stock are that can be asked for.
    fn finest_bars(&self, symbol: &Symbol) -> Timeframe;
}

/// The quote of a contract on `as_it_is`, moved to another price.
pub(crate) fn at_price(
    as_it_is: Underlying,
    contract: &OptionContract,
    price: Price,
    provenance: domain::quote::Provenance,
) -> Result<QuoteAtPrice, MarketError> {
    let underlying = Underlying {
        spot_usd: price.to_f64(),
        ..as_it_is
    };
    let quote = model::quote(&underlying, contract, provenance)?;
    Ok(QuoteAtPrice {
        quote: validation::option_quote(quote)?,
        underlying_mid: model::ticks::stock_sides(underlying.spot_usd).mid(),
    })
}
