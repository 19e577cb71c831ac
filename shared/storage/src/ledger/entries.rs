//! Entry orders: written with their reservation, filled with their trade and position, or failed
//! with the reservation given back. Each is one transaction.

use decisions::risk::Reservation;
use domain::{Assignment, Book, Order, Position, Purpose, Rejection, Selection, Trade, Usd};

use super::book::{cancelled_by_none, pay, read, release, reserve};
use super::{Ledger, Written, halts};
use crate::error::StorageError;
use crate::item::{Versioned, number};

/// What became of an entry order's write.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum EntryOrdered {
    /// It stands, and its premium is set aside.
    Written,
    /// The book has no room for it.
    NoRoom(Rejection),
    /// Something changed in between: read again.
    Changed,
}

/// What became of an entry's fill.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum EntryFilled {
    /// The position is open.
    Written,
    /// The engine was halted, an exit alert came, or the price moved beyond a limit.
    Refused(Rejection),
    /// Something changed in between: read again.
    Changed,
}

/// An entry's fill, as it is to be written.
#[derive(Debug, Clone)]
pub struct EntryFill<'a> {
    /// The order in its new state.
    pub order: &'a Versioned<Order>,
    /// The fill.
    pub trade: &'a Trade,
    /// What is held now.
    pub position: &'a Position,
    /// The exposure limit less what this fill costs more than was set aside.
    pub exposure_headroom_usd: Usd,
}

impl Ledger {
    /// Writes an entry order and why its contract was chosen, moves its assignment on and sets
    /// its premium aside.
    pub async fn order_entry(
        &self,
        assignment: &Versioned<Assignment>,
        order: &Order,
        selection: &Selection,
        bounds: &Reservation,
    ) -> Result<EntryOrdered, StorageError> {
        let writes = self
            .transaction()
            .replace(assignment)
            .put_new(order)
            .update(reserve(order.engine, bounds).build())
            .put_new(selection);
        let Err(mut refused) = self.commit(writes).await? else {
            return Ok(EntryOrdered::Written);
        };
        if [0, 1, 3].into_iter().any(|position| refused.at(position)) {
            return Ok(EntryOrdered::Changed);
        }
        let book = refused
            .item_at(2)
            .map(|item| read(order.engine, &item))
            .transpose()?;
        let reason = book.and_then(|book: Book| bounds.refusal(&book));
        Ok(reason.map_or(EntryOrdered::Changed, EntryOrdered::NoRoom))
    }

    /// Fills an entry: order, trade, position and book together.
    pub async fn fill_entry(&self, fill: &EntryFill<'_>) -> Result<EntryFilled, StorageError> {
        let (trade, position) = (fill.trade, fill.position);
        let Purpose::Entry {
            received_at,
            reserved_usd,
            ..
        } = fill.order.purpose
        else {
            return Ok(EntryFilled::Changed);
        };
        let book = pay(
            trade.engine,
            reserved_usd,
            position.exposure_usd,
            trade.fee_usd,
        );
        let strategy = position.strategy.as_deref();
        let book = cancelled_by_none(book, &trade.symbol, strategy, received_at);
        let book = halts::not_halted(book);
        let book = if position.exposure_usd > reserved_usd {
            let needed = position.exposure_usd + trade.fee_usd;
            book.only_if("exposure_usd", "<=", number(fill.exposure_headroom_usd.0))
                .only_if("cash_usd", ">=", number(needed.0))
        } else {
            book
        };
        let writes = self
            .transaction()
            .replace_filled(fill.order, trade)
            .put_new(position)
            .update(book.build());
        let Err(mut refused) = self.commit(writes).await? else {
            return Ok(EntryFilled::Written);
        };
        if (0..2).any(|position| refused.at(position)) {
            return Ok(EntryFilled::Changed);
        }
        let book = refused
            .item_at(2)
            .map(|item| read(trade.engine, &item))
            .transpose()?;
        Ok(book.map_or(EntryFilled::Changed, |book| {
            EntryFilled::Refused(refusal(&book, position, received_at))
        }))
    }

    /// Ends an entry order without a fill, and gives back what was set aside for it.
    pub async fn fail_entry(&self, order: &Versioned<Order>) -> Result<Written, StorageError> {
        let Purpose::Entry { reserved_usd, .. } = order.purpose else {
            return Ok(Written::Changed);
        };
        let book = release(order.engine, &order.symbol, reserved_usd);
        self.commit_unchanged(self.transaction().replace(order).update(book.build()))
            .await
    }

    /// Writes an order's progress: another try, or another send.
    pub async fn move_order(&self, order: &Versioned<Order>) -> Result<Written, StorageError> {
        self.commit_unchanged(self.transaction().replace(order))
            .await
    }
}

fn refusal(
    book: &Book,
    position: &Position,
    received_at: chrono::DateTime<chrono::Utc>,
) -> Rejection {
    use domain::RejectionReason::{CancelledByExit, ExposureLimit};
    if let Some(halt) = &book.halt {
        return halt.refusal();
    }
    let last_exit = book.last_exit_alert(&position.symbol, position.strategy.as_deref());
    if last_exit.is_some_and(|at| at >= received_at) {
        let detail = format!(
            "an exit alert for {} came after the entry's",
            position.symbol
        );
        return Rejection::new(CancelledByExit, detail);
    }
    let detail = format!(
        "the price rose: {} now, with {} at risk and {} in cash",
        position.exposure_usd, book.exposure_usd, book.cash_usd
    );
    Rejection::new(ExposureLimit, detail)
}
