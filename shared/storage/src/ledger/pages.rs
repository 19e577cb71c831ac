//! What the lists of the dashboard show, newest first: the index by kind says which, the items
//! themselves are read.

use std::collections::HashMap;

use domain::signal::Signal;
use domain::{Assignment, Engine, Order, Position, SignalId, Trade};

use super::Ledger;
use super::listing::{List, Place, Places};
use crate::batches;
use crate::error::StorageError;
use crate::filled_order::fill_of;
use crate::item::{Item, Record, decode_each, key_of};
use crate::keys::{CLOSED_POSITION, Key};
use crate::page::{Page, PageLimit, PageRequest};
use crate::webhook_event::WebhookEvent;

const SIGNALS: List = List {
    name: "signals",
    kind_key: Signal::KIND,
    kind: Signal::KIND,
};
const ORDERS: List = List {
    name: "orders",
    kind_key: Order::KIND,
    kind: Order::KIND,
};
const TRADES: List = List {
    name: "trades",
    ..ORDERS
};
const CLOSED_POSITIONS: List = List {
    name: "closed_positions",
    kind_key: CLOSED_POSITION,
    kind: Position::KIND,
};
/// A page of trades looks at no more orders than this many times.
const ROUNDS_MAX: u32 = 5;
/// Orders that are looked at together, at least: few of them have no fill.
const ORDERS_AT_ONCE_MIN: usize = 25;

/// An order, with its fill where it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedOrder {
    /// The order.
    pub order: Order,
    /// Its fill.
    pub trade: Option<Trade>,
}

/// A signal, with what each engine made of it.
#[derive(Debug, Clone, PartialEq)]
pub struct SignalWithTasks {
    /// The alert.
    pub signal: Signal,
    /// Each engine's task, of Engine A before that of Engine B.
    pub assignments: Vec<Assignment>,
}

impl Ledger {
    /// Signals, the newest first.
    pub async fn newest_signals(
        &self,
        request: &PageRequest,
    ) -> Result<Page<Signal>, StorageError> {
        self.newest(&SIGNALS, request).await
    }

    /// The requests of the newest signals, the newest first.
    pub async fn newest_accepted(
        &self,
        most: PageLimit,
    ) -> Result<Vec<WebhookEvent>, StorageError> {
        let page = self
            .newest_items(&SIGNALS, &PageRequest::first(most))
            .await?;
        let events = page.filter_map(|item| WebhookEvent::of_accepted(&item).ok());
        Ok(events.items)
    }

    /// Signals with their tasks, the newest first.
    pub async fn newest_signals_with_tasks(
        &self,
        request: &PageRequest,
    ) -> Result<Page<SignalWithTasks>, StorageError> {
        let page = self.newest_signals(request).await?;
        let ids = page.items.iter().map(|signal| signal.signal_id);
        let mut tasks = self.assignments_of(ids).await?;
        Ok(page.filter_map(|signal| {
            let assignments = tasks.remove(&signal.signal_id).unwrap_or_default();
            Some(SignalWithTasks {
                signal,
                assignments,
            })
        }))
    }

    /// Orders with their fills, the newest first.
    pub async fn newest_orders(
        &self,
        request: &PageRequest,
    ) -> Result<Page<ListedOrder>, StorageError> {
        let page = self.newest_items(&ORDERS, request).await?;
        Ok(page.filter_map(listed_order))
    }

    /// Fills, those of the newest orders first. A page may be short of its limit, or empty, and
    /// still have a next one.
    pub async fn newest_trades(&self, request: &PageRequest) -> Result<Page<Trade>, StorageError> {
        let limit = request.limit.count();
        let (mut after, mut more) = (start(&TRADES, request)?, true);
        let mut trades = Vec::new();
        for _ in 0..ROUNDS_MAX {
            let wanted = (limit - trades.len()).max(ORDERS_AT_ONCE_MIN);
            let places = self.places(&TRADES, after.as_ref(), wanted).await?;
            let looked_at = self.fills_of(&places, limit, &mut trades).await?;
            after = places.found.get(looked_at.saturating_sub(1)).cloned();
            more = places.more || looked_at < places.found.len();
            if !more || trades.len() == limit {
                break;
            }
        }
        let last = after.filter(|_| more);
        Ok(Page {
            items: trades,
            next: last.map(|place| TRADES.cursor(&place)),
        })
    }

