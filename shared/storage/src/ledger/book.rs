//! Each engine's book: one item, changed by additions whose conditions hold the limits.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
pub use decisions::bookkeeping::Proceeds;
use decisions::risk::Reservation;
use domain::{Book, Engine, ExitScope, Symbol, Usd};
use rust_decimal::Decimal;

use super::book_change::BookChange;
use super::{Ledger, halts};
use crate::error::StorageError;
use crate::item::{
    Item, SCHEMA_VERSION, key_of, number, number_of, refuse_unknown_version, text, text_of,
};
use crate::keys::Key;

const COUNT_PREFIX: &str = "count#";
const EXIT_PREFIX: &str = "exit#";
/// Exit alerts older than any entry can be are forgotten at the next one.
const EXIT_ALERTS_KEPT: TimeDelta = TimeDelta::hours(2);

impl Ledger {
    /// The engine's book, consistently read; opened with `capital` if there is none yet.
    pub async fn book(&self, engine: Engine, capital: Usd) -> Result<Book, StorageError> {
        if let Some(book) = self.book_if_any(engine).await? {
            return Ok(book);
        }
        self.open_book(engine, capital).await?;
        let fresh = Book::opened_with(engine, capital);
        Ok(self.book_if_any(engine).await?.unwrap_or(fresh))
    }

    /// The engine's book, consistently read, if one was ever opened.
    pub async fn book_if_any(&self, engine: Engine) -> Result<Option<Book>, StorageError> {
        let key = Key::book(engine);
        let answer = self
            .client
            .get_item()
            .table_name(&self.table)
            .key("pk", text(key.pk))
            .key("sk", text(key.sk))
            .consistent_read(true)
            .send()
            .await
            .map_err(StorageError::aws("GetItem"))?;
        answer.item.map(|item| read(engine, &item)).transpose()
    }

    async fn open_book(&self, engine: Engine, capital: Usd) -> Result<(), StorageError> {
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(opening(engine, capital)))
            .condition_expression("attribute_not_exists(pk)")
            .send()
            .await;
        match put {
            Ok(_) => Ok(()),
            // Somebody else opened it in this moment.
            Err(error)
                if error.as_service_error().is_some_and(
                    aws_sdk_dynamodb::operation::put_item::PutItemError::is_conditional_check_failed_exception,
                ) =>
            {
                Ok(())
            }
            Err(error) => Err(StorageError::aws("PutItem")(error)),
        }
    }

    /// Notes that entries of this scope received up to `until` are cancelled.
    pub async fn note_exit_alert(
        &self,
        book: &Book,
        scope: &ExitScope,
        until: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        if book
            .exit_alerts
            .get(scope)
            .is_some_and(|noted| *noted >= until)
        {
            return Ok(());
        }
        let forgetting = book
            .exit_alerts
            .iter()
            .filter(|(old, at)| *old != scope && until - **at > EXIT_ALERTS_KEPT)
            .fold(noting(book.engine, scope, until), |change, (old, at)| {
                let name = exit_name(old);
                change
                    .only_if(&name, "=", number(at.timestamp_millis()))
                    .remove(&name)
            });
        let tidied = self
            .commit(self.transaction().update(forgetting.build()))
            .await?;
        if tidied.is_err() {
            // Something changed since the book was read. What is left to forget can wait; refused
            // again, a later alert is noted already.
            let noting = noting(book.engine, scope, until).build();
            let _ = self.commit(self.transaction().update(noting)).await?;
        }
        Ok(())
    }

    /// Stops the engine's entries for the rest of `date`.
    pub async fn halt_for_loss(&self, engine: Engine, date: NaiveDate) -> Result<(), StorageError> {
        let change = BookChange::new(engine).set("loss_halt", text(date.to_string()));
        let _ = self
            .commit(self.transaction().update(change.build()))
            .await?;
        Ok(())
    }
}

/// Notes an exit alert, unless a later one of its scope is noted.
fn noting(engine: Engine, scope: &ExitScope, until: DateTime<Utc>) -> BookChange {
    let (name, at_ms) = (exit_name(scope), number(until.timestamp_millis()));
    BookChange::new(engine)
        .only_if_absent_or(&name, "<", at_ms.clone())
        .set(&name, at_ms)
}

fn exit_name(scope: &ExitScope) -> String {
    format!("{EXIT_PREFIX}{}", scope.as_str())
}

