//! From the alert to the open position: on the simulated market, on the real clock, with the
//! queues polled as ever.

use std::sync::Arc;
use std::time::{Duration, Instant};

use runtime::clock;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{sleep, timeout};

use crate::alerts::{SYMBOLS, entry, exit};
use crate::figures::Durations;
use crate::report::{Report, Table};
use crate::stage::{Setting, Stage};
use crate::watch::{Noted, Watch, offset_ms, sequential};
use crate::{AnyError, progress};

/// Signals, one after another.
const SIGNALS: usize = 200;
/// How long one may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often it is looked whether everything is closed.
const GLANCE: Duration = Duration::from_millis(20);

const NOTES: [&str; 3] = [
    "Measured from the POST to the answer of the transaction that opens the position.",
    "Up to ten positions are open; they are closed by alerts between the rounds.",
    "Sequential: calls that overlap count once. In the cloud each is a few ms, and a queue's hop some 10 ms.",
];

/// A run in progress.
struct Run {
    stage: Stage,
    watch: Watch,
    opened: UnboundedReceiver<Instant>,
}

/// One signal, from its alert to its position.
struct Opened {
    sent: Instant,
    took: Duration,
    calls: Vec<Noted>,
}

pub(crate) async fn measure() -> Result<Report, AnyError> {
    let (sender, opened) = unbounded_channel();
    let watch = Watch::new(sender);
    let watching = watch.clone();
    let stage = Stage::set(Setting {
        clock: clock::system(),
        interposer: Some(Arc::new(move |wire| watching.before(wire))),
        market: None,
        by_hand: &[],
        variables: &[],
    })
    .await?;
    let mut run = Run {
        stage,
        watch,
        opened,
    };
    run.round("warm-up").await?;
    let mut all = Vec::new();
    for round in 0..SIGNALS / SYMBOLS.len() {
        if round % 5 == 0 {
            progress(&format!("opening: {} of {SIGNALS}", all.len()));
        }
        all.extend(run.round(&format!("bench-{round}")).await?);
    }
    run.stage.strike().await?;
    Ok(report(&all))
}

impl Run {
    /// Opens a position in each symbol, and closes them all.
    async fn round(&mut self, strategy: &str) -> Result<Vec<Opened>, AnyError> {
        let mut round = Vec::new();
        for symbol in SYMBOLS {
            round.push(self.open(symbol, strategy).await?);
        }
        sleep(GLANCE).await;
        for symbol in SYMBOLS {
            let now = clock::system().now();
            self.stage.sender.send(exit(symbol, strategy, now)).await?;
        }
        timeout(PATIENCE, self.empty()).await??;
        Ok(round)
    }

    async fn open(&mut self, symbol: &str, strategy: &str) -> Result<Opened, AnyError> {
        let body = entry(symbol, strategy, clock::system().now());
        self.watch.take();
        let sent = Instant::now();
        self.stage.sender.send(body).await?;
        let opened = timeout(PATIENCE, self.opened.recv()).await?;
        let opened = opened.ok_or("nobody watches any more")?;
        let mut calls = self.watch.take();
        calls.retain(|call| call.began < opened);
        Ok(Opened {
            sent,
            took: opened.saturating_duration_since(sent),
            calls,
        })
    }

    async fn empty(&self) -> Result<(), AnyError> {
        let ledger = &self.stage.ledger;
        while !(ledger.open_positions().await?.is_empty()
            && ledger.closing_positions().await?.is_empty())
        {
            sleep(GLANCE).await;
        }
        Ok(())
    }
}

fn report(all: &[Opened]) -> Report {
    let took: Durations = all.iter().map(|opened| opened.took).collect();
    let mut times = Table::new(
        "Alert to open position, in ms",
        &["signals", "p50", "p99", "longest"],
    );
    times.row(std::iter::once(took.count().to_string()).chain(took.cells()));
    let mut tables = vec![times];
    // The one in the middle is as good as any to look at.
    let mut by_time: Vec<&Opened> = all.iter().collect();
    by_time.sort_by_key(|opened| opened.took);
    if let Some(median) = by_time.get(by_time.len() / 2) {
        tables.push(calls(median));
    }
    Report::new("opening", tables, &NOTES)
}

fn calls(opened: &Opened) -> Table {
    let title = format!(
        "One signal: {} calls to AWS, {} of them one after another; ms since the alert",
        opened.calls.len(),
        sequential(&opened.calls)
    );
    let mut table = Table::new(title, &["call", "began", "answered"]);
    for call in &opened.calls {
        table.row([
            call.name.clone(),
            offset_ms(opened.sent, call.began),
            offset_ms(opened.sent, call.ended),
        ]);
    }
    table
}
