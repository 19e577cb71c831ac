//! What the tables' reads and writes cost, in `DynamoDB`'s own units: it is asked to tell that with
//! each answer, and what it tells is added up until an invocation ends.

use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_dynamodb::config::interceptors::{
    AfterDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextMut,
};
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use aws_sdk_dynamodb::operation::batch_get_item::{BatchGetItemInput, BatchGetItemOutput};
use aws_sdk_dynamodb::operation::batch_write_item::{BatchWriteItemInput, BatchWriteItemOutput};
use aws_sdk_dynamodb::operation::delete_item::{DeleteItemInput, DeleteItemOutput};
use aws_sdk_dynamodb::operation::get_item::{GetItemInput, GetItemOutput};
use aws_sdk_dynamodb::operation::put_item::{PutItemInput, PutItemOutput};
use aws_sdk_dynamodb::operation::query::{QueryInput, QueryOutput};
use aws_sdk_dynamodb::operation::transact_write_items::{
    TransactWriteItemsInput, TransactWriteItemsOutput,
};
use aws_sdk_dynamodb::operation::update_item::{UpdateItemInput, UpdateItemOutput};
use aws_sdk_dynamodb::types::{ConsumedCapacity, ReturnConsumedCapacity};
use aws_smithy_runtime_api::client::interceptors::context::{Input, Output};

use crate::metrics::{READ_UNITS, WRITE_UNITS};

/// Units, as they are billed.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Units {
    /// Of reads.
    pub read: f64,
    /// Of writes.
    pub write: f64,
}

/// What a client's calls have cost since somebody took note of it.
#[derive(Debug, Clone, Default)]
pub struct Capacity(Arc<Mutex<Units>>);

impl Capacity {
    /// What was consumed since the last time; it counts from nothing again.
    pub fn take(&self) -> Units {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Tells it as metrics, if there is something to tell.
    pub fn tell(&self) {
        let Units { read, write } = self.take();
        for (metric, units) in [(READ_UNITS, read), (WRITE_UNITS, write)] {
            if units > 0.0 {
                metric.tell_amount("", units);
            }
        }
    }

    fn add(&self, more: Units) {
        let mut units = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        units.read += more.read;
        units.write += more.write;
    }
}

impl Intercept for Capacity {
    fn name(&self) -> &'static str {
        "Capacity"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        ask(context.input_mut());
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Ok(output) = context.output_or_error() {
            self.add(consumed(output));
        }
        Ok(())
    }
}

/// What an answer says that it consumed.
trait Said {
    fn units(&self) -> f64;
}

impl Said for ConsumedCapacity {
    fn units(&self) -> f64 {
        self.capacity_units.unwrap_or_default()
    }
}

impl Said for Vec<ConsumedCapacity> {
    fn units(&self) -> f64 {
        self.iter().map(Said::units).sum()
    }
}

impl<T: Said> Said for Option<T> {
    fn units(&self) -> f64 {
        self.as_ref().map_or(0.0, Said::units)
    }
}

/// Each operation of ours: its request, its answer, and which units it consumes.
macro_rules! operations {
    ($($input:ident $output:ident $units:ident),* $(,)?) => {
        /// Has the answer to this request tell what it consumed.
        fn ask(asked: &mut Input) {
            $(if let Some(asked) = asked.downcast_mut::<$input>() {
                asked.return_consumed_capacity = Some(ReturnConsumedCapacity::Total);
            })*
        }

        fn consumed(answer: &Output) -> Units {
            let mut units = Units::default();
            $(if let Some(answer) = answer.downcast_ref::<$output>() {
                units.$units = answer.consumed_capacity.units();
            })*
            units
        }
    };
}

operations!(
    GetItemInput GetItemOutput read,
    QueryInput QueryOutput read,
    BatchGetItemInput BatchGetItemOutput read,
    PutItemInput PutItemOutput write,
    UpdateItemInput UpdateItemOutput write,
    DeleteItemInput DeleteItemOutput write,
    BatchWriteItemInput BatchWriteItemOutput write,
    TransactWriteItemsInput TransactWriteItemsOutput write,
);
