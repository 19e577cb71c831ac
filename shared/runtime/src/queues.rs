//! The queues between functions. Their messages carry keys only.

pub mod depth;

use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::SdkError;
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use domain::{Engine, PositionKey, WorkKey};
use serde::{Deserialize, Serialize};

use crate::environment::{Environment, MissingVariable};
use crate::telemetry::chain;

/// SQS delays a message by 15 minutes at most.
const DELAY_S_MAX: u64 = 900;
/// Positions in one message to the exit monitor.
pub const PAGE_POSITIONS_MAX: usize = 100;
/// SQS takes so many messages at once.
const BATCH_MESSAGES_MAX: usize = 10;

/// A queue of work for one kind of function.
#[derive(Debug, Clone)]
pub struct WorkQueue {
    client: Client,
    url: String,
}

/// A message that could not be sent. Its work stands in the ledger, where the sweeper finds it.
#[derive(Debug, thiserror::Error)]
#[error("could not send {work} to its queue")]
pub struct SendError {
    /// The work's key.
    pub work: String,
    #[source]
    source: Box<dyn std::error::Error + Send + Sync>,
}

/// The queues of both engines.
#[derive(Debug, Clone)]
pub struct EngineQueues {
    a: WorkQueue,
    b: WorkQueue,
}

impl EngineQueues {
    /// The queues whose addresses stand in `ENGINE_A_QUEUE_URL` and `ENGINE_B_QUEUE_URL`.
    pub fn named(sqs: &Client, environment: &Environment) -> Result<Self, MissingVariable> {
        Ok(Self {
            a: WorkQueue::named(sqs, environment, "ENGINE_A_QUEUE_URL")?,
            b: WorkQueue::named(sqs, environment, "ENGINE_B_QUEUE_URL")?,
        })
    }

    /// The queue of an engine.
    pub fn of(&self, engine: Engine) -> &WorkQueue {
        match engine {
            Engine::A => &self.a,
            Engine::B => &self.b,
        }
    }
}

impl WorkQueue {
    /// The queue whose URL stands in `variable`.
    pub fn named(
        client: &aws_sdk_sqs::Client,
        environment: &Environment,
        variable: &str,
    ) -> Result<Self, MissingVariable> {
        let url = environment.require(variable)?.to_owned();
        Ok(Self {
            client: client.clone(),
            url,
        })
    }

    /// Sends `work`, to be received at once.
    pub async fn send(&self, work: &WorkKey) -> Result<(), SendError> {
        self.send_after(work, Duration::ZERO).await
    }

    /// Sends `work`, to be received after `delay` (whole seconds, at most 15 minutes).
    pub async fn send_after(&self, work: &WorkKey, delay: Duration) -> Result<(), SendError> {
        self.send_text(work.to_string(), message_body(work), delay)
            .await
    }

    /// Sends `work`, or leaves it to the sweeper: its state stands in the ledger already, so a
    /// send that fails delays it and loses nothing.
    pub async fn hand_over(&self, work: &WorkKey) {
        self.hand_over_after(work, Duration::ZERO).await;
    }

    /// The same, to be received after `delay` (whole seconds, at most 15 minutes).
    pub async fn hand_over_after(&self, work: &WorkKey, delay: Duration) {
        if let Err(error) = self.send_after(work, delay).await {
            tracing::warn!(%work, error = chain(&error), "left to the sweeper");
        }
    }

    /// Asks the exit monitor to look at these positions, a page in each message.
    pub async fn send_pages(&self, positions: &[PositionKey]) -> Result<(), SendError> {
        let pages: Vec<_> = positions.chunks(PAGE_POSITIONS_MAX).collect();
        for batch in pages.chunks(BATCH_MESSAGES_MAX) {
            self.send_batch(batch).await?;
        }
        Ok(())
    }

