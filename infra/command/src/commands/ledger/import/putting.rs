//! Puts items where nothing stands yet. Each has its own condition, so nothing is ever
//! overwritten, and a put whose answer was lost finds its own item and calls it the same.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure as OnFailure;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use local_stack::template::Table;
use storage::Item;

use super::super::AnyError;
use super::super::attributes::typed_item;
use super::super::tables::shown_key;

/// Puts under way at the same time.
const AT_ONCE: usize = 8;

/// What came of an item.
#[derive(Debug)]
pub(super) enum Put {
    /// It is there now.
    New,
    /// It was there.
    Same,
    /// Another item has its key, and stays.
    Kept(String),
}

/// Puts into one table.
pub(super) struct Putting<'a> {
    pub(super) client: &'a Client,
    pub(super) table: &'a Table,
}

impl Putting<'_> {
    /// Puts these items, a few at a time.
    pub(super) async fn all(&self, items: Vec<Item>) -> Result<Vec<Put>, AnyError> {
        let puts = stream::iter(items).map(|item| self.one(item));
        puts.buffer_unordered(AT_ONCE).try_collect().await
    }

    /// The SDK tries again what is throttled or fails on the way.
    async fn one(&self, item: Item) -> Result<Put, AnyError> {
        let put = self.client.put_item().table_name(&self.table.name);
        let put = put
            .condition_expression("attribute_not_exists(#key)")
            .expression_attribute_names("#key", &self.table.key.partition)
            .return_values_on_condition_check_failure(OnFailure::AllOld)
            .set_item(Some(item.clone()));
        let Err(error) = put.send().await else {
            return Ok(Put::New);
        };
        let standing = standing(&error).ok_or(error)?;
        if typed_item(&standing)? == typed_item(&item)? {
            return Ok(Put::Same);
        }
        Ok(Put::Kept(shown_key(&self.table.key, &item)))
    }
}

/// The item that stood in the way, if that is why a put failed.
fn standing(error: &SdkError<PutItemError>) -> Option<Item> {
    match error.as_service_error()? {
        PutItemError::ConditionalCheckFailedException(failed) => failed.item().cloned(),
        _ => None,
    }
}
