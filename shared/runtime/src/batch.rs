//! Partial batches: a record that fails comes back, and costs the others nothing.

use std::any::Any;
use std::error::Error;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use aws_lambda_events::event::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};
use domain::WorkKey;
use futures::FutureExt;
use lambda_runtime::LambdaEvent;
use serde::de::DeserializeOwned;
use tracing::{Instrument, Span, field};

use crate::metrics::MESSAGE_AGE;
use crate::telemetry::chain;
use crate::vitals::{Category, Invocation, Keeper, Tally, names};

/// Left for answering before the invocation is cut off.
const ANSWER_MARGIN: Duration = Duration::from_millis(500);

/// Why one record failed.
#[derive(Debug, thiserror::Error)]
enum RecordError {
    #[error("the message is not one of ours")]
    Unreadable(#[source] serde_json::Error),
    #[error("the work failed")]
    Failed {
        category: String,
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    #[error("the work panicked: {0}")]
    Panicked(String),
    #[error("the work took longer than the invocation may")]
    OutOfTime,
}

impl Category for RecordError {
    fn category(&self) -> String {
        match self {
            Self::Unreadable(_) => "unreadable_message".to_owned(),
            Self::Failed { category, .. } => category.clone(),
            Self::Panicked(_) => "panicked".to_owned(),
            Self::OutOfTime => "out_of_time".to_owned(),
        }
    }
}

/// Runs `work` on each record of the batch, all at once, and reports those that failed.
///
/// A body that doesn't parse, an error, a panic and running out of time each cost their own
/// record alone. SQS delivers it again, and after `maxReceiveCount` puts it aside. What went
/// wrong is counted, and the keeper has its turn once every record is done.
pub async fn each_record<T, F, W, E>(
    event: LambdaEvent<SqsEvent>,
    keeper: &impl Keeper,
    work: W,
) -> SqsBatchResponse
where
    T: DeserializeOwned,
    W: Fn(T) -> F,
    F: Future<Output = Result<(), E>>,
    E: Category + Into<Box<dyn Error + Send + Sync>>,
{
    let (invocation, tally) = (Invocation::begin(&event.context), keeper.tally());
    let time_left = invocation.may_take().saturating_sub(ANSWER_MARGIN);
    let runs = event.payload.records.into_iter().map(|record| {
        let span = tracing::info_span!(
            "message",
            request_id = %event.context.request_id,
            message_id = record.message_id.as_deref().unwrap_or_default(),
            signal_id = field::Empty,
            engine = field::Empty,
            leg = field::Empty,
        );
        one_record(record, &work, time_left, tally).instrument(span)
    });
    let ended = futures::future::join_all(runs).await;
    let mut response = SqsBatchResponse::default();
    response.batch_item_failures = ended.into_iter().flatten().collect();
    let is_failed = !response.batch_item_failures.is_empty();
    tally.add(names::FAILED, is_failed.into());
    invocation.end(tally);
    keeper.keep().await;
    response
}

async fn one_record<T, F, W, E>(
    record: SqsMessage,
    work: &W,
    time_left: Duration,
    tally: &Tally,
) -> Option<BatchItemFailure>
where
    T: DeserializeOwned,
    W: Fn(T) -> F,
    F: Future<Output = Result<(), E>>,
    E: Category + Into<Box<dyn Error + Send + Sync>>,
{
    tally.add(names::RETRIED, came_before(&record).into());
    tell_age(&record);
    let body = record.body.unwrap_or_default();
    name_work(&body);
    let error = attempt(&body, work, time_left).await.err()?;
    tally.count(names::of(&[names::ERROR, &error.category()]));
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
    E: Category + Into<Box<dyn Error + Send + Sync>>,
{
    let message = serde_json::from_str(body).map_err(RecordError::Unreadable)?;
    // Boxed: work this deep has a layout that the compiler won't follow inline.
    let guarded = AssertUnwindSafe(async { Box::pin(work(message)).await }).catch_unwind();
    match tokio::time::timeout(time_left, guarded).await {
        Err(_) => Err(RecordError::OutOfTime),
        Ok(Err(panic)) => Err(RecordError::Panicked(panic_text(panic.as_ref()))),
        Ok(Ok(result)) => result.map_err(|error| RecordError::Failed {
            category: error.category(),
            source: error.into(),
        }),
    }
}

/// How long the message was in its queue: from when it was sent until it was first received.
fn tell_age(record: &SqsMessage) {
    let at_ms = |name: &str| record.attributes.get(name)?.parse::<u64>().ok();
    let times = at_ms("ApproximateFirstReceiveTimestamp").zip(at_ms("SentTimestamp"));
    let queue = record.event_source_arn.as_deref().unwrap_or_default();
    let queue = queue.rsplit(':').next().unwrap_or_default();
    if let Some((received_ms, sent_ms)) = times {
        MESSAGE_AGE.tell(queue, received_ms.saturating_sub(sent_ms));
    }
}

/// Names the work of a message on every line that is logged because of it.
fn name_work(body: &str) {
    if let Ok(work) = serde_json::from_str::<WorkKey>(body) {
        let span = Span::current();
        span.record("signal_id", field::display(work.signal_id));
        span.record("engine", field::display(work.engine));
        span.record("leg", field::display(work.leg));
    }
}

/// Whether somebody received the message before.
fn came_before(record: &SqsMessage) -> bool {
    let receipts = record.attributes.get("ApproximateReceiveCount");
    let receipts = receipts.and_then(|count| count.parse::<u32>().ok());
    receipts.is_some_and(|receipts| receipts > 1)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vitals::Counts;
    use domain::{Engine, SignalId, WorkKey};
    use lambda_runtime::Context;

    #[derive(Debug, thiserror::Error)]
    #[error("no")]
    struct No;

    impl Category for No {
        fn category(&self) -> String {
            "no".to_owned()
        }
    }

    fn event(bodies: &[&str]) -> LambdaEvent<SqsEvent> {
        let records: Vec<_> = bodies
            .iter()
            .enumerate()
            .map(|(n, body)| {
                let attributes = serde_json::json!({ "ApproximateReceiveCount": n.to_string() });
                serde_json::json!({
                    "messageId": format!("m{n}"), "body": body, "attributes": attributes,
                })
            })
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
        let tally = Tally::default();
        let response = each_record(event, &tally, |work: WorkKey| async move {
            if work.signal_id == SignalId::of("fails") {
                return Err(No);
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
        let mut counts = tally.take().counts;
        // The one that hangs takes all the time there is.
        counts.remove(names::SLOW_MS);
        assert_eq!(counts, counted());
    }

    fn counted() -> Counts {
        let counts = [
            ("error.no", 1),
            ("error.out_of_time", 1),
            ("error.panicked", 1),
            ("error.unreadable_message", 1),
            (names::FAILED, 1),
            (names::SLOW, 1),
            // All but the first two.
            (names::RETRIED, 4),
        ];
        counts.map(|(name, count)| (name.to_owned(), count)).into()
    }
}
