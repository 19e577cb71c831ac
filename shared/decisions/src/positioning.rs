//! What an option chain tells of how others stand, as records that can be kept: the chain, the
//! quote and the instant in, the record out. The mathematics is `quant::gamma_exposure`.

mod contracts;
mod exposure;
mod flow;

use domain::option_chain::ListedOption;
use domain::quote::StockQuote;
use domain::{OptionChain, Price};
use quant::gamma_exposure::GammaExposureError;

pub use exposure::gamma_exposure;
pub use flow::{ENTRIES_MAX, options_flow};

/// Why there is no such record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PositioningError {
    /// Neither the quote nor the chain says what the underlying stands at.
    #[error("nobody tells what the underlying stands at")]
    NoSpot,
    /// The price can't be one.
    #[error("the underlying stands at no price that can be")]
    Impossible(#[from] GammaExposureError),
    /// No contract has what an exposure takes.
    #[error("no contract has time left, open interest and a volatility")]
    NothingHeld,
    /// No contract tells how often it was traded.
    #[error("no contract tells its volume")]
    NoVolumes,
}

/// What the underlying stands at: by its quote, else by the chain.
fn spot(chain: &OptionChain, quote: Option<&StockQuote>) -> Option<Price> {
    let quoted = quote.map(|quote| quote.sides.mid());
    quoted.or(chain.underlying_price)
}

/// The contracts that deliver 100 shares.
fn standard(chain: &OptionChain) -> impl Iterator<Item = &ListedOption> {
    let options = chain.options.iter();
    options.filter(|option| !option.contract.is_adjusted())
}
