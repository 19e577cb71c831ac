//! Signing in, and who is signed in.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Role, UserName};
use runtime::telemetry::chain;
use runtime::{SharedClock, StartError, Surroundings};
use secrecy::SecretString;
use storage::users::{Attempt, Attempted, UserWritten};
use storage::{StorageError, User, UsersTable, Versioned};

use crate::hashing::{HashError, is_behind};
use crate::keys::{KeysError, SessionKeys};
use crate::known_users::KnownUsers;
use crate::token::Claims;

/// Why somebody isn't signed in.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// Name and password don't belong together. Which of them is wrong isn't told.
    #[error("name or password is wrong")]
    Wrong,
    /// Too many attempts failed, of this account or from this address.
    #[error("too many logins failed")]
    TooMany {
        /// After so long it may be tried again.
        wait: TimeDelta,
    },
    /// The password can't be compared.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The keys that sign sessions.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The table.
    #[error("the users table could not be read or written")]
    Storage(#[from] StorageError),
}

/// Why a token opens nothing.
#[derive(Debug, thiserror::Error)]
pub enum NoSession {
    /// The token isn't ours, or is over.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The user was removed, or role or password changed since.
    #[error("the session was ended")]
    Ended,
    /// The table.
    #[error("the users table could not be read")]
    Storage(#[from] StorageError),
}

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub name: UserName,
    /// What the user may do now.
    pub role: Role,
    /// When the session ends.
    pub expires_at: DateTime<Utc>,
}

/// A session that was just opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// What proves it.
    pub token: SecretString,
    /// Whose it is.
    pub session: Session,
}

/// The door.
pub struct Logins {
    users: UsersTable,
    known: KnownUsers,
    keys: SessionKeys,
    clock: SharedClock,
}

impl Logins {
    /// The door of these surroundings.
    pub fn new(surroundings: &Surroundings) -> Result<Self, StartError> {
        let Surroundings {
            environment,
            aws,
            clock,
            entropy,
            ..
        } = surroundings;
        Ok(Self {
            users: UsersTable::new(aws, environment, entropy.clone())?,
            known: KnownUsers::default(),
            keys: SessionKeys::new(surroundings)?,
            clock: clock.clone(),
        })
    }

    /// Opens a session for who knows the password.
    pub async fn sign_in(
        &self,
        name: &UserName,
        password: &SecretString,
        address: Option<IpAddr>,
    ) -> Result<Opened, LoginError> {
        let user = self.recognised(name, password, address).await?;
        let opened = self.open(&user).await?;
        self.note_login(&user).await;
        let (role, address) = (user.role.name(), address.map(tracing::field::display));
        tracing::info!(user = %name, role, address, "signed in");
        Ok(opened)
    }

    /// Whether this is the password of a user who is signed in. It counts like a login.
    pub async fn confirm(
        &self,
        name: &UserName,
        password: &SecretString,
        address: Option<IpAddr>,
    ) -> Result<(), LoginError> {
        self.recognised(name, password, address).await.map(drop)
    }

    /// The user behind name and password. The answer is the same, and takes as long, for a name
    /// that nobody has.
    async fn recognised(
        &self,
        name: &UserName,
        password: &SecretString,
        address: Option<IpAddr>,
    ) -> Result<Versioned<User>, LoginError> {
        let attempt = self.attempt(name, address).await?;
        let user = self.users.get(name).await?;
        let stored = user.as_ref().map(|user| &user.password_hash);
        let is_right = is_behind(password, stored).await?;
        let Some(user) = user.filter(|_| is_right) else {
            refused(name, address, "wrong_name_or_password");
            return Err(LoginError::Wrong);
        };
        self.forgive(&attempt).await;
        Ok(user)
    }

    /// A session of this user that begins now.
    pub async fn open(&self, user: &User) -> Result<Opened, LoginError> {
        let began_at = self.clock.now().max(user.sessions_from);
        let claims = Claims::beginning(user.name.clone(), user.role, began_at);
        let token = self.keys.sign(&claims).await?;
        self.known.forget(&user.name);
        Ok(Opened {
            token,
            session: session(user.role, claims),
        })
    }

    /// Whose session this is; `fresh` reads the user from the table whatever is known.
    pub async fn session(&self, token: &str, fresh: bool) -> Result<Session, NoSession> {
        let claims = self.keys.read(token, self.clock.now()).await?;
        let user = self.known.get(&self.users, &claims.sub, fresh).await?;
        let user = user.filter(|user| claims.iat >= user.sessions_from);
        let user = user.ok_or(NoSession::Ended)?;
        Ok(session(user.role, claims))
    }

    /// Has a user read anew that was changed here.
    pub fn forget(&self, name: &UserName) {
        self.known.forget(name);
    }

    async fn attempt(
        &self,
        name: &UserName,
        address: Option<IpAddr>,
    ) -> Result<Attempt, LoginError> {
        let now = self.clock.now();
        match self.users.attempt(name, address, now).await? {
            Attempted::Counted(attempt) => Ok(attempt),
            Attempted::Refused { until } => {
                refused(name, address, "too_many_failures");
                Err(LoginError::TooMany { wait: until - now })
            }
        }
    }

    /// For people to see; who changes the user meanwhile goes first.
    async fn note_login(&self, user: &Versioned<User>) {
        let noted = user.signed_in(self.clock.now());
        match self.users.put(user, noted).await {
            Ok(UserWritten::Yes | UserWritten::Changed | UserWritten::LastAdmin) => {}
            Err(error) => tracing::warn!(error = chain(&error), "a login isn't noted"),
        }
    }

    /// Who knows the password gets in, even if an attempt too many stays noted.
    async fn forgive(&self, attempt: &Attempt) {
        if let Err(error) = self.users.forgive(attempt).await {
            tracing::warn!(error = chain(&error), "a login goes on counting as failed");
        }
    }
}

fn session(role: Role, claims: Claims) -> Session {
    Session {
        name: claims.sub,
        role,
        expires_at: claims.exp,
    }
}

fn refused(name: &UserName, address: Option<IpAddr>, reason: &'static str) {
    let address = address.map(tracing::field::display);
    tracing::warn!(user = %name, address, reason, "login refused");
}
