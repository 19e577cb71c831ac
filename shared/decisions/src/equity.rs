//! What an engine is worth now: its cash, and what it holds at the mid.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use domain::quote::Mark;
use domain::{Book, EquityPoint, Position, Price, Usd, pnl};

/// The book and the positions aren't of the same moment: something was filled in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the book has {book} in positions, and the positions found are {found}")]
pub struct OutOfStep {
    /// The premium of open positions by the book.
    pub book: Usd,
    /// The same by the positions.
    pub found: Usd,
}

/// The point at `now` of the engine that has this book and holds these positions, and started
/// with `capital`. A position that was never marked counts at its entry's price.
pub fn point(
    book: &Book,
    held: &[(Position, Option<Mark>)],
    capital: Usd,
    now: DateTime<Utc>,
) -> Result<EquityPoint, OutOfStep> {
    refuse_out_of_step(book, held)?;
    let unrealized_usd: Usd = held.iter().map(unrealized).sum();
    let paid: Usd = held.iter().map(|(position, _)| paid(position)).sum();
    let marks = held.iter().filter_map(|(_, mark)| mark.as_ref());
    let oldest = marks.map(|mark| mark.quote.provenance.age_ms(now)).max();
    Ok(EquityPoint {
        engine: book.engine,
        at: now.duration_trunc(TimeDelta::minutes(1)).unwrap_or(now),
        equity_usd: book.cash_usd + paid + unrealized_usd,
        cash_usd: book.cash_usd,
        realized_usd: book.cash_usd + paid - capital,
        unrealized_usd,
        positions: count(held, |_| true),
        unmarked: count(held, |(_, mark)| mark.is_none()),
        oldest_mark_age_ms: oldest.unwrap_or(0),
    })
}

/// Cash, and what is held at the mid or, without a mark, at its entry's price. Where a fill falls
/// between the reading of both it is off by that position; [`point`] refuses such a pair.
pub fn worth(book: &Book, held: &[(Position, Option<Mark>)]) -> Usd {
    let held = held.iter().map(|it| paid(&it.0) + unrealized(it));
    book.cash_usd + held.sum()
}

fn refuse_out_of_step(book: &Book, held: &[(Position, Option<Mark>)]) -> Result<(), OutOfStep> {
    let found: Usd = held.iter().map(|(position, _)| position.exposure_usd).sum();
    let book = book.exposure_usd - book.pending_usd;
    if book == found {
        Ok(())
    } else {
        Err(OutOfStep { book, found })
    }
}

/// What a position's entry took out of the cash.
fn paid(position: &Position) -> Usd {
    position.entry_price.value(position.quantity) + position.entry_fee_usd
}

fn unrealized((position, mark): &(Position, Option<Mark>)) -> Usd {
    pnl::gross(
        position.entry_price,
        value(position, mark.as_ref()),
        position.quantity,
    ) - position.entry_fee_usd
}

fn value(position: &Position, mark: Option<&Mark>) -> Price {
    mark.map_or(position.entry_price, |mark| mark.quote.sides.mid())
}

fn count(
    held: &[(Position, Option<Mark>)],
    which: impl Fn(&&(Position, Option<Mark>)) -> bool,
) -> u32 {
    u32::try_from(held.iter().filter(which).count()).unwrap_or(u32::MAX)
}
