//! How dead letters are shown, to people and to programs. A body that isn't one of ours may hold
//! anything, a secret too: of that only its size is told, unless it is asked for.

use std::process::ExitCode;

use chrono::{DateTime, Utc};
use domain::WorkKey;
use local_stack::wall_clock::{SystemWallClock, WallClock as _};
use runtime::queues::PositionPage;
use serde_json::{Value, json};

use super::super::Outcome;
use super::letters::Letter;
use super::pairs::Pair;
use super::redrive::{Moved, Wanted};

/// One dead-letter queue.
pub(super) struct Row<'a> {
    pair: &'a Pair,
    messages: u64,
    looked_at: usize,
    oldest: Option<DateTime<Utc>>,
}

impl<'a> Row<'a> {
    pub(super) fn new(pair: &'a Pair, messages: u64, looked_at: &[Letter]) -> Self {
        Self {
            pair,
            messages,
            looked_at: looked_at.len(),
            oldest: looked_at.iter().filter_map(|letter| letter.sent_at).min(),
        }
    }

    pub(super) fn line(&self) -> String {
        let (queue, of) = (&self.pair.dead_letters, &self.pair.queue);
        if self.messages == 0 {
            return format!("{queue}  empty  (of {of})");
        }
        let oldest = self.oldest.map_or_else(
            || "nobody can look at them right now".to_owned(),
            |at| format!("the oldest sent {} ago", span(age_s(at))),
        );
        let looked_at = self.looked_at;
        let among = if self.messages > looked_at as u64 && looked_at > 0 {
            format!(" (of {looked_at} that were looked at)")
        } else {
            String::new()
        };
        format!(
            "{queue}  {} of {of}, {oldest}{among}",
            counted(self.messages)
        )
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "dead_letters": self.pair.dead_letters,
            "queue": self.pair.queue,
            "messages": self.messages,
            "looked_at": self.looked_at,
            "oldest_sent_at": self.oldest,
            "oldest_age_s": self.oldest.map(age_s),
        })
    }
}

/// Seconds since then, in the time by which SQS goes.
fn age_s(at: DateTime<Utc>) -> i64 {
    (SystemWallClock.now_ms() - at.timestamp_millis()).max(0) / 1000
}

fn span(seconds: i64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// What a body is about: the work or the positions that it names.
enum Subject {
    Work(WorkKey),
    Positions(PositionPage),
    Unknown,
}

impl Subject {
    fn of(body: &str) -> Self {
        let work = serde_json::from_str(body).map(Self::Work);
        let page = || serde_json::from_str(body).map(Self::Positions);
        work.or_else(|_| page()).unwrap_or(Self::Unknown)
    }

    fn signals(&self) -> Vec<String> {
        match self {
            Self::Work(work) => vec![work.signal_id.to_string()],
            Self::Positions(page) => {
                let ids = page.positions.iter().map(|key| key.signal_id.to_string());
                ids.collect()
            }
            Self::Unknown => Vec::new(),
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Work(work) => {
                format!(
                    "signal {}, engine {}, {}",
                    work.signal_id, work.engine, work.leg
                )
            }
            Self::Positions(page) => format!("{} positions", page.positions.len()),
            Self::Unknown => "not one of ours".to_owned(),
        }
    }
}

/// The body, if it is one of ours or is asked for.
fn body(letter: &Letter, subject: &Subject, raw: bool) -> Option<String> {
    let is_ours = !matches!(subject, Subject::Unknown);
    (is_ours || raw).then(|| letter.body.clone())
}

pub(super) fn letters(pair: &Pair, letters: &[Letter], raw: bool, as_json: bool) -> Outcome {
    if as_json {
        let all: Vec<_> = letters
            .iter()
            .map(|letter| letter_json(letter, raw))
            .collect();
        say(&json!({ "dead_letters": pair.dead_letters, "queue": pair.queue, "messages": all }))?;
    } else if letters.is_empty() {
        println!("{} is empty", pair.dead_letters);
    } else {
        for letter in letters {
            println!("{}", letter_lines(letter, raw));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn letter_lines(letter: &Letter, raw: bool) -> String {
    let subject = Subject::of(&letter.body);
    let sent = letter.sent_at.map_or_else(
        || "at some time".to_owned(),
        |at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
    );
    let (id, receives, words) = (&letter.id, letter.receives, subject.words());
    let body = body(letter, &subject, raw);
    let body = body.unwrap_or_else(|| format!("{} bytes; --raw shows them", letter.body.len()));
    format!("{id}  {words}\n  received {receives} times, sent {sent}\n  {body}")
}

fn letter_json(letter: &Letter, raw: bool) -> Value {
    let subject = Subject::of(&letter.body);
    json!({
        "message_id": letter.id,
        "receives": letter.receives,
        "sent_at": letter.sent_at,
        "signal_ids": subject.signals(),
        "is_ours": !matches!(subject, Subject::Unknown),
        "body": body(letter, &subject, raw),
        "body_bytes": letter.body.len(),
    })
}

/// What would be moved.
pub(super) fn plan(pair: &Pair, wanted: &Wanted, letters: &[Letter], as_json: bool) -> Outcome {
    if as_json {
        let ids: Vec<_> = letters.iter().map(|letter| &letter.id).collect();
        say(&json!({ "from": pair.dead_letters, "to": pair.queue, "would_move": ids }))?;
    } else {
        for letter in letters {
            println!("{}  {}", letter.id, Subject::of(&letter.body).words());
        }
        let (count, from, to) = (letters.len(), &pair.dead_letters, &pair.queue);
        println!("{count} would go from {from} to {to}; --yes sends them");
    }
    Ok(found(wanted, letters.len()))
}

/// What was moved.
pub(super) fn moved(pair: &Pair, wanted: &Wanted, moved: &Moved, as_json: bool) -> Outcome {
    let (from, to) = (&pair.dead_letters, &pair.queue);
    if as_json {
        let failed = moved.failed.iter();
        let failed: Vec<_> = failed
            .map(|(id, error)| json!({ "message_id": id, "error": error }))
            .collect();
        say(&json!({ "from": from, "to": to, "moved": moved.moved, "failed": failed }))?;
    } else {
        let (count, failed) = (moved.moved.len(), moved.failed.len());
        println!("{count} went from {from} to {to}, {failed} failed");
    }
    if moved.failed.is_empty() {
        Ok(found(wanted, moved.moved.len()))
    } else {
        Ok(ExitCode::FAILURE)
    }
}

/// A message that was asked for and isn't there is a failure.
fn found(wanted: &Wanted, count: usize) -> ExitCode {
    match &wanted.message {
        Some(id) if count == 0 => {
            eprintln!("parallax: there is no message {id}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

fn say(report: &Value) -> serde_json::Result<()> {
    println!("{}", serde_json::to_string_pretty(report)?);
    Ok(())
}

fn counted(messages: u64) -> String {
    match messages {
        1 => "1 message".to_owned(),
        more => format!("{more} messages"),
    }
}
