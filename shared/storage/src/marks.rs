//! Marks: what each contract was last worth. They are facts about contracts, one for each
//! however many positions hold it, and only a newer quote replaces an older one.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::{KeysAndAttributes, ReturnValuesOnConditionCheckFailure};
use chrono::{DateTime, TimeDelta, Utc};
use domain::OptionContract;
use domain::calendar::trading_date;
use domain::quote::{Mark, OptionQuote, PreviousClose};
use runtime::AwsClients;
use runtime::environment::{Environment, MissingVariable};

use crate::error::StorageError;
use crate::item::{Item, Record, decode, encode, number, text};
use crate::keys::Key;

/// `BatchGetItem` takes so many keys.
pub(crate) const BATCH_MAX: usize = 100;
/// Keys that `DynamoDB` leaves out of an answer are asked for again so often.
const ROUNDS_MAX: usize = 5;
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
        for chunk in distinct.chunks(BATCH_MAX) {
            let keys = chunk
                .iter()
                .map(|contract| item_key(&key(contract)))
                .collect();
            for item in self.get_batch(keys).await? {
                let mark = decode::<Mark>(item)?.record;
                if mark.expires_at_s().is_some_and(|at| at > now.timestamp()) {
                    found.insert(mark.quote.contract.clone(), mark);
                }
            }
        }
        Ok(found)
    }

    /// Keeps `quote` as its contract's mark, unless a newer one is there. `older` is the mark
    /// that it follows; returns the mark that holds now.
    pub async fn put_mark(
        &self,
        quote: OptionQuote,
        older: Option<&Mark>,
    ) -> Result<Mark, StorageError> {
        let mark = following(quote, older);
        let at_ms = mark.quote.provenance.at.timestamp_millis();
        let mut item = encode(&mark, 1)?;
        item.insert("quoted_ms".into(), number(at_ms));
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
        let Err(error) = put else { return Ok(mark) };
        match error.as_service_error() {
            Some(PutItemError::ConditionalCheckFailedException(refused)) => match &refused.item {
                Some(newer) => Ok(decode::<Mark>(newer.clone())?.record),
                None => Ok(mark),
            },
            _ => Err(StorageError::aws("PutItem")(error)),
        }
    }

    pub(crate) async fn get_batch(&self, mut keys: Vec<Item>) -> Result<Vec<Item>, StorageError> {
        let mut found = Vec::new();
        for _ in 0..ROUNDS_MAX {
            if keys.is_empty() {
                break;
            }
            let wanted = KeysAndAttributes::builder()
                .set_keys(Some(keys))
                .build()
                .map_err(|error| StorageError::Aws {
                    operation: "BatchGetItem",
                    source: error.into(),
                })?;
            let answer = self
                .client
                .batch_get_item()
                .request_items(&self.table, wanted)
                .send()
                .await
                .map_err(StorageError::aws("BatchGetItem"))?;
            found.extend(
                answer
                    .responses
                    .into_iter()
                    .flatten()
                    .flat_map(|(_, items)| items),
            );
            let unprocessed = answer.unprocessed_keys.unwrap_or_default();
            keys = unprocessed
                .into_values()
                .flat_map(|left| left.keys)
                .collect();
        }
        Ok(found)
    }
}

pub(crate) fn item_key(key: &Key) -> Item {
    [
        ("pk".to_owned(), text(&key.pk)),
        ("sk".to_owned(), text(&key.sk)),
    ]
    .into()
}

/// The mark that this quote makes after `older`: the last mid of an earlier session becomes the
/// previous close.
fn following(quote: OptionQuote, older: Option<&Mark>) -> Mark {
    let today = trading_date(quote.provenance.at);
    let previous_close = older.and_then(|older| {
        let date = trading_date(older.quote.provenance.at);
        if date < today {
            Some(PreviousClose {
                date,
                mid: older.quote.sides.mid(),
            })
        } else {
            older.previous_close
        }
    });
    Mark {
        quote,
        previous_close,
        greeks: None,
    }
}
