//! Moves messages back to their queue, one by one: sent there first, then deleted here. Whenever
//! that is cut off, a message may be in both queues and is in at least one; its consumer takes
//! the second for a duplicate.

use aws_sdk_sqs::Client;
use runtime::telemetry::chain;

use super::AnyError;
use super::letters::{Letter, put_back, receive};
use super::pairs::Pair;

/// Received at once: as many as are surely moved before they are shown to others again.
const RECEIVED_MAX: u64 = 10;

/// Which messages are to be moved.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// This one only.
    pub(super) message: Option<String>,
    /// So many at most.
    pub(super) most: u64,
    /// How many there were at the beginning: whoever has seen more sees some again.
    pub(super) there: u64,
}

impl Wanted {
    pub(super) fn is(&self, letter: &Letter) -> bool {
        self.message.as_ref().is_none_or(|id| *id == letter.id)
    }
}

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Moved {
    /// The ids of those that are in their queue again.
    pub(super) moved: Vec<String>,
    /// Those that aren't, or that are in both: id and why.
    pub(super) failed: Vec<(String, String)>,
}

impl Moved {
    fn tried(&self) -> u64 {
        u64::try_from(self.moved.len() + self.failed.len()).unwrap_or(u64::MAX)
    }

    fn note(&mut self, letter: &Letter, result: Result<(), AnyError>) -> String {
        match result {
            Ok(()) => {
                self.moved.push(letter.id.clone());
                format!("moved {}", letter.id)
            }
            Err(error) => {
                let error = chain(error.as_ref());
                let line = format!("NOT moved {}: {error}", letter.id);
                self.failed.push((letter.id.clone(), error));
                line
            }
        }
    }
}

/// Moves what is wanted, and tells of each.
pub(super) async fn redrive(
    sqs: &Client,
    pair: &Pair,
    wanted: &Wanted,
    mut tell: impl FnMut(String),
) -> Result<Moved, AnyError> {
    let (mut moved, mut left_alone) = (Moved::default(), Vec::new());
    while moved.tried() < wanted.most && (left_alone.len() as u64) < wanted.there {
        let letters = receive(sqs, &pair.dead_letters_url, at_once(wanted, &moved)).await?;
        if letters.is_empty() {
            break;
        }
        for letter in letters {
            if moved.tried() >= wanted.most || !wanted.is(&letter) {
                left_alone.push(letter);
                continue;
            }
            let result = move_one(sqs, pair, &letter).await;
            tell(moved.note(&letter, result));
        }
    }
    put_back(sqs, &pair.dead_letters_url, &left_alone).await?;
    Ok(moved)
}

/// One that is looked for may be anywhere, so as many are received as can be.
fn at_once(wanted: &Wanted, moved: &Moved) -> u32 {
    let left = match wanted.message {
        Some(_) => RECEIVED_MAX,
        None => (wanted.most - moved.tried()).min(RECEIVED_MAX),
    };
    u32::try_from(left).unwrap_or(u32::MAX)
}

async fn move_one(sqs: &Client, pair: &Pair, letter: &Letter) -> Result<(), AnyError> {
    let send = sqs.send_message().queue_url(&pair.queue_url);
    let send = send.set_message_attributes(letter.attributes.clone());
    send.message_body(&letter.body).send().await?;
    let delete = sqs.delete_message().queue_url(&pair.dead_letters_url);
    let deleted = delete.receipt_handle(&letter.receipt).send().await;
    let is_in_both = |error| -> AnyError {
        let error: aws_sdk_sqs::error::SdkError<_> = error;
        format!(
            "it was sent and can't be deleted here, so it is in both queues: {}",
            chain(&error)
        )
        .into()
    };
    deleted.map(drop).map_err(is_in_both)
}
