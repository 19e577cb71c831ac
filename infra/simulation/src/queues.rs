//! The simulated queues: at least once, in any order, some time later.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use local_stack::template::Queue as Declared;
use local_stack::wire::{AwsCall, Reply};
use serde_json::{Value as Json, json};
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::chance::Chance;

/// The longest that a late message is late.
const LATE: Duration = Duration::from_secs(90);

/// A message.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) body: String,
    visible_at: Instant,
    /// How often it was handed out.
    pub(crate) receives: u32,
    /// How often it was handed out and a fault came in between.
    pub(crate) spoiled: u32,
}

#[derive(Debug)]
struct Queue {
    declared: Declared,
    messages: Vec<Message>,
}

/// How likely it is that a message is more than a message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unreliability {
    pub(crate) duplicate: f64,
    pub(crate) late: f64,
}

/// All queues of a run.
#[derive(Debug)]
pub(crate) struct Queues {
    by_name: Mutex<BTreeMap<String, Queue>>,
    changed: Notify,
    chance: Chance,
    sent: Mutex<u64>,
}

impl Queues {
    pub(crate) fn declared(queues: &[Declared], seed: u64) -> Self {
        let empty = |declared: &Declared| Queue {
            declared: declared.clone(),
            messages: Vec::new(),
        };
        let queues = queues
            .iter()
            .map(|queue| (queue.name.clone(), empty(queue)));
        Self {
            by_name: Mutex::new(queues.collect()),
            changed: Notify::new(),
            chance: Chance::of(seed, "queues"),
            sent: Mutex::new(0),
        }
    }

    /// Carries out `SendMessage` or `SendMessageBatch`.
    pub(crate) fn answer(&self, call: &AwsCall, unreliability: Unreliability) -> Reply {
        let answer = match call.body["Entries"].as_array() {
            None => json!({ "MessageId": self.accept(call.queue(), &call.body, unreliability) }),
            Some(entries) => {
                let sent = entries.iter().map(|entry| {
                    let id = self.accept(call.queue(), entry, unreliability);
                    json!({ "Id": entry["Id"], "MessageId": id, "MD5OfMessageBody": "" })
                });
                json!({ "Successful": sent.collect::<Vec<_>>(), "Failed": [] })
            }
        };
        Reply::json(200, answer.to_string())
    }

    /// Takes one message, which may become two, or late; its id.
    fn accept(&self, queue: &str, message: &Json, unreliability: Unreliability) -> String {
        let body = message["MessageBody"].as_str().unwrap_or_default();
        let delay = Duration::from_secs(message["DelaySeconds"].as_u64().unwrap_or(0));
        let id = self.send(queue, body, delay);
        if self.chance.happens(unreliability.duplicate) {
            self.send(queue, body, delay + self.chance.up_to(LATE));
        }
        if self.chance.happens(unreliability.late) {
            self.postpone(queue, &id);
        }
        id
    }

    /// Puts a message into a queue; its id.
    pub(crate) fn send(&self, queue: &str, body: &str, delay: Duration) -> String {
        let id = self.next_id();
        let message = Message {
            id: id.clone(),
            body: body.to_owned(),
            visible_at: Instant::now() + delay,
            receives: 0,
            spoiled: 0,
        };
        self.with(queue, |queue| queue.messages.push(message));
        self.changed.notify_waiters();
        id
    }

    fn next_id(&self) -> String {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        *sent += 1;
        format!("m{sent}")
    }

    fn postpone(&self, queue: &str, id: &str) {
        let late = self.chance.up_to(LATE);
        self.with(queue, |queue| {
            for message in queue.messages.iter_mut().filter(|message| message.id == id) {
                message.visible_at += late;
            }
        });
    }

    /// Takes up to `most` visible messages, in any order, and hides them for the queue's time.
    pub(crate) fn take(&self, queue: &str, most: u32) -> Vec<Message> {
        let now = Instant::now();
        self.bury(queue, now);
        let mut taken = Vec::new();
        self.with(queue, |queue| {
            let hidden = Duration::from_secs(queue.declared.visibility_timeout_s.into());
            let mut visible: Vec<&mut Message> = queue
                .messages
                .iter_mut()
                .filter(|message| message.visible_at <= now)
                .collect();
            while !visible.is_empty() && taken.len() < most as usize {
                let last = visible.len() as u64 - 1;
                let index = usize::try_from(self.chance.between(0, last)).unwrap_or(0);
                let message = visible.swap_remove(index);
                message.receives += 1;
                message.visible_at = now + hidden;
                taken.push(message.clone());
            }
        });
        taken
    }

    /// Moves what was received too often to the dead letters.
    fn bury(&self, queue: &str, now: Instant) {
        let mut dead = Vec::new();
        let mut to = None;
        self.with(queue, |queue| {
            let Some(redrive) = &queue.declared.redrive else {
                return;
            };
            let is_dead = |message: &mut Message| {
                message.visible_at <= now && message.receives >= redrive.max_receive_count
            };
            dead.extend(queue.messages.extract_if(.., is_dead));
            to = Some(redrive.dead_letter_queue.clone());
        });
        if let Some(to) = to {
            self.with(&to, |letters| letters.messages.extend(dead));
        }
    }

    /// Deletes messages that were dealt with.
    pub(crate) fn delete(&self, queue: &str, ids: &[&str]) {
        self.with(queue, |queue| {
            queue
                .messages
                .retain(|message| !ids.contains(&message.id.as_str()));
        });
        self.changed.notify_waiters();
    }

    /// Notes that a fault came between these messages and their end.
    pub(crate) fn spoil(&self, queue: &str, ids: &[&str]) {
        self.with(queue, |queue| {
            let hit = |message: &&mut Message| ids.contains(&message.id.as_str());
            for message in queue.messages.iter_mut().filter(hit) {
                message.spoiled += 1;
            }
        });
    }

    /// When the next message of a queue can be taken; none while it is empty.
    pub(crate) fn next_visible(&self, queue: &str) -> Option<Instant> {
        let mut next = None;
        self.with(queue, |queue| {
            next = queue
                .messages
                .iter()
                .map(|message| message.visible_at)
                .min();
        });
        next
    }

    /// Waits until something was sent or deleted.
    pub(crate) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// Whether no queue that feeds a function has any message.
    pub(crate) fn is_idle(&self) -> bool {
        let queues = self.lock();
        let mut fed = queues
            .values()
            .filter(|queue| queue.declared.redrive.is_some());
        fed.all(|queue| queue.messages.is_empty())
    }

    /// Every dead letter, with the receives that its own queue allowed.
    pub(crate) fn dead_letters(&self) -> Vec<(Message, u32)> {
        let queues = self.lock();
        let redrives = queues
            .values()
            .filter_map(|queue| queue.declared.redrive.clone());
        let dead = redrives.flat_map(|redrive| {
            let letters = queues.get(&redrive.dead_letter_queue);
            let letters = letters.into_iter().flat_map(|queue| queue.messages.iter());
            letters
                .map(|message| (message.clone(), redrive.max_receive_count))
                .collect::<Vec<_>>()
        });
        dead.collect()
    }

    fn with(&self, queue: &str, change: impl FnOnce(&mut Queue)) {
        if let Some(queue) = self.lock().get_mut(queue) {
            change(queue);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Queue>> {
        self.by_name.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
