//! Marks: what each contract was last worth. They are facts about contracts, one for each
//! however many positions hold it, and only a newer quote replaces an older one.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use chrono::{DateTime, TimeDelta, Utc};
use domain::OptionContract;
use domain::quote::Mark;
use futures::future::try_join_all;
use runtime::AwsClients;
use runtime::environment::{Environment, MissingVariable};

use crate::batches::{self, READS_MAX, WRITES_MAX, item_key};
use crate::error::StorageError;
use crate::item::{Item, Record, decode, encode, number};
use crate::keys::Key;

/// Batches of marks that are written at the same time.
const BATCHES_AT_ONCE: usize = 4;
/// A mark outlives its quote by so much, so that a long weekend keeps the last close.
const KEPT: TimeDelta = TimeDelta::days(14);

impl Record for Mark {
    const KIND: &'static str = "MARK";
    fn key(&self) -> Key {
        key(&self.quote.contract)
    }
    fn expires_at_s(&self) -> Option<i64> {
        Some((self.quote.provenance.at + KEPT).timestamp())
    }
}

fn key(contract: &OptionContract) -> Key {
    Key::new(format!("MARK#{contract}"), "MARK")
}

/// The market table.
#[derive(Debug, Clone)]
pub struct MarketTable {
    pub(crate) client: Client,
    pub(crate) table: String,
}

impl MarketTable {
    /// The table whose name stands in `MARKET_TABLE`.
    pub fn new(aws: &AwsClients, environment: &Environment) -> Result<Self, MissingVariable> {
        let table = environment.require("MARKET_TABLE")?.to_owned();
        Ok(Self {
            client: aws.dynamodb.clone(),
            table,
        })
    }

    /// The marks of these contracts that there are and that haven't expired.
    pub async fn marks(
        &self,
        contracts: &[OptionContract],
        now: DateTime<Utc>,
    ) -> Result<BTreeMap<OptionContract, Mark>, StorageError> {
        let mut found = BTreeMap::new();
        let distinct: Vec<_> = contracts
            .iter()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        for chunk in distinct.chunks(READS_MAX) {
            let keys = chunk
                .iter()
                .map(|contract| item_key(&key(contract)))
                .collect();
            for item in batches::read(&self.client, &self.table, keys, false).await? {
                let mark = decode::<Mark>(item)?.record;
                if mark.expires_at_s().is_some_and(|at| at > now.timestamp()) {
                    found.insert(mark.quote.contract.clone(), mark);
                }
            }
        }
        Ok(found)
    }

    /// Keeps these marks of different contracts, whatever stands there: for the refresher, which
    /// has read what stood there a moment ago and left out what isn't newer. If the monitor
    /// quoted one anew within that moment, its mark gives way to one that is a moment older; its
    /// readers judge every mark by its age.
    pub async fn put_marks(&self, marks: &[Mark]) -> Result<(), StorageError> {
        let items = marks.iter().map(item).collect::<Result<Vec<_>, _>>()?;
        let batches: Vec<_> = items.chunks(WRITES_MAX).collect();
        for some in batches.chunks(BATCHES_AT_ONCE) {
            let writes = some
                .iter()
                .map(|batch| batches::write(&self.client, &self.table, batch.to_vec()));
            try_join_all(writes).await?;
        }
        Ok(())
    }

    /// Keeps a mark, unless a newer one is there; returns the mark that holds now.
    pub async fn put_mark(&self, mark: &Mark) -> Result<Mark, StorageError> {
        let item = item(mark)?;
        let at_ms = mark.quote.provenance.at.timestamp_millis();
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk) OR quoted_ms < :quoted")
            .expression_attribute_values(":quoted", number(at_ms))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        let Err(error) = put else {
            return Ok(mark.clone());
        };
        match error.as_service_error() {
            Some(PutItemError::ConditionalCheckFailedException(refused)) => match &refused.item {
                Some(newer) => Ok(decode::<Mark>(newer.clone())?.record),
                None => Ok(mark.clone()),
            },
            _ => Err(StorageError::aws("PutItem")(error)),
        }
    }
}

/// A mark as an item.
fn item(mark: &Mark) -> Result<Item, StorageError> {
    let mut item = encode(mark, 1)?;
    let at_ms = mark.quote.provenance.at.timestamp_millis();
    item.insert("quoted_ms".into(), number(at_ms));
    Ok(item)
}
