//! Everything that an experiment's report is made from.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use decisions::experiment::{Account, Observed, SignalOutcome};
use domain::calendar::{day_status, trading_date};
use domain::{Engine, Experiment, Usd};
use futures::future::try_join_all;
use storage::StorageError;

use crate::{AT_ONCE, History, outcome_of};

/// From when to when signals are read for a report: an experiment's own time, or so many days up to
/// `now`. What came in before the end and closes later still counts.
pub fn span(
    experiment: Option<&Experiment>,
    days: Option<u32>,
    now: DateTime<Utc>,
) -> (DateTime<Utc>, DateTime<Utc>) {
    let after = |at: DateTime<Utc>| at + TimeDelta::seconds(1);
    match experiment {
        Some(it) => (it.started_at, after(it.stopped_at.unwrap_or(now))),
        None => (now - TimeDelta::days(days.unwrap_or(1).into()), after(now)),
    }
}

impl History {
    /// What was observed from `from` to `to`; of an experiment, its own signals only.
    pub async fn observed(
        &self,
        experiment: Option<Experiment>,
        (from, to): (DateTime<Utc>, DateTime<Utc>),
        starting_capital_usd: Usd,
    ) -> Result<Observed, StorageError> {
        let ids = self.signals(from, to).await?;
        let mut signals = Vec::new();
        self.each_trace(&ids, |trace| {
            let outcome = outcome_of(&trace);
            signals.extend(outcome.filter(|it| is_of(it, experiment.as_ref())));
        })
        .await?;
        let mut accounts = BTreeMap::new();
        for engine in Engine::ALL {
            let days = self.equity(engine, trading_date(from), trading_date(to));
            let account = Account {
                starting_capital_usd,
                equity_usd_by_day: days.await?,
            };
            accounts.insert(engine, account);
        }
        Ok(Observed {
            experiment,
            signals,
            accounts,
            observed_at: to,
        })
    }

    /// What an engine was worth at the end of each trading day that has a point.
    async fn equity(
        &self,
        engine: Engine,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<BTreeMap<NaiveDate, Usd>, StorageError> {
        let days = from.iter_days().take_while(|day| *day <= to);
        let days: Vec<_> = days
            .filter(|day| day_status(*day).is_trading_day())
            .collect();
        let mut found = BTreeMap::new();
        for some in days.chunks(AT_ONCE) {
            let reads = some
                .iter()
                .map(|day| self.ledger.last_equity_of(engine, *day));
            let points = try_join_all(reads).await?;
            let dated = some.iter().zip(points);
            found.extend(dated.filter_map(|(day, point)| Some((*day, point?.equity_usd))));
        }
        Ok(found)
    }
}

/// Whether a signal was shared out by this experiment; all count where there is none.
fn is_of(signal: &SignalOutcome, experiment: Option<&Experiment>) -> bool {
    experiment.is_none_or(|experiment| {
        let routed = signal.routed.as_ref();
        let by = routed.and_then(|routed| routed.experiment_id.as_ref());
        by == Some(&experiment.experiment_id)
    })
}
