//! The price that the rules read: the mid of a fresh mark, or why there is none.

use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::session_at;
use domain::quote::{BidAsk, Mark};
use domain::settings::ExitRules;
use domain::{Percent, Position, Price, pnl};

use super::Circumstances;

/// A mark older than this sets off no rule on prices, in milliseconds.
pub const MARK_AGE_MS_MAX: i64 = 60_000;
/// A time further ahead of now can't be: clocks differ by less.
pub(super) const AHEAD_MAX: TimeDelta = TimeDelta::minutes(1);

/// The circumstances, with what all rules read from them.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) position: &'a Position,
    pub(super) mark: Option<&'a Mark>,
    pub(super) rules: &'a ExitRules,
    pub(super) now: DateTime<Utc>,
    /// The fresh price.
    pub(super) price: Result<FreshPrice, NoPrice>,
    /// Since when no price has come in the running session.
    pub(super) silent_since: DateTime<Utc>,
}

/// The mid of a mark that can be trusted.
#[derive(Debug, Clone, Copy)]
pub(super) struct FreshPrice {
    pub(super) mid: Price,
    /// The time of the mark.
    pub(super) at: DateTime<Utc>,
}

/// Why there is nothing that a rule on prices could read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NoPrice {
    #[error("no fresh price: no mark")]
    Unmarked,
    #[error("no fresh price: nobody asks")]
    NoAsk,
    #[error("no fresh price: the bid {bid} is above the ask {ask}")]
    Crossed { bid: Price, ask: Price },
    #[error("no fresh price: the mark is {} s old", age_ms / 1_000)]
    Stale { age_ms: i64 },
    #[error("no fresh price: the mark is dated ahead of now")]
    Ahead,
    #[error("no fresh price: the mark is from before the entry")]
    BeforeEntry,
    #[error("no gain can be told of an entry at {entry}")]
    NoGain { entry: Price },
}

impl<'a> View<'a> {
    pub(super) fn of(c: &Circumstances<'a>) -> Self {
        Self {
            position: c.position,
            mark: c.mark,
            rules: c.rules,
            now: c.now,
            price: fresh_price(c),
            silent_since: silent_since(c),
        }
    }

    /// The fresh mid, per share.
    pub(super) fn mid(&self) -> Result<Price, NoPrice> {
        self.price.map(|price| price.mid)
    }

    /// The gain on the fresh mid, before fees, in percent of the premium paid.
    pub(super) fn gain(&self) -> Result<Percent, NoPrice> {
        let entry = self.position.entry_price;
        pnl::percent(entry, self.mid()?).ok_or(NoPrice::NoGain { entry })
    }
}

fn fresh_price(c: &Circumstances<'_>) -> Result<FreshPrice, NoPrice> {
    let quote = &c.mark.ok_or(NoPrice::Unmarked)?.quote;
    let (at, age_ms) = (quote.provenance.at, quote.provenance.age_ms(c.now));
    let mid = mid_of(quote.sides)?;
    if age_ms > MARK_AGE_MS_MAX {
        return Err(NoPrice::Stale { age_ms });
    }
    if at - c.now > AHEAD_MAX {
        return Err(NoPrice::Ahead);
    }
    if at < c.position.opened_at {
        return Err(NoPrice::BeforeEntry);
    }
    Ok(FreshPrice { mid, at })
}

/// An ask without a bid is a price: nearly worthless. A bid without an ask is none.
fn mid_of(sides: BidAsk) -> Result<Price, NoPrice> {
    let BidAsk { bid, ask } = sides;
    if ask.is_zero() {
        return Err(NoPrice::NoAsk);
    }
    if bid > ask {
        return Err(NoPrice::Crossed { bid, ask });
    }
    Ok(sides.mid())
}

/// The latest of the entry, this session's open, and the newest price that was ever seen, fresh
/// or not.
fn silent_since(c: &Circumstances<'_>) -> DateTime<Utc> {
    let marked = c.mark.map(|mark| &mark.quote);
    let marked = marked.filter(|quote| mid_of(quote.sides).is_ok());
    let marked_at = marked.map(|quote| quote.provenance.at);
    let seen_at = c.watch.map(|watch| watch.seen_at);
    let prices = [marked_at, seen_at].into_iter().flatten();
    let opened_at = c.position.opened_at;
    session_at(c.now)
        .map(|session| session.open)
        .into_iter()
        .chain(prices.filter(|at| *at - c.now <= AHEAD_MAX))
        .fold(opened_at, DateTime::max)
}
