//! Partial batches: a record that fails comes back, and costs the others nothing.

use std::any::Any;
use std::error::Error;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use aws_lambda_events::event::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};
use futures::FutureExt;
use lambda_runtime::{Context, LambdaEvent};
use serde::de::DeserializeOwned;
use tracing::Instrument;

use crate::telemetry::chain;

/// Left for answering before the invocation is cut off.
const ANSWER_MARGIN: Duration = Duration::from_millis(500);

/// Why one record failed.
#[derive(Debug, thiserror::Error)]
enum RecordError {
    #[error("the message is not one of ours")]
    Unreadable(#[source] serde_json::Error),
    #[error("the work failed")]
    Failed(#[source] Box<dyn Error + Send + Sync>),
    #[error("the work panicked: {0}")]
    Panicked(String),
    #[error("the work took longer than the invocation may")]
    OutOfTime,
}

/// Runs `work` on each record of the batch, all at once, and reports those that failed.
///
/// A body that doesn't parse, an error, a panic and running out of time each cost their own
/// record alone. SQS delivers it again, and after `maxReceiveCount` puts it aside.
pub async fn each_record<T, F, W, E>(event: LambdaEvent<SqsEvent>, work: W) -> SqsBatchResponse
where
    T: DeserializeOwned,
    W: Fn(T) -> F,
    F: Future<Output = Result<(), E>>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    let time_left = time_left(&event.context);
    let runs = event.payload.records.into_iter().map(|record| {
        let span = tracing::info_span!(
            "message",
            request_id = %event.context.request_id,
            message_id = record.message_id.as_deref().unwrap_or_default(),
        );
        one_record(record, &work, time_left).instrument(span)
    });
    let failures = futures::future::join_all(runs)
        .await
        .into_iter()
        .flatten()
        .collect();
    let mut response = SqsBatchResponse::default();
    response.batch_item_failures = failures;
    response
}

async fn one_record<T, F, W, E>(
    record: SqsMessage,
    work: &W,
    time_left: Duration,
) -> Option<BatchItemFailure>
where
    T: DeserializeOwned,
    W: Fn(T) -> F,
    F: Future<Output = Result<(), E>>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    let body = record.body.unwrap_or_default();
    let error = attempt(&body, work, time_left).await.err()?;
    let error = chain(&error);
    tracing::error!(
        error,
        body = shortened(&body),
        "a message failed and will come back"
    );
    let mut failure = BatchItemFailure::default();
    failure.item_identifier = record.message_id.unwrap_or_default();
    Some(failure)
}

async fn attempt<T, F, W, E>(body: &str, work: &W, time_left: Duration) -> Result<(), RecordError>
where
    T: DeserializeOwned,
    W: Fn(T) -> F,
    F: Future<Output = Result<(), E>>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    let message = serde_json::from_str(body).map_err(RecordError::Unreadable)?;
    // Boxed: work this deep has a layout that the compiler won't follow inline.
    let guarded = AssertUnwindSafe(async { Box::pin(work(message)).await }).catch_unwind();
    match tokio::time::timeout(time_left, guarded).await {
        Err(_) => Err(RecordError::OutOfTime),
        Ok(Err(panic)) => Err(RecordError::Panicked(panic_text(panic.as_ref()))),
        Ok(Ok(result)) => result.map_err(|error| RecordError::Failed(error.into())),
    }
}

/// Enough of a message to recognise it; a poisoned one may be long.
fn shortened(body: &str) -> String {
    body.chars().take(200).collect()
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default()
}

#[expect(
    clippy::disallowed_methods,
    reason = "an invocation's deadline is real time"
)]
fn time_left(context: &Context) -> Duration {
    let left = context
        .deadline()
        .duration_since(std::time::SystemTime::now());
    left.unwrap_or_default().saturating_sub(ANSWER_MARGIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Engine, SignalId, WorkKey};

    fn event(bodies: &[&str]) -> LambdaEvent<SqsEvent> {
        let records: Vec<_> = bodies
            .iter()
            .enumerate()
            .map(|(n, body)| serde_json::json!({ "messageId": format!("m{n}"), "body": body }))
            .collect();
        let payload = serde_json::from_value(serde_json::json!({ "Records": records })).unwrap();
        let mut context = Context::default();
        context.deadline = in_real_ms(1_000);
        LambdaEvent::new(payload, context)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "an invocation's deadline is real time"
    )]
    fn in_real_ms(ms: u64) -> u64 {
        let now = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap();
        u64::try_from(now.as_millis()).unwrap() + ms
    }

    #[tokio::test]
    async fn each_kind_of_trouble_costs_its_own_record_alone() {
        let key = |hash: &str| {
            crate::queues::message_body(&WorkKey::entry(SignalId::of(hash), Engine::A))
        };
        let (good, fails, panics, hangs) = (key("good"), key("fails"), key("panics"), key("hangs"));
        let event = event(&[&good, "not json", &fails, &panics, &hangs, &good]);
        let response = each_record(event, |work: WorkKey| async move {
            if work.signal_id == SignalId::of("fails") {
                return Err("no");
            }
            assert!(work.signal_id != SignalId::of("panics"), "as told");
            if work.signal_id == SignalId::of("hangs") {
                std::future::pending::<()>().await;
            }
            Ok(())
        })
        .await;
        let failed: Vec<_> = response
            .batch_item_failures
            .into_iter()
            .map(|f| f.item_identifier)
            .collect();
        assert_eq!(failed, ["m1", "m2", "m3", "m4"]);
    }
}
