//! What was studied, and the verdict.

use super::numbers::{counted, percent_range, probability_is, signed_percent};
use crate::experiment::comparison::{Comparison, Reading, Verdict, Withholding};
use crate::experiment::lacks::Lack;
use crate::experiment::report::{Report, Study};

/// Which experiment, and how far it has come.
pub(super) fn study(report: &Report) -> String {
    let study = &report.study;
    let name = match &study.experiment_id {
        Some(id) => format!("Experiment {id}"),
        None => "Signals outside an experiment".to_owned(),
    };
    let mode = study.mode.map(|mode| mode.to_string());
    let first = std::iter::once(name).chain(mode).chain(span(study));
    let seen = format!(
        "{} on {}, seen {}",
        counted(study.signals, "signal"),
        counted(study.sessions, "trading day"),
        study.observed_at.format("%Y-%m-%d %H:%M UTC")
    );
    let hypothesis = study.hypothesis.as_ref();
    let lines = [first.collect::<Vec<_>>().join(", "), seen];
    let expected = hypothesis.map(|words| format!("Expected: {words}"));
    lines
        .into_iter()
        .chain(expected)
        .collect::<Vec<_>>()
        .join("\n")
}

fn span(study: &Study) -> Option<String> {
    let began = study.started_at?.format("%Y-%m-%d");
    Some(match study.stopped_at {
        None => format!("running since {began}"),
        Some(ended) => format!("{began} to {}", ended.format("%Y-%m-%d")),
    })
}

/// The verdict, and why.
pub(super) fn verdict(report: &Report) -> String {
    match &report.comparison {
        Comparison::Withheld { why } => {
            let head =
                "VERDICT: withheld. A check failed, so no number of a comparison would hold.";
            listed(head, why.iter().map(withholding))
        }
        Comparison::NotEnoughData { why, reading } => {
            let lacks = why.iter().map(lack).chain(outlook(reading));
            listed("VERDICT: not enough data.", lacks)
        }
        Comparison::Measured { verdict, reading } => measured(*verdict, reading),
    }
}

/// The verdict as one sentence.
pub(super) fn sentence(report: &Report) -> String {
    match &report.comparison {
        Comparison::Withheld { .. } => {
            "Withheld: a check failed, so no number of a comparison would hold.".to_owned()
        }
        Comparison::NotEnoughData { reading, .. } => {
            let more = more_days(reading).filter(|_| reading.outlook.more_sessions != Some(0));
            said("Not enough data", leaning(report, reading), more)
        }
        Comparison::Measured { verdict, reading } => {
            let word = match verdict {
                Verdict::BIsBetter => "Engine B is better",
                Verdict::AIsBetter => "Engine A is better",
                Verdict::NoDifferenceShown => "No difference shown",
            };
            let open = (*verdict == Verdict::NoDifferenceShown).then(|| more_days(reading));
            said(word, leaning(report, reading), open.flatten())
        }
    }
}

fn said(verdict: &str, leaning: Option<String>, more: Option<String>) -> String {
    let leaning = leaning.map(|words| format!(": {words}"));
    let more = more.map(|words| format!("; {words}"));
    let (leaning, more) = (leaning.unwrap_or_default(), more.unwrap_or_default());
    format!("{verdict}{leaning}{more}.")
}

/// Who leads by how much, with the widest interval that holds for it.
fn leaning(report: &Report, reading: &Reading) -> Option<String> {
    let primary = &reading.primary;
    let anytime = primary.sequential.figures.known();
    let anytime = anytime.map(|it| (it.difference, it.interval));
    let by_day = primary
        .by_day
        .known()
        .map(|it| (it.difference, it.interval));
    let (difference, interval) = anytime.or(by_day)?;
    let leader = if difference < 0.0 { "A" } else { "B" };
    let lead = signed_percent(difference.abs());
    Some(format!(
        "{leader} leads by {} of the premium a signal, B less A {} with {:.0} % confidence",
        lead.trim_start_matches('+'),
        percent_range(interval),
        report.study.confidence * 100.0
    ))
}

