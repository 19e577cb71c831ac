//! The users that an instance has seen lately: read again after half a minute, so that a change
//! is felt within it and a request costs no call.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::UserName;
use storage::{StorageError, User, UsersTable};
use tokio::time::Instant;

/// How long a user is believed to be as it was.
const FRESH_FOR: Duration = Duration::from_secs(30);
/// As many as there may be.
const KNOWN_MAX: usize = storage::users::USERS_MAX as usize;

/// Users by name, with when they were read.
#[derive(Debug, Default)]
pub(crate) struct KnownUsers(Mutex<BTreeMap<UserName, (Instant, User)>>);

impl KnownUsers {
    /// The user of this name as it is, or was within the last half minute; `fresh` asks the table.
    pub(crate) async fn get(
        &self,
        table: &UsersTable,
        name: &UserName,
        fresh: bool,
    ) -> Result<Option<User>, StorageError> {
        let known = self.lock().get(name).cloned();
        if let Some((read_at, user)) = known
            && !fresh
            && read_at.elapsed() < FRESH_FOR
        {
            return Ok(Some(user));
        }
        let read_at = Instant::now();
        let found = table.get(name).await?.map(|found| found.record);
        self.keep(name, read_at, found.clone());
        Ok(found)
    }

    /// Forgets a user that this instance changed.
    pub(crate) fn forget(&self, name: &UserName) {
        self.lock().remove(name);
    }

    fn keep(&self, name: &UserName, read_at: Instant, user: Option<User>) {
        let mut known = self.lock();
        if known.len() >= KNOWN_MAX {
            known.clear();
        }
        match user {
            Some(user) => known.insert(name.clone(), (read_at, user)),
            None => known.remove(name),
        };
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<UserName, (Instant, User)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
