//! Marks to judge by: those that there are, and new ones for what has none that is fresh.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use decisions::exits::MARK_AGE_MS_MAX;
use domain::quote::Mark;
use domain::{OptionContract, Position};
use futures::future::try_join_all;
use market_data::Asked;
use market_data::marking::new_marks;
use runtime::metrics::OLDEST_MARK_AGE;
use runtime::telemetry::chain;
use storage::{StorageError, Versioned};

use crate::ExitMonitor;

/// Marks older than this are quoted again by the monitor itself, in milliseconds.
const REQUOTE_AGE_MS: i64 = MARK_AGE_MS_MAX / 2;
/// Marks that are written at the same time.
const WRITES_AT_ONCE: usize = 8;

/// The newest marks, by contract.
pub(crate) type Marks = BTreeMap<OptionContract, Mark>;

impl ExitMonitor {
    /// The marks of what these positions hold, at most half a minute old where the market has
    /// quotes. Rules of time need no mark, so a market without an answer ends no pass.
    pub(crate) async fn fresh_marks(
        &self,
        held: &[Versioned<Position>],
        now: DateTime<Utc>,
    ) -> Result<Marks, StorageError> {
        let contracts: BTreeSet<_> = held.iter().map(|it| it.contract.clone()).collect();
        let contracts: Vec<_> = contracts.into_iter().collect();
        let mut marks = self.marks.marks(&contracts, now).await?;
        let is_stale = |contract: &OptionContract| {
            let age_ms = marks
                .get(contract)
                .map(|it| it.quote.provenance.age_ms(now));
            age_ms.is_none_or(|age_ms| age_ms > REQUOTE_AGE_MS)
        };
        let stale: Vec<_> = contracts.into_iter().filter(is_stale).collect();
        let asked = Asked::at(now).anew();
        match new_marks(self.market.as_ref(), &stale, &marks, asked).await {
            Ok(new) => marks.extend(self.kept(new.marks).await?),
            Err(error) => tracing::warn!(error = chain(&error), "no fresh marks"),
        }
        if let Some(age_ms) = oldest_age_ms(held, &marks, now) {
            OLDEST_MARK_AGE.tell("", age_ms);
        }
        Ok(marks)
    }

    /// Keeps new marks, unless newer ones are there by now; those that hold.
    async fn kept(&self, marks: Vec<Mark>) -> Result<Marks, StorageError> {
        let mut held = Marks::new();
        for some in marks.chunks(WRITES_AT_ONCE) {
            let puts = some.iter().map(|mark| self.marks.put_mark(mark));
            let put = try_join_all(puts).await?.into_iter();
            held.extend(put.map(|mark| (mark.quote.contract.clone(), mark)));
        }
        Ok(held)
    }
}

/// How old the oldest mark of what is held is; what has none has been without since it was opened.
fn oldest_age_ms(held: &[Versioned<Position>], marks: &Marks, now: DateTime<Utc>) -> Option<u64> {
    let age_ms = |position: &Versioned<Position>| {
        let mark = marks.get(&position.contract);
        let without = (now - position.opened_at).num_milliseconds();
        mark.map_or(without, |mark| mark.quote.provenance.age_ms(now))
    };
    let oldest = held.iter().map(age_ms).max()?;
    Some(u64::try_from(oldest).unwrap_or_default())
}
