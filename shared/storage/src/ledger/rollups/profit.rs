//! Profit and loss of closed positions: which rows one belongs to, and what it adds to each.

use std::ops::AddAssign;

use domain::calendar::{eastern, trading_date};
use domain::expiration::dte;
use domain::{Outcome, Position};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Additions;

pub(super) const PROFIT: &str = "ROLLUP#PROFIT";
/// Days to expiration at the entry, each bucket with the last day that it holds.
const DTE_BUCKETS: [(i64, &str); 5] = [
    (1, "0-1"),
    (7, "2-7"),
    (14, "8-14"),
    (30, "15-30"),
    (i64::MAX, "31+"),
];
/// What stands for a name that an alert didn't give.
const NO_NAME: &str = "-";

/// What closed positions are summed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// All of an engine's.
    Total,
    /// The underlying.
    Symbol,
    /// The alert's strategy; `-` without one.
    Strategy,
    /// The New York date of the close.
    Date,
    /// Who sent the alert; `-` if it doesn't say.
    Source,
    /// The hour of the entry's fill on New York's clock, from `00` to `23`.
    Hour,
    /// Days to expiration at the entry's fill: `0-1`, `2-7`, `8-14`, `15-30`, `31+`.
    Dte,
}

impl Dimension {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Total,
        Self::Symbol,
        Self::Strategy,
        Self::Date,
        Self::Source,
        Self::Hour,
        Self::Dte,
    ];

    /// Its name in a scope.
    pub fn name(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Symbol => "symbol",
            Self::Strategy => "strategy",
            Self::Date => "date",
            Self::Source => "source",
            Self::Hour => "hour",
            Self::Dte => "dte",
        }
    }

    /// Where a closed position stands in it.
    fn value(self, position: &Position, outcome: &Outcome) -> Option<String> {
        let named = |name: &Option<String>| name.as_deref().unwrap_or(NO_NAME).to_owned();
        Some(match self {
            Self::Total => return None,
            Self::Symbol => position.symbol.to_string(),
            Self::Strategy => named(&position.strategy),
            Self::Date => trading_date(outcome.closed_at).to_string(),
            Self::Source => named(&position.source),
            Self::Hour => eastern(position.opened_at).format("%H").to_string(),
            Self::Dte => {
                let days = dte(position.opened_at, position.contract.expiration());
                dte_bucket(days).to_owned()
            }
        })
    }

    fn scope(self, position: &Position, outcome: &Outcome) -> String {
        let (engine, name) = (position.engine, self.name());
        match self.value(position, outcome) {
            Some(value) => format!("{engine}#{name}#{value}"),
            None => format!("{engine}#{name}"),
        }
    }
}

fn dte_bucket(days: i64) -> &'static str {
    let bucket = DTE_BUCKETS.iter().find(|(last, _)| days <= *last);
    bucket.map_or(NO_NAME, |(_, name)| *name)
}

/// Closed positions of an engine, summed over one value of one dimension.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfitRow {
    /// `A#total`, or engine, dimension and value: `A#symbol#SPY`, `A#date#2026-02-13`.
    pub scope: String,
    /// Closed positions.
    pub positions: u64,
    /// Those that gained, net.
    pub wins: u64,
    /// Sum of gross results in US dollars.
    pub gross_usd: Decimal,
    /// Sum of net results (Σx).
    pub net_usd: Decimal,
    /// Sum of squared net results (Σx²).
    pub net_squared: Decimal,
    /// Sum of fees.
    pub fees_usd: Decimal,
    /// Sum of gross results at the mids.
    pub at_mid_usd: Decimal,
    /// Sum of gross results, bought at the ask and sold at the bid.
    pub at_worst_usd: Decimal,
    /// Positions whose exit was set off by a price.
    pub triggered: u64,
    /// Sum of what those brought more than at that price; less, where it is negative.
    pub slippage_usd: Decimal,
}

impl ProfitRow {
    /// The dimension's value that it is summed over; absent for a total.
    pub fn value(&self) -> Option<&str> {
        self.scope.splitn(3, '#').nth(2)
    }

    /// A row of these sums.
    pub(super) fn new(scope: &str, sum: impl Fn(&str) -> Decimal) -> Self {
        let count = |name| sum(name).to_u64().unwrap_or_default();
        Self {
            scope: scope.to_owned(),
            positions: count("positions"),
            wins: count("wins"),
            gross_usd: sum("gross_usd"),
            net_usd: sum("net_usd"),
            net_squared: sum("net_squared"),
            fees_usd: sum("fees_usd"),
            at_mid_usd: sum("at_mid_usd"),
            at_worst_usd: sum("at_worst_usd"),
            triggered: count("triggered"),
            slippage_usd: sum("slippage_usd"),
        }
    }
}

impl AddAssign<&Self> for ProfitRow {
    fn add_assign(&mut self, other: &Self) {
        self.positions += other.positions;
        self.wins += other.wins;
        self.gross_usd += other.gross_usd;
        self.net_usd += other.net_usd;
        self.net_squared += other.net_squared;
        self.fees_usd += other.fees_usd;
        self.at_mid_usd += other.at_mid_usd;
        self.at_worst_usd += other.at_worst_usd;
        self.triggered += other.triggered;
        self.slippage_usd += other.slippage_usd;
    }
}

/// Adds a closed position to one row of each dimension.
pub(super) fn add_profit(position: &Position, outcome: &Outcome, additions: &mut Additions) {
    let amounts = amounts(outcome);
    for dimension in Dimension::ALL {
        let scope = dimension.scope(position, outcome);
        let row = additions.entry((PROFIT, scope)).or_default();
        for (name, amount) in amounts {
            *row.entry(name).or_default() += amount;
        }
    }
}

fn amounts(outcome: &Outcome) -> [(&'static str, Decimal); 10] {
    let (net, slippage) = (outcome.realized.net_usd.0, outcome.slippage_usd);
    [
        ("positions", Decimal::ONE),
        ("wins", Decimal::from(u8::from(net > Decimal::ZERO))),
        ("gross_usd", outcome.realized.gross_usd.0),
        ("net_usd", net),
        ("net_squared", net * net),
        ("fees_usd", outcome.realized.fees_usd.0),
        ("at_mid_usd", outcome.realized.at_mid_usd.0),
        ("at_worst_usd", outcome.realized.at_worst_usd.0),
        ("triggered", Decimal::from(u8::from(slippage.is_some()))),
        ("slippage_usd", slippage.unwrap_or_default().0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_to_expiration_fall_into_buckets() {
        for (days, bucket) in [
            (0, "0-1"),
            (1, "0-1"),
            (2, "2-7"),
            (7, "2-7"),
            (8, "8-14"),
            (14, "8-14"),
            (15, "15-30"),
            (30, "15-30"),
            (31, "31+"),
            (400, "31+"),
        ] {
            assert_eq!(dte_bucket(days), bucket, "{days}");
        }
    }

    #[test]
    fn a_row_names_its_value() {
        for (scope, value) in [
            ("A#total", None),
            ("A#symbol#SPY", Some("SPY")),
            ("B#strategy#a#b", Some("a#b")),
        ] {
            assert_eq!(ProfitRow::new(scope, |_| Decimal::ZERO).value(), value);
        }
    }
}
