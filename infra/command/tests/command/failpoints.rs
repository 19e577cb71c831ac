//! Killed at each failpoint: before and after every kind of write and send of every function.
//! Started again, the stack finishes what was begun, once.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::SignalId;
use local_stack::aws::AwsChoice;
use local_stack::stack_clock::{ClockOptions, StackClock};
use local_stack::wire::Meter;
use local_stack::{Stack, StackOptions};
use runtime::{Entropy, Environment};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::alerts::{alert, send};
use crate::killed::{CLOCK, VARIABLES, start, wait_until_at_rest};
use crate::ledger::assert_adds_up;
use crate::program::{Up, log_of};

/// Calls that leave something behind.
const WRITES: [&str; 4] = [
    "/PutItem",
    "/UpdateItem",
    "/TransactWriteItems",
    "/SendMessage",
];
/// Every call that a trading day knows has been made by then.
const WATCHED_FOR: Duration = Duration::from_secs(20);
/// Calls made so often meanwhile are made by every stack. The simulator dies at the rarer ones.
const OFTEN: u64 = 5;
/// How long a failpoint may take to be reached.
const REACHED_WITHIN: Duration = Duration::from_mins(1);
/// Stacks that run at the same time: they mostly wait.
const AT_ONCE: usize = 4;
const BETWEEN_ALERTS: Duration = Duration::from_millis(60);

/// The failpoints that a stack passes while alerts come in.
async fn failpoints() -> Vec<String> {
    let meter = Meter::default();
    let stack = watched(&meter).await;
    let (url, client) = (stack.url(), reqwest::Client::new());
    let started = Instant::now();
    for number in 0.. {
        if started.elapsed() > WATCHED_FOR {
            break;
        }
        send(&client, &url, &alert(0, number)).await.unwrap();
        tokio::time::sleep(BETWEEN_ALERTS).await;
    }
    stack.stop().await.unwrap();
    let made = meter.take();
    let often = made
        .iter()
        .filter(|(_, tally)| tally.calls >= OFTEN)
        .map(|(call, _)| call);
    often
        .filter(|call| WRITES.iter().any(|write| call.contains(write)))
        // Vitals are lost without harm, and schedules write some before a stack is up.
        .filter(|call| !call.contains("VITALS"))
        .flat_map(|call| [format!("before {call}"), format!("after {call}")])
        .collect()
}

/// A stack like those that are killed, in this process, whose calls are counted.
async fn watched(meter: &Meter) -> Stack {
    let clock = StackClock::open(
        ClockOptions {
            start: Some(CLOCK.0.parse().unwrap()),
            speed: Some(CLOCK.1.parse().unwrap()),
        },
        None,
    );
    let variables = VARIABLES.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let meter = meter.clone();
    let stack = Stack::start(StackOptions {
        template: include_str!("../../../../template.yaml").to_owned(),
        aws: AwsChoice::in_memory(),
        port: 0,
        environment: variables.into_iter().collect::<Environment>(),
        clock: Arc::new(clock.unwrap()),
        entropy: Entropy::seeded(1),
        schedules: true,
        interposer: Some(Arc::new(move |wire| meter.before(wire))),
        market: None,
        site: None,
    });
    stack.await.unwrap()
}

/// Dies at this failpoint, comes back, and finishes what was begun.
async fn dies_and_finishes(dir: &Path, failpoint: &str) {
    let up = start(dir, &["--die-at", failpoint]);
    let accepted = alerts_until_dead(up, failpoint).await;
    let up = start(dir, &[]);
    wait_until_at_rest(&up, dir).await;
    assert!(!log_of(dir).contains("panicked"), "{}", log_of(dir));
    assert_eq!(up.interrupt().0, Some(0));
    assert_adds_up(dir, &accepted).await;
}

/// Sends alerts until the stack is dead; the ids of those that were accepted.
async fn alerts_until_dead(mut up: Up, failpoint: &str) -> Vec<SignalId> {
    let (url, client) = (up.url(), reqwest::Client::new());
    let started = Instant::now();
    let mut accepted = Vec::new();
    for number in 0.. {
        if up.is_dead() {
            return accepted;
        }
        let waited = started.elapsed();
        assert!(waited < REACHED_WITHIN, "{failpoint} is never reached");
        let answered = send(&client, &url, &alert(0, number)).await;
        accepted.extend(answered.flatten());
        tokio::time::sleep(BETWEEN_ALERTS).await;
    }
    accepted
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_each_failpoint_a_stack_finishes_what_it_began() {
    let failpoints = Box::pin(failpoints()).await;
    // Seven functions write something and hand it on, and each has two sides to die on.
    assert!(failpoints.len() >= 28, "only {failpoints:?}");
    let parent = tempfile::tempdir().unwrap();
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut runs = JoinSet::new();
    for (number, failpoint) in failpoints.into_iter().enumerate() {
        let (places, dir) = (Arc::clone(&places), parent.path().join(number.to_string()));
        runs.spawn(async move {
            let _place = places.acquire_owned().await.unwrap();
            eprintln!("{failpoint}");
            dies_and_finishes(&dir, &failpoint).await;
        });
    }
    while let Some(run) = runs.join_next().await {
        run.unwrap();
    }
}
