//! Signals on which the committee voted, with what came of them; and voting on them again. The
//! opinions are taken as they were said: only what they weigh differs.

use chrono::{DateTime, TimeDelta, Utc};
use decisions::experiment::{Fate, SignalOutcome};
use decisions::vote;
use domain::settings::CommitteeRules;
use domain::{Action, Engine, Usd, Vote};
use history::outcome_of;

use crate::problem::Problem;
use crate::sources::Shared;

/// What was voted on.
#[derive(Debug, Default)]
pub(super) struct Voted {
    /// The oldest first.
    pub(super) signals: Vec<SignalOutcome>,
    /// Whether there were more signals than are looked at.
    pub(super) truncated: bool,
}

impl Voted {
    /// The newest of the last `days` with a vote of Engine B, of `most` signals at most.
    pub(super) async fn read(sources: &Shared, days: u32, most: usize) -> Result<Self, Problem> {
        let now: DateTime<Utc> = sources.clock.now();
        let from = now - TimeDelta::days(days.into());
        let ids = sources
            .history
            .signals(from, now + TimeDelta::seconds(1))
            .await?;
        let newest = ids.len().saturating_sub(most);
        let mut signals = Vec::new();
        let each = |trace| signals.extend(outcome_of(&trace).filter(has_vote));
        sources.history.each_trace(&ids[newest..], each).await?;
        let truncated = newest > 0;
        Ok(Self { signals, truncated })
    }
}

fn has_vote(signal: &SignalOutcome) -> bool {
    let of_b = signal.by_engine.get(&Engine::B);
    of_b.is_some_and(|it| it.confidence.is_some() && !it.heard.is_empty())
}

/// The vote under these rules. A veto holds whatever the one who said it weighs.
pub(super) fn again(signal: &SignalOutcome, rules: &CommitteeRules) -> Option<Vote> {
    let heard = &signal.by_engine.get(&Engine::B)?.heard;
    Some(vote::count(signal.direction, heard, rules))
}

/// Whether the vote under these rules is to enter.
pub(super) fn enters(signal: &SignalOutcome, rules: &CommitteeRules) -> bool {
    again(signal, rules).is_some_and(|vote| vote.action == Action::Enter)
}

/// What an engine made on the signal, net; none unless it closed a position.
pub(super) fn net_usd(signal: &SignalOutcome, engine: Engine) -> Option<Usd> {
    match signal.by_engine.get(&engine)?.fate {
        Fate::Closed(trade) => Some(trade.net_usd),
        _ => None,
    }
}
