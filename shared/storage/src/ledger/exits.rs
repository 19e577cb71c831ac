//! The way out: exit orders, closes, settlements, and exits that failed.

use decisions::lifecycle::ExitStart;
use domain::{Book, Order, Position, Trade};

use super::book::{Proceeds, collect};
use super::{Ledger, Written};
use crate::error::StorageError;
use crate::item::Versioned;

/// What became of the start of an exit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum ExitBegun {
    /// The exit order stands and the position is closing.
    Written,
    /// Somebody else moved the position on.
    Changed,
}

/// A position's end, as it is to be written.
#[derive(Debug, Clone)]
pub struct Close<'a> {
    /// The position in its final state.
    pub position: &'a Versioned<Position>,
    /// The exit order in its final state, or a new one that stands filled (a settlement).
    pub order: ExitOrder<'a>,
    /// The fill.
    pub trade: &'a Trade,
    /// The book as it was read.
    pub book: &'a Book,
    /// What it brings.
    pub proceeds: &'a Proceeds,
}

/// The order that ends a position.
#[derive(Debug, Clone, Copy)]
pub enum ExitOrder<'a> {
    /// It was pending.
    Pending(&'a Versioned<Order>),
    /// It is written with its fill.
    New(&'a Order),
    /// The same, while another exit order that came too late is failed.
    Instead {
        /// The new one.
        order: &'a Order,
        /// The one that came too late.
        failed: &'a Versioned<Order>,
    },
}

impl Ledger {
    /// Writes an exit order with the decision behind it, and moves its position to `closing`.
    pub async fn begin_exit(
        &self,
        seen: &Versioned<Position>,
        start: &ExitStart,
    ) -> Result<ExitBegun, StorageError> {
        let closing = seen.changed(start.position.clone());
        let writes = self.transaction().replace(&closing);
        let writes = writes.put_new(&start.order).put_new(&start.decision);
        Ok(match self.commit(writes).await? {
            Ok(()) => ExitBegun::Written,
            Err(_) => ExitBegun::Changed,
        })
    }

    /// Closes a position: order, trade, position and book together.
    pub async fn close(&self, close: &Close<'_>) -> Result<Written, StorageError> {
        let book = collect(close.book, &close.position.symbol, close.proceeds);
        let writes = self
            .transaction()
            .replace(close.position)
            .update(book.build());
        let trade = close.trade;
        let writes = match close.order {
            ExitOrder::Pending(order) => writes.replace_filled(order, trade),
            ExitOrder::New(order) => writes.put_new_filled(order, trade),
            ExitOrder::Instead { order, failed } => {
                writes.put_new_filled(order, trade).replace(failed)
            }
        };
        self.commit_unchanged(writes).await
    }

    /// Ends an exit order without a fill, and opens its position again.
    pub async fn fail_exit(
        &self,
        order: &Versioned<Order>,
        position: &Versioned<Position>,
    ) -> Result<Written, StorageError> {
        self.commit_unchanged(self.transaction().replace(order).replace(position))
            .await
    }

    /// Writes a change of a position that moves no order: a wish to be closed.
    pub async fn move_position(
        &self,
        position: &Versioned<Position>,
    ) -> Result<Written, StorageError> {
        self.commit_unchanged(self.transaction().replace(position))
            .await
    }
}
