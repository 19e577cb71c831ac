//! What each agent said, and what became of it: its row of the roll-ups.
//!
//! An agent's own trades are Engine B's closed positions that it supported. It was right where it
//! took a side and the net result took the same.

use std::collections::BTreeMap;

use decisions::experiment::Stance;
use domain::opinion::{AgentName, Bias};
use domain::vote::{Action, Contribution};
use domain::{Assignment, Decision, Engine, Opinions, Outcome, Position, SignalId, Vote};
use rust_decimal::Decimal;

use super::{Additions, Finished, Ledger};
use crate::batches;
use crate::error::StorageError;
use crate::item::{Item, Record, decode, number_of, text_of};
use crate::keys::Key;
use crate::opinions::{self, StoredOpinions};

const AGENTS: &str = "ROLLUP#AGENTS";
/// Bins of the support, each 20 points wide.
const BINS: usize = 5;
const BIN_HALVES: u32 = 40;
const BIN_NAMES: [[&str; 2]; BINS] = [
    ["bin_0", "bin_0_wins"],
    ["bin_1", "bin_1_wins"],
    ["bin_2", "bin_2_wins"],
    ["bin_3", "bin_3_wins"],
    ["bin_4", "bin_4_wins"],
];

/// Counts of the confidence, in fifths of 0 to 100 points.
const CONFIDENCE_NAMES: [&str; BINS] = [
    "confidence_0",
    "confidence_1",
    "confidence_2",
    "confidence_3",
    "confidence_4",
];
const FIFTH_POINTS: u32 = 20;

/// An agent's performance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgentRow {
    /// Its name.
    pub agent: String,
    /// Signals on which it had an opinion.
    pub signals: u64,
    /// Those that the committee wanted to enter.
    pub approved: u64,
    /// Those that it didn't.
    pub rejected: u64,
    /// Sum of its confidence.
    pub confidence: Decimal,
    /// Opinions by its confidence, in fifths from 0 to 100.
    pub confidences: [u64; BINS],
    /// Opinions that the underlying rises, falls, and neither.
    pub biases: Biases,
    /// Closed positions that it had supported.
    pub positions: u64,
    /// Those that gained, net.
    pub wins: u64,
    /// Sum of their net gains.
    pub won_usd: Decimal,
    /// Sum of the net losses, not positive.
    pub lost_usd: Decimal,
    /// Closed positions on which it had taken a side.
    pub sides: u64,
    /// Those on which it was right.
    pub right: u64,
    /// Closed positions by its support, in fifths from 0 to 100, and those of them that gained.
    pub calibration: [(u64, u64); BINS],
}

/// Opinions by which way they look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Biases {
    /// Up.
    pub bullish: u64,
    /// Down.
    pub bearish: u64,
    /// Neither.
    pub neutral: u64,
}

/// What was heard and decided on the signals of a batch.
pub(super) struct Voices(BTreeMap<SignalId, Voice>);

#[derive(Default)]
struct Voice {
    vote: Option<Vote>,
    opinions: Option<Opinions>,
}

impl Ledger {
    /// The performance of every agent that ever had an opinion.
    pub async fn agent_rows(&self) -> Result<Vec<AgentRow>, StorageError> {
        let items = self.rows(AGENTS, "").await?;
        Ok(items.iter().map(agent_row).collect())
    }

    /// Reads what was said of the signals of Engine B's events among these.
    pub(super) async fn voices(
        &self,
        events: impl Iterator<Item = &Finished>,
    ) -> Result<Voices, StorageError> {
        let of_b = events.filter(|finished| finished.engine() == Engine::B);
        let mut of_b: Vec<SignalId> = of_b.map(Finished::signal_id).collect();
        of_b.sort_unstable();
        of_b.dedup();
        let keys = of_b.iter().flat_map(|id| {
            let decision = Key::in_trace(*id, format!("{}#B", Decision::KIND));
            [decision, opinions::key(*id, Engine::B)]
        });
        let keys: Vec<Item> = keys.map(|key| batches::item_key(&key)).collect();
        let found = batches::read(&self.client, &self.table, keys, true).await?;
        let mut voices = BTreeMap::<SignalId, Voice>::new();
        for item in found {
            let Some(id) = text_of(&item, "signal_id").and_then(|id| id.parse().ok()) else {
                continue;
            };
            let voice = voices.entry(id).or_default();
            if text_of(&item, "kind") == Some(StoredOpinions::KIND) {
                voice.opinions = Some(opinions::read(item)?);
            } else {
                voice.vote = decode::<Decision>(item)?.record.vote;
            }
        }
        Ok(Voices(voices))
    }
}

