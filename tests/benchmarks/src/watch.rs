//! Notes each call to AWS with when it began and when it was answered.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use local_stack::wire::{AwsCall, Lost, Reply, SharedWire, Wire};
use tokio::sync::mpsc::UnboundedSender;

/// A call that was answered.
#[derive(Debug, Clone)]
pub(crate) struct Noted {
    pub(crate) name: String,
    pub(crate) began: Instant,
    pub(crate) ended: Instant,
}

/// Sees calls pass, and tells of the one that opens a position.
#[derive(Debug, Clone)]
pub(crate) struct Watch {
    noted: Arc<Mutex<Vec<Noted>>>,
    tells: fn(&AwsCall) -> bool,
    opened: UnboundedSender<Instant>,
}

#[derive(Debug)]
struct Watched {
    wire: SharedWire,
    watch: Watch,
}

#[async_trait]
impl Wire for Watched {
    async fn answer(&self, call: &AwsCall) -> Result<Reply, Lost> {
        let began = Instant::now();
        let reply = self.wire.answer(call).await?;
        self.watch.note(call, began, reply.is_success());
        Ok(reply)
    }
}

impl Watch {
    /// A watch that sends the instant at which a position was opened.
    pub(crate) fn new(opened: UnboundedSender<Instant>) -> Self {
        Self::telling(opened, opens_position)
    }

    /// A watch that sends the instants at which such calls were answered.
    pub(crate) fn telling(opened: UnboundedSender<Instant>, tells: fn(&AwsCall) -> bool) -> Self {
        Self {
            noted: Arc::default(),
            tells,
            opened,
        }
    }

    /// The wire, watched.
    pub(crate) fn before(&self, wire: SharedWire) -> SharedWire {
        let watch = self.clone();
        Arc::new(Watched { wire, watch })
    }

    /// What passed so far, in the order in which it began, and noting begins anew.
    pub(crate) fn take(&self) -> Vec<Noted> {
        let mut noted =
            std::mem::take(&mut *self.noted.lock().unwrap_or_else(PoisonError::into_inner));
        noted.sort_by_key(|call| call.began);
        noted
    }

    fn note(&self, call: &AwsCall, began: Instant, is_success: bool) {
        let (name, ended) = (call.to_string(), Instant::now());
        let noted = Noted { name, began, ended };
        self.noted
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(noted);
        if is_success && (self.tells)(call) {
            // Nobody listens any more at the end.
            let _ = self.opened.send(ended);
        }
    }
}

/// Of the executor's transactions, one that opens a position writes an order of the entry's leg.
fn opens_position(call: &AwsCall) -> bool {
    let is_open =
        |item: &serde_json::Value| item["kind"]["S"] == "POSITION" && item["state"]["S"] == "open";
    call.caller == "paper-executor"
        && call.operation == "TransactWriteItems"
        && call.written_items().any(is_open)
}

/// How many of these calls had to wait for one another: those that overlap count once.
pub(crate) fn sequential(calls: &[Noted]) -> usize {
    let mut busy_until: Option<Instant> = None;
    let mut count = 0;
    for call in calls {
        if busy_until.is_none_or(|until| call.began >= until) {
            count += 1;
        }
        busy_until = busy_until.max(Some(call.ended));
    }
    count
}

/// Milliseconds from `start`, as a cell.
pub(crate) fn offset_ms(start: Instant, instant: Instant) -> String {
    let offset: Duration = instant.saturating_duration_since(start);
    format!("{:.2}", offset.as_secs_f64() * 1_000.0)
}
