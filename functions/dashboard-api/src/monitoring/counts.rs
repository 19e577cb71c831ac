//! What functions counted of themselves in the last hours.

use std::collections::BTreeMap;

use domain::Percent;
use runtime::vitals::names;
use storage::vitals::{HourOfVitals, ProviderVitals, VitalsSummary};

use super::{CacheRate, Counted, LastPass};
use crate::problem::Problem;
use crate::sources::Shared;

/// Hours that are shown.
pub(super) const HOURS: u32 = 24;
/// The functions that a schedule invokes every minute.
const SCHEDULED: [&str; 3] = ["exit-monitor", "position-refresher", "sweeper"];

/// The counts of the last hours.
#[derive(Debug, Default)]
pub(crate) struct Vitals {
    hours: Vec<HourOfVitals>,
    summary: VitalsSummary,
}

impl Vitals {
    /// Reads them.
    pub(crate) async fn read(sources: &Shared) -> Result<Self, Problem> {
        let hours = sources.marks.vitals(sources.clock.now(), HOURS).await?;
        let summary = VitalsSummary::of(&hours);
        Ok(Self { hours, summary })
    }

    pub(super) fn provider(&self, name: &str) -> ProviderVitals {
        self.summary
            .providers
            .get(name)
            .cloned()
            .unwrap_or_default()
    }

    pub(super) fn caches(&self) -> Vec<CacheRate> {
        let rates = self.summary.caches.iter().map(|(kind, it)| {
            let hits = it.in_memory + it.in_table + it.joined;
            CacheRate {
                kind: kind.clone(),
                hits_in_instance: it.in_memory,
                hits_in_table: it.in_table,
                joined: it.joined,
                misses: it.missed,
                hit_rate_percent: Percent::of(hits, hits + it.missed),
            }
        });
        rates.collect()
    }

    /// Errors by function and category.
    pub(super) fn errors(&self) -> Vec<Counted> {
        self.counted(|name| {
            Some(
                name.strip_prefix(names::ERROR)?
                    .strip_prefix('.')?
                    .to_owned(),
            )
        })
    }

    /// Invocations that failed as a whole.
    pub(super) fn failed_invocations(&self) -> Vec<Counted> {
        self.counted(|name| (name == names::FAILED).then(|| "failed".to_owned()))
    }

    pub(super) fn sweeper_findings(&self) -> Vec<Counted> {
        self.counted(|name| {
            Some(
                name.strip_prefix(names::SWEEPER)?
                    .strip_prefix('.')?
                    .to_owned(),
            )
        })
    }

    /// Sums of the counts that have a name to be shown by.
    fn counted(&self, shown: impl Fn(&str) -> Option<String>) -> Vec<Counted> {
        let mut sums: BTreeMap<(String, String), Counted> = BTreeMap::new();
        for hour in &self.hours {
            for (name, count) in &hour.counts {
                let Some(what) = shown(name) else { continue };
                let key = (hour.function.clone(), what.clone());
                let sum = sums.entry(key).or_insert_with(|| Counted {
                    function: hour.function.clone(),
                    what,
                    count: 0,
                    last_hour: hour.hour,
                });
                sum.count += count;
                sum.last_hour = sum.last_hour.max(hour.hour);
            }
        }
        sums.into_values().collect()
    }

    /// When each scheduled function last ran to its end.
    pub(crate) fn passes(&self) -> Vec<LastPass> {
        let passes = SCHEDULED.map(|function| {
            let vitals = self.summary.functions.get(function);
            LastPass {
                function: function.to_owned(),
                at: vitals.and_then(|it| it.last_pass_at),
            }
        });
        passes.into()
    }
}