    /// Closed positions, the last closed first.
    pub async fn closed_positions(
        &self,
        request: &PageRequest,
    ) -> Result<Page<Position>, StorageError> {
        self.newest(&CLOSED_POSITIONS, request).await
    }

    async fn newest<R: Record>(
        &self,
        list: &List,
        request: &PageRequest,
    ) -> Result<Page<R>, StorageError> {
        let page = self.newest_items(list, request).await?;
        Ok(page.filter_map(|item| decoded(item)))
    }

    async fn newest_items(
        &self,
        list: &List,
        request: &PageRequest,
    ) -> Result<Page<Item>, StorageError> {
        let after = start(list, request)?;
        let places = self
            .places(list, after.as_ref(), request.limit.count())
            .await?;
        let last = places.found.last().filter(|_| places.more);
        let next = last.map(|place| list.cursor(place));
        let items = self.items_at(places.found.iter().map(|it| it.key.clone()));
        Ok(Page {
            items: items.await?,
            next,
        })
    }

    /// Adds the fills of these orders up to `limit`; says how many orders that took.
    async fn fills_of(
        &self,
        places: &Places,
        limit: usize,
        trades: &mut Vec<Trade>,
    ) -> Result<usize, StorageError> {
        let items = self.items_at(places.found.iter().map(|it| it.key.clone()));
        let mut fills: HashMap<Key, Trade> = items
            .await?
            .into_iter()
            .filter_map(|item| Some((key_of(&item), listed_order(item)?.trade?)))
            .collect();
        for (looked_at, place) in places.found.iter().enumerate() {
            if trades.len() == limit {
                return Ok(looked_at);
            }
            trades.extend(fills.remove(&place.key));
        }
        Ok(places.found.len())
    }

    async fn assignments_of(
        &self,
        signals: impl Iterator<Item = SignalId>,
    ) -> Result<HashMap<SignalId, Vec<Assignment>>, StorageError> {
        let key = |id, engine| Key::in_trace(id, format!("{}#{engine}", Assignment::KIND));
        let keys = signals.flat_map(|id| [Engine::A, Engine::B].map(|engine| key(id, engine)));
        let mut tasks: HashMap<SignalId, Vec<Assignment>> = HashMap::new();
        for found in decode_each::<Assignment>(self.items_at(keys).await?) {
            let of_signal = tasks.entry(found.signal_id).or_default();
            of_signal.push(found.record);
        }
        Ok(tasks)
    }

    /// The items themselves: the index may be ahead of a copy of the table, so they are read
    /// consistently, and none is left out.
    async fn items_at(&self, keys: impl Iterator<Item = Key>) -> Result<Vec<Item>, StorageError> {
        let keys: Vec<_> = keys.collect();
        batches::read_in_order(&self.client, &self.table, &keys, true).await
    }
}

fn start(list: &List, request: &PageRequest) -> Result<Option<Place>, StorageError> {
    let after = request.after.as_ref();
    after.map(|cursor| list.place(cursor)).transpose()
}

/// One that can't be read is logged and left out.
fn decoded<R: Record>(item: Item) -> Option<R> {
    let read = decode_each(vec![item]).pop();
    read.map(|found| found.record)
}

fn listed_order(item: Item) -> Option<ListedOrder> {
    let logged = |error: &StorageError| {
        let error = runtime::telemetry::chain(error);
        tracing::error!(error, alarm = "unreadable_item", "a fill is left out");
    };
    let trade = fill_of(&item).inspect_err(logged).ok().flatten();
    decoded(item).map(|order| ListedOrder { order, trade })
}
