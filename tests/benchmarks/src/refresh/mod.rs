//! A refresh and a pass of the exit monitor over many positions: what they ask and write depends
//! on the contracts, not on the positions.

mod counting;
mod seeding;

use std::sync::Arc;
use std::time::Instant;

use local_stack::wire::{Meter, Tally};
use market_data::{Market, SimulatedHours, SimulatedMarket};
use runtime::Clock;
use runtime::clock::ManualClock;

use counting::{CountingMarket, Questions};

use crate::report::{Report, Table};
use crate::stage::{Setting, Stage};
use crate::{AnyError, progress};

/// Positions, and the contracts that they share.
const SIZES: [(usize, usize); 3] = [(100, 100), (1_000, 100), (1_000, 500)];
/// A Thursday morning in session.
const START_S: i64 = 1_785_420_000;

const NOTES: [&str; 2] = [
    "Reads of the index grow with the positions, by their bytes; everything else with contracts.",
    "A question to the market may name all contracts; a real provider's takes 100 or so at once.",
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
    ];
    let mut table = Table::new("One pass over all positions", &columns);
    for (positions, contracts) in SIZES {
        progress(&format!(
            "refresh: {positions} positions on {contracts} contracts"
        ));
        one(&mut table, positions, contracts).await?;
    }
    Ok(Report::new("refresh", vec![table], &NOTES))
}

async fn one(table: &mut Table, positions: usize, contracts: usize) -> Result<(), AnyError> {
    let start = chrono::DateTime::from_timestamp(START_S, 0).ok_or("no such instant")?;
    let clock = Arc::new(ManualClock::at(start));
    let (meter, market) = (
        Meter::default(),
        SimulatedMarket::new(1, SimulatedHours::AlwaysOpen),
    );
    let counted = Arc::new(CountingMarket::new(market));
    let (counting, asked): (_, Arc<dyn Market>) = (meter.clone(), counted.clone());
    let stage = Stage::set(Setting {
        clock: clock.clone(),
        interposer: Some(Arc::new(move |wire| counting.before(wire))),
        market: Some(asked),
        by_hand: &["ExitsQueue"],
    })
    .await?;
    seeding::seed(&stage.ledger, &market, clock.now(), positions, contracts).await?;
    for binary in ["position-refresher", "exit-monitor"] {
        meter.take();
        counted.take();
        let started = Instant::now();
        let done = stage.run(binary).await?;
        if done["positions"].as_u64() != u64::try_from(positions).ok() {
            return Err(format!("{binary} saw {done}").into());
        }
        let name = format!("{positions}, {contracts}: {binary}");
        let elapsed_ms = started.elapsed().as_secs_f64() * 1_000.0;
        table.row(cells(name, &meter, &counted.take(), elapsed_ms));
    }
    stage.strike().await
}

fn cells(name: String, meter: &Meter, asked: &Questions, elapsed_ms: f64) -> [String; 8] {
    let calls = meter.take();
    let mut sum = Tally::default();
    let mut writes = 0;
    for (name, tally) in calls
        .iter()
        .filter(|(name, _)| !name.contains("SendMessage"))
    {
        sum += *tally;
        if name.contains("PutItem") || name.contains("WriteItems") {
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
    ]
}
