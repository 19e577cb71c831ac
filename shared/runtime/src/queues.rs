//! The queues between functions. Their messages carry keys only.

use std::time::Duration;

use aws_sdk_sqs::error::SdkError;
use domain::WorkKey;

use crate::environment::{Environment, MissingVariable};
use crate::telemetry::chain;

/// SQS delays a message by 15 minutes at most.
const DELAY_S_MAX: u64 = 900;

/// A queue of work for one kind of function.
#[derive(Debug, Clone)]
pub struct WorkQueue {
    client: aws_sdk_sqs::Client,
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

    /// Asks the consumer to make one pass over all its work.
    pub async fn send_pass(&self) -> Result<(), SendError> {
        self.send_text("a pass".to_owned(), "{}".to_owned(), Duration::ZERO)
            .await
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
