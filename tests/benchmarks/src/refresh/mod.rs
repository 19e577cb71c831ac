//! A refresh and what the exit monitor makes of it over many positions: what they ask depends on
//! the contracts, not on the positions.

mod counting;
mod memory;

use std::sync::Arc;
use std::time::Instant;

use local_stack::wire::{Meter, Tally};
use market_data::{SimulatedHours, SimulatedMarket};
use runtime::Clock;
use runtime::clock::ManualClock;

use counting::{CountingMarket, Questions};
use memory::Memory;

use crate::courier::Courier;
use crate::report::{Report, Table};
use crate::seeding;
use crate::stage::{Setting, Stage, in_session};
use crate::{AnyError, progress};

/// Positions, and the contracts that they share.
const SIZES: [(usize, usize); 4] = [(100, 100), (1_000, 100), (1_000, 500), (10_000, 500)];
/// Messages of one invocation, and invocations at the same time, as template.yaml has them.
const BATCH: usize = 10;
const AT_ONCE: usize = 5;

const NOTES: [&str; 4] = [
    "Pages: the messages that the refresher sent, ten in an invocation, five of those at a time.",
    "The first pages write each position's memory; after that, only what changed is written.",
    "A question to the market may name all contracts; a real provider's takes 100 or so at once.",
    "MB: by how much the step's peak is above what the process had before it. The tables are in it.",
];

pub(crate) async fn measure() -> Result<Report, AnyError> {
    let columns = [
        "positions, contracts, step",
        "market calls",
        "contracts asked",
        "DynamoDB calls",
        "writes",
        "write units",
        "read units",
        "ms",
        "MB",
    ];
    let mut table = Table::new("One minute of all positions", &columns);
    for (positions, contracts) in SIZES {
        progress(&format!(
            "refresh: {positions} positions on {contracts} contracts"
        ));
        Box::pin(one(&mut table, positions, contracts)).await?;
    }
    Ok(Report::new("refresh", vec![table], &NOTES))
}

async fn one(table: &mut Table, positions: usize, contracts: usize) -> Result<(), AnyError> {
    let start = in_session();
    let clock = Arc::new(ManualClock::at(start));
    let (meter, courier) = (Meter::default(), Courier::default());
    let market = SimulatedMarket::new(1, SimulatedHours::AlwaysOpen);
    let counted = Arc::new(CountingMarket::new(market));
    let (counting, seeing, asked) = (meter.clone(), courier.clone(), counted.clone());
    let stage = Stage::set(Setting {
        clock: clock.clone(),
        interposer: Some(Arc::new(move |wire| seeing.before(counting.before(wire)))),
        market: Some(asked),
        by_hand: &["ExitsQueue"],
        variables: &[],
    })
    .await?;
    seeding::seed(&stage.ledger, &market, clock.now(), positions, contracts).await?;
    let bench = Bench {
        stage,
        meter,
        counted,
        courier,
        positions,
    };
    for (round, name) in ["the first minute", "the second"].into_iter().enumerate() {
        if round > 0 {
            clock.set(clock.now() + chrono::TimeDelta::minutes(1));
        }
        for step in [Step::Refresh, Step::Pages, Step::Schedule] {
            let row = format!("{positions} on {contracts}, {name}: {}", step.name());
            table.row(bench.measured(row, step).await?);
        }
    }
    bench.stage.strike().await
}

/// What is measured on its own.
#[derive(Debug, Clone, Copy)]
enum Step {
    Refresh,
    Pages,
    Schedule,
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Self::Refresh => "refresher",
            Self::Pages => "monitor, by pages",
            Self::Schedule => "monitor, by its schedule",
        }
    }
}

/// A stage with everything that counts.
struct Bench {
    stage: Stage,
    meter: Meter,
    counted: Arc<CountingMarket>,
    courier: Courier,
    positions: usize,
}

impl Bench {
    async fn measured(&self, name: String, step: Step) -> Result<[String; 9], AnyError> {
        self.meter.take();
        self.counted.take();
        let memory = Memory::watched();
        let started = Instant::now();
        self.run(step).await?;
        let elapsed_ms = started.elapsed().as_secs_f64() * 1_000.0;
        let asked = self.counted.take();
        Ok(cells(
            name,
            &self.meter,
            &asked,
            elapsed_ms,
            memory.peak_mb(),
        ))
    }

    async fn run(&self, step: Step) -> Result<(), AnyError> {
        let seen = match step {
            Step::Refresh => self.stage.run("position-refresher").await?,
            Step::Schedule => self.stage.run("exit-monitor").await?,
            Step::Pages => {
                let (stage, binary) = (&self.stage, "exit-monitor");
                self.courier
                    .deliver_batches(stage, binary, BATCH, AT_ONCE)
                    .await?;
                return Ok(());
            }
        };
        if seen["positions"].as_u64() == u64::try_from(self.positions).ok() {
            return Ok(());
        }
        Err(format!("{} saw {seen}", step.name()).into())
    }
}

fn cells(
    name: String,
    meter: &Meter,
    asked: &Questions,
    elapsed_ms: f64,
    peak_mb: f64,
) -> [String; 9] {
    let calls = meter.take();
    let mut sum = Tally::default();
    let mut writes = 0;
    let of_tables = calls
        .iter()
        .filter(|(name, _)| !name.contains("SendMessage"));
    for (name, tally) in of_tables {
        sum += *tally;
        if name.contains("PutItem") || name.contains("WriteItem") {
            writes += tally.calls;
        }
    }
    [
        name,
        asked.calls.to_string(),
        asked.contracts.to_string(),
        sum.calls.to_string(),
        writes.to_string(),
        format!("{:.1}", sum.write_units),
        format!("{:.1}", sum.read_units),
        format!("{elapsed_ms:.0}"),
        format!("{peak_mb:.0}"),
    ]
}
