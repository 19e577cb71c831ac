//! One engine's account in memory: its book, what it holds, what it remembers, and what has come
//! of each signal.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use decisions::bookkeeping::{self, Proceeds};
use decisions::experiment::{ClosedTrade, EngineOutcome, Fate};
use decisions::{equity, risk};
use domain::calendar::trading_date;
use domain::quote::Mark;
use domain::signal::Signal;
use domain::{
    Book, Engine, EntryBar, Knowledge, OptionContract, Position, Settings, SignalId, Trade, Usd,
    Watch,
};

use crate::bars::Point;
use crate::entering::Waiting;
use crate::plan::Judge;

/// A position that is held, and what is remembered of it.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) position: Position,
    pub(crate) watch: Option<Watch>,
    /// Where it was looked at last.
    pub(crate) seen_at: Option<Point>,
}

/// One engine's account.
pub(crate) struct Account {
    pub(crate) engine: Engine,
    pub(crate) judge: Judge,
    pub(crate) book: Book,
    pub(crate) held: Vec<Held>,
    pub(crate) marks: BTreeMap<OptionContract, Mark>,
    pub(crate) entered_on: BTreeMap<EntryBar, SignalId>,
    pub(crate) waiting: Vec<Waiting>,
    pub(crate) outcomes: BTreeMap<SignalId, EngineOutcome>,
    pub(crate) trades: Vec<Trade>,
    pub(crate) closed: Vec<Position>,
    pub(crate) equity_usd_by_day: BTreeMap<NaiveDate, Usd>,
}

impl Account {
    pub(crate) fn opened(engine: Engine, judge: Judge, settings: &Settings) -> Self {
        let capital = settings.trading_rules.starting_capital_usd;
        Self {
            engine,
            judge,
            book: Book::opened_with(engine, capital),
            held: Vec::new(),
            marks: BTreeMap::new(),
            entered_on: BTreeMap::new(),
            waiting: Vec::new(),
            outcomes: BTreeMap::new(),
            trades: Vec::new(),
            closed: Vec::new(),
            equity_usd_by_day: BTreeMap::new(),
        }
    }

    /// What it holds, each position with its contract's mark where there is one.
    pub(crate) fn holdings(&self) -> Vec<(Position, Option<Mark>)> {
        let held = self.held.iter();
        held.map(|it| {
            let mark = self.marks.get(&it.position.contract).cloned();
            (it.position.clone(), mark)
        })
        .collect()
    }

    /// The day's result so far, net, open positions included.
    pub(crate) fn day_result(&self, now: DateTime<Utc>) -> Usd {
        risk::day_result(&self.book, &self.holdings(), trading_date(now))
    }

    /// What the engine knows when it decides on a signal, before correlations are looked up.
    pub(crate) fn knowledge(&self, signal: &Signal, now: DateTime<Utc>) -> Knowledge {
        let bar = EntryBar::of(signal);
        let positions = self.held.iter().map(|held| &held.position);
        Knowledge {
            book: self.book.clone().as_seen_by(signal),
            day_result_usd: self.day_result(now),
            bar_taken_by: bar.and_then(|bar| self.entered_on.get(&bar).copied()),
            premium_usd_by_symbol: risk::premium_by_symbol(positions),
            correlations: BTreeMap::new(),
            settings_sha256: String::new(),
        }
    }

    /// Takes a position that has ended off the book.
    pub(crate) fn settle_up(&mut self, closed: Position, exit: Trade) {
        let mark = self.marks.get(&closed.contract);
        let proceeds = Proceeds::of(&closed, &exit, mark);
        bookkeeping::collect(&mut self.book, &closed.symbol, &proceeds);
        if let Some(outcome) = self.outcomes.get_mut(&closed.signal_id)
            && let Some(trade) = ClosedTrade::of(&closed)
        {
            outcome.fate = Fate::Closed(trade);
        }
        self.trades.push(exit);
        self.closed.push(closed);
    }

    /// At the loss limit entries stop for the rest of the day, even if it recovers.
    pub(crate) fn watch_daily_loss(&mut self, settings: &Settings, now: DateTime<Utc>) {
        let today = trading_date(now);
        let is_reached = || risk::is_loss_limit_reached(self.day_result(now), settings);
        if !self.held.is_empty() && self.book.loss_halt != Some(today) && is_reached() {
            self.book.loss_halt = Some(today);
        }
    }

    /// Notes what the engine is worth at the end of a session.
    pub(crate) fn note_equity(&mut self, settings: &Settings, close: DateTime<Utc>) {
        let capital = settings.trading_rules.starting_capital_usd;
        // Book and positions are of the same moment here.
        if let Ok(point) = equity::point(&self.book, &self.holdings(), capital, close) {
            let day = trading_date(close);
            self.equity_usd_by_day.insert(day, point.equity_usd);
        }
    }

    /// Forgets marks of what isn't held any more.
    pub(crate) fn forget_marks(&mut self) {
        let held = &self.held;
        let is_held =
            |contract: &OptionContract| held.iter().any(|held| held.position.contract == *contract);
        self.marks.retain(|contract, _| is_held(contract));
    }
}
