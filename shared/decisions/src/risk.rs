//! How much room an engine's book leaves: the day's loss, and the bounds of a reservation.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::trading_date;
use domain::quote::Mark;
use domain::{Book, Position, Price, Rejection, RejectionReason, Settings, Symbol, Usd, pnl};
use rust_decimal::Decimal;

/// The change in an open position's value since the last close: since the entry, if it was
/// opened today or its contract wasn't marked in an earlier session in which it was held. Gross.
pub fn change_today(position: &Position, mark: &Mark) -> Usd {
    let today = trading_date(mark.quote.provenance.at);
    let since = last_close(position, mark, today).unwrap_or(position.entry_price);
    pnl::gross(since, mark.quote.sides.mid(), position.quantity)
}

/// What was unrealized at the last close, and so doesn't count again on the day of the exit.
pub fn unrealized_at_last_close(position: &Position, mark: Option<&Mark>, today: NaiveDate) -> Usd {
    mark.and_then(|mark| last_close(position, mark, today))
        .map_or(Usd::ZERO, |mid| {
            pnl::gross(position.entry_price, mid, position.quantity)
        })
}

/// The last mid of a session before `today` that the position was held in. A mark may be older
/// than the position, since other positions in the same contract came before.
fn last_close(position: &Position, mark: &Mark, today: NaiveDate) -> Option<Price> {
    let opened_on = trading_date(position.opened_at);
    let of_mark = (
        trading_date(mark.quote.provenance.at),
        mark.quote.sides.mid(),
    );
    let previous = mark.previous_close.map(|close| (close.date, close.mid));
    [Some(of_mark), previous]
        .into_iter()
        .flatten()
        .find(|(date, _)| *date < today)
        .filter(|(date, _)| opened_on <= *date)
        .map(|(_, mid)| mid)
}

/// The day's net result of an engine so far: closed and open positions together.
pub fn day_result(book: &Book, open: &[(Position, Option<Mark>)], today: NaiveDate) -> Usd {
    let marked_today = |mark: &&Mark| trading_date(mark.quote.provenance.at) == today;
    let unrealized: Usd = open
        .iter()
        .filter_map(|(position, mark)| {
            mark.as_ref()
                .filter(marked_today)
                .map(|mark| change_today(position, mark))
        })
        .sum();
    book.closed_on(today) + unrealized
}

/// The premium of these positions by underlying.
pub fn premium_by_symbol<'a>(
    positions: impl Iterator<Item = &'a Position>,
) -> BTreeMap<Symbol, Usd> {
    let mut by_symbol: BTreeMap<Symbol, Usd> = BTreeMap::new();
    for position in positions {
        let premium = by_symbol.entry(position.symbol.clone()).or_default();
        *premium = *premium + position.exposure_usd;
    }
    by_symbol
}

/// Whether entries have to stop for the rest of the day.
pub fn is_loss_limit_reached(day_result: Usd, settings: &Settings) -> bool {
    day_result <= -settings.risk_limits.max_daily_loss_usd
}

/// What the ledger compares with when it reserves. Its conditions can compare but not add, so
/// the additions are done here, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// The underlying.
    pub symbol: Symbol,
    /// The alert's own strategy name.
    pub strategy: Option<String>,
    /// Premium to set aside.
    pub cost_usd: Usd,
    /// The exposure may be this at most before the cost is added.
    pub exposure_headroom_usd: Usd,
    /// Premium and fee: what has to be left of the cash beyond what is pending.
    pub needed_usd: Usd,
    /// The pending part may be this at most before the cost is added, given that
    pub pending_most_usd: Usd,
    /// cash is at least this. The slack between them is shared out to both, so that others may
    /// reserve and pay meanwhile without being in the way.
    pub cash_least_usd: Usd,
    /// Open and pending positions must be fewer than this.
    pub max_open_positions: u32,
    /// So must those in the symbol.
    pub max_in_symbol: u32,
    /// The New York date.
    pub today: NaiveDate,
    /// What closes of today added must be above this.
    pub day_floor_usd: Usd,
    /// No exit alert that means this entry may have come at or after this.
    pub received_at: DateTime<Utc>,
}

