//! Failed logins, for each account and for each address. An attempt counts as failed from its
//! beginning, in one transaction with its condition, and is forgiven once it succeeded: so many
//! attempts at once get no more guesses than one after the other.

mod failures;

use std::net::IpAddr;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::UserName;

use super::UsersTable;
use crate::batches::{self, item_key};
use crate::error::StorageError;
use crate::item::{Record, Versioned, decode};
use crate::transact::Transaction;

use failures::{Failures, Subject};

/// So many failures, of one account or from one address, and the next attempt is refused.
pub const FAILURES_MAX: usize = 5;
/// Failures count for so long.
pub const WINDOW: TimeDelta = TimeDelta::minutes(15);

/// Tries to write what others write too; each loser to another counts one of at most five.
const ROUNDS_MAX: u32 = 24;
/// The wait between two of them.
const BACKOFF: Duration = Duration::from_millis(3);
/// The longest one.
const BACKOFF_MAX: Duration = Duration::from_millis(60);

/// An attempt that was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    subjects: [Subject; 2],
    at: DateTime<Utc>,
}

/// Whether somebody may try to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Attempted {
    /// It counts as a failure until it is forgiven.
    Counted(Attempt),
    /// Too many failed; from then on it may be tried again.
    Refused {
        /// When.
        until: DateTime<Utc>,
    },
}

/// What an attempt's end makes of the failures that were seen.
enum Step {
    Write([Failures; 2]),
    Nothing,
    Refuse(DateTime<Utc>),
}

impl UsersTable {
    /// Counts an attempt to sign in, or refuses it. A name that nobody has counts like any other.
    pub async fn attempt(
        &self,
        name: &UserName,
        address: Option<IpAddr>,
        now: DateTime<Utc>,
    ) -> Result<Attempted, StorageError> {
        let subjects = [Subject::account(name), Subject::address(address)];
        let counted = |seen: [&Failures; 2]| {
            let until = seen.iter().filter_map(|it| it.refused_until(now)).max();
            until.map_or_else(|| Step::Write(seen.map(|it| it.with(now))), Step::Refuse)
        };
        Ok(match self.change(&subjects, counted).await? {
            Some(until) => Attempted::Refused { until },
            None => Attempted::Counted(Attempt { subjects, at: now }),
        })
    }

    /// Takes an attempt back that succeeded. Failures before it go on counting.
    pub async fn forgive(&self, attempt: &Attempt) -> Result<(), StorageError> {
        let forgiven = |seen: [&Failures; 2]| {
            if seen.iter().all(|it| !it.holds(attempt.at)) {
                return Step::Nothing;
            }
            Step::Write(seen.map(|it| it.without(attempt.at)))
        };
        self.change(&attempt.subjects, forgiven).await.map(drop)
    }

    async fn change(
        &self,
        subjects: &[Subject; 2],
        step: impl Fn([&Failures; 2]) -> Step,
    ) -> Result<Option<DateTime<Utc>>, StorageError> {
        for round in 0..ROUNDS_MAX {
            let [account, address] = self.failures(subjects).await?;
            let next = match step([&account.record, &address.record]) {
                Step::Write(next) => next,
                Step::Nothing => return Ok(None),
                Step::Refuse(until) => return Ok(Some(until)),
            };
            let [next_account, next_address] = next;
            let writes = Transaction::on(&self.table)
                .put_or_replace(&account.changed(next_account))
                .put_or_replace(&address.changed(next_address));
            if self.commit(writes).await?.is_ok() {
                return Ok(None);
            }
            let wait = self.entropy.backoff(round, BACKOFF, BACKOFF_MAX);
            tokio::time::sleep(wait).await;
        }
        Err(StorageError::Contended {
            attempts: ROUNDS_MAX,
        })
    }

    /// What failed so far; what was never written has the revision 0.
    async fn failures(
        &self,
        subjects: &[Subject; 2],
    ) -> Result<[Versioned<Failures>; 2], StorageError> {
        let none = subjects.clone().map(Failures::none);
        let keys = none.iter().map(|it| item_key(&it.key())).collect();
        let items = batches::read(&self.client, &self.table, keys, true).await?;
        let mut seen = none.map(|record| Versioned {
            record,
            revision: 0,
        });
        for item in items {
            let found = decode::<Failures>(item)?;
            let own = seen.iter_mut().find(|it| it.subject == found.subject);
            if let Some(own) = own {
                *own = found;
            }
        }
        Ok(seen)
    }
}
