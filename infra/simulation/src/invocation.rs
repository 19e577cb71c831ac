//! One invocation of a function: it may end at any call, as its computer may die at any moment,
//! and it is cut off at its time limit, as Lambda does.

use std::future::{Future, pending};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use local_stack::invoke::InvokeError;
use serde_json::Value as Json;
use tokio_util::sync::CancellationToken;

tokio::task_local! {
    static CURRENT: Invocation;
}

/// An invocation under way.
#[derive(Debug, Clone, Default)]
pub(crate) struct Invocation {
    killed: CancellationToken,
    faults: Arc<AtomicU32>,
}

/// How an invocation ended.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Ended {
    /// With a response.
    Responded(Json),
    /// With an error.
    Failed(String),
    /// Its computer died.
    Crashed,
    /// It took too long.
    CutOff,
}

impl Invocation {
    /// Runs this future as the invocation.
    pub(crate) async fn run(
        &self,
        timeout: Duration,
        work: impl Future<Output = Result<Json, InvokeError>>,
    ) -> Ended {
        let guarded = CURRENT.scope(self.clone(), work);
        tokio::select! {
            biased;
            () = self.killed.cancelled() => Ended::Crashed,
            done = tokio::time::timeout(timeout, guarded) => match done {
                Ok(Ok(response)) => Ended::Responded(response),
                Ok(Err(error)) => Ended::Failed(error.to_string()),
                Err(_) => Ended::CutOff,
            },
        }
    }

    /// Its computer dies.
    pub(crate) fn kill(&self) {
        note_fault_of(self);
        self.killed.cancel();
    }

    /// Whether this is the same invocation.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.faults, &other.faults)
    }

    /// How many faults it met.
    pub(crate) fn faults(&self) -> u32 {
        self.faults.load(Ordering::Relaxed)
    }
}

fn note_fault_of(invocation: &Invocation) {
    invocation.faults.fetch_add(1, Ordering::Relaxed);
}

/// Notes that the invocation that runs here met a fault.
pub(crate) fn note_fault() {
    let _ = CURRENT.try_with(note_fault_of);
}

/// The computer of the invocation that runs here dies. Doesn't return within one.
pub(crate) async fn crash() {
    if CURRENT.try_with(Invocation::kill).is_ok() {
        pending::<()>().await;
    }
}
