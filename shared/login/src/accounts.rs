//! Keeping the users: adding them, changing what they may do and how they sign in, removing them.
//! What somebody else does at the same time is seen, and looked at again.

use domain::{Role, UserName};
use runtime::rounds::ROUNDS_MAX;
use runtime::{SharedClock, StartError, Surroundings};

use storage::users::{USERS_MAX, UserAdded, UserWritten};
use storage::{StorageError, User, UsersTable, Versioned};

use crate::hashing::{HashError, hash};
use crate::password::NewPassword;

/// Why users stay as they were.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The name is taken.
    #[error("there is a user {0} already")]
    AlreadyThere(UserName),
    /// Nobody has the name.
    #[error("there is no user {0}")]
    NotThere(UserName),
    /// Nobody could keep the users after that.
    #[error("{0} is the last admin: make somebody else an admin first")]
    LastAdmin(UserName),
    /// A list of users has an end.
    #[error("there are {USERS_MAX} users already, and no more may be added")]
    TooMany,
    /// The password.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The table.
    #[error("the users table could not be read or written")]
    Storage(#[from] StorageError),
}

/// The users, for who keeps them.
#[derive(Clone)]
pub struct Accounts {
    users: UsersTable,
    clock: SharedClock,
}

impl Accounts {
    /// The users of these surroundings.
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
            clock: clock.clone(),
        })
    }

    /// All users, by name.
    pub async fn list(&self) -> Result<Vec<User>, AccountError> {
        let users = self.users.list().await?;
        Ok(users.into_iter().map(|user| user.record).collect())
    }

    /// Adds a user with a first password.
    pub async fn add(
        &self,
        name: UserName,
        role: Role,
        password: &NewPassword,
    ) -> Result<User, AccountError> {
        let hash = hash(password).await?;
        let user = User::new(name, role, hash, self.clock.now());
        match self.users.add(&user).await? {
            UserAdded::Yes => Ok(user),
            UserAdded::AlreadyThere => Err(AccountError::AlreadyThere(user.name)),
            UserAdded::TooMany => Err(AccountError::TooMany),
        }
    }

    /// Gives a user another password, which ends the user's sessions.
    pub async fn set_password(
        &self,
        name: &UserName,
        password: &NewPassword,
    ) -> Result<User, AccountError> {
        let hash = hash(password).await?;
        self.change(name, |seen| {
            seen.with_password(hash.clone(), self.clock.now())
        })
        .await
    }

    /// Gives a user another role, which ends the user's sessions.
    pub async fn set_role(&self, name: &UserName, role: Role) -> Result<User, AccountError> {
        self.change(name, |seen| {
            if seen.role == role {
                seen.clone()
            } else {
                seen.with_role(role, self.clock.now())
            }
        })
        .await
    }

    /// Removes a user.
    pub async fn remove(&self, name: &UserName) -> Result<(), AccountError> {
        for _ in 0..ROUNDS_MAX {
            let seen = self.seen(name).await?;
            match self.users.remove(&seen).await? {
                UserWritten::Yes => return Ok(()),
                UserWritten::LastAdmin => return Err(AccountError::LastAdmin(name.clone())),
                UserWritten::Changed => {}
            }
        }
        Err(restless())
    }

    async fn change(
        &self,
        name: &UserName,
        changed: impl Fn(&User) -> User,
    ) -> Result<User, AccountError> {
        for _ in 0..ROUNDS_MAX {
            let seen = self.seen(name).await?;
            let next = changed(&seen);
            if next == seen.record {
                return Ok(next);
            }
            match self.users.put(&seen, next.clone()).await? {
                UserWritten::Yes => return Ok(next),
                UserWritten::LastAdmin => return Err(AccountError::LastAdmin(name.clone())),
                UserWritten::Changed => {}
            }
        }
        Err(restless())
    }

    async fn seen(&self, name: &UserName) -> Result<Versioned<User>, AccountError> {
        let seen = self.users.get(name).await?;
        seen.ok_or_else(|| AccountError::NotThere(name.clone()))
    }
}

fn restless() -> AccountError {
    AccountError::Storage(StorageError::Contended {
        attempts: ROUNDS_MAX,
    })
}