impl Voices {
    /// A finished task: what each agent had said, and what the committee wanted.
    pub(super) fn add_opinions(&self, assignment: &Assignment, additions: &mut Additions) {
        let Some((vote, opinions)) = self.of(assignment.engine, assignment.signal_id) else {
            return;
        };
        let outcome = match vote.action {
            Action::Enter => "approved",
            Action::Skip | Action::Reject => "rejected",
        };
        for heard in &opinions.heard {
            let Some(opinion) = heard.answer.opinion() else {
                continue;
            };
            let confidence = Decimal::from(opinion.confidence.get());
            let amounts = [
                ("signals", Decimal::ONE),
                (outcome, Decimal::ONE),
                ("confidence", confidence),
                (bias_name(opinion.bias), Decimal::ONE),
                (confidence_name(opinion.confidence.get()), Decimal::ONE),
            ];
            add(&heard.agent, amounts, additions);
        }
    }

    /// A closed position: who had supported it.
    pub(super) fn add_result(
        &self,
        position: &Position,
        outcome: &Outcome,
        additions: &mut Additions,
    ) {
        let Some((vote, _)) = self.of(position.engine, position.signal_id) else {
            return;
        };
        let net = outcome.realized.net_usd.0;
        for contribution in &vote.contributions {
            add(&contribution.agent, judged(contribution, net), additions);
            if Stance::of(contribution.support_halves) == Stance::Supports {
                add(&contribution.agent, own_trade(net), additions);
            }
        }
    }

    fn of(&self, engine: Engine, signal_id: SignalId) -> Option<(&Vote, &Opinions)> {
        let voice = self.0.get(&signal_id).filter(|_| engine == Engine::B)?;
        voice.vote.as_ref().zip(voice.opinions.as_ref())
    }
}

fn bias_name(bias: Bias) -> &'static str {
    match bias {
        Bias::Bullish => "bullish",
        Bias::Bearish => "bearish",
        Bias::Neutral => "neutral",
    }
}

/// The fifth of a confidence; 100 belongs to the last.
fn confidence_name(points: u32) -> &'static str {
    let fifth = usize::try_from(points / FIFTH_POINTS).unwrap_or(BINS);
    CONFIDENCE_NAMES[fifth.min(BINS - 1)]
}

/// How right an agent was, and how its support goes with gains.
fn judged(contribution: &Contribution, net: Decimal) -> [(&'static str, Decimal); 4] {
    let halves = contribution.support_halves;
    let won = net > Decimal::ZERO;
    let is_right = Stance::of(halves).is_right(won);
    let bin = usize::try_from(halves / BIN_HALVES)
        .unwrap_or(BINS)
        .min(BINS - 1);
    let [count, wins] = BIN_NAMES[bin];
    [
        ("sides", flag(is_right.is_some())),
        ("sides_right", flag(is_right == Some(true))),
        (count, Decimal::ONE),
        (wins, flag(won)),
    ]
}

fn own_trade(net: Decimal) -> [(&'static str, Decimal); 4] {
    [
        ("positions", Decimal::ONE),
        ("wins", flag(net > Decimal::ZERO)),
        ("won_usd", net.max(Decimal::ZERO)),
        ("lost_usd", net.min(Decimal::ZERO)),
    ]
}

fn flag(holds: bool) -> Decimal {
    Decimal::from(u8::from(holds))
}

fn add<const N: usize>(
    agent: &AgentName,
    amounts: [(&'static str, Decimal); N],
    additions: &mut Additions,
) {
    let row = additions.entry((AGENTS, agent.to_string())).or_default();
    for (name, amount) in amounts {
        *row.entry(name).or_default() += amount;
    }
}

fn agent_row(item: &Item) -> AgentRow {
    let sum = |name| number_of(item, name).unwrap_or_default();
    let count = |name| number_of(item, name).unwrap_or_default();
    AgentRow {
        agent: text_of(item, "sk").unwrap_or_default().to_owned(),
        signals: count("signals"),
        approved: count("approved"),
        rejected: count("rejected"),
        confidence: sum("confidence"),
        confidences: CONFIDENCE_NAMES.map(count),
        biases: Biases {
            bullish: count("bullish"),
            bearish: count("bearish"),
            neutral: count("neutral"),
        },
        positions: count("positions"),
        wins: count("wins"),
        won_usd: sum("won_usd"),
        lost_usd: sum("lost_usd"),
        sides: count("sides"),
        right: count("sides_right"),
        calibration: BIN_NAMES.map(|[all, wins]| (count(all), count(wins))),
    }
}
