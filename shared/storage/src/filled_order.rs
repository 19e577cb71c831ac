//! An order and its fill are one item: a fill never comes without its order's new state, and
//! most of what a trade says the order has said already.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{Order, Trade};

use crate::error::StorageError;
use crate::item::{Item, Record, key_of, unreadable};

/// The attribute that holds the fill.
const FILL: &str = "fill";
/// What a trade has from its order.
const SAID_BY_ORDER: [&str; 8] = [
    "order_id",
    "signal_id",
    "engine",
    "leg",
    "side",
    "symbol",
    "contract",
    "quantity",
];
/// Where a trade says its contract once more.
const QUOTE: &str = "quote";
const CONTRACT: &str = "contract";

/// Adds the fill to the item of its order.
pub(crate) fn add_fill(order: &mut Item, trade: &Trade) -> Result<(), StorageError> {
    let mut fill: Item = serde_dynamo::to_item(trade)
        .map_err(|source: serde_dynamo::Error| unreadable(&key_of(order), FILL, source))?;
    for name in SAID_BY_ORDER {
        fill.remove(name);
    }
    if let Some(AttributeValue::M(quote)) = fill.get_mut(QUOTE) {
        quote.remove(CONTRACT);
    }
    order.insert(FILL.to_owned(), AttributeValue::M(fill));
    Ok(())
}

/// The fill of an order's item, where it has one.
pub(crate) fn fill_of(order: &Item) -> Result<Option<Trade>, StorageError> {
    let Some(AttributeValue::M(fill)) = order.get(FILL) else {
        return Ok(None);
    };
    let mut trade: HashMap<_, _> = fill.clone();
    let said = SAID_BY_ORDER
        .iter()
        .filter_map(|&name| Some((name.to_owned(), order.get(name)?.clone())));
    trade.extend(said);
    let contract = order.get(CONTRACT);
    if let (Some(AttributeValue::M(quote)), Some(contract)) = (trade.get_mut(QUOTE), contract) {
        quote.insert(CONTRACT.to_owned(), contract.clone());
    }
    let trade = serde_dynamo::from_item(trade);
    trade
        .map(Some)
        .map_err(|source: serde_dynamo::Error| unreadable(&key_of(order), Order::KIND, source))
}
