//! `parallax dlq`: the messages that were received too often, and the way back to their queues.

mod cloud;
mod letters;
mod pairs;
mod redrive;
mod shown;

use std::error::Error;
use std::process::ExitCode;

use aws_sdk_sqs::Client;
use clap::{Parser, Subcommand};
use local_stack::aws::AwsEndpoints;
use local_stack::stack::read_template;
use runtime::Environment;
use serde_json::json;

use super::stored::Stored;
use super::{DataDirArgument, Outcome, TEMPLATE};
use letters::{Letter, depth, peek};
use pairs::{Pair, named, pairs};
use redrive::Wanted;

type AnyError = Box<dyn Error + Send + Sync>;

/// Messages that `list` looks at to find the oldest.
const LISTED_MAX: u32 = 100;

/// Options of `dlq`.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    /// Print one JSON document.
    #[arg(long, global = true)]
    json: bool,
    /// The queues of this stack in the account of AWS that the environment names (`AWS_PROFILE`,
    /// `AWS_REGION`), instead of those of a stack on this machine.
    #[arg(long, value_name = "NAME", global = true, conflicts_with = "data_dir")]
    stack: Option<String>,
    #[command(flatten)]
    data_dir: DataDirArgument,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show every dead-letter queue: how much is in it, and how old (the default).
    List,
    /// Show messages of one, and leave them there.
    Show {
        /// The dead-letter queue, or the queue that it belongs to.
        queue: String,
        /// How many at most.
        #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=1000))]
        max: u32,
        /// Print bodies as they are, also those that aren't ours.
        #[arg(long)]
        raw: bool,
    },
    /// Send messages back to their queue, and take them out of this one. Without --yes it only
    /// says what it would do.
    Redrive {
        /// The dead-letter queue, or the queue that it belongs to.
        queue: String,
        /// How many at most; as many as there are unless told otherwise.
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
        max: Option<u32>,
        /// This message only, by the id that `show` prints.
        #[arg(long, value_name = "ID", conflicts_with = "max")]
        message: Option<String>,
        /// Do it.
        #[arg(long)]
        yes: bool,
    },
}

pub(super) async fn run(arguments: Arguments) -> Outcome {
    if let Some(stack) = &arguments.stack {
        let sqs = cloud::client().await;
        let template = read_template(TEMPLATE, &Environment::default(), &AwsEndpoints::nowhere())?;
        let pairs = cloud::pairs(&sqs, &template, stack).await?;
        return act(arguments, &sqs, &pairs).await;
    }
    let stored = Stored::of(&arguments.data_dir.data_dir).await?;
    let url_of = |name: &str| Ok(stored.endpoints.queue_url(name));
    let outcome = match pairs(&stored.template, url_of) {
        Ok(pairs) => act(arguments, &stored.endpoints.sqs_client(), &pairs).await,
        Err(error) => Err(error.into()),
    };
    stored.close().await?;
    outcome
}

async fn act(arguments: Arguments, sqs: &Client, pairs: &[Pair]) -> Outcome {
    let as_json = arguments.json;
    match arguments.action.unwrap_or(Action::List) {
        Action::List => list(sqs, pairs, as_json).await,
        Action::Show { queue, max, raw } => {
            let pair = named(pairs, &queue)?;
            let letters = peek(sqs, &pair.dead_letters_url, max).await?;
            shown::letters(pair, &letters, raw, as_json)
        }
        Action::Redrive {
            queue,
            max,
            message,
            yes,
        } => {
            let pair = named(pairs, &queue)?;
            let most = u64::from(max.unwrap_or(u32::MAX));
            // What comes back meanwhile isn't sent a second time.
            let there = depth(sqs, &pair.dead_letters_url).await?;
            let most = if message.is_some() {
                1
            } else {
                most.min(there)
            };
            let wanted = Wanted {
                message,
                most,
                there,
            };
            if yes {
                moved(sqs, pair, &wanted, as_json).await
            } else {
                planned(sqs, pair, &wanted, as_json).await
            }
        }
    }
}

async fn list(sqs: &Client, pairs: &[Pair], as_json: bool) -> Outcome {
    let mut rows = Vec::new();
    for pair in pairs {
        let messages = depth(sqs, &pair.dead_letters_url).await?;
        let looked_at = peek_some(sqs, pair, messages).await?;
        rows.push(shown::Row::new(pair, messages, &looked_at));
    }
    if as_json {
        let rows: Vec<_> = rows.iter().map(shown::Row::json).collect();
        println!(
            "{}",
            serde_json::to_string_pretty(&json!({ "queues": rows }))?
        );
    } else {
        for row in &rows {
            println!("{}", row.line());
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn peek_some(sqs: &Client, pair: &Pair, messages: u64) -> Result<Vec<Letter>, AnyError> {
    if messages == 0 {
        return Ok(Vec::new());
    }
    peek(sqs, &pair.dead_letters_url, LISTED_MAX).await
}

/// Says what would be moved.
async fn planned(sqs: &Client, pair: &Pair, wanted: &Wanted, as_json: bool) -> Outcome {
    let all = u32::try_from(wanted.there).unwrap_or(u32::MAX);
    let mut letters = peek(sqs, &pair.dead_letters_url, all).await?;
    letters.retain(|letter| wanted.is(letter));
    letters.truncate(usize::try_from(wanted.most).unwrap_or(usize::MAX));
    shown::plan(pair, wanted, &letters, as_json)
}

async fn moved(sqs: &Client, pair: &Pair, wanted: &Wanted, as_json: bool) -> Outcome {
    let moved = redrive::redrive(sqs, pair, wanted, |line| eprintln!("{line}")).await?;
    shown::moved(pair, wanted, &moved, as_json)
}
