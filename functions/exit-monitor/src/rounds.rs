//! Which positions are looked at: those of a message, or all of them.

use std::ops::Add;

use chrono::{DateTime, Utc};
use decisions::settlement::is_expired;
use domain::{Position, PositionKey, PositionState};
use futures::future::try_join_all;
use storage::Versioned;
use storage::holdings::all_held;

use crate::watching::Looked;
use crate::{ExitMonitor, MonitorError};

/// Positions that are judged together: their marks and memories are read in one call each.
const PAGE: usize = 100;
/// Pages that are judged at the same time.
const PAGES_AT_ONCE: usize = 4;

impl ExitMonitor {
    /// Looks at these positions, in session.
    pub(crate) async fn look_at(&self, keys: &[PositionKey]) -> Result<Looked, MonitorError> {
        let now = self.clock.now();
        if keys.is_empty() || !self.is_open(now).await {
            return Ok(Looked::default());
        }
        let settings = self.settings.current().await?;
        let held = self.ledger.positions_of(keys).await?;
        self.judge(&alive(held, now), &settings, now).await
    }

    /// Settles what expired, and in session looks at everything that is held; how many
    /// positions were settled, and what came of the others.
    pub(crate) async fn look_at_everything(&self) -> Result<(usize, Looked), MonitorError> {
        let now = self.clock.now();
        let (settings, held) = futures::try_join!(self.settings.current(), all_held(&self.ledger))?;
        let settled = self.settle_expired(&held, &settings, now).await;
        if !self.is_open(now).await {
            return Ok((settled, Looked::default()));
        }
        let held = alive(held, now);
        let pages: Vec<_> = held.chunks(PAGE).collect();
        let mut looked = Looked::default();
        for pages in pages.chunks(PAGES_AT_ONCE) {
            let judged = pages.iter().map(|page| self.judge(page, &settings, now));
            looked = try_join_all(judged)
                .await?
                .into_iter()
                .fold(looked, Looked::add);
        }
        self.watch_daily_loss(&held, &settings, now).await?;
        Ok((settled, looked))
    }
}

/// Those that are held and haven't expired.
fn alive(held: Vec<Versioned<Position>>, now: DateTime<Utc>) -> Vec<Versioned<Position>> {
    let is_held = |it: &Position| !matches!(it.state, PositionState::Closed(_));
    let held = held.into_iter();
    held.filter(|it| is_held(it) && !is_expired(it, now))
        .collect()
}
