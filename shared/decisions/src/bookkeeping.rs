//! How an engine's book changes: a premium is set aside, given back or paid, proceeds come in, an
//! exit alert leaves its time. The ledger writes the same changes as additions with conditions;
//! here they are made on a book in memory, for whoever keeps one there.

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::trading_date;
use domain::quote::Mark;
use domain::{Book, ExitScope, Position, Rejection, RejectionReason, Symbol, Trade, Usd};

use crate::lifecycle::day_result_of_close;
use crate::risk::Reservation;

/// What the end of a position brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proceeds {
    /// Premium received, less the exit's fee.
    pub cash_usd: Usd,
    /// The exposure that was counted for the position.
    pub exposure_usd: Usd,
    /// Its part of the day's result: net, less what was unrealized at the last close.
    pub day_result_usd: Usd,
    /// The New York date.
    pub today: NaiveDate,
}

impl Proceeds {
    /// Those of a sale or a settlement, given the contract's last mark.
    pub fn of(position: &Position, exit: &Trade, mark: Option<&Mark>) -> Self {
        Self {
            cash_usd: exit.fill_price.value(exit.quantity) - exit.fee_usd,
            exposure_usd: position.exposure_usd,
            day_result_usd: day_result_of_close(position, exit, mark),
            today: trading_date(exit.filled_at),
        }
    }
}

/// Sets a premium aside, if the book has room for it.
pub fn reserve(book: &mut Book, bounds: &Reservation) -> Result<(), Rejection> {
    if let Some(rejection) = bounds.refusal(book) {
        return Err(rejection);
    }
    let count = book.count_by_symbol.entry(bounds.symbol.clone());
    *count.or_default() += 1;
    book.open_count += 1;
    book.exposure_usd = book.exposure_usd + bounds.cost_usd;
    book.pending_usd = book.pending_usd + bounds.cost_usd;
    Ok(())
}

/// Gives back what was set aside for an order that came to nothing.
pub fn release(book: &mut Book, symbol: &Symbol, reserved: Usd) {
    leave(book, symbol, reserved);
    book.pending_usd = book.pending_usd - reserved;
}

/// Pays for an entry: what was set aside becomes what was paid.
pub fn pay(book: &mut Book, reserved: Usd, paid: Usd, fee: Usd) {
    book.exposure_usd = book.exposure_usd + paid - reserved;
    book.pending_usd = book.pending_usd - reserved;
    book.cash_usd = book.cash_usd - paid - fee;
}

/// Takes a closed position off the book.
pub fn collect(book: &mut Book, symbol: &Symbol, proceeds: &Proceeds) {
    leave(book, symbol, proceeds.exposure_usd);
    book.cash_usd = book.cash_usd + proceeds.cash_usd;
    match book.day {
        // A settlement of an earlier date may come late; the day doesn't go back for it.
        Some(day) if day > proceeds.today => {}
        Some(day) if day == proceeds.today => {
            book.day_pnl_usd = book.day_pnl_usd + proceeds.day_result_usd;
        }
        _ => {
            book.day = Some(proceeds.today);
            book.day_pnl_usd = proceeds.day_result_usd;
        }
    }
}

/// Notes that entries of this scope received up to `until` are cancelled.
pub fn note_exit_alert(book: &mut Book, scope: ExitScope, until: DateTime<Utc>) {
    let noted = book.exit_alerts.entry(scope).or_insert(until);
    *noted = until.max(*noted);
}

/// Why this book refuses the fill that opens `position`, for which `reserved` was set aside while
/// all positions may cost `exposure_limit` together; none if it takes it.
pub fn fill_refusal(
    book: &Book,
    position: &Position,
    reserved: Usd,
    fee: Usd,
    exposure_limit: Usd,
) -> Option<Rejection> {
    if let Some(halt) = &book.halt {
        return Some(halt.refusal());
    }
    let last_exit = book.last_exit_alert(&position.symbol, position.strategy.as_deref());
    if last_exit.is_some_and(|at| at >= position.entry_received_at) {
        let symbol = &position.symbol;
        let detail = format!("an exit alert for {symbol} came after the entry's");
        return Some(Rejection::new(RejectionReason::CancelledByExit, detail));
    }
    let (paid, at_risk, cash) = (position.exposure_usd, book.exposure_usd, book.cash_usd);
    let fits = at_risk + paid - reserved <= exposure_limit && cash >= paid + fee;
    (paid > reserved && !fits).then(|| {
        let detail =
            format!("the price rose: {paid} now, with {at_risk} at risk and {cash} in cash");
        Rejection::new(RejectionReason::ExposureLimit, detail)
    })
}

/// Takes what an entry added off the book again.
fn leave(book: &mut Book, symbol: &Symbol, exposure: Usd) {
    book.open_count = book.open_count.saturating_sub(1);
    if let Some(count) = book.count_by_symbol.get_mut(symbol) {
        *count = count.saturating_sub(1);
    }
    book.exposure_usd = book.exposure_usd - exposure;
}
