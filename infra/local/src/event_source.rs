//! Lambda's event source for SQS: takes messages of a queue in batches, invokes a function
//! with them, and deletes those that it dealt with. Through the SDK, so that any
//! implementation of SQS may stand behind it.
//!
//! What it doesn't delete comes again when its visibility ends, as in the cloud.

mod batch;
mod deliver;
mod event;
mod poll;
mod verdict;

use std::sync::Arc;
use std::time::Duration;

use aws_sdk_sqs::Client;
use tokio::sync::Semaphore;
use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;

pub use verdict::{Verdict, verdict};

use crate::aws::AwsEndpoints;
use crate::invoke::Invoker;
use crate::template::{Function, QueueTrigger};

/// How many invocations there may be at once where the template doesn't say.
const DEFAULT_CONCURRENCY: u32 = 5;

/// How a queue feeds a function.
#[derive(Debug, Clone)]
pub struct EventSource {
    /// The queue's URL.
    pub queue_url: String,
    /// The queue's ARN, which is in the events.
    pub queue_arn: String,
    /// The most records in one invocation.
    pub batch_size: u32,
    /// How long a batch may be gathered after its first record.
    pub batching_window: Duration,
    /// How many invocations there may be at once.
    pub maximum_concurrency: u32,
    /// Whether the function says which records failed; if not, an invocation that doesn't
    /// fail has dealt with all of them.
    pub reports_batch_item_failures: bool,
    /// How long an invocation may take.
    pub timeout: Duration,
    /// How long invocations that run at the end may go on.
    pub farewell: Duration,
}

impl EventSource {
    /// The source that the template declares. At the end, invocations may run to their timeout.
    pub fn declared(function: &Function, trigger: &QueueTrigger, aws: &AwsEndpoints) -> Self {
        let timeout = Duration::from_secs(function.timeout_s.into());
        Self {
            queue_url: aws.queue_url(&trigger.queue),
            queue_arn: aws.queue_arn(&trigger.queue),
            batch_size: trigger.batch_size,
            batching_window: Duration::from_secs(trigger.batching_window_s.into()),
            maximum_concurrency: trigger.maximum_concurrency.unwrap_or(DEFAULT_CONCURRENCY),
            reports_batch_item_failures: trigger.reports_batch_item_failures,
            timeout,
            farewell: timeout,
        }
    }

    /// Starts polling. Cancelled, it stops within a second, but for invocations that run.
    pub fn start(
        self,
        client: Client,
        invoker: Invoker,
        stopping: CancellationToken,
    ) -> RunningEventSource {
        let feed = Arc::new(Feed {
            source: self,
            client,
            invoker,
            stopping: stopping.clone(),
        });
        RunningEventSource {
            stopping,
            task: tokio::spawn(feed.run()),
        }
    }
}

/// An event source at work.
#[derive(Debug)]
pub struct RunningEventSource {
    stopping: CancellationToken,
    task: JoinHandle<()>,
}

impl RunningEventSource {
    /// Takes no more messages, and waits for the invocations that run, as long as the source
    /// lets them.
    pub async fn stop(self) {
        self.stopping.cancel();
        // It ends by a panic only if polling itself has a bug; there is nothing left to stop.
        if let Err(error) = self.task.await {
            tracing::error!(%error, "an event source ended by a panic");
        }
    }
}

/// A source with what it works with.
struct Feed {
    source: EventSource,
    client: Client,
    invoker: Invoker,
    stopping: CancellationToken,
}

impl Feed {
    async fn run(self: Arc<Self>) {
        let free = Arc::new(Semaphore::new(self.source.maximum_concurrency as usize));
        let mut invocations = JoinSet::new();
        let mut failures = 0;
        while let Some(permit) = self.permit(&free).await {
            while invocations.try_join_next().is_some() {}
            match self.gather().await {
                Ok(messages) => {
                    failures = 0;
                    if messages.is_empty() {
                        continue;
                    }
                    let feed = Arc::clone(&self);
                    invocations.spawn(async move {
                        feed.deliver(messages).await;
                        drop(permit);
                    });
                }
                Err(error) => {
                    failures += 1;
                    tracing::warn!(queue = self.source.queue_arn, error, "can't receive");
                    self.pause(failures).await;
                }
            }
        }
        self.say_farewell(invocations).await;
    }

    /// Leave to invoke once more; none at the end.
    async fn permit(&self, free: &Arc<Semaphore>) -> Option<tokio::sync::OwnedSemaphorePermit> {
        tokio::select! {
            biased;
            () = self.stopping.cancelled() => None,
            permit = Arc::clone(free).acquire_owned() => permit.ok(),
        }
    }

    /// 100 ms, and twice as long with every failure, up to 5 s.
    async fn pause(&self, failures: u32) {
        let pause = Duration::from_millis(100).saturating_mul(1 << failures.min(6));
        tokio::select! {
            () = self.stopping.cancelled() => {}
            () = tokio::time::sleep(pause.min(Duration::from_secs(5))) => {}
        }
    }

    async fn say_farewell(&self, mut invocations: JoinSet<()>) {
        let all = async { while invocations.join_next().await.is_some() {} };
        if tokio::time::timeout(self.source.farewell, all)
            .await
            .is_err()
        {
            tracing::warn!(queue = self.source.queue_arn, "left invocations unfinished");
        }
    }
}
