//! Each point of an equity curve adds up, and what it calls realized is what had been closed.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Engine, EquityPoint, PositionState};
use rust_decimal::Decimal;

use super::{Facts, Findings, Violation};

/// More closes within a minute than this aren't tried in every combination.
const COMBINED_MAX: usize = 12;

pub(super) fn violations(facts: &Facts, capital: Decimal) -> Vec<Violation> {
    let mut findings = Findings::of("equity");
    for point in &facts.equity {
        let (realized, unrealized) = (point.realized_usd.0, point.unrealized_usd.0);
        findings.expect(
            point.equity_usd.0 == capital + realized + unrealized,
            || format!("{point:?} doesn't add up"),
        );
        findings.expect(was_closed(facts, point), || {
            format!(
                "{} of {realized} at {} was never realized",
                point.engine, point.at
            )
        });
    }
    findings.close()
}

/// Whether what is called realized is everything that closed before the point's minute, and some
/// of what closed within it.
fn was_closed(facts: &Facts, point: &EquityPoint) -> bool {
    let end = point.at + TimeDelta::minutes(1);
    let closes = closes(facts, point.engine);
    let before = closes.iter().filter(|(at, _)| *at < point.at);
    let before: Decimal = before.map(|(_, net)| *net).sum();
    let within = closes.iter().filter(|(at, _)| (point.at..end).contains(at));
    let within: Vec<Decimal> = within.map(|(_, net)| *net).collect();
    within.len() > COMBINED_MAX || is_some_of(&within, point.realized_usd.0 - before)
}

fn closes(facts: &Facts, engine: Engine) -> Vec<(DateTime<Utc>, Decimal)> {
    let own = facts.positions.iter().filter(|it| it.engine == engine);
    own.filter_map(|position| match &position.state {
        PositionState::Closed(outcome) => Some((outcome.closed_at, outcome.realized.net_usd.0)),
        _ => None,
    })
    .collect()
}

fn is_some_of(amounts: &[Decimal], sum: Decimal) -> bool {
    match amounts {
        [] => sum.is_zero(),
        [first, rest @ ..] => is_some_of(rest, sum) || is_some_of(rest, sum - first),
    }
}
