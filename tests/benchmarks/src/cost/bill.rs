//! What a number of signals used, and what that costs for a million of them.

use std::collections::BTreeMap;

use local_stack::wire::Tally;

use super::prices;
use crate::courier::Invocation;
use crate::figures::figure;
use crate::report::Table;

/// Everything that is paid for.
#[derive(Debug, Default, Clone)]
pub(super) struct Bill {
    /// Calls by name.
    pub(super) calls: BTreeMap<String, Tally>,
    /// Invocations through a queue: each is a message that was received and deleted.
    pub(super) from_queues: usize,
    /// Invocations by the HTTP API.
    pub(super) from_http: usize,
    /// Seconds of all invocations, on this machine.
    pub(super) busy_s: f64,
}

/// A bill in dollars for a million signals.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Dollars {
    pub(super) writes: f64,
    pub(super) reads: f64,
    pub(super) queues: f64,
    pub(super) functions: f64,
    pub(super) http: f64,
}

impl Dollars {
    pub(super) fn total(&self) -> f64 {
        self.writes + self.reads + self.queues + self.functions + self.http
    }
}

impl Bill {
    pub(super) fn call(&mut self, calls: BTreeMap<String, Tally>) {
        for (name, tally) in calls {
            *self.calls.entry(name).or_default() += tally;
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.call(other.calls.clone());
        self.from_queues += other.from_queues;
        self.from_http += other.from_http;
        self.busy_s += other.busy_s;
    }

    pub(super) fn invoked(&mut self, invocations: &[Invocation]) {
        self.from_queues += invocations.len();
        self.busy_s += invocations
            .iter()
            .map(|it| it.elapsed.as_secs_f64())
            .sum::<f64>();
    }

    pub(super) fn sum(&self) -> Tally {
        let mut sum = Tally::default();
        self.calls.values().for_each(|tally| sum += *tally);
        sum
    }

    /// SQS requests: sends, receipts, deletions.
    pub(super) fn queue_requests(&self) -> f64 {
        let sends = self
            .calls
            .iter()
            .filter(|(name, _)| name.contains("/SendMessage"));
        let sends: u64 = sends.map(|(_, tally)| tally.calls).sum();
        sends as f64 + 2.0 * figure(self.from_queues)
    }

    pub(super) fn invocations(&self) -> f64 {
        figure(self.from_queues + self.from_http)
    }

    /// Dollars for a million signals, where this bill is for `signals` of them.
    pub(super) fn dollars(&self, signals: usize) -> Dollars {
        let (sum, signals) = (self.sum(), figure(signals));
        let seconds = self.busy_s + sum.calls as f64 * prices::CALL_S;
        let functions = self.invocations() * prices::INVOCATION
            + seconds * prices::MEMORY_GB * prices::GB_SECOND;
        Dollars {
            writes: sum.write_units * prices::WRITE_UNIT / signals,
            reads: sum.read_units * prices::READ_UNIT / signals,
            queues: self.queue_requests() * prices::SQS_REQUEST / signals,
            functions: functions / signals,
            http: figure(self.from_http) * prices::HTTP_REQUEST / signals,
        }
    }

    /// Its calls, each as its share of one signal.
    pub(super) fn table(&self, title: &str, signals: usize) -> Table {
        let columns = [
            "call",
            "calls",
            "write units",
            "read units",
            "bytes at most",
        ];
        let mut table = Table::new(title, &columns);
        let share = |amount: f64| format!("{:.2}", amount / figure(signals));
        for (name, tally) in &self.calls {
            table.row([
                name.clone(),
                share(tally.calls as f64),
                share(tally.write_units),
                share(tally.read_units),
                tally.largest_bytes.to_string(),
            ]);
        }
        let sum = self.sum();
        table.row([
            "all".to_owned(),
            share(sum.calls as f64),
            share(sum.write_units),
            share(sum.read_units),
            sum.largest_bytes.to_string(),
        ]);
        table
    }
}
