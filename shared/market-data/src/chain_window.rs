//! Which part of a chain is asked for: the same for everybody, so that one answer does for all.

use chrono::{Days, NaiveDate};
use domain::Price;
use domain::calendar::trading_date;
use domain::quote::StockQuote;
use rust_decimal::Decimal;

use crate::{Asked, ChainRequest};

/// How far ahead the chain's last expiration may lie.
const CHAIN_DAYS: u64 = 45;
/// How far its strikes may lie from the quote, as a percentage of it.
const STRIKES_WITHIN_PCT: i64 = 25;
/// Strikes are asked for in steps of so many dollars, so that the question stays the same while
/// the price hardly moves, and a kept answer will do.
const STRIKES_GRID_USD: i64 = 5;

/// The part of the chain that matters around a quote.
pub(crate) fn around(quote: &StockQuote, asked: Asked) -> ChainRequest {
    let today = trading_date(asked.now);
    ChainRequest {
        underlying: quote.symbol.clone(),
        expires_from: today,
        expires_to: today
            .checked_add_days(Days::new(CHAIN_DAYS))
            .unwrap_or(NaiveDate::MAX),
        strikes: strikes(quote.sides.mid()),
    }
}

/// The strikes around a price, outwards to the grid; all of them for a price beyond any.
fn strikes(price: Price) -> Option<(Price, Price)> {
    let on_grid = |percent: i64| {
        let exact = price.decimal().checked_mul(Decimal::new(percent, 2))?;
        exact.checked_div(Decimal::from(STRIKES_GRID_USD))
    };
    let strike = |steps: Decimal| {
        let exact = steps.checked_mul(Decimal::from(STRIKES_GRID_USD))?;
        Price::new(exact).ok()
    };
    let low = strike(on_grid(100 - STRIKES_WITHIN_PCT)?.floor())?;
    let high = strike(on_grid(100 + STRIKES_WITHIN_PCT)?.ceil())?;
    Some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strikes_are_rounded_outwards() {
        for (price_cents, low_usd, high_usd) in [
            (65_000, 485, 815),
            (65_100, 485, 815),
            (40_000, 300, 500),
            (40_001, 300, 505),
            (39_999, 295, 500),
            (300, 0, 5),
            (1, 0, 5),
        ] {
            let expected = (Price::cents(low_usd * 100), Price::cents(high_usd * 100));
            let found = strikes(Price::cents(price_cents));
            assert_eq!(found, Some(expected), "{price_cents} cents");
        }
        assert_eq!(strikes(Price::new(Decimal::MAX).unwrap()), None);
    }
}
