//! Transactions: several writes, each with its condition, all or none. A single put is sent as
//! what it is ([`LonePut`]), at half the price.
//!
//! Conflicts with other writers, throttling and lost answers are normal, and the SDK retries
//! none of them in transactions. [`Transaction::commit`] does, with jitter and within a time
//! limit; the client token makes a repeated write that had succeeded count as success.

use std::time::Duration;

use tokio::time::Instant;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::builders::PutBuilder;
use aws_sdk_dynamodb::types::{
    CancellationReason, Delete, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
};
use domain::{Order, Trade};
use runtime::Entropy;

use crate::batches::item_key;
use crate::error::StorageError;
use crate::filled_order::add_fill;
use crate::item::{Item, Record, Versioned, encode, number};
use crate::lone_put::LonePut;

const FIRST_WAIT: Duration = Duration::from_millis(10);
const LONGEST_WAIT: Duration = Duration::from_millis(250);
const OPERATION: &str = "TransactWriteItems";

/// Which of a transaction's conditions did not hold, by position, with the item that stood
/// there instead (absent if there was none).
#[derive(Debug, Default)]
pub(crate) struct Refused(pub(crate) Vec<(usize, Option<Item>)>);

impl Refused {
    /// Whether the write at `position` was among those that refused.
    pub(crate) fn at(&self, position: usize) -> bool {
        self.0.iter().any(|(refused, _)| *refused == position)
    }

    /// The item that stood in the way at `position`.
    pub(crate) fn item_at(&mut self, position: usize) -> Option<Item> {
        let found = self
            .0
            .iter_mut()
            .find(|(refused, _)| *refused == position)?;
        found.1.take()
    }
}

/// Committed, or refused by a condition.
pub(crate) type Outcome = Result<(), Refused>;

/// Writes to be done together.
pub(crate) struct Transaction<'a> {
    table: &'a str,
    writes: Vec<TransactWriteItem>,
    wrong: Option<StorageError>,
}

impl<'a> Transaction<'a> {
    pub(crate) fn on(table: &'a str) -> Self {
        Self {
            table,
            writes: Vec::new(),
            wrong: None,
        }
    }

    /// Adds a record that must not be there yet.
    pub(crate) fn put_new<R: Record>(self, record: &R) -> Self {
        self.put_new_item(encode(record, 1))
    }

    /// Adds a record, also over one that says the same.
    pub(crate) fn put_over<R: Record>(mut self, record: &R) -> Self {
        self.put(encode(record, 1), |put| put);
        self
    }

    /// Adds an item that is a record, which must not be there yet.
    pub(crate) fn put_new_item(mut self, item: Result<Item, StorageError>) -> Self {
        let condition = |put: PutBuilder| put.condition_expression("attribute_not_exists(pk)");
        self.put(item, condition);
        self
    }

    /// Adds an order that must not be there yet, with its fill.
    pub(crate) fn put_new_filled(self, order: &Order, trade: &Trade) -> Self {
        self.put_new_item(with_fill(encode(order, 1), trade))
    }

    /// Replaces a record, if nobody changed it since it was read.
    pub(crate) fn replace<R: Record>(self, changed: &Versioned<R>) -> Self {
        let item = encode(&changed.record, changed.revision + 1);
        self.replace_at(changed.revision, item)
    }

    /// Puts a record that was never written (its revision is 0), or replaces it.
    pub(crate) fn put_or_replace<R: Record>(self, record: &Versioned<R>) -> Self {
        if record.revision == 0 {
            self.put_new(&record.record)
        } else {
            self.replace(record)
        }
    }

    /// Removes a record, if nobody changed it since it was read.
    pub(crate) fn remove<R: Record>(mut self, seen: &Versioned<R>) -> Self {
        let removal = Delete::builder()
            .table_name(self.table)
            .set_key(Some(item_key(&seen.record.key())))
            .condition_expression("revision = :seen")
            .expression_attribute_values(":seen", number(seen.revision))
            .build();
        self.push(removal.map(|delete| TransactWriteItem::builder().delete(delete).build()));
        self
    }

    /// Replaces an order, and adds its fill.
    pub(crate) fn replace_filled(self, order: &Versioned<Order>, trade: &Trade) -> Self {
        let item = encode(&order.record, order.revision + 1);
        self.replace_at(order.revision, with_fill(item, trade))
    }

    fn replace_at(mut self, revision: u64, item: Result<Item, StorageError>) -> Self {
        let condition = |put: PutBuilder| {
            put.condition_expression("revision = :seen")
                .expression_attribute_values(":seen", number(revision))
        };
        self.put(item, condition);
        self
    }

    /// Adds an item that is no record, if there is none, or if the one there has the same
    /// `owner` attribute.
    pub(crate) fn claim(mut self, item: Item, owner: &str) -> Self {
        let value = item.get(owner).cloned();
        let condition = |put: PutBuilder| {
            put.condition_expression("attribute_not_exists(pk) OR #owner = :owner")
                .expression_attribute_names("#owner", owner)
                .set_expression_attribute_values(
                    value.map(|value| [(":owner".to_owned(), value)].into()),
                )
        };
        self.put(Ok(item), condition);
        self
    }

