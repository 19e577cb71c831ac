//! Options: what one is worth and how that changes, what volatility its price implies, and what
//! exercise before expiry adds.
//!
//! Everything is per share and in years; a contract of a hundred shares is its caller's affair.
//! No calendar and no money type comes in here.

pub mod american;
pub mod black_scholes;
mod discounted;
pub mod early_exercise;
pub mod implied_volatility;
mod pieces;
pub mod quoted_volatility;
mod right;

pub use american::{AmericanError, CashDividend, american_price};
pub use black_scholes::{BlackScholesError, BlackScholesInputs, OptionValue};
pub use early_exercise::{EarlyExercise, early_exercise};
pub use implied_volatility::{
    ImpliedVolatility, ImpliedVolatilityError, OptionTerms, implied_volatility,
};
pub use quoted_volatility::{Quote, QuoteError, QuotedVolatility, quoted_volatility};
pub use right::Right;