/// How long it takes to see what was expected.
fn more_days(reading: &Reading) -> Option<String> {
    let outlook = &reading.outlook;
    let (effect, days) = outlook.expected_effect.zip(outlook.more_sessions)?;
    let effect = signed_percent(effect);
    let effect = effect.trim_start_matches('+');
    Some(match days {
        0 => format!("a difference of {effect} would show with what is there"),
        days => format!(
            "at this rate a difference of {effect} shows after {} more",
            counted(usize::try_from(days).unwrap_or(usize::MAX), "trading day")
        ),
    })
}

fn listed(head: &str, lines: impl Iterator<Item = String>) -> String {
    let lines = lines.map(|line| format!("  * {line}"));
    let all: Vec<String> = std::iter::once(head.to_owned()).chain(lines).collect();
    all.join("\n")
}

fn measured(verdict: Verdict, reading: &Reading) -> String {
    let head = match verdict {
        Verdict::BIsBetter => "VERDICT: Engine B is better.",
        Verdict::AIsBetter => "VERDICT: Engine A is better.",
        Verdict::NoDifferenceShown => "VERDICT: no difference shown.",
    };
    let promotion = match (verdict, reading.promotion.may_promote) {
        (Verdict::BIsBetter, true) => Some("B may be promoted.".to_owned()),
        (Verdict::BIsBetter, false) => {
            Some("B may not be promoted yet; see below what is in the way.".to_owned())
        }
        _ => None,
    };
    let lines = sequential(reading).into_iter();
    let detectable = (verdict == Verdict::NoDifferenceShown).then(|| outlook(reading));
    let rest = detectable.into_iter().flatten().chain(promotion);
    listed(head, lines.chain(rest))
}

fn sequential(reading: &Reading) -> Option<String> {
    let figures = reading.primary.sequential.figures.known()?;
    Some(format!(
        "B less A: {} of the premium for each signal (always-valid interval {}, {}).",
        signed_percent(figures.difference),
        percent_range(figures.interval),
        probability_is(figures.p)
    ))
}

/// What can be seen now, and how much more it takes.
fn outlook(reading: &Reading) -> Vec<String> {
    let outlook = &reading.outlook;
    let detectable = outlook.detectable.map(|effect| {
        format!(
            "A difference of {} or more either way would show with what is there (power {:.0} %, level {:.0} %); a smaller one may hide.",
            signed_percent(effect).trim_start_matches('+'),
            outlook.power * 100.0,
            outlook.alpha * 100.0
        )
    });
    let more = outlook.expected_effect.map(|effect| {
        let effect = signed_percent(effect);
        match (outlook.more_signals_per_engine, outlook.more_sessions) {
            (Some(0), Some(0)) => format!("That is enough to see the expected effect of {effect}."),
            (Some(signals), Some(sessions)) => format!(
                "For what was planned and the expected effect of {effect}, it takes about {signals} more signals per engine and {sessions} more trading days."
            ),
            _ => format!("How much the expected effect of {effect} takes can't be told yet."),
        }
    });
    detectable.into_iter().chain(more).collect()
}

fn withholding(why: &Withholding) -> String {
    match why {
        Withholding::SampleRatio {
            signals: [a, b],
            expected: [due_a, due_b],
            p,
        } => format!(
            "A has {a} signals and B {b}, where {due_a:.1} and {due_b:.1} were due ({}).",
            probability_is(*p)
        ),
        Withholding::Exposure(violation) => {
            let examples: Vec<String> =
                violation.examples.iter().map(ToString::to_string).collect();
            format!(
                "{} {}, such as {}.",
                counted(violation.signals, "signal"),
                violation.kind.words(),
                examples.join(", ")
            )
        }
    }
}

fn lack(lack: &Lack) -> String {
    match lack {
        Lack::NoExperiment => {
            "These signals belong to no experiment: nothing was planned, so nothing can be judged."
                .to_owned()
        }
        Lack::FewSignals {
            compared: [a, b],
            needed,
        } => format!(
            "A has {a} and B {b} finished signals to compare; below {needed} nothing is read from them."
        ),
        Lack::BelowPlannedSignals {
            compared: [a, b],
            planned,
        } => format!("A has {a} and B {b} of {planned} planned signals."),
        Lack::BelowPlannedSessions { sessions, planned } => {
            format!("There were {sessions} of {planned} planned trading days.")
        }
        Lack::NoSequentialTest { why } => {
            format!("The sequential test over complete trading days says nothing yet: {why}.")
        }
    }
}
