//! Watches each engine's book at every change, for limits that hold at every instant and not
//! just at the end.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::calendar::trading_date;
use domain::{Engine, Settings};
use local_stack::wire::{AwsCall, InMemoryDynamoDb};
use runtime::Clock;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use tokio::time::Instant;

use crate::invariants::Violation;
use crate::invariants::books::BookItem;
use crate::time::SimulatedClock;

/// Settings may be used for so long after another version came into force: they are cached for
/// ten seconds, and what is begun under them may take a while.
const LINGERING: Duration = Duration::from_secs(150);

/// The watch.
#[derive(Debug)]
pub(crate) struct BookWatch {
    clock: SimulatedClock,
    ledger_table: String,
    seen: Mutex<BTreeMap<String, BookItem>>,
    in_force: Mutex<Vec<(Instant, Settings)>>,
    violations: Mutex<Vec<Violation>>,
}

impl BookWatch {
    pub(crate) fn new(clock: SimulatedClock, ledger_table: &str) -> Self {
        Self {
            clock,
            ledger_table: ledger_table.to_owned(),
            seen: Mutex::default(),
            in_force: Mutex::default(),
            violations: Mutex::default(),
        }
    }

    /// From now on these settings hold.
    pub(crate) fn settings_in_force(&self, settings: Settings) {
        lock(&self.in_force).push((Instant::now(), settings));
    }

    /// What was violated so far.
    pub(crate) fn violations(&self) -> Vec<Violation> {
        lock(&self.violations).clone()
    }

    /// Looks at the books that this call changed.
    pub(crate) fn after(&self, call: &AwsCall, database: &InMemoryDynamoDb) {
        let books = call.written_items().filter_map(|item| {
            let pk = item["pk"]["S"].as_str()?;
            pk.strip_prefix("RISK#").map(str::to_owned)
        });
        for engine in books.collect::<Vec<_>>() {
            let key = json!({ "pk": { "S": format!("RISK#{engine}") }, "sk": { "S": "BOOK" } });
            let request = json!({ "TableName": self.ledger_table, "Key": key });
            match database.read("GetItem", &request) {
                Ok(found) => self.look(&engine, &found["Item"], call),
                Err(error) => {
                    let unreadable = Violation::new("readable", error.to_string());
                    lock(&self.violations).push(unreadable);
                }
            }
        }
    }

    fn look(&self, engine: &str, item: &Json, call: &AwsCall) {
        let now = BookItem::of(item);
        let before = lock(&self.seen).insert(engine.to_owned(), now.clone());
        let allowed = self.allowed(engine);
        let problems = problems(
            &before.unwrap_or_default(),
            &now,
            &allowed,
            self.clock.now(),
        );
        let violation = |problem| Violation::new("limits", format!("{problem}, after {call}"));
        lock(&self.violations).extend(problems.into_iter().map(violation));
    }

    /// The loosest limits that somebody may still act on.
    fn allowed(&self, engine: &str) -> Allowed {
        let in_force = lock(&self.in_force);
        let engine = if engine == "B" { Engine::B } else { Engine::A };
        let mut allowed = Allowed::default();
        for (index, (_, settings)) in in_force.iter().enumerate() {
            let replaced_at = in_force.get(index + 1).map(|(instant, _)| *instant);
            if replaced_at.is_none_or(|instant| instant.elapsed() <= LINGERING) {
                allowed.loosen(settings, engine);
            }
        }
        allowed
    }
}

/// What a book may come to.
#[derive(Debug, Default)]
struct Allowed {
    positions: u32,
    in_symbol: u32,
    exposure_usd: Decimal,
}

impl Allowed {
    fn loosen(&mut self, settings: &Settings, engine: Engine) {
        let limits = &settings.risk_limits;
        let capital = settings.trading_rules.starting_capital_usd;
        self.positions = self.positions.max(limits.max_open_positions);
        self.in_symbol = self.in_symbol.max(limits.max_positions_per_symbol(engine));
        self.exposure_usd = self.exposure_usd.max(limits.exposure_limit(capital).0);
    }
}

/// What a change of the book did that it may not.
fn problems(
    before: &BookItem,
    now: &BookItem,
    allowed: &Allowed,
    at: DateTime<Utc>,
) -> Vec<String> {
    let mut problems = Vec::new();
    let mut expect = |holds: bool, problem: String| {
        if !holds {
            problems.push(problem);
        }
    };
    expect(
        now.cash_usd >= Decimal::ZERO,
        format!("cash is {}", now.cash_usd),
    );
    expect(
        now.pending_usd >= Decimal::ZERO,
        format!("{} pending", now.pending_usd),
    );
    expect(now.open_count >= 0, format!("{} positions", now.open_count));
    if now.open_count > before.open_count {
        let too_many = format!("{} positions of {}", now.open_count, allowed.positions);
        expect(now.open_count <= i64::from(allowed.positions), too_many);
        let halted = now.loss_halt == Some(trading_date(at));
        expect(
            !halted,
            "an entry on a day on which entries are stopped".to_owned(),
        );
    }
    if now.halted_at.is_some() {
        let is_reserved = now.open_count > before.open_count;
        expect(!is_reserved, "an entry of a halted engine".to_owned());
        // An order that failed gives its place back with what was set aside.
        let is_filled = now.pending_usd < before.pending_usd && now.open_count == before.open_count;
        expect(!is_filled, "a fill of a halted engine's entry".to_owned());
    }
    if now.exposure_usd > before.exposure_usd {
        let too_much = format!("{} at risk of {}", now.exposure_usd, allowed.exposure_usd);
        expect(now.exposure_usd <= allowed.exposure_usd, too_much);
    }
    for (symbol, count) in &now.count_by_symbol {
        let counted = before.count_by_symbol.get(symbol).copied().unwrap_or(0);
        let too_many = format!("{count} positions in {symbol} of {}", allowed.in_symbol);
        expect(
            *count <= counted.max(i64::from(allowed.in_symbol)),
            too_many,
        );
        expect(*count >= 0, format!("{count} positions in {symbol}"));
    }
    problems
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(open_count: i64, pending_usd: i64, is_halted: bool) -> BookItem {
        BookItem {
            open_count,
            pending_usd: pending_usd.into(),
            halted_at: is_halted.then(DateTime::default),
            ..BookItem::default()
        }
    }

    #[test]
    fn a_halted_engine_may_release_and_close_but_neither_reserve_nor_fill() {
        let before = book(2, 300, true);
        let allowed = Allowed {
            positions: 9,
            ..Allowed::default()
        };
        for (now, wrong) in [
            (book(3, 500, true), 1),
            (book(2, 100, true), 1),
            (book(1, 100, true), 0),
            (book(1, 300, true), 0),
            (book(2, 300, true), 0),
            (book(3, 500, false), 0),
            (book(2, 100, false), 0),
        ] {
            let found = problems(&before, &now, &allowed, DateTime::default());
            assert_eq!(found.len(), wrong, "{now:?}: {found:?}");
        }
    }
}
