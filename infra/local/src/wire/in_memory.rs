//! A wire that ends at a `DynamoDB` in this process, without a socket and on the caller's own
//! thread: a call is answered before anything else runs, which is what a simulation needs.

use async_trait::async_trait;
use dynoxide::{Database, DynoxideError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::{AwsCall, Lost, Reply, Service, Wire};
use crate::dynamodb::DynamoDbError;

/// A `DynamoDB` of its own, empty at first.
#[derive(Clone)]
pub struct InMemoryDynamoDb(Database);

impl std::fmt::Debug for InMemoryDynamoDb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InMemoryDynamoDb")
    }
}

impl InMemoryDynamoDb {
    /// One without tables.
    pub fn new() -> Result<Self, DynamoDbError> {
        let database = Database::memory();
        let database = database.map_err(|error| DynamoDbError::Open(error.to_string()))?;
        Ok(Self(database))
    }

    /// Reads at once, past everything that may stand in front.
    pub fn read(&self, operation: &str, request: &Json) -> Result<Json, DynoxideError> {
        let answer = self.perform(operation, request.to_string().as_bytes())?;
        serde_json::from_slice(&answer).map_err(unreadable)
    }

    fn perform(&self, operation: &str, body: &[u8]) -> Result<Vec<u8>, DynoxideError> {
        let database = &self.0;
        match operation {
            "PutItem" => typed(body, |request| database.put_item(request)),
            "GetItem" => typed(body, |request| database.get_item(request)),
            "UpdateItem" => typed(body, |request| database.update_item(request)),
            "Query" => typed(body, |request| database.query(request)),
            "Scan" => typed(body, |request| database.scan(request)),
            "BatchGetItem" => typed(body, |request| database.batch_get_item(request)),
            "BatchWriteItem" => typed(body, |request| database.batch_write_item(request)),
            "TransactWriteItems" => typed(body, |request| database.transact_write_items(request)),
            "CreateTable" => typed(body, |request| database.create_table(request)),
            "DescribeTable" => typed(body, |request| database.describe_table(request)),
            "UpdateTimeToLive" => typed(body, |request| database.update_time_to_live(request)),
            "DescribeTimeToLive" => typed(body, |request| database.describe_time_to_live(request)),
            other => Err(DynoxideError::UnsupportedCapability(other.to_owned())),
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it maps errors")]
fn unreadable(error: serde_json::Error) -> DynoxideError {
    DynoxideError::SerializationException(error.to_string())
}

/// What the database makes of a body that should be a request of this type.
fn typed<Q: DeserializeOwned, A: Serialize>(
    body: &[u8],
    perform: impl FnOnce(Q) -> Result<A, DynoxideError>,
) -> Result<Vec<u8>, DynoxideError> {
    let answer = perform(serde_json::from_slice(body).map_err(unreadable)?)?;
    serde_json::to_vec(&answer)
        .map_err(|error| DynoxideError::InternalServerError(error.to_string()))
}

#[async_trait]
impl Wire for InMemoryDynamoDb {
    async fn answer(&self, call: &AwsCall) -> Result<Reply, Lost> {
        if call.service != Service::DynamoDb {
            return Err(Lost(format!("nobody answers {call} here")));
        }
        let body = call.request.body().bytes().unwrap_or_default();
        Ok(match self.perform(&call.operation, body) {
            Ok(answer) => Reply::json(200, answer),
            Err(error) => Reply::json(error.status_code(), error.to_json()),
        })
    }
}
