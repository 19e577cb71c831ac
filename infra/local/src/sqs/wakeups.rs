//! Wakes receivers that wait at a queue for a message.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use tokio::sync::Notify;

/// One bell for each queue.
#[derive(Debug, Default)]
pub(super) struct Wakeups(Mutex<HashMap<String, Arc<Notify>>>);

impl Wakeups {
    /// The bell of this queue.
    pub(super) fn of(&self, queue: &str) -> Arc<Notify> {
        // A bell is complete at any moment, so one taken from a poisoned lock is sound.
        let mut bells = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(bells.entry(queue.to_owned()).or_default())
    }

    /// Wakes all who wait at this queue: when messages are visible may have changed.
    pub(super) fn ring(&self, queue: &str) {
        self.of(queue).notify_waiters();
    }
}