impl Reservation {
    /// The bounds for an entry that costs `cost_usd` and `fee_usd`, when open positions have
    /// changed by `unrealized_today` since the last close.
    pub fn new(
        book: &Book,
        settings: &Settings,
        entry: &ReservedEntry<'_>,
        unrealized_today: Usd,
        now: DateTime<Utc>,
    ) -> Self {
        let limits = &settings.risk_limits;
        let exposure_limit = limits.exposure_limit(settings.trading_rules.starting_capital_usd);
        let needed_usd = entry.cost_usd + entry.fee_usd;
        let slack_usd = book.cash_usd - book.pending_usd - needed_usd;
        let for_payments_usd = Usd((slack_usd.0 / Decimal::TWO).max(Decimal::ZERO));
        Self {
            symbol: entry.symbol.clone(),
            strategy: entry.strategy.map(str::to_owned),
            cost_usd: entry.cost_usd,
            exposure_headroom_usd: exposure_limit - entry.cost_usd,
            needed_usd,
            pending_most_usd: book.pending_usd + slack_usd - for_payments_usd,
            cash_least_usd: book.cash_usd - for_payments_usd,
            max_open_positions: limits.max_open_positions,
            max_in_symbol: limits.max_positions_per_symbol(book.engine),
            today: trading_date(now),
            day_floor_usd: -limits.max_daily_loss_usd - unrealized_today,
            received_at: entry.received_at,
        }
    }
}

/// What a reservation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReservedEntry<'a> {
    /// The underlying.
    pub symbol: &'a Symbol,
    /// The alert's own strategy name.
    pub strategy: Option<&'a str>,
    /// Premium at the ask.
    pub cost_usd: Usd,
    /// Fees of the order.
    pub fee_usd: Usd,
    /// When the alert was received.
    pub received_at: DateTime<Utc>,
}

impl Reservation {
    /// Why this book has no room, by the first bound that it breaks; none if it has room now.
    pub fn refusal(&self, book: &Book) -> Option<Rejection> {
        let reject = |reason, detail: String| Some(Rejection::new(reason, detail));
        if let Some(halt) = &book.halt {
            return Some(halt.refusal());
        }
        let last_exit = book.last_exit_alert(&self.symbol, self.strategy.as_deref());
        if last_exit.is_some_and(|at| at >= self.received_at) {
            let detail = format!("an exit alert for {} came after the entry's", self.symbol);
            return reject(RejectionReason::CancelledByExit, detail);
        }
        if book.loss_halt == Some(self.today) || book.closed_on(self.today) <= self.day_floor_usd {
            let detail = format!("entries are stopped for the rest of {}", self.today);
            return reject(RejectionReason::DailyLossLimit, detail);
        }
        if book.open_count >= self.max_open_positions {
            let detail = format!("{} open or pending", book.open_count);
            return reject(RejectionReason::OpenPositionLimit, detail);
        }
        let in_symbol = book.count_in(&self.symbol);
        if in_symbol >= self.max_in_symbol {
            let detail = format!("{in_symbol} open or pending in {}", self.symbol);
            return reject(RejectionReason::SymbolPositionLimit, detail);
        }
        if book.exposure_usd > self.exposure_headroom_usd {
            let detail = format!(
                "{} at risk, {} more wanted",
                book.exposure_usd, self.cost_usd
            );
            return reject(RejectionReason::ExposureLimit, detail);
        }
        let short_of_cash = book.cash_usd - book.pending_usd < self.needed_usd;
        short_of_cash.then(|| {
            let detail = format!(
                "{} in cash, {} of it pending",
                book.cash_usd, book.pending_usd
            );
            Rejection::new(RejectionReason::NotEnoughCash, detail)
        })
    }
}
