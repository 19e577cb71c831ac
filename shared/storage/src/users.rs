//! The users table: who may sign in, as what, and who failed to.
//!
//! All users stand in one partition, beside a tally of them: so the last admin stays whatever two
//! people do at once, and a list is one Query.

mod attempts;
mod tally;
mod user;

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use domain::UserName;
use runtime::environment::{Environment, MissingVariable};
use runtime::{AwsClients, Entropy};

use crate::batches::item_key;
use crate::error::StorageError;
use crate::item::{Record, Versioned, decode, decode_each, text};
use crate::transact::{Outcome, Transaction};

pub use attempts::{Attempt, Attempted, FAILURES_MAX, WINDOW};
pub use tally::USERS_MAX;
pub use user::{PasswordHash, User};

/// How long a write is tried while others are in the way.
const PATIENCE: Duration = Duration::from_secs(3);

/// What became of a new user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum UserAdded {
    /// It is there now.
    Yes,
    /// There is one of this name.
    AlreadyThere,
    /// There are as many as there may be.
    TooMany,
}

/// What became of a change of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum UserWritten {
    /// It happened.
    Yes,
    /// Somebody else changed or removed the user: read again, and decide again.
    Changed,
    /// Nobody could keep the users after that.
    LastAdmin,
}

/// The users table.
#[derive(Debug, Clone)]
pub struct UsersTable {
    client: Client,
    table: String,
    entropy: Entropy,
}

impl UsersTable {
    /// The table whose name stands in `USERS_TABLE`.
    pub fn new(
        aws: &AwsClients,
        environment: &Environment,
        entropy: Entropy,
    ) -> Result<Self, MissingVariable> {
        Ok(Self {
            client: aws.dynamodb.clone(),
            table: environment.require("USERS_TABLE")?.to_owned(),
            entropy,
        })
    }

    /// All users by name, read consistently. One that can't be read is logged and left out.
    pub async fn list(&self) -> Result<Vec<Versioned<User>>, StorageError> {
        let items = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND begins_with(sk, :kind)")
            .expression_attribute_values(":pk", text(user::PARTITION))
            .expression_attribute_values(":kind", text(format!("{}#", User::KIND)))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send()
            .collect::<Result<Vec<_>, _>>()
            .await
            .map_err(StorageError::aws("Query"))?;
        Ok(decode_each(items))
    }

    /// The user of this name, read consistently.
    pub async fn get(&self, name: &UserName) -> Result<Option<Versioned<User>>, StorageError> {
        let answer = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(item_key(&user::key(name))))
            .consistent_read(true)
            .send()
            .await
            .map_err(StorageError::aws("GetItem"))?;
        answer.item.map(decode).transpose()
    }

    /// Adds a user whose name nobody has.
    pub async fn add(&self, user: &User) -> Result<UserAdded, StorageError> {
        let writes = Transaction::on(&self.table).put_new(user);
        let writes = writes.update(tally::added(user.role));
        Ok(match self.commit(writes).await? {
            Ok(()) => UserAdded::Yes,
            Err(refused) if refused.at(0) => UserAdded::AlreadyThere,
            Err(_) => UserAdded::TooMany,
        })
    }

    /// Replaces a user that was `seen`.
    pub async fn put(
        &self,
        seen: &Versioned<User>,
        next: User,
    ) -> Result<UserWritten, StorageError> {
        let role = tally::role_changed(seen.role, next.role);
        let writes = Transaction::on(&self.table).replace(&seen.changed(next));
        self.written(match role {
            Some(change) => writes.update(change),
            None => writes,
        })
        .await
    }

    /// Removes a user that was `seen`.
    pub async fn remove(&self, seen: &Versioned<User>) -> Result<UserWritten, StorageError> {
        let writes = Transaction::on(&self.table).remove(seen);
        self.written(writes.update(tally::removed(seen.role))).await
    }

    async fn written(&self, writes: Transaction<'_>) -> Result<UserWritten, StorageError> {
        Ok(match self.commit(writes).await? {
            Ok(()) => UserWritten::Yes,
            Err(refused) if refused.at(0) => UserWritten::Changed,
            Err(_) => UserWritten::LastAdmin,
        })
    }

    async fn commit(&self, writes: Transaction<'_>) -> Result<Outcome, StorageError> {
        writes.commit(&self.client, &self.entropy, PATIENCE).await
    }
}
