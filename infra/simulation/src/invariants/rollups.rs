//! The roll-ups are a full recount of what has been applied to them.

use std::collections::BTreeMap;

use chrono::Timelike;
use domain::calendar::{eastern, trading_date};
use domain::{
    Action, Assignment, AssignmentState, Engine, Opinions, Position, PositionState, RejectionClass,
    SignalId, Vote,
};
use rust_decimal::Decimal;

use super::facts::Found;
use super::{Facts, Findings, Violation};

const UNTOLD: &str = "EVENT#untold#0";
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
        add_result_of_agents(facts, position, &mut sums);
    }
    for assignment in facts.assignments.iter().filter(|found| is_applied(found)) {
        add_assignment(assignment, &mut sums);
        add_opinions_of_agents(facts, assignment, &mut sums);
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

/// Whether nobody has told of it yet.
pub(super) fn is_untold<T>(found: &Found<T>) -> bool {
    found.state_key.as_deref() == Some(UNTOLD)
}

fn add_position(position: &Position, sums: &mut Sums) {
    let PositionState::Closed(outcome) = &position.state else {
        return;
    };
    let (engine, realized) = (position.engine, &outcome.realized);
    let strategy = position.strategy.as_deref().unwrap_or("-");
    let source = position.source.as_deref().unwrap_or("-");
    let (net, slippage) = (realized.net_usd.0, outcome.slippage_usd);
    for scope in [
        format!("{engine}#total"),
        format!("{engine}#symbol#{}", position.symbol),
        format!("{engine}#strategy#{strategy}"),
        format!("{engine}#date#{}", trading_date(outcome.closed_at)),
        format!("{engine}#source#{source}"),
        format!("{engine}#hour#{:02}", eastern(position.opened_at).hour()),
        format!("{engine}#dte#{}", dte_at_entry(position)),
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

fn dte_at_entry(position: &Position) -> &'static str {
    let expiration = position.contract.expiration();
    match (expiration - trading_date(position.opened_at)).num_days() {
        ..=1 => "0-1",
        2..=7 => "2-7",
        8..=14 => "8-14",
        15..=30 => "15-30",
        _ => "31+",
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

/// What Engine B's committee made of a signal.
fn voted(facts: &Facts, engine: Engine, signal_id: SignalId) -> Option<(&Vote, &Opinions)> {
    let decision = facts
        .decisions
        .iter()
        .find(|it| it.signal_id == signal_id && it.engine == engine)?;
    let opinions = facts
        .opinions
        .iter()
        .find(|it| it.signal_id == signal_id && it.engine == engine)?;
    Some((decision.vote.as_ref()?, opinions))
}

fn add_opinions_of_agents(facts: &Facts, assignment: &Assignment, sums: &mut Sums) {
    let voted = voted(facts, assignment.engine, assignment.signal_id);
    let Some((vote, opinions)) = voted else {
        return;
    };
    for heard in &opinions.heard {
        if let Some(opinion) = heard.answer.opinion() {
            let mut add = adding_to(heard.agent.as_str(), sums);
            add("signals", Decimal::ONE);
            let confidence = opinion.confidence.get();
            add("confidence", confidence.into());
            let fifth = [20, 40, 60, 80].iter().filter(|low| confidence >= **low);
            add(&format!("confidence_{}", fifth.count()), Decimal::ONE);
            let bias = format!("{:?}", opinion.bias).to_lowercase();
            add(&bias, Decimal::ONE);
            let entered = vote.action == Action::Enter;
            add(if entered { "approved" } else { "rejected" }, Decimal::ONE);
        }
    }
}

fn add_result_of_agents(facts: &Facts, position: &Position, sums: &mut Sums) {
    let PositionState::Closed(outcome) = &position.state else {
        return;
    };
    let Some((vote, _)) = voted(facts, position.engine, position.signal_id) else {
        return;
    };
    let net = outcome.realized.net_usd.0;
    let won = net > Decimal::ZERO;
    for one in &vote.contributions {
        let support = one.support();
        let mut add = adding_to(one.agent.as_str(), sums);
        let bin = [20.0, 40.0, 60.0, 80.0]
            .iter()
            .filter(|low| support >= **low)
            .count();
        add(&format!("bin_{bin}"), Decimal::ONE);
        add(&format!("bin_{bin}_wins"), u8::from(won).into());
        if support > 50.0 {
            add("positions", Decimal::ONE);
            add("wins", u8::from(won).into());
            add(if won { "won_usd" } else { "lost_usd" }, net);
        }
        if (support - 50.0).abs() > 0.1 {
            add("sides", Decimal::ONE);
            add("sides_right", u8::from((support > 50.0) == won).into());
        }
    }
}

fn adding_to<'a>(agent: &str, sums: &'a mut Sums) -> impl FnMut(&str, Decimal) + 'a {
    let row = sums.entry(("ROLLUP#AGENTS".to_owned(), agent.to_owned()));
    let row = row.or_default();
    move |name, amount| *row.entry(name.to_owned()).or_default() += amount
}
