//! Orders that are over and of which nobody has told yet, and what else there is to say of what is
//! told. Closed positions and finished tasks are told when they are counted.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use domain::signal::{Intent, Signal};
use domain::{Order, SignalId};

use super::Ledger;
use crate::batches::{self, READS_MAX, item_key};
use crate::error::StorageError;
use crate::item::{Item, Record, decode_each, number, text};
use crate::keys::{CLEAR_MARKER, Key, untold};

impl Ledger {
    /// Up to `most` filled entries and failed orders that weren't told, the oldest first. From an
    /// index that may lag: one may have been told a moment ago.
    pub async fn untold_orders(&self, most: usize) -> Result<Vec<Order>, StorageError> {
        let items = self.in_state(&untold(), None, most).await?;
        let orders = decode_each::<Order>(items).into_iter();
        Ok(orders.map(|found| found.record).collect())
    }

    /// Notes that an order was told; it makes no difference if somebody has noted that before.
    pub async fn note_told(&self, order: &Order) -> Result<(), StorageError> {
        let update = self.client.update_item().table_name(&self.table);
        let noted = update
            .set_key(Some(item_key(&order.key())))
            .update_expression(CLEAR_MARKER)
            .condition_expression("state_key = :marker")
            .expression_attribute_values(":marker", text(untold()))
            .expression_attribute_values(":one", number(1))
            .send()
            .await;
        match noted {
            Err(error) if !is_told_already(&error) => Err(StorageError::aws("UpdateItem")(error)),
            _ => Ok(()),
        }
    }

    /// What these signals ask for, of those that there are.
    pub async fn intents_of(
        &self,
        signals: &[SignalId],
    ) -> Result<BTreeMap<SignalId, Intent>, StorageError> {
        let mut intents = BTreeMap::new();
        for some in signals.chunks(READS_MAX) {
            let keys = some.iter().map(|id| Key::in_trace(*id, Signal::KIND));
            let keys: Vec<Item> = keys.map(|key| item_key(&key)).collect();
            let found = batches::read(&self.client, &self.table, keys, false).await?;
            let found = decode_each::<Signal>(found).into_iter();
            intents.extend(found.map(|signal| (signal.signal_id, signal.record.intent)));
        }
        Ok(intents)
    }
}

fn is_told_already(error: &SdkError<UpdateItemError>) -> bool {
    error
        .as_service_error()
        .is_some_and(UpdateItemError::is_conditional_check_failed_exception)
}
