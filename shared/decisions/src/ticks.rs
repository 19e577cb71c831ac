//! The steps in which an option's price moves, by its class.

use domain::Price;
use rust_decimal::Decimal;

/// Classes that trade in cents at every price.
const PENNY_ALL: [&str; 3] = ["IWM", "QQQ", "SPY"];

/// Much traded classes of the exchanges' Penny Interval Program. The program's own list is longer
/// and changes; what isn't here gets the wider steps, which never favour the trader.
const PENNY: [&str; 44] = [
    "AAL", "AAPL", "AMD", "AMZN", "BA", "BABA", "BAC", "C", "COIN", "CRM", "CSCO", "DIA", "DIS",
    "EEM", "EFA", "F", "FXI", "GDX", "GE", "GLD", "GOOG", "GOOGL", "INTC", "JPM", "KO", "META",
    "MSFT", "MU", "NFLX", "NVDA", "PFE", "PLTR", "QCOM", "SLV", "T", "TLT", "TSLA", "UBER", "WFC",
    "WMT", "XLE", "XLF", "XOM", "XSP",
];

/// At and above this price per share the wider step of a class holds.
const WIDER_FROM_USD: u32 = 3;

/// Which steps a class of options trades in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TickClass {
    /// $0.01 at every price.
    PennyAll,
    /// $0.01 below $3, $0.05 from there on.
    Penny,
    /// $0.05 below $3, $0.10 from there on.
    Nickel,
}

impl TickClass {
    /// The class of options with this root.
    pub fn of(root: &str) -> Self {
        if PENNY_ALL.contains(&root) {
            Self::PennyAll
        } else if PENNY.contains(&root) {
            Self::Penny
        } else {
            Self::Nickel
        }
    }

    /// The step at a price, in US dollars per share. Never zero.
    pub fn tick(self, price: Price) -> Decimal {
        let wider = price.decimal() >= Decimal::from(WIDER_FROM_USD);
        Decimal::new(
            match (self, wider) {
                (Self::PennyAll, _) | (Self::Penny, false) => 1,
                (Self::Penny, true) | (Self::Nickel, false) => 5,
                (Self::Nickel, true) => 10,
            },
            2,
        )
    }
}
