//! One time limit for all that a request waits for: each call to AWS has a limit of its own, but
//! their sum would be too long for a sender that hangs up.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

/// `TradingView` hangs up after 3 s; this leaves time for the way back.
const ANSWER_WITHIN: Duration = Duration::from_millis(2_300);

/// When a request has to be answered, whatever is still under way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline(Instant);

impl Deadline {
    /// The deadline of a request that comes in now.
    pub(crate) fn of_request() -> Self {
        Self(Instant::now() + ANSWER_WITHIN)
    }

    /// What the work comes to; nothing if it isn't done in time, and it goes no further then.
    pub(crate) async fn hold<T>(self, work: impl Future<Output = T>) -> Option<T> {
        timeout_at(self.0, work).await.ok()
    }
}
