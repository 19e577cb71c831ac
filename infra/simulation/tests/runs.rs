//! Runs of the simulator: they repeat, they exercise the platform, and their invariants fail
//! where something is wrong.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use domain::signal::Intent;
use domain::{
    AssignmentState, Engine, ExitReason, OrderState, PositionState, Price, Side, SignalId, Usd,
};
use rust_decimal::Decimal;
use simulation::invariants::{Facts, Violation, at_rest};
use simulation::{Report, Simulator};
use storage::ledger::Switched;

const CAPITAL: Usd = Usd(Decimal::from_parts(50_000, 0, 0, false, 0));

fn run(seed: u64) -> Report {
    let template = include_str!("../../../template.yaml");
    let simulator = Simulator::new(template).unwrap();
    simulator.run(seed, false).unwrap()
}

/// A run that has open and closed positions, pending ones never.
fn eventful() -> Facts {
    let mut runs = (1..100).map(run);
    let is_eventful = |report: &Report| {
        let Facts {
            positions,
            evidence,
            watches,
            equity,
            exit_decisions,
            ..
        } = &report.facts;
        let closed = positions
            .iter()
            .filter(|it| it.state.name() == "closed")
            .count();
        let is_watched = !watches.is_empty() && !equity.is_empty() && !exit_decisions.is_empty();
        closed > 0 && closed < positions.len() && !evidence.is_empty() && is_watched
    };
    runs.find(is_eventful).unwrap().facts
}

#[test]
fn a_seed_repeats_to_the_last_call() {
    for seed in [3, 4, 5] {
        let (once, again) = (run(seed), run(seed));
        assert_eq!(
            (once.digest, once.totals),
            (again.digest, again.totals),
            "seed {seed}"
        );
        assert_eq!(once.violations, []);
    }
    assert_ne!(run(3).digest, run(4).digest);
}

/// Log lines that another run asked for once changed the retries of this one.
#[test]
fn a_seed_repeats_whatever_runs_beside_it() {
    let simulator = Simulator::new(include_str!("../../../template.yaml")).unwrap();
    let beside = std::thread::spawn(move || {
        (1..=3).for_each(|seed| drop(simulator.run(seed, true).unwrap()));
    });
    let once: Vec<_> = (3..=5).map(|seed| run(seed).digest).collect();
    beside.join().unwrap();
    let again: Vec<_> = (3..=5).map(|seed| run(seed).digest).collect();
    assert_eq!(once, again);
}

#[test]
fn the_journal_is_kept_when_asked_for_and_changes_nothing() {
    let simulator = Simulator::new(include_str!("../../../template.yaml")).unwrap();
    let with_journal = simulator.run(5, true).unwrap();
    assert!(with_journal.journal.len() > 50);
    assert_eq!(with_journal.digest, run(5).digest);
}

/// What is done to the facts, by name, and which invariant notices.
type Damage = (&'static str, &'static str, fn(&mut Facts));

