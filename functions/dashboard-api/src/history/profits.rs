//! What closed positions brought, as it is now: roll-ups, and what they haven't counted yet.

use chrono::NaiveDate;
use domain::{Engine, Usd};
use storage::ledger::{Dimension, ProfitRange, ProfitRow};

use super::curve::{EngineCurve, curve};
use super::slices::{Slice, slice};
use crate::problem::Problem;
use crate::sources::Shared;

/// Rows of one moment.
#[derive(Default)]
pub(crate) struct Profits {
    found: Vec<(Engine, Dimension, Vec<ProfitRow>)>,
}

impl Profits {
    /// Reads the days in `from..=to` and all values of these dimensions, of both engines.
    pub(crate) async fn read(
        sources: &Shared,
        (from, to): (NaiveDate, NaiveDate),
        dimensions: &[Dimension],
    ) -> Result<Self, Problem> {
        let mut named = Vec::new();
        let mut ranges = Vec::new();
        for engine in Engine::ALL {
            named.push((engine, Dimension::Date));
            ranges.push(ProfitRange::dates(engine, from, to));
            for dimension in dimensions {
                named.push((engine, *dimension));
                ranges.push(ProfitRange::of(*dimension, engine));
            }
        }
        let now = sources.ledger.profit_now(&ranges).await?;
        let found = named.into_iter().zip(now.ranges);
        let found = found.map(|((engine, dimension), rows)| (engine, dimension, rows.items));
        Ok(Self {
            found: found.collect(),
        })
    }

    /// Each engine's days.
    pub(crate) fn curves(&self, capital: Usd) -> Vec<EngineCurve> {
        let days = self.of(Dimension::Date);
        days.map(|(engine, rows)| curve(engine, rows, capital))
            .collect()
    }

    /// The slices of a dimension that was read, of both engines.
    pub(crate) fn slices(&self, dimension: Dimension) -> Vec<Slice> {
        let of = |(engine, rows): (Engine, &[ProfitRow])| {
            let slices = rows.iter().map(|row| slice(engine, row));
            slices.collect::<Vec<_>>()
        };
        self.of(dimension).flat_map(of).collect()
    }

    fn of(&self, dimension: Dimension) -> impl Iterator<Item = (Engine, &[ProfitRow])> {
        let own = self.found.iter().filter(move |it| it.1 == dimension);
        own.map(|(engine, _, rows)| (*engine, rows.as_slice()))
    }
}
