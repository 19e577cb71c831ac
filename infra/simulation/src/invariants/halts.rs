//! A halted engine enters nothing: while a halt stands, no entry was reserved or filled after it.
//! And every halt and every end of one is on record.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Facts, Findings, Violation};
use crate::by_hand::PATIENCE;

pub(super) fn violations(facts: &Facts) -> Vec<Violation> {
    let mut findings = Findings::of("halts");
    for (engine, book) in &facts.books {
        let recorded = switched(facts, engine, true) - switched(facts, engine, false);
        findings.expect(recorded == i64::from(book.halted_at.is_some()), || {
            let halted_at = book.halted_at;
            format!("engine {engine}: {recorded} halts stand on record, halted since {halted_at:?}")
        });
        let Some(halted_at) = book.halted_at else {
            continue;
        };
        let since = written_by(halted_at);
        let is_own = |other: &domain::Engine| other.to_string() == *engine;
        let orders = facts.orders.iter().filter(|it| is_own(&it.engine));
        for order in orders.filter(|it| !it.leg.is_exit()) {
            findings.expect(order.created_at <= since, || {
                let id = order.signal_id;
                format!("engine {engine}: {id} was ordered, halted since {halted_at}")
            });
        }
        let trades = facts.trades.iter().filter(|it| is_own(&it.engine));
        for trade in trades.filter(|it| !it.leg.is_exit()) {
            findings.expect(trade.filled_at <= since, || {
                let id = trade.signal_id;
                format!("engine {engine}: {id} was filled, halted since {halted_at}")
            });
        }
    }
    findings.close()
}

/// How often the engine's entries were stopped, or went on.
fn switched(facts: &Facts, engine: &str, halted: bool) -> i64 {
    let own = facts.switches.iter().filter(|it| it.halted == halted);
    let own = own.filter(|it| it.engine.to_string() == engine);
    i64::try_from(own.count()).unwrap_or(i64::MAX)
}

/// A halt says when it was wanted; it was written before whoever wanted it lost patience.
fn written_by(halted_at: DateTime<Utc>) -> DateTime<Utc> {
    halted_at + TimeDelta::from_std(PATIENCE).unwrap_or_default()
}