const DAMAGES: [Damage; 31] = [
    ("an event is never told", "told", |facts| {
        facts.told.as_mut().unwrap().pop_first();
    }),
    ("an event is told that never happened", "told", |facts| {
        let told = facts.told.as_mut().unwrap();
        told.insert("position.opened x A".to_owned(), ["id".to_owned()].into());
    }),
    ("an event has another id each time", "told", |facts| {
        for ids in facts.told.as_mut().unwrap().values_mut() {
            ids.insert("another".to_owned());
        }
    }),
    ("a trade is lost", "legs", |facts| drop(facts.trades.pop())),
    ("a trade comes twice", "legs", |facts| {
        let twice = facts.trades[0].clone();
        facts.trades.push(twice);
    }),
    ("an order has no assignment", "legs", |facts| {
        facts.assignments.clear();
    }),
    ("something is sold to open", "legs", |facts| {
        facts.orders[0].record.side = Side::Sell;
    }),
    ("a fill comes too late", "legs", |facts| {
        let entry = facts.trades.iter_mut().find(|trade| !trade.leg.is_exit());
        entry.unwrap().filled_at += chrono::TimeDelta::hours(2);
    }),
    ("a closed position has another result", "legs", |facts| {
        for position in &mut facts.positions {
            if let PositionState::Closed(outcome) = &mut position.record.state {
                outcome.realized.net_usd.0 += Decimal::new(1, 2);
            }
        }
    }),
    ("a cent of cash is missing", "books", |facts| {
        for book in facts.books.values_mut() {
            book.cash_usd -= Decimal::new(1, 2);
        }
    }),
    ("a position isn't counted", "books", |facts| {
        for book in facts.books.values_mut() {
            book.open_count -= 1;
        }
    }),
    ("a reservation is never given back", "books", |facts| {
        for book in facts.books.values_mut() {
            book.pending_usd += Decimal::ONE;
        }
    }),
    ("a roll-up counts twice", "roll-ups", |facts| {
        for row in facts.rollups.values_mut() {
            if let Some(count) = row.get_mut("positions") {
                "77".clone_into(count);
            }
        }
    }),
    (
        "an event is applied and still marked",
        "roll-ups",
        |facts| {
            for found in &mut facts.positions {
                found.state_key = Some("EVENT#unapplied#0".to_owned());
            }
        },
    ),
    ("the evidence is gone", "work", |facts| {
        facts.evidence_stored.clear();
    }),
    ("the evidence is another signal's", "work", |facts| {
        for pointer in &mut facts.evidence {
            "another".clone_into(&mut pointer.sha256);
        }
    }),
    ("an open position isn't listed", "work", |facts| {
        for found in &mut facts.positions {
            found.state_key = None;
        }
    }),
    ("an assignment never ends", "at rest", |facts| {
        facts.assignments[0].record.state = AssignmentState::Approved;
    }),
    ("an order stays pending", "at rest", |facts| {
        facts.orders[0].record.state = OrderState::PendingExecution;
    }),
    (
        "an exit alert is carried out, and a position stays",
        "exit alerts",
        |facts| {
            let mut held = facts.positions.iter_mut();
            let held = held.find(|it| it.state.name() == "open").unwrap();
            held.record.exit_request = None;
            let mut alert = facts.signals[&held.signal_id].clone();
            alert.signal_id = SignalId::of("the exit alert");
            (alert.intent, alert.strategy) = (Intent::Exit, None);
            let mut task = facts.assignments[0].clone();
            task.record.signal_id = alert.signal_id;
            task.record.state = AssignmentState::Ordered;
            facts.assignments.push(task);
            facts.signals.insert(alert.signal_id, alert);
        },
    ),
    (
        "nobody knows why an exit began",
        "exit decisions",
        |facts| {
            facts.exit_decisions.clear();
        },
    ),
    ("a decision has no order", "exit decisions", |facts| {
        facts.orders.retain(|order| !order.leg.is_exit());
    }),
    ("another rule fired first", "exit decisions", |facts| {
        for decision in &mut facts.exit_decisions {
            decision.readings[0].fires = true;
            decision.readings[0].reason = ExitReason::CorruptPosition;
        }
    }),
    ("the slippage is wrong", "exit decisions", |facts| {
        for position in &mut facts.positions {
            if let PositionState::Closed(outcome) = &mut position.record.state {
                outcome.slippage_usd = Some(Usd::cents(1));
            }
        }
    }),
    ("a trough lies above its peak", "memories", |facts| {
        facts.watches[0].trough = Price::cents(u32::MAX);
    }),
    ("a point of equity doesn't add up", "equity", |facts| {
        facts.equity[0].unrealized_usd = Usd::cents(1);
        facts.equity[0].equity_usd = Usd::ZERO;
    }),
    ("something was realized before it was", "equity", |facts| {
        let point = &mut facts.equity[0];
        point.realized_usd = point.realized_usd + Usd::cents(1);
        point.equity_usd = point.equity_usd + Usd::cents(1);
    }),
    (
        "an entry is ordered while its engine is halted",
        "halts",
        |facts| {
            let last = halt_after_everything(facts);
            let mut entries = facts.orders.iter_mut();
            let entry = entries.find(|order| !order.leg.is_exit()).unwrap();
            entry.record.created_at = last + chrono::TimeDelta::hours(1);
        },
    ),
    (
        "an entry is filled while its engine is halted",
        "halts",
        |facts| {
            let last = halt_after_everything(facts);
            let mut entries = facts.trades.iter_mut();
            let entry = entries.find(|trade| !trade.leg.is_exit()).unwrap();
            entry.filled_at = last + chrono::TimeDelta::hours(1);
        },
    ),
    ("a halt isn't on record", "halts", |facts| {
        halt_after_everything(facts);
        facts.switches.clear();
    }),
    ("a signal has no task", "work", |facts| {
        let id = *facts.signals.keys().next().unwrap();
        facts
            .assignments
            .retain(|assignment| assignment.signal_id != id);
    }),
];

/// The record of a halt.
fn stopped(engine: &str, at: chrono::DateTime<chrono::Utc>) -> Switched {
    Switched {
        engine: if engine == "A" { Engine::A } else { Engine::B },
        halted: true,
        by: "ann".to_owned(),
        at,
        why: "the feed lies".to_owned(),
    }
}

/// Halts every engine after its last order, which breaks nothing, and says when that is.
fn halt_after_everything(facts: &mut Facts) -> chrono::DateTime<chrono::Utc> {
    let fills = facts.trades.iter().map(|trade| trade.filled_at);
    let orders = facts.orders.iter().map(|order| order.created_at);
    let last = fills.chain(orders).max().unwrap();
    for (engine, book) in &mut facts.books {
        if book.halted_at.replace(last).is_none() {
            facts.switches.push(stopped(engine, last));
        }
    }
    assert_eq!(at_rest(facts, CAPITAL), []);
    last
}

#[test]
fn damage_is_noticed_by_the_invariant_that_it_breaks() {
    let facts = eventful();
    assert_eq!(at_rest(&facts, CAPITAL), []);
    for (name, invariant, damage) in DAMAGES {
        let mut damaged = facts.clone();
        damage(&mut damaged);
        let violations = at_rest(&damaged, CAPITAL);
        let noticed = |violation: &Violation| violation.invariant == invariant;
        assert!(violations.iter().any(noticed), "{name}: {violations:?}");
    }
}
