//! The roll-ups are a full recount of what has been applied to them.

use std::collections::BTreeMap;

use domain::calendar::trading_date;
use domain::{Assignment, AssignmentState, Position, PositionState, RejectionClass};
use rust_decimal::Decimal;

use super::facts::Found;
use super::{Facts, Findings, Violation};

const UNAPPLIED: &str = "EVENT#unapplied#0";

type Sums = BTreeMap<(String, String), BTreeMap<String, Decimal>>;

pub(super) fn violations(facts: &Facts) -> Vec<Violation> {
    let mut findings = Findings::of("roll-ups");
    let (stored, counted) = (stored(facts), recount(facts));
    for key in stored.keys().chain(counted.keys()) {
        let (stored, counted) = (stored.get(key), counted.get(key));
        findings.expect(stored == counted, || {
            format!("{key:?} says {stored:?}, a recount {counted:?}")
        });
    }
    findings.close()
}

fn stored(facts: &Facts) -> Sums {
    let rows = facts.rollups.iter().map(|(key, row)| {
        let sums = row.iter().filter_map(|(name, text)| {
            let sum = text.parse::<Decimal>().ok()?;
            Some((name.clone(), sum.normalize()))
        });
        let sums = sums.filter(|(_, sum)| !sum.is_zero());
        (key.clone(), sums.collect())
    });
    rows.collect()
}

fn recount(facts: &Facts) -> Sums {
    let mut sums = Sums::new();
    for position in facts.positions.iter().filter(|found| is_applied(found)) {
        add_position(position, &mut sums);
    }
    for assignment in facts.assignments.iter().filter(|found| is_applied(found)) {
        add_assignment(assignment, &mut sums);
    }
    for row in sums.values_mut() {
        row.retain(|_, sum| !sum.is_zero());
        for sum in row.values_mut() {
            *sum = sum.normalize();
        }
    }
    sums
}

/// What isn't listed as work is over and counted.
fn is_applied<T>(found: &Found<T>) -> bool {
    found.state_key.is_none()
}

/// Whether it is over and waits to be counted.
pub(super) fn is_unapplied<T>(found: &Found<T>) -> bool {
    found.state_key.as_deref() == Some(UNAPPLIED)
}

fn add_position(position: &Position, sums: &mut Sums) {
    let PositionState::Closed(outcome) = &position.state else {
        return;
    };
    let (engine, realized) = (position.engine, &outcome.realized);
    let strategy = position.strategy.as_deref().unwrap_or("-");
    let (net, slippage) = (realized.net_usd.0, outcome.slippage_usd);
    for scope in [
        format!("{engine}#total"),
        format!("{engine}#symbol#{}", position.symbol),
        format!("{engine}#strategy#{strategy}"),
        format!("{engine}#date#{}", trading_date(outcome.closed_at)),
    ] {
        let row = sums.entry(("ROLLUP#PROFIT".to_owned(), scope)).or_default();
        let won = Decimal::from(u8::from(net > Decimal::ZERO));
        for (name, amount) in [
            ("positions", Decimal::ONE),
            ("wins", won),
            ("gross_usd", realized.gross_usd.0),
            ("net_usd", net),
            ("net_squared", net * net),
            ("fees_usd", realized.fees_usd.0),
            ("at_mid_usd", realized.at_mid_usd.0),
            ("at_worst_usd", realized.at_worst_usd.0),
            ("triggered", Decimal::from(u8::from(slippage.is_some()))),
            ("slippage_usd", slippage.unwrap_or_default().0),
        ] {
            *row.entry(name.to_owned()).or_default() += amount;
        }
    }
}

fn add_assignment(assignment: &Assignment, sums: &mut Sums) {
    let engine = assignment.engine;
    let source = assignment.source.as_deref().unwrap_or("-");
    let outcome = match &assignment.state {
        AssignmentState::Rejected { rejection } => match rejection.class {
            RejectionClass::Judgement => "rejected_judgement",
            RejectionClass::Capacity => "rejected_capacity",
        },
        _ => "ordered",
    };
    for scope in [
        format!("{engine}#total"),
        format!("{engine}#source#{source}"),
    ] {
        let row = sums
            .entry(("ROLLUP#ACCEPTANCE".to_owned(), scope))
            .or_default();
        *row.entry("signals".to_owned()).or_default() += Decimal::ONE;
        *row.entry(outcome.to_owned()).or_default() += Decimal::ONE;
    }
}
