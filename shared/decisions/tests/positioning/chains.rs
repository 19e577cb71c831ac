//! Chains on SPY, as a provider may give them.
#![cfg(test)]

use chrono::{DateTime, Utc};
use domain::option_chain::ListedOption;
use domain::quote::StockQuote;
use domain::{OptionChain, OptionRight, Price};

use crate::common::{RECEIVED_AT, contract, provenance, sides, stock_quote, symbol, utc};

pub(crate) fn now() -> DateTime<Utc> {
    utc(RECEIVED_AT)
}

/// The underlying at $600.
pub(crate) fn quote() -> StockQuote {
    stock_quote(sides(59_999, 60_001), now())
}

/// A contract of which 100 are held and 10 were traded, at $2.
pub(crate) fn listed(name: &str) -> ListedOption {
    ListedOption {
        contract: contract(name),
        sides: Some(sides(195, 205)),
        bid_size: 10,
        ask_size: 10,
        quoted_at: Some(now()),
        implied_volatility: Some(0.2),
        greeks: None,
        open_interest: Some(100),
        volume: Some(10),
    }
}

/// The same, changed.
pub(crate) fn with(name: &str, change: impl FnOnce(&mut ListedOption)) -> ListedOption {
    let mut option = listed(name);
    change(&mut option);
    option
}

pub(crate) fn chain(options: Vec<ListedOption>) -> OptionChain {
    OptionChain {
        underlying: symbol("SPY"),
        underlying_price: Some(Price::cents(60_000)),
        options,
        refused: 0,
        provenance: provenance(now()),
    }
}

/// The name of a contract that expires in June or July of 2026.
pub(crate) fn name(date: &str, right: OptionRight, dollars: u32) -> String {
    format!("SPY26{date}{}{:08}", right.letter(), dollars * 1_000)
}

/// Both rights at each of these strikes, on two expirations.
pub(crate) fn ladder(strikes: impl IntoIterator<Item = u32>) -> OptionChain {
    let mut options = Vec::new();
    for strike in strikes {
        for date in ["0626", "0717"] {
            for right in [OptionRight::Call, OptionRight::Put] {
                options.push(listed(&name(date, right, strike)));
            }
        }
    }
    chain(options)
}
