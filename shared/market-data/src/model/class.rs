//! How the options of an underlying are listed and quoted.

/// The roots whose options are listed as those of index funds.
const INDEX_FUNDS: [&str; 3] = ["SPY", "QQQ", "IWM"];

/// How the options of an underlying are listed and quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// An index fund: expirations on every session, strikes by the dollar, a penny tick.
    IndexFund,
    /// A company: weekly expirations, wider strikes, a nickel tick from $3.
    Company,
}

impl Class {
    /// The class of the options with this root.
    pub(crate) fn of(root: &str) -> Self {
        if INDEX_FUNDS.contains(&root) {
            Self::IndexFund
        } else {
            Self::Company
        }
    }

    /// The distance between two strikes of a stock at this price, in cents.
    pub(crate) fn strike_step_cents(self, price_usd: f64) -> u32 {
        match self {
            Self::IndexFund => 100,
            Self::Company if price_usd < 50.0 => 100,
            Self::Company if price_usd < 260.0 => 250,
            Self::Company => 500,
        }
    }
}
