//! Engine B: what its agents and their vote take on ready evidence, what voting again takes, and how
//! long an alert takes until the decision is stored.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use decisions::agents::hear_all;
use decisions::case::Case;
use decisions::{engine_b, replay};
use domain::settings::CommitteeRules;
use domain::{Book, Engine, Evidence, Flag, Knowledge, Settings, Signal, Symbol, Usd, alert};
use local_stack::wire::AwsCall;
use market_data::{Asked, SimulatedHours, SimulatedMarket, capture};
use runtime::clock;
use tokio::sync::mpsc::unbounded_channel;
use tokio::time::timeout;

use crate::alerts::{SYMBOLS, entry};
use crate::figures::Durations;
use crate::report::{Report, Table};
use crate::stage::{PAIRED, Setting, Stage, in_session};
use crate::watch::Watch;
use crate::{AnyError, progress};

/// Decisions that are timed on each case.
const DECISIONS: usize = 2_000;
/// Votes that are taken again.
const VOTES: usize = 100_000;
/// Signals whose decision is waited for, one after another.
const SIGNALS: usize = 200;
const PATIENCE: Duration = Duration::from_secs(20);

const NOTES: [&str; 4] = [
    "Deciding: all eight agents on evidence in memory, the vote, and the decision's record; one core.",
    "Voting again: the same through `decisions::replay`, under other weights; reading isn't in it.",
    "Decision stored: from the POST to the answer of the transaction that writes Engine B's decision, paired, \
     on the simulated market and the real clock; Engine A works beside it.",
    "The system before took 500 to 800 ms for a decision, its fetches included.",
];

/// A case with all that it borrows.
struct Ready {
    signal: Signal,
    evidence: Evidence,
    knowledge: Knowledge,
    settings: Settings,
    now: DateTime<Utc>,
}

impl Ready {
    async fn new(market: &SimulatedMarket, symbol: &str) -> Result<Self, AnyError> {
        let now = in_session();
        let signal = alert::read(entry(symbol, "bench", now).as_bytes(), now)?;
        let name = Symbol::parse(symbol)?;
        let evidence = capture(market, &name, signal.timeframe, Asked::at(now)).await;
        let settings = Settings {
            flags: Flag::ALL
                .into_iter()
                .fold(domain::Flags::default(), |flags, flag| {
                    domain::Flags::with(flags, flag, true)
                }),
            ..Settings::default()
        };
        Ok(Self {
            signal,
            evidence,
            knowledge: Knowledge {
                book: Book::opened_with(Engine::B, Usd::dollars(50_000)),
                day_result_usd: Usd::ZERO,
                bar_taken_by: None,
                premium_usd_by_symbol: [].into(),
                correlations: [].into(),
                settings_sha256: "00".repeat(32),
            },
            settings,
            now,
        })
    }

    fn case(&self) -> Case<'_> {
        Case {
            signal: &self.signal,
            evidence: &self.evidence,
            evidence_sha256: "",
            knowledge: &self.knowledge,
            settings: &self.settings,
            now: self.now,
        }
    }
}

pub(crate) async fn measure() -> Result<Report, AnyError> {
    let market = SimulatedMarket::new(1, SimulatedHours::AlwaysOpen);
    let mut cases = Vec::new();
    for symbol in SYMBOLS {
        cases.push(Ready::new(&market, symbol).await?);
    }
    progress("engine-b: deciding on ready evidence");
    let mut tables = vec![deciding(&cases)?, voting_again(&cases)];
    tables.push(Box::pin(stored()).await?);
    Ok(Report::new("engine-b", tables, &NOTES))
}

fn deciding(cases: &[Ready]) -> Result<Table, AnyError> {
    let mut took = Vec::new();
    for ready in cases {
        let case = ready.case();
        let (decision, _) = engine_b::decide(&case, || hear_all(&case));
        let voters = decision
            .vote
            .ok_or("the alert isn't eligible")?
            .contributions
            .len();
        if voters < 6 {
            return Err(format!("only {voters} agents have an opinion").into());
        }
        for _ in 0..DECISIONS {
            let started = Instant::now();
            black_box(engine_b::decide(black_box(&case), || hear_all(&case)));
            took.push(started.elapsed());
        }
    }
    took.sort_unstable();
    let at = |percent: usize| took[(took.len() * percent / 100).min(took.len() - 1)];
    let us = |duration: Duration| format!("{:.1}", duration.as_secs_f64() * 1e6);
    let columns = ["decisions", "p50", "p99", "longest"];
    let mut table = Table::new(
        "All agents and their vote on ready evidence, in µs",
        &columns,
    );
    table.row([took.len().to_string(), us(at(50)), us(at(99)), us(at(100))]);
    Ok(table)
}

fn voting_again(cases: &[Ready]) -> Table {
    let committee = CommitteeRules {
        enter_at_points: 65,
        ..CommitteeRules::default()
    };
    let heard: Vec<_> = cases.iter().map(|ready| hear_all(&ready.case())).collect();
    let started = Instant::now();
    for vote in 0..VOTES {
        let (ready, then) = (&cases[vote % cases.len()], &heard[vote % cases.len()]);
        let settings = replay::under(&ready.settings, Some(&committee), None);
        let case = Case {
            settings: &settings,
            ..ready.case()
        };
        black_box(replay::again(&case, then));
    }
    let a_second = VOTES as f64 / started.elapsed().as_secs_f64();
    let mut table = Table::new("Voting again on stored history", &["votes", "a second"]);
    table.row([VOTES.to_string(), format!("{a_second:.0}")]);
    table
}

/// From the alert to the decision that stands in the ledger.
async fn stored() -> Result<Table, AnyError> {
    let (sender, mut decided) = unbounded_channel();
    let watch = Watch::telling(sender, decides);
    let watching = watch.clone();
    let stage = Stage::set(Setting {
        variables: &PAIRED,
        interposer: Some(Arc::new(move |wire| watching.before(wire))),
        ..Setting::at(clock::system())
    })
    .await?;
    let mut took = Durations::default();
    for number in 0..SIGNALS {
        if number.is_multiple_of(50) {
            progress(&format!("engine-b: {number} of {SIGNALS} signals"));
        }
        let symbol = SYMBOLS[number % SYMBOLS.len()];
        let now = clock::system().now() - TimeDelta::milliseconds(1);
        let body = entry(symbol, &format!("bench-{number}"), now);
        let sent = Instant::now();
        stage.sender.send(body).await?;
        let at = timeout(PATIENCE, decided.recv())
            .await?
            .ok_or("nobody watches any more")?;
        // The first ones read settings and secrets.
        if number >= SYMBOLS.len() {
            took.add(at.saturating_duration_since(sent));
        }
        watch.take();
    }
    stage.strike().await?;
    let columns = ["signals", "p50", "p99", "longest"];
    let mut table = Table::new("Alert to Engine B's stored decision, in ms", &columns);
    table.row(std::iter::once(took.count().to_string()).chain(took.cells()));
    Ok(table)
}

/// Whether a call writes a decision of Engine B.
fn decides(call: &AwsCall) -> bool {
    let is_decision = |item: &serde_json::Value| item["kind"]["S"] == "DECISION";
    call.caller == "engine-b" && call.written_items().any(is_decision)
}
