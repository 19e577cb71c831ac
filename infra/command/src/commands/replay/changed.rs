//! What would have been decided under other weights and flags.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use decisions::agents::unknown_weights;
use domain::settings::CommitteeRules;
use domain::vote::Action;
use domain::{Engine, Flags, Settings, Usd};
use history::{Changes, History, ReplayError, Revoted};
use runtime::Surroundings;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use storage::SettingsTable;

use crate::commands::Outcome;

/// Signals whose votes are listed one by one.
const LISTED: usize = 20;
/// How often progress is told.
const PROGRESS_EVERY: usize = 200;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The rules and flags of the files, laid over those in force; refused if they couldn't be used.
pub(super) async fn read(
    (weights, flags): (Option<&Path>, Option<&Path>),
    surroundings: &Surroundings,
) -> Result<Changes, Failure> {
    let Surroundings {
        aws,
        environment,
        configuration,
        ..
    } = surroundings;
    let current = SettingsTable::new(aws, environment, configuration)?
        .current()
        .await?;
    let committee: Option<CommitteeRules> = weights
        .map(|file| laid_over(&*current.committee, file))
        .transpose()?;
    let flags: Option<Flags> = flags
        .map(|file| laid_over(&current.flags, file))
        .transpose()?;
    let mut settings = Settings::default();
    if let Some(committee) = &committee {
        *settings.committee = committee.clone();
    }
    let mut problems = settings.problems();
    problems.extend(unknown_weights(&settings.committee));
    problems.extend(flags.map(|flags| flags.problems()).unwrap_or_default());
    if let Some(problem) = problems.first() {
        return Err(problem.to_string().into());
    }
    Ok(Changes { committee, flags })
}

fn laid_over<T: Serialize + DeserializeOwned>(base: &T, file: &Path) -> Result<T, Failure> {
    let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let text = std::fs::read_to_string(file).map_err(|error| wrong(&error))?;
    let fields: serde_json::Map<String, Value> =
        serde_json::from_str(&text).map_err(|error| wrong(&error))?;
    let mut whole = serde_json::to_value(base)?;
    if let Some(object) = whole.as_object_mut() {
        object.extend(fields);
    }
    serde_json::from_value(whole).map_err(|error| wrong(&error).into())
}

/// Votes again, and what that took.
#[derive(Default)]
struct Tally {
    signals: usize,
    without_vote: usize,
    not_replayable: usize,
    votes: Vec<Revoted>,
    deciding: Duration,
}

pub(super) async fn run(
    history: &History,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    changes: &Changes,
    as_json: bool,
) -> Outcome {
    let ids = history
        .signals(from, to + chrono::TimeDelta::seconds(1))
        .await?;
    let mut tally = Tally::default();
    for id in &ids {
        tally.signals += 1;
        progress(tally.signals, ids.len());
        match history.voted(*id).await {
            Ok(Some((made, outcome))) => {
                let started = Instant::now();
                let vote = made.revote(changes);
                tally.deciding += started.elapsed();
                tally
                    .votes
                    .extend(vote.map(|vote| Revoted { outcome, ..vote }));
            }
            Ok(None) => tally.without_vote += 1,
            Err(ReplayError::NotReplayable(_)) => tally.not_replayable += 1,
            Err(error) => return Err(error.into()),
        }
    }
    if as_json {
        println!("{}", serde_json::to_string_pretty(&tally.json())?);
    } else {
        tally.tell();
    }
    Ok(ExitCode::SUCCESS)
}

fn progress(done: usize, all: usize) {
    if std::io::stderr().is_terminal() && (done.is_multiple_of(PROGRESS_EVERY) || done == all) {
        eprint!("\r{done} of {all} signals");
        let _ = std::io::stderr().flush();
        if done == all {
            eprintln!();
        }
    }
}

impl Tally {
    /// How many votes went from what to what.
    fn moves(&self) -> BTreeMap<(&'static str, &'static str), usize> {
        let mut moves = BTreeMap::new();
        for vote in &self.votes {
            *moves
                .entry((vote.then.0.name(), vote.now.0.name()))
                .or_default() += 1;
        }
        moves
    }

    fn changed(&self) -> impl Iterator<Item = &Revoted> {
        self.votes.iter().filter(|vote| vote.then.0 != vote.now.0)
    }

    /// The known results of entries that would not have been made, and of those that would.
    fn results(&self) -> [(usize, Usd); 2] {
        let mut left_out = (0, Usd::ZERO);
        let mut taken_up = (0, Usd::ZERO);
        for vote in self.changed() {
            let (side, engine) = match (vote.then.0, vote.now.0) {
                (Action::Enter, _) => (&mut left_out, Engine::B),
                (_, Action::Enter) => (&mut taken_up, Engine::A),
                _ => continue,
            };
            if let Some(net) = vote.net_usd(engine) {
                *side = (side.0 + 1, side.1 + net);
            }
        }
        [left_out, taken_up]
    }

    fn tell(&self) {
        let (votes, signals) = (self.votes.len(), self.signals);
        println!("{signals} signals, {votes} votes taken again");
        for (count, why) in [
            (self.without_vote, "without a vote of Engine B"),
            (
                self.not_replayable,
                "that can't be voted on again: what they were made on isn't kept",
            ),
        ] {
            if count > 0 {
                println!("{count} {why}");
            }
        }
        for ((then, now), count) in self.moves() {
            println!("  {then:<6} -> {now:<6} {count:>6}");
        }
        let [(left, lost), (taken, won)] = self.results();
        println!("entries left out that have closed: {left}, net {lost}");
        println!("entries taken up whose signal Engine A closed: {taken}, net {won} there");
        for vote in self.changed().take(LISTED) {
            let confidence = |it: Option<domain::vote::Confidence>| {
                it.map_or_else(|| "-".to_owned(), |it| it.to_string())
            };
            let ((then, before), (now, after)) = (vote.then, vote.now);
            let (before, after) = (confidence(before), confidence(after));
            println!("  {}  {then} {before} -> {now} {after}", vote.signal_id);
        }
        let us = self.deciding.as_micros() / u128::try_from(votes.max(1)).unwrap_or(1);
        println!("deciding took {us} µs a vote, reading apart");
    }

    fn json(&self) -> Value {
        let [(left, lost), (taken, won)] = self.results();
        let moves: Vec<Value> = self
            .moves()
            .into_iter()
            .map(|((then, now), count)| json!({ "then": then, "now": now, "votes": count }))
            .collect();
        let changed: Vec<Value> = self
            .changed()
            .map(|vote| {
                json!({
                    "signal_id": vote.signal_id,
                    "then": { "action": vote.then.0, "confidence": vote.then.1 },
                    "now": { "action": vote.now.0, "confidence": vote.now.1 },
                })
            })
            .collect();
        json!({
            "signals": self.signals,
            "votes": self.votes.len(),
            "without_vote": self.without_vote,
            "not_replayable": self.not_replayable,
            "moves": moves,
            "left_out": { "closed": left, "net_usd": lost },
            "taken_up": { "closed_by_engine_a": taken, "net_usd_there": won },
            "changed": changed,
        })
    }
}
