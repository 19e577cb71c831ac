//! The volatilities that a market's quote implies: at its bid, at its ask and between them.

use super::{ImpliedVolatility, ImpliedVolatilityError, OptionTerms, implied_volatility};

/// What is bid and asked for one option, in dollars per share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quote {
    /// The highest price that somebody pays; zero where nobody bids.
    pub bid: f64,
    /// The lowest price for which somebody sells.
    pub ask: f64,
}

/// The volatilities of one quote.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuotedVolatility {
    /// At the bid; absent where nobody bids.
    pub at_bid: Option<Result<ImpliedVolatility, ImpliedVolatilityError>>,
    /// At the middle of bid and ask; absent where nobody bids.
    pub at_mid: Option<Result<ImpliedVolatility, ImpliedVolatilityError>>,
    /// At the ask.
    pub at_ask: Result<ImpliedVolatility, ImpliedVolatilityError>,
}

/// Quotes that imply nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QuoteError {
    /// Bid or ask is infinite or not a number.
    #[error("bid or ask isn't a finite number")]
    NotFinite,
    /// The bid is below zero, or the ask at or below it.
    #[error("the bid must be at least zero and the ask above zero")]
    NotPositive,
    /// More is bid than asked.
    #[error("the bid is above the ask")]
    Crossed,
}

/// The volatilities at bid, middle and ask. Each may be none for a reason of its own.
pub fn quoted_volatility(
    quote: Quote,
    terms: &OptionTerms,
) -> Result<QuotedVolatility, QuoteError> {
    let Quote { bid, ask } = quote.checked()?;
    let implied = |price| implied_volatility(price, terms);
    let is_bid = bid > 0.0;
    Ok(QuotedVolatility {
        at_bid: is_bid.then(|| implied(bid)),
        at_mid: is_bid.then(|| implied(bid + 0.5 * (ask - bid))),
        at_ask: implied(ask),
    })
}

impl Quote {
    fn checked(self) -> Result<Self, QuoteError> {
        if !(self.bid.is_finite() && self.ask.is_finite()) {
            Err(QuoteError::NotFinite)
        } else if self.bid < 0.0 || self.ask <= 0.0 {
            Err(QuoteError::NotPositive)
        } else if self.bid > self.ask {
            Err(QuoteError::Crossed)
        } else {
            Ok(self)
        }
    }
}
