//! A book in memory, changed as the ledger changes it, with what stands behind its figures.

use chrono::{DateTime, TimeDelta, Utc};
use decisions::bookkeeping::{self, Proceeds};
use decisions::risk::{Reservation, ReservedEntry};
use domain::settings::{RiskLimits, TradingRules};
use domain::{Book, Engine, ExitScope, Percent, Settings, Symbol, Usd};
use proptest::prelude::*;

use crate::common::{date, halt, symbol, utc};
use crate::events::Event;

const SYMBOLS: [&str; 3] = ["SPY", "QQQ", "IWM"];
const NOW: &str = "2026-06-24T15:00:00Z";
const FEE: Usd = Usd(rust_decimal::Decimal::ONE);

/// Limits that sequences of a few dozen events run into, each of them.
fn settings() -> Settings {
    Settings {
        risk_limits: RiskLimits {
            max_open_positions: 5,
            max_positions_per_symbol_b: 3,
            max_total_exposure_usd: Usd::dollars(2_500),
            max_exposure_percent: Percent::whole(100),
            ..RiskLimits::default()
        },
        trading_rules: TradingRules {
            starting_capital_usd: Usd::dollars(2_000),
            ..TradingRules::default()
        },
        ..Settings::default()
    }
}

/// What was set aside, or paid, in a symbol.
type Held = (Symbol, Usd);

/// A book with what stands behind its figures.
pub(crate) struct Account {
    settings: Settings,
    books: Vec<Book>,
    pending: Vec<Held>,
    open: Vec<Held>,
    entries: i64,
    fees_usd: Usd,
}

impl Account {
    pub(crate) fn opened() -> Self {
        let settings = settings();
        let capital = settings.trading_rules.starting_capital_usd;
        Self {
            settings,
            books: vec![Book::opened_with(Engine::B, capital)],
            pending: Vec::new(),
            open: Vec::new(),
            entries: 0,
            fees_usd: Usd::ZERO,
        }
    }

    pub(crate) fn book(&self) -> &Book {
        self.books.last().unwrap()
    }

    fn change(&mut self, change: impl FnOnce(&mut Book)) {
        let mut book = self.book().clone();
        change(&mut book);
        self.books.push(book);
    }

    pub(crate) fn apply(&mut self, event: &Event) -> Result<(), TestCaseError> {
        match *event {
            Event::Entry {
                symbol,
                cost_usd,
                books_ago,
            } => self.enter(SYMBOLS[symbol], Usd::dollars(cost_usd), books_ago)?,
            Event::Fill { order, saved_usd } => self.fill(order, Usd::dollars(saved_usd)),
            Event::Fail { order } => self.fail(order),
            Event::Close { position, gain_usd } => self.close(position, Usd::dollars(gain_usd)),
            Event::Halt { stands } => self.change(|book| book.halt = stands.then(halt)),
            Event::ExitAlert { symbol } => self.exit_alert(SYMBOLS[symbol]),
        }
        Ok(())
    }

    /// Entries are received a second apart.
    fn received_at(&self) -> DateTime<Utc> {
        utc(NOW) + TimeDelta::seconds(self.entries)
    }

    pub(crate) fn bounds(&self, name: &str, cost_usd: Usd, books_ago: usize) -> Reservation {
        let symbol = symbol(name);
        let entry = ReservedEntry {
            symbol: &symbol,
            strategy: None,
            cost_usd,
            fee_usd: FEE,
            received_at: self.received_at(),
        };
        let seen = &self.books[self.books.len().saturating_sub(books_ago + 1)];
        Reservation::new(seen, &self.settings, &entry, Usd::ZERO, utc(NOW))
    }

    fn enter(&mut self, name: &str, cost: Usd, books_ago: usize) -> Result<(), TestCaseError> {
        self.entries += 1;
        let bounds = self.bounds(name, cost, books_ago);
        let (held, refusal) = (all_hold(&bounds, self.book()), bounds.refusal(self.book()));
        let is_fresh = bounds == self.bounds(name, cost, 0);
        // Where the ledger reserves, no reason is found. Where it doesn't, one is; unless the
        // book has changed since the bounds were computed, and then the book is read again.
        prop_assert!(!held || refusal.is_none(), "{:?} of {:?}", refusal, bounds);
        prop_assert!(
            held || refusal.is_some() || !is_fresh,
            "no reason for {:?}",
            bounds
        );
        if held {
            prop_assert!(self.book().halt.is_none());
            let lost = self.book().closed_on(bounds.today);
            prop_assert!(lost > -self.settings.risk_limits.max_daily_loss_usd);
            self.reserve(&bounds);
        }
        Ok(())
    }

