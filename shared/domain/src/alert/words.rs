//! The words with which alerts say what to do, and what several of them say together.

use super::fields::{Fields, quoted};
use crate::signal::Direction;

/// Where such a word may stand.
const WORD_FIELDS: [&str; 6] = [
    "action",
    "direction",
    "side",
    "signal",
    "order_action",
    "strategy.order_action",
];

/// What one word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// The side that the trader is on: `long`, `bearish`.
    Side(Direction),
    /// The order that is sent, whatever it does to the position: `buy` for long.
    Order(Direction),
    /// The position grows or shrinks.
    Change(Change),
    /// The position ends.
    Exit,
    /// A pending order is taken back.
    Cancel,
}

/// Which way a position's size changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Add,
    Reduce,
}

impl Word {
    fn parse(text: &str) -> Option<Self> {
        Some(
            match text.to_lowercase().replace([' ', '-'], "_").as_str() {
                "buy" => Self::Order(Direction::Long),
                "sell" => Self::Order(Direction::Short),
                "long" | "bull" | "bullish" | "enter_long" | "call" => Self::Side(Direction::Long),
                "short" | "bear" | "bearish" | "enter_short" | "put" => {
                    Self::Side(Direction::Short)
                }
                "exit" | "close" | "flat" | "close_all" | "exit_long" | "exit_short"
                | "close_long" | "close_short" => Self::Exit,
                "add" => Self::Change(Change::Add),
                "reduce" => Self::Change(Change::Reduce),
                "cancel" => Self::Cancel,
                _ => return None,
            },
        )
    }
}

/// What a field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim<T> {
    pub(super) value: T,
    pub(super) field: &'static str,
}

impl<T: Copy + PartialEq> Claim<T> {
    /// Keeps the first claim; a later one that differs is refused.
    pub(super) fn keep(self, first: &mut Option<Self>, fields: &mut Fields<'_>) {
        match first {
            None => *first = Some(self),
            Some(kept) if kept.value == self.value => {}
            Some(kept) => fields.refuse(self.field, format!("contradicts `{}`", kept.field)),
        }
    }
}

/// What all words of an alert say together.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) exit: bool,
    pub(super) change: Option<Claim<Change>>,
    pub(super) side: Option<Claim<Direction>>,
    pub(super) order: Option<Claim<Direction>>,
}

impl Said {
    pub(super) fn read(fields: &mut Fields<'_>) -> Self {
        let mut said = Self::default();
        for found in fields.every(&WORD_FIELDS) {
            match Word::parse(&found.text) {
                Some(word) => said.take(word, found.name, fields),
                None => refuse_unknown(fields, found.name, &found.text),
            }
        }
        said
    }

    fn take(&mut self, word: Word, field: &'static str, fields: &mut Fields<'_>) {
        match word {
            Word::Exit => self.exit = true,
            Word::Change(value) => Claim { value, field }.keep(&mut self.change, fields),
            Word::Side(value) => Claim { value, field }.keep(&mut self.side, fields),
            Word::Order(value) => Claim { value, field }.keep(&mut self.order, fields),
            Word::Cancel => fields.refuse(
                field,
                "asks to cancel, which is not supported: an order here is filled at once or not at all",
            ),
        }
    }

    /// Whether something was bought (long) or sold, as far as the words tell.
    pub(super) fn traded(&self) -> Option<Direction> {
        self.order.or(self.side).map(|claim| claim.value)
    }
}

fn refuse_unknown(fields: &mut Fields<'_>, field: &str, text: &str) {
    let message = format!(
        "must be one of buy, sell, long, short, exit, close, flat, add and reduce, and is {}",
        quoted(text)
    );
    fields.refuse(field, message);
}
