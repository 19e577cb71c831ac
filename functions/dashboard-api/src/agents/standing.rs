//! How each agent stands: its row of the roll-ups, its weight, and what the committee would have
//! done without it.

use decisions::agents::{Agent, COMMITTEE, weight_of};
use decisions::experiment::SignalOutcome;
use domain::settings::CommitteeRules;
use domain::{Engine, Flag, Percent, Settings, Usd};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use storage::ledger::AgentRow;

use super::voted::{Voted, again, enters, net_usd};
use super::{
    AgentStanding, AgentsShown, BiasCounts, CalibrationBin, ConfidenceBin, LeaveOneOut, VetoEntry,
};
use crate::problem::Problem;
use crate::sources::Shared;

/// Days of signals that are voted on again.
const DAYS: u32 = 30;
/// Signals that are voted on again: the newest.
const SIGNALS_MAX: usize = 300;
/// Points in a fifth of the scale.
const BIN_POINTS: u32 = 20;

/// The committee as it stands; kept for a minute.
pub(super) async fn read(sources: &Shared) -> Result<AgentsShown, Problem> {
    let settings = sources.settings.current().await?;
    let key = (settings.versions.committee, settings.versions.feature_flags);
    if let Some(kept) = sources.committees.kept(&key) {
        return Ok(kept);
    }
    let rows = sources.ledger.agent_rows().await?;
    let voted = Voted::read(sources, DAYS, SIGNALS_MAX).await?;
    let shown = shown(&settings, &rows, &voted.signals);
    sources.committees.keep(key, shown.clone());
    Ok(shown)
}

fn shown(settings: &Settings, rows: &[AgentRow], signals: &[SignalOutcome]) -> AgentsShown {
    let rules = &settings.committee;
    let agents = COMMITTEE.iter().map(|agent| {
        let name = agent.name();
        let row = rows.iter().find(|row| row.agent == name.as_str());
        let without = leave_one_out(*agent, rules, signals);
        standing(*agent, settings, &row.cloned().unwrap_or_default(), without)
    });
    AgentsShown {
        enter_at_points: rules.enter_at_points,
        veto_above_points: rules.veto_above_points,
        agents: agents.collect(),
        vetoes: signals
            .iter()
            .rev()
            .filter_map(|it| veto(it, rules))
            .collect(),
        revoted: count(signals.len()),
    }
}

fn standing(
    agent: &dyn Agent,
    settings: &Settings,
    row: &AgentRow,
    leave_one_out: Option<LeaveOneOut>,
) -> AgentStanding {
    let flag = agent.flag();
    let average = row.confidence.checked_div(Decimal::from(row.signals));
    AgentStanding {
        agent: agent.name(),
        kind: agent.kind(),
        weight: weight_of(&agent.name(), &settings.committee),
        on: settings.flags.is_on(flag.unwrap_or(Flag::VariantB)),
        flag: flag.map(Flag::name),
        signals: row.signals,
        approved: row.approved,
        rejected: row.rejected,
        average_confidence: average.and_then(|it| it.round_dp(1).to_f64()),
        confidences: confidences(row),
        biases: BiasCounts {
            bullish: row.biases.bullish,
            bearish: row.biases.bearish,
            neutral: row.biases.neutral,
        },
        positions: row.positions,
        wins: row.wins,
        won_usd: Usd(row.won_usd),
        lost_usd: Usd(row.lost_usd),
        sides: row.sides,
        right: row.right,
        right_percent: Percent::of(row.right, row.sides),
        calibration: calibration(row),
        leave_one_out,
    }
}

fn confidences(row: &AgentRow) -> Vec<ConfidenceBin> {
    let bins = fifths(row.confidences);
    bins.map(|(from, to, opinions)| ConfidenceBin { from, to, opinions })
        .collect()
}

fn calibration(row: &AgentRow) -> Vec<CalibrationBin> {
    let bins = fifths(row.calibration);
    bins.map(|(from, to, (positions, wins))| CalibrationBin {
        from,
        to,
        positions,
        wins,
        win_rate_percent: Percent::of(wins, positions),
    })
    .collect()
}

/// What there is of each fifth of the scale, with the points from which and to which it goes.
fn fifths<T>(of_each: impl IntoIterator<Item = T>) -> impl Iterator<Item = (u32, u32, T)> {
    let starts = (0_u32..).map(|fifth| fifth * BIN_POINTS);
    let fifths = starts.zip(of_each);
    fifths.map(|(from, of_it)| (from, from + BIN_POINTS, of_it))
}

/// The votes again with the agent's weight at zero; none where there is nothing to vote on.
fn leave_one_out(
    agent: &dyn Agent,
    rules: &CommitteeRules,
    signals: &[SignalOutcome],
) -> Option<LeaveOneOut> {
    let mut without = rules.clone();
    without.weights.insert(agent.name(), 0);
    let moved = |signal: &&SignalOutcome| enters(signal, rules) != enters(signal, &without);
    let moved: Vec<&SignalOutcome> = signals.iter().filter(moved).collect();
    let (lost, new): (Vec<_>, Vec<_>) = moved.iter().partition(|it| enters(it, rules));
    let net = |those: &[&SignalOutcome], engine| {
        let known = those.iter().filter_map(|it| net_usd(it, engine));
        known.sum::<Usd>()
    };
    (!signals.is_empty()).then(|| LeaveOneOut {
        changed: count(moved.len()),
        lost_entries: count(lost.len()),
        lost_entries_net_usd: net(&lost, Engine::B),
        new_entries: count(new.len()),
        new_entries_net_usd: net(&new, Engine::A),
    })
}

fn veto(signal: &SignalOutcome, rules: &CommitteeRules) -> Option<VetoEntry> {
    let veto = again(signal, rules)?.veto?;
    Some(VetoEntry {
        signal_id: signal.signal_id,
        received_at: signal.received_at,
        direction: signal.direction,
        agent: veto.agent,
        rejection: veto.rejection,
        engine_a_net_usd: net_usd(signal, Engine::A),
    })
}

pub(super) fn count(of: usize) -> u64 {
    u64::try_from(of).unwrap_or(u64::MAX)
}
