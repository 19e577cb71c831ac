//! Rows of profit that stand next to each other, and reading them.

use chrono::NaiveDate;
use domain::Engine;

use super::profit::{Dimension, PROFIT, ProfitRow};
use crate::error::StorageError;
use crate::item::{Item, number_of, text, text_of};
use crate::ledger::Ledger;
use crate::page::Bounded;

/// No range is read further than this; symbols and names of strategies are the longest.
const ROWS_MAX: usize = 1_000;

/// The rows of an engine from one scope to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfitRange {
    first: String,
    last: String,
}

impl ProfitRange {
    /// All values of a dimension.
    pub fn of(dimension: Dimension, engine: Engine) -> Self {
        let name = format!("{engine}#{}", dimension.name());
        match dimension {
            Dimension::Total => Self {
                first: name.clone(),
                last: name,
            },
            // `$` follows on `#`.
            _ => Self {
                first: format!("{name}#"),
                last: format!("{name}$"),
            },
        }
    }

    /// The dates of closes from one to another, both of them too.
    pub fn dates(engine: Engine, from: NaiveDate, to: NaiveDate) -> Self {
        let scope = |date| format!("{engine}#{}#{date}", Dimension::Date.name());
        Self {
            first: scope(from),
            last: scope(to),
        }
    }

    pub(super) fn holds(&self, scope: &str) -> bool {
        (self.first.as_str()..=self.last.as_str()).contains(&scope)
    }
}

impl Ledger {
    /// What was closed on each New York date from one to another, both of them too.
    pub async fn profit_by_date(
        &self,
        engine: Engine,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<ProfitRow>, StorageError> {
        let range = ProfitRange::dates(engine, from, to);
        Ok(self.profit_in(&range, false).await?.items)
    }

    /// The rows of a dimension, by value; no more than a thousand.
    pub async fn profit_rows_of(
        &self,
        dimension: Dimension,
        engine: Engine,
    ) -> Result<Bounded<ProfitRow>, StorageError> {
        let range = ProfitRange::of(dimension, engine);
        self.profit_in(&range, false).await
    }

    pub(super) async fn profit_in(
        &self,
        range: &ProfitRange,
        consistent: bool,
    ) -> Result<Bounded<ProfitRow>, StorageError> {
        // No call is made for a range that holds nothing: it would be refused.
        if range.first > range.last {
            return Ok(Bounded::cut(Vec::new(), ROWS_MAX));
        }
        let mut items = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":pk", text(PROFIT))
            .expression_attribute_values(":first", text(&range.first))
            .expression_attribute_values(":last", text(&range.last))
            .consistent_read(consistent)
            .into_paginator()
            .items()
            .send();
        let mut rows = Vec::new();
        while rows.len() <= ROWS_MAX
            && let Some(item) = items.next().await
        {
            let item = item.map_err(StorageError::aws("Query"))?;
            rows.push(profit_row(&item));
        }
        Ok(Bounded::cut(rows, ROWS_MAX))
    }
}

pub(super) fn profit_row(item: &Item) -> ProfitRow {
    let scope = text_of(item, "sk").unwrap_or_default();
    ProfitRow::new(scope, |name| number_of(item, name).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_its_own_dimension_of_its_own_engine() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 7, day).unwrap();
        let symbols = ProfitRange::of(Dimension::Symbol, Engine::A);
        let total = ProfitRange::of(Dimension::Total, Engine::A);
        let dates = ProfitRange::dates(Engine::B, day(9), day(10));
        for (range, scope, holds) in [
            (&symbols, "A#symbol#SPY", true),
            (&symbols, "A#symbol#", true),
            (&symbols, "A#symbols#SPY", false),
            (&symbols, "A#symbol", false),
            (&symbols, "A#strategy#x", false),
            (&symbols, "B#symbol#SPY", false),
            (&total, "A#total", true),
            (&total, "A#total#x", false),
            (&dates, "B#date#2026-07-08", false),
            (&dates, "B#date#2026-07-09", true),
            (&dates, "B#date#2026-07-10", true),
            (&dates, "B#date#2026-07-11", false),
        ] {
            assert_eq!(range.holds(scope), holds, "{scope} in {range:?}");
        }
    }
}
