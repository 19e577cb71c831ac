//! The webhook: what it does for an alert, how long that takes, and how many it takes in.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures::future::try_join_all;
use local_stack::wire::Meter;
use runtime::clock;
use tokio::time::{MissedTickBehavior, interval};

use crate::alerts::{SYMBOLS, entry};
use crate::figures::{Durations, figure};
use crate::report::{Report, Table};
use crate::stage::{Sender, Setting, Stage};
use crate::{AnyError, progress};

const PACED: usize = 2_000;
const PACED_EVERY: Duration = Duration::from_millis(20);
const CROWD: usize = 5_000;
const CONNECTIONS: usize = 32;

const NOTES: [&str; 2] = [
    "Over HTTP on the loopback, from the request's first byte to the answer's last; the sender, the \
     webhook, DynamoDB and SQS share this machine.",
    "With the functions behind it: up to 40 positions are open, and the alerts beyond are rejected. \
     Without: nobody takes from its queue.",
];

pub(crate) async fn measure() -> Result<Report, AnyError> {
    let mut times = Table::new(
        "One alert over HTTP, in ms",
        &[
            "load",
            "alerts",
            "p50",
            "p99",
            "longest",
            "alerts a second",
            "answered 503",
        ],
    );
    let stage = stage(None, &[]).await?;
    stage.sender.send(alert(0, "warm-up")).await?;
    progress("webhook: 2,000 alerts at 50 a second, with the functions behind it");
    add(
        &mut times,
        "50 a second, functions behind it",
        &paced(&stage.sender).await?,
    );
    stage.strike().await?;
    let meter = Meter::default();
    let stage = stage_without_consumers(&meter).await?;
    let calls = warm_calls(&stage, &meter).await?;
    progress("webhook: 2,000 alerts at 50 a second, alone");
    add(
        &mut times,
        "50 a second, webhook alone",
        &paced(&stage.sender).await?,
    );
    progress("webhook: 5,000 alerts over 32 connections");
    add(
        &mut times,
        "32 connections, webhook alone",
        &crowd(&stage.sender).await?,
    );
    stage.strike().await?;
    Ok(Report::new("webhook", vec![calls, times], &NOTES))
}

/// What a load came to.
#[derive(Default)]
struct Load {
    answers: Durations,
    /// Alerts that could not be written in time: `TradingView` would send them again.
    refused: usize,
    lasted: Duration,
}

/// How an alert was answered, and after which time.
struct Answered {
    is_taken: bool,
    after: Duration,
}

impl Load {
    fn add(&mut self, answered: &Answered) {
        self.answers.add(answered.after);
        self.refused += usize::from(!answered.is_taken);
    }
}

fn add(table: &mut Table, name: &str, load: &Load) {
    let count = load.answers.count();
    let rate = figure(count) / load.lasted.as_secs_f64();
    let cells = [name.to_owned(), count.to_string()];
    table.row(
        cells
            .into_iter()
            .chain(load.answers.cells())
            .chain([format!("{rate:.0}"), load.refused.to_string()]),
    );
}

async fn stage_without_consumers(meter: &Meter) -> Result<Stage, AnyError> {
    stage(Some(meter.clone()), &["EngineAQueue"]).await
}

async fn stage(meter: Option<Meter>, by_hand: &'static [&'static str]) -> Result<Stage, AnyError> {
    Stage::set(Setting {
        clock: clock::system(),
        interposer: meter.map(|meter| -> local_stack::wire::Interposer {
            Arc::new(move |wire| meter.before(wire))
        }),
        market: None,
        by_hand,
        variables: &[],
    })
    .await
}

/// The calls of one alert, when the secret has been read.
async fn warm_calls(stage: &Stage, meter: &Meter) -> Result<Table, AnyError> {
    stage.sender.send(alert(0, "warm-up")).await?;
    meter.take();
    stage.sender.send(alert(1, "warm-up")).await?;
    let mut table = Table::new("One alert, warm", &["call", "calls", "write units"]);
    for (name, tally) in meter.take() {
        table.row([name, tally.calls.to_string(), tally.write_units.to_string()]);
    }
    Ok(table)
}

async fn paced(sender: &Sender) -> Result<Load, AnyError> {
    let mut beat = interval(PACED_EVERY);
    beat.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let (started, mut sent) = (Instant::now(), Vec::new());
    for number in 0..PACED {
        beat.tick().await;
        let sender = sender.clone();
        sent.push(tokio::spawn(async move {
            timed(&sender, alert(number, "paced")).await
        }));
    }
    let mut load = Load::default();
    for answer in sent {
        load.add(&answer.await??);
    }
    load.lasted = started.elapsed();
    Ok(load)
}

async fn crowd(sender: &Sender) -> Result<Load, AnyError> {
    let (next, started) = (AtomicUsize::new(0), Instant::now());
    let connections = (0..CONNECTIONS).map(|_| async {
        let mut own = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= CROWD {
                return Ok::<_, AnyError>(own);
            }
            own.push(timed(sender, alert(number, "crowd")).await?);
        }
    });
    let mut load = Load::default();
    for answered in try_join_all(connections).await?.iter().flatten() {
        load.add(answered);
    }
    load.lasted = started.elapsed();
    Ok(load)
}

async fn timed(sender: &Sender, body: String) -> Result<Answered, AnyError> {
    let started = Instant::now();
    let is_taken = sender.is_taken(body).await?;
    let after = started.elapsed();
    Ok(Answered { is_taken, after })
}

/// An alert that is like no other: symbols in turn, and strategies by the hundred.
fn alert(number: usize, load: &str) -> String {
    let (symbol, round) = (SYMBOLS[number % SYMBOLS.len()], number / SYMBOLS.len());
    entry(symbol, &format!("{load}-{round}"), clock::system().now())
}
