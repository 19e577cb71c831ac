//! The schedules: each invokes its function once in every period of domain time. Periods that
//! were missed are not made up for, as with EventBridge's schedules without a window.

use std::time::Duration;

use chrono::SecondsFormat;
use runtime::SharedClock;
use serde_json::{Value as Json, json};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::invoke::Invoker;

/// How often the domain's clock is looked at, in real time.
const LOOK: Duration = Duration::from_millis(25);

/// A schedule of the template.
#[derive(Clone)]
pub struct Schedule {
    /// The function's logical id, for the log.
    pub function_id: String,
    /// From one invocation to the next, in domain time.
    pub every: Duration,
    /// What it is invoked with; EventBridge Scheduler sends an empty object otherwise.
    pub input: Option<String>,
    /// The longest that an invocation may take, in real time.
    pub timeout: Duration,
    /// The function.
    pub function: Invoker,
}

impl Schedule {
    /// Runs until `stopping`; an invocation under way is waited for.
    pub fn start(self, clock: SharedClock, stopping: CancellationToken) -> JoinHandle<()> {
        tokio::spawn(async move {
            let mut last_period = None;
            while !stopping.is_cancelled() {
                let period = self.period(&clock);
                if last_period.is_some_and(|last| last != period) {
                    self.invoke(&clock).await;
                }
                last_period = Some(period);
                tokio::select! {
                    () = stopping.cancelled() => {}
                    () = tokio::time::sleep(LOOK) => {}
                }
            }
        })
    }

    fn period(&self, clock: &SharedClock) -> i64 {
        let every_s = i64::try_from(self.every.as_secs().max(1)).unwrap_or(i64::MAX);
        clock.now().timestamp().div_euclid(every_s)
    }

    async fn invoke(&self, clock: &SharedClock) {
        let input = self
            .input
            .as_deref()
            .and_then(|text| serde_json::from_str::<Json>(text).ok());
        let event = input.unwrap_or_else(
            || json!({ "time": clock.now().to_rfc3339_opts(SecondsFormat::Secs, true) }),
        );
        let invocation = tokio::spawn((self.function)(event));
        match tokio::time::timeout(self.timeout, invocation).await {
            Ok(Ok(Ok(_))) => {}
            Ok(Ok(Err(error))) => {
                tracing::error!(function = self.function_id, %error, "a scheduled run failed");
            }
            Ok(Err(panic)) => {
                tracing::error!(function = self.function_id, %panic, "a scheduled run panicked");
            }
            Err(_) => tracing::error!(function = self.function_id, "a scheduled run took too long"),
        }
    }
}
