//! Writing a version of settings: under a number that is still free and, if it is enabled, into the
//! partition of what is in force; both or neither.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem};

use super::NewVersion;
use super::in_force::PARTITION;
use crate::error::StorageError;
use crate::item::{Item, number, number_of, text};

const OPERATION: &str = "TransactWriteItems";

pub(super) async fn put(
    client: &Client,
    table: &str,
    new: &NewVersion<'_>,
    version: Item,
) -> Result<(), StorageError> {
    let kind = new.kind.name();
    let in_force = new.enabled.then(|| in_force(table, kind, &version));
    let writes = std::iter::once(numbered(table, &version)).chain(in_force);
    let writes = writes.map(|put| {
        let put = put.map_err(|source| StorageError::Aws {
            operation: OPERATION,
            source: source.into(),
        })?;
        Ok(TransactWriteItem::builder().put(put).build())
    });
    let sent = client
        .transact_write_items()
        .set_transact_items(Some(writes.collect::<Result<_, StorageError>>()?))
        .send()
        .await;
    let Err(error) = sent else { return Ok(()) };
    let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) =
        error.as_service_error()
    else {
        return Err(StorageError::aws(OPERATION)(error));
    };
    let reasons = cancelled.cancellation_reasons();
    // The same version: it was written, and only the answer was lost.
    if reasons.first().and_then(|reason| reason.item.as_ref()) == Some(&version) {
        return Ok(());
    }
    let is_a_race = |code: &str| ["ConditionalCheckFailed", "TransactionConflict"].contains(&code);
    let mut codes = reasons.iter().filter_map(|reason| reason.code.as_deref());
    if codes.any(is_a_race) {
        return Err(StorageError::Changed { kind });
    }
    Err(StorageError::aws(OPERATION)(error))
}

/// The version under its number, which nobody has taken.
fn numbered(table: &str, version: &Item) -> Result<Put, BuildError> {
    Put::builder()
        .table_name(table)
        .set_item(Some(version.clone()))
        .condition_expression("attribute_not_exists(pk)")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        .build()
}

/// The same in the place of an older one that is in force.
fn in_force(table: &str, kind: &str, version: &Item) -> Result<Put, BuildError> {
    let mut copy = version.clone();
    copy.insert("pk".to_owned(), text(PARTITION));
    copy.insert("sk".to_owned(), text(kind));
    let number_of_version: u32 = number_of(version, "number").unwrap_or_default();
    Put::builder()
        .table_name(table)
        .set_item(Some(copy))
        .condition_expression("attribute_not_exists(pk) OR #number < :number")
        .expression_attribute_names("#number", "number")
        .expression_attribute_values(":number", number(number_of_version))
        .build()
}