    fn reserve(&mut self, bounds: &Reservation) {
        self.pending.push((bounds.symbol.clone(), bounds.cost_usd));
        self.change(|book| bookkeeping::reserve(book, bounds).unwrap());
    }

    fn fill(&mut self, order: usize, saved: Usd) {
        let Some((symbol, reserved)) = taken(&mut self.pending, order) else {
            return;
        };
        let paid = (reserved - saved).max(Usd::ZERO);
        self.open.push((symbol, paid));
        self.fees_usd = self.fees_usd + FEE;
        self.change(|book| bookkeeping::pay(book, reserved, paid, FEE));
    }

    fn fail(&mut self, order: usize) {
        if let Some((symbol, reserved)) = taken(&mut self.pending, order) {
            self.change(|book| bookkeeping::release(book, &symbol, reserved));
        }
    }

    fn close(&mut self, position: usize, gain: Usd) {
        if let Some((symbol, paid)) = taken(&mut self.open, position) {
            let received = (paid + gain).max(Usd::ZERO);
            self.fees_usd = self.fees_usd + FEE;
            let proceeds = Proceeds {
                cash_usd: received - FEE,
                exposure_usd: paid,
                day_result_usd: received - paid - FEE - FEE,
                today: date("2026-06-24"),
            };
            self.change(|book| bookkeeping::collect(book, &symbol, &proceeds));
        }
    }

    fn exit_alert(&mut self, name: &str) {
        let (scope, at) = (ExitScope::of(&symbol(name), None), self.received_at());
        self.change(|book| bookkeeping::note_exit_alert(book, scope, at));
    }

    /// Every limit, and every figure against what stands behind it.
    pub(crate) fn check(&self) -> Result<(), TestCaseError> {
        let (book, limits) = (self.book(), &self.settings.risk_limits);
        let total = |held: &[Held]| held.iter().map(|(_, usd)| *usd).sum::<Usd>();
        let all = self.pending.len() + self.open.len();
        prop_assert_eq!(book.open_count as usize, all);
        prop_assert!(book.open_count <= limits.max_open_positions);
        for name in SYMBOLS {
            prop_assert!(book.count_in(&symbol(name)) <= limits.max_positions_per_symbol_b);
        }
        prop_assert_eq!(book.pending_usd, total(&self.pending));
        prop_assert_eq!(book.exposure_usd, total(&self.pending) + total(&self.open));
        let limit = limits.exposure_limit(self.settings.trading_rules.starting_capital_usd);
        prop_assert!(book.exposure_usd <= limit);
        // No premium is ever borrowed. Fees may be: those of exits, and of orders that pend at
        // the same time, are not set aside.
        prop_assert!(book.cash_usd + self.fees_usd >= book.pending_usd);
        Ok(())
    }
}

/// What the ledger compares before it reserves, as the bounds' fields say it.
fn all_hold(bounds: &Reservation, book: &Book) -> bool {
    let last_exit = book.last_exit_alert(&bounds.symbol, bounds.strategy.as_deref());
    book.halt.is_none()
        && last_exit.is_none_or(|at| at < bounds.received_at)
        && book.loss_halt != Some(bounds.today)
        && book.closed_on(bounds.today) > bounds.day_floor_usd
        && book.open_count < bounds.max_open_positions
        && book.count_in(&bounds.symbol) < bounds.max_in_symbol
        && book.exposure_usd <= bounds.exposure_headroom_usd
        && book.pending_usd <= bounds.pending_most_usd
        && book.cash_usd >= bounds.cash_least_usd
}

fn taken(held: &mut Vec<Held>, index: usize) -> Option<Held> {
    (!held.is_empty()).then(|| held.swap_remove(index % held.len()))
}
