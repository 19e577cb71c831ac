//! Judging positions: every exit rule is read, what has to be remembered is kept, and the exit
//! that is due begins.

use chrono::{DateTime, TimeDelta, Utc};
use decisions::exits::{self, Circumstances};
use decisions::lifecycle;
use domain::quote::Mark;
use domain::settings::ExitRules;
use domain::{Position, PositionKey, PositionState, Settings, Watch};
use futures::future::try_join_all;
use storage::Versioned;
use storage::ledger::ExitBegun;

use crate::{ExitMonitor, MonitorError};

/// Positions that are written about at the same time.
const WRITES_AT_ONCE: usize = 8;

/// What came of looking at some positions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Looked {
    /// Positions that were looked at.
    pub(crate) positions: usize,
    /// Exits that were begun.
    pub(crate) exits: usize,
}

impl std::ops::Add for Looked {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            positions: self.positions + other.positions,
            exits: self.exits + other.exits,
        }
    }
}

/// A position with what it is judged by.
struct Judged<'a> {
    position: &'a Versioned<Position>,
    mark: Option<&'a Mark>,
    watch: Option<&'a Versioned<Watch>>,
}

impl ExitMonitor {
    /// Judges these positions, which haven't expired, while the market is open.
    pub(crate) async fn judge(
        &self,
        held: &[Versioned<Position>],
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<Looked, MonitorError> {
        let open = |it: &&Versioned<Position>| matches!(it.state, PositionState::Open);
        let keys: Vec<PositionKey> = held.iter().filter(open).map(|it| it.key()).collect();
        let (marks, watches) =
            futures::try_join!(self.fresh_marks(held, now), self.ledger.watches_of(&keys))?;
        let judged = held.iter().filter(open).map(|position| Judged {
            position,
            mark: marks.get(&position.contract),
            watch: watches.get(&position.key()),
        });
        let judged: Vec<Judged<'_>> = judged.collect();
        let mut exits = 0;
        for some in judged.chunks(WRITES_AT_ONCE) {
            let begun = some.iter().map(|it| self.apply_rules(it, settings, now));
            let begun = try_join_all(begun).await?;
            exits += begun.into_iter().filter(|begun| *begun).count();
        }
        Ok(Looked {
            positions: held.len(),
            exits,
        })
    }

    /// Whether an exit was begun.
    async fn apply_rules(
        &self,
        judged: &Judged<'_>,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<bool, MonitorError> {
        let Judged {
            position,
            mark,
            watch,
        } = *judged;
        let evaluation = exits::evaluate(&Circumstances {
            position,
            mark,
            watch: watch.map(|watch| &watch.record),
            rules: &settings.exit_rules,
            now,
        });
        if let Some(memory) = &evaluation.watch
            && is_worth_keeping(watch, memory, &settings.exit_rules)
        {
            // Refused, another pass was there at the same moment, and has seen the same.
            let _ = self.ledger.remember(watch, memory).await?;
        }
        let version = settings.versions.exit_rules;
        let Some(decision) = exits::decision(position, &evaluation, version, now) else {
            return Ok(false);
        };
        let start = lifecycle::begin_exit(position, decision);
        // On the revision that was read: if somebody moved the position on, there is no exit.
        let begun = self.way_out.begin(position, &start).await?;
        Ok(begun == ExitBegun::Written)
    }
}

/// Whether a memory is to be written. One in which nothing but the time moved on waits for a
/// quarter of the time after which a price counts as gone: a write costs more than it tells.
fn is_worth_keeping(kept: Option<&Versioned<Watch>>, memory: &Watch, rules: &ExitRules) -> bool {
    let wait = TimeDelta::minutes(i64::from(rules.price_gone_minutes)) / 4;
    kept.is_none_or(|kept| {
        let earlier = Watch {
            seen_at: memory.seen_at,
            ..kept.record.clone()
        };
        earlier != *memory || memory.seen_at - kept.seen_at >= wait
    })
}
