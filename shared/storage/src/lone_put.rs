//! A conditional put that stands alone costs half of a transaction of one. It has no client token
//! of its own, so a try that was written and whose answer was lost would refuse the next one: the
//! item carries a token instead, by which such a try knows its own work.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::{Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem};

use crate::error::StorageError;
use crate::item::{Item, text, text_of};
use crate::transact::{Failure, Refused};

const OPERATION: &str = "PutItem";
/// The attribute that tells which write an item is from.
const TOKEN: &str = "token";

/// The one put of a transaction that has nothing else.
pub(crate) struct LonePut<'a> {
    put: &'a Put,
    item: Item,
    token: &'a str,
}

impl<'a> LonePut<'a> {
    /// None if these writes are anything else.
    pub(crate) fn of(writes: &'a [TransactWriteItem], token: &'a str) -> Option<Self> {
        let [write] = writes else { return None };
        let put = write.put.as_ref()?;
        let mut item = put.item.clone();
        item.insert(TOKEN.to_owned(), text(token));
        Some(Self { put, item, token })
    }

    /// One try.
    pub(crate) async fn attempt(&self, client: &Client) -> Result<(), Failure> {
        let sent = client
            .put_item()
            .table_name(&self.put.table_name)
            .set_item(Some(self.item.clone()))
            .set_condition_expression(self.put.condition_expression.clone())
            .set_expression_attribute_names(self.put.expression_attribute_names.clone())
            .set_expression_attribute_values(self.put.expression_attribute_values.clone())
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        match sent {
            Ok(_) => Ok(()),
            Err(error) => self.outcome_of(error),
        }
    }

    fn outcome_of(&self, error: SdkError<PutItemError>) -> Result<(), Failure> {
        let passing = match error.as_service_error() {
            Some(PutItemError::ConditionalCheckFailedException(refused)) => {
                return self.outcome_of_refusal(refused.item.clone());
            }
            Some(PutItemError::TransactionConflictException(_)) => {
                return Err(Failure::Passing(None));
            }
            Some(service_error) => is_passing(service_error),
            // No answer: the token makes a second try safe.
            None => true,
        };
        let error = StorageError::aws(OPERATION)(error);
        Err(if passing {
            Failure::Passing(Some(error))
        } else {
            Failure::Final(error)
        })
    }

    /// What stands there may be what an earlier try wrote.
    fn outcome_of_refusal(&self, there: Option<Item>) -> Result<(), Failure> {
        let there = there.filter(|item| !item.is_empty());
        let own = |item: &Item| text_of(item, TOKEN) == Some(self.token);
        if there.as_ref().is_some_and(own) {
            return Ok(());
        }
        Err(Failure::Refused(Refused(vec![(0, there)])))
    }
}

fn is_passing(error: &PutItemError) -> bool {
    matches!(
        error,
        PutItemError::ProvisionedThroughputExceededException(_)
            | PutItemError::RequestLimitExceeded(_)
            | PutItemError::InternalServerError(_)
    ) || error.code() == Some("ThrottlingException")
}