    async fn send_batch(&self, pages: &[&[PositionKey]]) -> Result<(), SendError> {
        let failed = |source| SendError {
            work: format!("{} pages", pages.len()),
            source,
        };
        let entries = pages.iter().enumerate().map(|(number, positions)| {
            SendMessageBatchRequestEntry::builder()
                .id(number.to_string())
                .message_body(page_body(positions))
                .build()
        });
        let entries: Result<Vec<_>, _> = entries.collect();
        let entries = entries.map_err(|error| failed(error.into()))?;
        let batch = self.client.send_message_batch().queue_url(&self.url);
        let sent = batch.set_entries(Some(entries)).send().await;
        let answer = sent.map_err(|error| failed(error.into()))?;
        match answer.failed.first() {
            Some(first) => Err(failed(format!("refused: {}", first.code).into())),
            None => Ok(()),
        }
    }

    async fn send_text(
        &self,
        work: String,
        body: String,
        delay: Duration,
    ) -> Result<(), SendError> {
        let delay_s = i32::try_from(delay.as_secs().min(DELAY_S_MAX)).unwrap_or(i32::MAX);
        self.client
            .send_message()
            .queue_url(&self.url)
            .message_body(body)
            .set_delay_seconds((delay_s > 0).then_some(delay_s))
            .send()
            .await
            .map(drop)
            .map_err(|error: SdkError<_>| SendError {
                work,
                source: error.into(),
            })
    }
}

/// Positions that one message asks the exit monitor to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PositionPage {
    /// At most [`PAGE_POSITIONS_MAX`]. A message of an earlier version names none.
    #[serde(default, deserialize_with = "bounded")]
    pub positions: Vec<PositionKey>,
}

fn bounded<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<PositionKey>, D::Error> {
    let positions = Vec::deserialize(from)?;
    if positions.len() > PAGE_POSITIONS_MAX {
        let most = format!("at most {PAGE_POSITIONS_MAX} positions");
        let found = positions.len();
        return Err(serde::de::Error::invalid_length(found, &most.as_str()));
    }
    Ok(positions)
}

/// The message that carries these positions: as many as a page may hold.
pub fn page_body(positions: &[PositionKey]) -> String {
    let keys = positions.iter().map(|key| {
        let (signal_id, engine) = (key.signal_id, key.engine);
        format!(r#"{{"signal_id":"{signal_id}","engine":"{engine}"}}"#)
    });
    let keys: Vec<String> = keys.collect();
    format!(r#"{{"positions":[{}]}}"#, keys.join(","))
}

/// The message that carries `work`.
pub fn message_body(work: &WorkKey) -> String {
    format!(
        r#"{{"signal_id":"{}","engine":"{}","leg":"{}"}}"#,
        work.signal_id, work.engine, work.leg
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Engine, Leg, SignalId};

    fn keys(count: usize) -> Vec<PositionKey> {
        let key = |number: usize| PositionKey {
            signal_id: SignalId::of(&number.to_string()),
            engine: Engine::A,
        };
        (0..count).map(key).collect()
    }

    #[test]
    fn a_page_reads_back_as_its_positions_up_to_its_bound() {
        for count in [0, 1, PAGE_POSITIONS_MAX, PAGE_POSITIONS_MAX + 1] {
            let positions = keys(count);
            let read = serde_json::from_str::<PositionPage>(&page_body(&positions));
            let fits = count <= PAGE_POSITIONS_MAX;
            assert_eq!(read.ok(), fits.then_some(PositionPage { positions }));
        }
    }

    #[test]
    fn a_pass_of_an_earlier_version_names_no_positions() {
        let page = serde_json::from_str::<PositionPage>("{}").unwrap();
        assert_eq!(page.positions, []);
        assert!(serde_json::from_str::<PositionPage>(r#"{"signal_id":"x"}"#).is_err());
    }

    #[test]
    fn a_message_reads_back_as_its_key() {
        for leg in [Leg::Entry, Leg::Exit(3)] {
            let key = WorkKey {
                signal_id: SignalId::of("x"),
                engine: Engine::B,
                leg,
            };
            assert_eq!(
                serde_json::from_str::<WorkKey>(&message_body(&key)).ok(),
                Some(key)
            );
        }
    }
}
