//! A user as the table has it.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Role, UserName};
use serde::{Deserialize, Serialize};

use crate::item::Record;
use crate::keys::Key;

/// Where all users stand.
pub(super) const PARTITION: &str = "USERS";

/// The hash of a password in PHC form. It isn't shown: it could be tried at leisure.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// A hash in PHC form: `$argon2id$v=19$…`.
    pub fn new(phc: String) -> Self {
        Self(phc)
    }

    /// Its text, for who compares.
    pub fn as_phc(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// Who may sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The name.
    pub name: UserName,
    /// What the user may do.
    pub role: Role,
    /// By what the password is known again.
    pub password_hash: PasswordHash,
    /// When the user was added.
    pub created_at: DateTime<Utc>,
    /// When role or password changed last.
    pub changed_at: DateTime<Utc>,
    /// Sessions that began before are over.
    pub sessions_from: DateTime<Utc>,
    /// When the user signed in last, if ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_login_at: Option<DateTime<Utc>>,
}

impl User {
    /// A new user. Whatever session another one of this name had is over.
    pub fn new(
        name: UserName,
        role: Role,
        password_hash: PasswordHash,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            name,
            role,
            password_hash,
            created_at: now,
            changed_at: now,
            sessions_from: now + STEP,
            last_login_at: None,
        }
    }

    /// The same with another role; sessions end.
    #[must_use]
    pub fn with_role(&self, role: Role, now: DateTime<Utc>) -> Self {
        Self {
            role,
            ..self.without_sessions(now)
        }
    }

    /// The same with another password; sessions end.
    #[must_use]
    pub fn with_password(&self, password_hash: PasswordHash, now: DateTime<Utc>) -> Self {
        Self {
            password_hash,
            ..self.without_sessions(now)
        }
    }

    /// The same, signed in.
    #[must_use]
    pub fn signed_in(&self, now: DateTime<Utc>) -> Self {
        Self {
            last_login_at: Some(now),
            ..self.clone()
        }
    }

    /// The next session begins after all that were ever begun, also within one millisecond.
    fn without_sessions(&self, now: DateTime<Utc>) -> Self {
        Self {
            changed_at: now,
            sessions_from: now.max(self.sessions_from) + STEP,
            ..self.clone()
        }
    }
}

/// What the clock can tell apart.
const STEP: TimeDelta = TimeDelta::milliseconds(1);

pub(super) fn key(name: &UserName) -> Key {
    Key::new(PARTITION, format!("{}#{name}", User::KIND))
}

impl Record for User {
    const KIND: &'static str = "USER";

    fn key(&self) -> Key {
        key(&self.name)
    }
}
