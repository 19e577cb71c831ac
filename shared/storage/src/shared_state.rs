//! Small states that several instances change: each change replaces the whole, on the condition
//! that nobody else did in between. Whoever loses learns in the same answer what is there now.

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::batches::item_key;
use crate::error::StorageError;
use crate::item::{
    Item, SCHEMA_VERSION, key_of, number, number_of, refuse_unknown_version, text, unreadable,
};
use crate::keys::Key;
use crate::marks::MarketTable;

const KIND: &str = "STATE";

/// A state, with the revision that a change of it builds on. The default is that of a state
/// which nobody has written yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SharedState<T> {
    /// The state.
    pub state: T,
    /// Counts its changes; none if it was never written.
    revision: Option<u64>,
}

impl<T> SharedState<T> {
    /// How often it was changed.
    pub fn changes(&self) -> u64 {
        self.revision.unwrap_or(0)
    }
}

/// What came of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Swapped<T> {
    /// It was made.
    Ours(SharedState<T>),
    /// Somebody was faster; this is there now.
    Theirs(SharedState<T>),
}

impl MarketTable {
    /// The state with this name, read consistently; the default one if there is none.
    pub async fn shared_state<T: DeserializeOwned + Default>(
        &self,
        name: &str,
    ) -> Result<SharedState<T>, StorageError> {
        let answer = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(item_key(&key(name))))
            .consistent_read(true)
            .send()
            .await
            .map_err(StorageError::aws("GetItem"))?;
        answer
            .item
            .map_or_else(|| Ok(SharedState::default()), decoded)
    }

    /// Replaces the state that was `seen` by the next one.
    pub async fn swap<T: Serialize + DeserializeOwned + Default>(
        &self,
        name: &str,
        seen: &SharedState<T>,
        next: T,
        expires_at: DateTime<Utc>,
    ) -> Result<Swapped<T>, StorageError> {
        let revision = seen.revision.map_or(1, |revision| revision + 1);
        let item = encoded(name, &next, revision, expires_at)?;
        let seen_revision = seen.revision.map(number);
        let condition = match seen_revision {
            Some(_) => "revision = :seen",
            None => "attribute_not_exists(pk)",
        };
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression(condition)
            .set_expression_attribute_values(
                seen_revision.map(|it| [(":seen".to_owned(), it)].into()),
            )
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        let Err(error) = put else {
            return Ok(Swapped::Ours(SharedState {
                state: next,
                revision: Some(revision),
            }));
        };
        match error.as_service_error() {
            Some(PutItemError::ConditionalCheckFailedException(refused)) => {
                let there = refused.item.clone().map(decoded).transpose()?;
                Ok(Swapped::Theirs(there.unwrap_or_default()))
            }
            _ => Err(StorageError::aws("PutItem")(error)),
        }
    }
}

fn key(name: &str) -> Key {
    Key::new(name, KIND)
}

fn encoded<T: Serialize>(
    name: &str,
    state: &T,
    revision: u64,
    expires_at: DateTime<Utc>,
) -> Result<Item, StorageError> {
    let key = key(name);
    let state: AttributeValue = serde_dynamo::to_attribute_value(state)
        .map_err(|source: serde_dynamo::Error| unreadable(&key, KIND, source))?;
    let mut item = item_key(&key);
    item.insert("kind".into(), text(KIND));
    item.insert("version".into(), number(SCHEMA_VERSION));
    item.insert("revision".into(), number(revision));
    item.insert("state".into(), state);
    item.insert("expires_at".into(), number(expires_at.timestamp()));
    Ok(item)
}

fn decoded<T: DeserializeOwned>(mut item: Item) -> Result<SharedState<T>, StorageError> {
    let key = key_of(&item);
    refuse_unknown_version(&item, &key)?;
    let revision = number_of(&item, "revision");
    let missing = || unreadable(&key, KIND, "it has no state");
    let state = item.remove("state").ok_or_else(missing)?;
    let state = serde_dynamo::from_attribute_value(state)
        .map_err(|source: serde_dynamo::Error| unreadable(&key, KIND, source))?;
    Ok(SharedState { state, revision })
}