    /// Adds an update.
    pub(crate) fn update(
        mut self,
        update: aws_sdk_dynamodb::types::builders::UpdateBuilder,
    ) -> Self {
        let built = update
            .table_name(self.table)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .build();
        self.push(built.map(|update: Update| TransactWriteItem::builder().update(update).build()));
        self
    }

    /// Writes all of it, or nothing.
    pub(crate) async fn commit(
        self,
        client: &Client,
        entropy: &Entropy,
        patience: Duration,
    ) -> Result<Outcome, StorageError> {
        if let Some(wrong) = self.wrong {
            return Err(wrong);
        }
        let (token, started) = (entropy.token(), Instant::now());
        let lone = LonePut::of(&self.writes, &token);
        for attempt in 1.. {
            let tried = match &lone {
                Some(put) => put.attempt(client).await,
                None => self.attempt(client, &token).await,
            };
            let Err(failure) = tried else {
                return Ok(Ok(()));
            };
            match failure {
                Failure::Refused(refused) => return Ok(Err(refused)),
                Failure::Final(error) => return Err(error),
                Failure::Passing(error) if started.elapsed() >= patience => {
                    return Err(error.unwrap_or(StorageError::Contended { attempts: attempt }));
                }
                Failure::Passing(_) => {
                    tokio::time::sleep(entropy.backoff(attempt, FIRST_WAIT, LONGEST_WAIT)).await;
                }
            }
        }
        Err(StorageError::Contended { attempts: u32::MAX })
    }

    async fn attempt(&self, client: &Client, token: &str) -> Result<(), Failure> {
        let sent = client
            .transact_write_items()
            .set_transact_items(Some(self.writes.clone()))
            .client_request_token(token)
            .send()
            .await;
        sent.map(drop).map_err(Failure::of)
    }

    fn put(
        &mut self,
        item: Result<Item, StorageError>,
        condition: impl FnOnce(PutBuilder) -> PutBuilder,
    ) {
        match item {
            Err(error) => self.wrong = Some(error),
            Ok(item) => {
                let put = condition(Put::builder().table_name(self.table).set_item(Some(item)))
                    .return_values_on_condition_check_failure(
                        ReturnValuesOnConditionCheckFailure::AllOld,
                    )
                    .build();
                self.push(put.map(|put| TransactWriteItem::builder().put(put).build()));
            }
        }
    }

    fn push(&mut self, write: Result<TransactWriteItem, aws_sdk_dynamodb::error::BuildError>) {
        match write {
            Ok(write) => self.writes.push(write),
            Err(error) => {
                self.wrong = Some(StorageError::Aws {
                    operation: OPERATION,
                    source: error.into(),
                });
            }
        }
    }
}

fn is_passing(error: &TransactWriteItemsError) -> bool {
    matches!(
        error,
        TransactWriteItemsError::TransactionInProgressException(_)
            | TransactWriteItemsError::ProvisionedThroughputExceededException(_)
            | TransactWriteItemsError::RequestLimitExceeded(_)
            | TransactWriteItemsError::InternalServerError(_)
    ) || error.code() == Some("ThrottlingException")
}

fn with_fill(order: Result<Item, StorageError>, trade: &Trade) -> Result<Item, StorageError> {
    let mut order = order?;
    add_fill(&mut order, trade)?;
    Ok(order)
}

/// What a failed call means for the next step.
pub(crate) enum Failure {
    /// A condition did not hold.
    Refused(Refused),
    /// Try again; the error is what to report when the time is up.
    Passing(Option<StorageError>),
    /// Trying again won't help.
    Final(StorageError),
}

impl Failure {
    fn of(error: SdkError<TransactWriteItemsError>) -> Self {
        let passing = match error.as_service_error() {
            Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
                return Self::of_reasons(cancelled.cancellation_reasons().to_vec(), error);
            }
            Some(service_error) => is_passing(service_error),
            // No answer: the token makes a second try safe.
            None => true,
        };
        let error = StorageError::aws(OPERATION)(error);
        if passing {
            Self::Passing(Some(error))
        } else {
            Self::Final(error)
        }
    }

    fn of_reasons(
        reasons: Vec<CancellationReason>,
        error: SdkError<TransactWriteItemsError>,
    ) -> Self {
        let mut refused = Refused::default();
        let mut passing = false;
        for (position, reason) in reasons.into_iter().enumerate() {
            match reason.code.as_deref() {
                Some("ConditionalCheckFailed") => {
                    refused
                        .0
                        .push((position, reason.item.filter(|item| !item.is_empty())));
                }
                Some(
                    "TransactionConflict" | "ThrottlingError" | "ProvisionedThroughputExceeded",
                ) => passing = true,
                _ => {}
            }
        }
        match (refused.0.is_empty(), passing) {
            (false, _) => Self::Refused(refused),
            (true, true) => Self::Passing(None),
            (true, false) => Self::Final(StorageError::aws(OPERATION)(error)),
        }
    }
}

use aws_sdk_dynamodb::error::ProvideErrorMetadata as _;
