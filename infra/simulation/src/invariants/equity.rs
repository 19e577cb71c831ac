//! Each point of an equity curve adds up, and what it calls realized is what had been closed.

use chrono::TimeDelta;
use domain::{Engine, EquityPoint, ExitReason, Outcome, PositionState};
use rust_decimal::Decimal;

use super::{Facts, Findings, Violation};

/// More closes within that time than this aren't tried in every combination.
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

/// Whether what is called realized is everything that surely was written before the point's minute,
/// and some of what closed shortly before or within it. A settlement is dated at the expiration and written later, maybe days
/// later, so any of those that are due may be in it or not.
fn was_closed(facts: &Facts, point: &EquityPoint) -> bool {
    let begin = point.at - facts.written_within;
    let end = point.at + TimeDelta::minutes(1);
    let (mut surely, mut perhaps) = (Decimal::ZERO, Vec::new());
    for outcome in closes(facts, point.engine) {
        let net = outcome.realized.net_usd.0;
        if outcome.closed_at < begin && outcome.exit_reason != ExitReason::Expired {
            surely += net;
        } else if outcome.closed_at < end {
            perhaps.push(net);
        }
    }
    perhaps.len() > COMBINED_MAX || is_some_of(&perhaps, point.realized_usd.0 - surely)
}

fn closes(facts: &Facts, engine: Engine) -> impl Iterator<Item = &Outcome> {
    let own = facts.positions.iter().filter(move |it| it.engine == engine);
    own.filter_map(|position| match &position.record.state {
        PositionState::Closed(outcome) => Some(outcome),
        _ => None,
    })
}

fn is_some_of(amounts: &[Decimal], sum: Decimal) -> bool {
    match amounts {
        [] => sum.is_zero(),
        [first, rest @ ..] => is_some_of(rest, sum) || is_some_of(rest, sum - first),
    }
}