fn opening(engine: Engine, capital: Usd) -> Item {
    let key = Key::book(engine);
    [
        ("pk", text(key.pk)),
        ("sk", text(key.sk)),
        ("kind", text("BOOK")),
        ("version", number(SCHEMA_VERSION)),
        ("cash_usd", number(capital.0)),
        ("open_count", number(0)),
        ("exposure_usd", number(0)),
        ("pending_usd", number(0)),
        ("day_pnl_usd", number(0)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// Reads a book's item.
pub(crate) fn read(engine: Engine, item: &Item) -> Result<Book, StorageError> {
    refuse_unknown_version(item, &key_of(item))?;
    let usd = |name| number_of::<Decimal>(item, name).map_or(Usd::ZERO, Usd);
    let date = |name| text_of(item, name).and_then(|text| text.parse().ok());
    Ok(Book {
        engine,
        cash_usd: usd("cash_usd"),
        open_count: number_of(item, "open_count").unwrap_or(0),
        exposure_usd: usd("exposure_usd"),
        pending_usd: usd("pending_usd"),
        count_by_symbol: prefixed(item, COUNT_PREFIX)
            .filter_map(|(name, value)| Some((Symbol::parse(name).ok()?, value.parse().ok()?)))
            .collect(),
        day: date("day"),
        day_pnl_usd: usd("day_pnl_usd"),
        loss_halt: date("loss_halt"),
        halt: halts::decoded(item)?,
        exit_alerts: prefixed(item, EXIT_PREFIX)
            .filter_map(|(name, value)| {
                let at = DateTime::from_timestamp_millis(value.parse().ok()?)?;
                Some((ExitScope::from_text(name), at))
            })
            .collect(),
    })
}

fn prefixed<'a>(item: &'a Item, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a String)> {
    item.iter()
        .filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_n().ok()?)))
}

/// Sets a premium aside, within every limit.
pub(crate) fn reserve(engine: Engine, bounds: &Reservation) -> BookChange {
    let count = count_name(&bounds.symbol);
    halts::not_halted(not_cancelled(BookChange::new(engine), bounds))
        .only_if("open_count", "<", number(bounds.max_open_positions))
        .only_if_absent_or(&count, "<", number(bounds.max_in_symbol))
        .only_if("exposure_usd", "<=", number(bounds.exposure_headroom_usd.0))
        .only_if("pending_usd", "<=", number(bounds.pending_most_usd.0))
        .only_if("cash_usd", ">=", number(bounds.cash_least_usd.0))
        .only_if_absent_or("loss_halt", "<>", text(bounds.today.to_string()))
        .day_above(bounds.today, bounds.day_floor_usd)
        .add("open_count", 1)
        .add(&count, 1)
        .add("exposure_usd", bounds.cost_usd.0)
        .add("pending_usd", bounds.cost_usd.0)
}

fn not_cancelled(change: BookChange, bounds: &Reservation) -> BookChange {
    cancelled_by_none(
        change,
        &bounds.symbol,
        bounds.strategy.as_deref(),
        bounds.received_at,
    )
}

/// No exit alert that means this entry may have come at or after its own.
pub(crate) fn cancelled_by_none(
    change: BookChange,
    symbol: &Symbol,
    strategy: Option<&str>,
    received_at: DateTime<Utc>,
) -> BookChange {
    ExitScope::meaning(symbol, strategy)
        .iter()
        .fold(change, |change, scope| {
            change.only_if_absent_or(
                &exit_name(scope),
                "<",
                number(received_at.timestamp_millis()),
            )
        })
}

/// Gives back what was set aside for an order that came to nothing.
pub(crate) fn release(engine: Engine, symbol: &Symbol, reserved: Usd) -> BookChange {
    BookChange::new(engine)
        .add("open_count", -1)
        .add(&count_name(symbol), -1)
        .add("exposure_usd", (-reserved).0)
        .add("pending_usd", (-reserved).0)
}

/// Pays for an entry: what was set aside becomes what was paid.
pub(crate) fn pay(engine: Engine, reserved: Usd, paid: Usd, fee: Usd) -> BookChange {
    BookChange::new(engine)
        .add("exposure_usd", (paid - reserved).0)
        .add("pending_usd", (-reserved).0)
        .add("cash_usd", (-(paid + fee)).0)
}

/// Takes a closed position off the book, given the book's last day.
pub(crate) fn collect(book: &Book, symbol: &Symbol, proceeds: &Proceeds) -> BookChange {
    let today = text(proceeds.today.to_string());
    let change = BookChange::new(book.engine)
        .add("open_count", -1)
        .add(&count_name(symbol), -1)
        .add("exposure_usd", (-proceeds.exposure_usd).0)
        .add("cash_usd", proceeds.cash_usd.0);
    match book.day {
        // A settlement of an earlier date may come late; the day doesn't go back for it.
        Some(day) if day > proceeds.today => change,
        Some(day) if day == proceeds.today => change
            .only_if("day", "=", today)
            .add("day_pnl_usd", proceeds.day_result_usd.0),
        seen => {
            let change = match seen {
                Some(day) => change.only_if("day", "=", text(day.to_string())),
                None => change.only_if_absent_or("day", "=", text("")),
            };
            change
                .set("day", today)
                .set("day_pnl_usd", number(proceeds.day_result_usd.0))
        }
    }
}

fn count_name(symbol: &Symbol) -> String {
    format!("{COUNT_PREFIX}{symbol}")
}
