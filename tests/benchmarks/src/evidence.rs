//! What the evidence of a signal takes, by the size of its chain: bytes, chunks, capacity, time.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use decisions::positioning::{gamma_exposure, options_flow};
use domain::calendar::trading_date;
use domain::{Evidence, ListedOption, OptionChain, Symbol};
use local_stack::wire::Meter;
use market_data::{ChainRequest, Market, SimulatedHours, SimulatedMarket};
use runtime::clock::ManualClock;
use serde_json::{Value as Json, json};
use storage::EvidenceTable;
use storage::evidence::Packed;

use crate::report::{Report, Table};
use crate::stage::{Setting, Stage, in_session};
use crate::{AnyError, progress};

/// Contracts of a chain: a company's, an index fund's, and beyond.
const SIZES: [usize; 4] = [500, 2_000, 4_000, 8_000];
const CHAIN_DAYS: i64 = 45;
/// Times are the best of so many.
const TRIES: u32 = 5;
/// What no figure is a round multiple of.
const ODD: f64 = 1e-9 / 7.0;

const NOTES: [&str; 3] = [
    "A chain and what follows from it: bars add about 6 KB to a signal's evidence.",
    "By rows: an object for each contract, with the same figures under the same names.",
    "Every digit: Greeks and volatilities of 17 digits, as a provider that rounds nothing tells them.",
];

/// How many digits the figures of a chain have.
#[derive(Debug, Clone, Copy)]
enum Digits {
    Six,
    Every,
}

pub(crate) async fn measure() -> Result<Report, AnyError> {
    let start = in_session();
    let stage = Stage::set(Setting {
        clock: Arc::new(ManualClock::at(start)),
        interposer: None,
        market: None,
        by_hand: &[],
        variables: &[],
    })
    .await?;
    let meter = Meter::default();
    let environment = &stage.stack.surroundings().environment;
    let stored = EvidenceTable::new(&stage.metered(&meter).await, environment)?;
    let columns = [
        "chain",
        "bytes by rows",
        "bytes by columns",
        "compressed",
        "chunks",
        "write units",
        "read units",
        "µs to encode",
        "µs to decode",
    ];
    let mut table = Table::new("The evidence of one signal, by its chain", &columns);
    for digits in [Digits::Six, Digits::Every] {
        for size in SIZES {
            progress(&format!("evidence: {size} contracts"));
            let evidence = evidence(chain(size, digits, start).await?, start);
            meter.take();
            let name = stored.put_evidence(&evidence).await?;
            if stored.get_evidence(&name).await?.as_ref() != Some(&evidence) {
                return Err("evidence didn't come back as it was".into());
            }
            let units = units(&meter);
            table.row(row(&evidence, digits, units)?);
        }
    }
    stage.strike().await?;
    Ok(Report::new("evidence", vec![table], &NOTES))
}

/// The first contracts of a simulated chain.
async fn chain(size: usize, digits: Digits, now: DateTime<Utc>) -> Result<OptionChain, AnyError> {
    let today = trading_date(now);
    let request = ChainRequest {
        underlying: Symbol::parse("SPY")?,
        expires_from: today,
        expires_to: today + TimeDelta::days(CHAIN_DAYS),
        strikes: None,
    };
    let market = SimulatedMarket::new(1, SimulatedHours::AlwaysOpen);
    let mut chain = market.chain(&request, now.into()).await?;
    if chain.options.len() < size {
        return Err(format!("only {} contracts are listed", chain.options.len()).into());
    }
    chain.options.truncate(size);
    if matches!(digits, Digits::Every) {
        let factors = (1_u32..).map(|row| 1.0 + f64::from(row) * ODD);
        let options = chain.options.iter_mut();
        options
            .zip(factors)
            .for_each(|(option, factor)| unround(option, factor));
    }
    Ok(chain)
}

fn unround(option: &mut ListedOption, factor: f64) {
    option.implied_volatility = option.implied_volatility.map(|it| it * factor);
    if let Some(greeks) = &mut option.greeks {
        greeks.delta *= factor;
        greeks.gamma *= factor;
        greeks.theta *= factor;
        greeks.vega *= factor;
        greeks.rho = greeks.rho.map(|rho| rho * factor);
    }
}

fn evidence(chain: OptionChain, now: DateTime<Utc>) -> Evidence {
    let underlying = chain.underlying.clone();
    Evidence {
        gamma_exposure: gamma_exposure(&chain, None, now).ok(),
        options_flow: options_flow(&chain, now).ok(),
        chain: Some(chain),
        ..Evidence::unasked(underlying, now)
    }
}

/// Write and read units since they were last taken.
fn units(meter: &Meter) -> (f64, f64) {
    let calls = meter.take();
    let writes = calls.values().map(|tally| tally.write_units).sum();
    let reads = calls.values().map(|tally| tally.read_units).sum();
    (writes, reads)
}

fn row(
    evidence: &Evidence,
    digits: Digits,
    (writes, reads): (f64, f64),
) -> Result<[String; 9], AnyError> {
    let bytes = serde_json::to_vec(evidence)?;
    let packed = Packed::of(&bytes)?;
    let chunks = packed.chunks();
    let encoding = best(|| Ok(Packed::of(&serde_json::to_vec(evidence)?)?))?;
    let decoding = best(|| Ok(serde_json::from_slice::<Evidence>(&packed.unpack()?)?))?;
    let options = evidence.chain.iter().flat_map(|chain| &chain.options);
    let by_rows: Vec<Json> = options.map(as_row).collect();
    let digits = match digits {
        Digits::Six => "six decimals",
        Digits::Every => "every digit",
    };
    Ok([
        format!("{} contracts, {digits}", by_rows.len()),
        serde_json::to_vec(&by_rows)?.len().to_string(),
        bytes.len().to_string(),
        chunks
            .iter()
            .map(|chunk| chunk.len())
            .sum::<usize>()
            .to_string(),
        chunks.len().to_string(),
        format!("{writes:.0}"),
        format!("{reads:.0}"),
        encoding.as_micros().to_string(),
        decoding.as_micros().to_string(),
    ])
}

fn best<T>(work: impl Fn() -> Result<T, AnyError>) -> Result<Duration, AnyError> {
    let mut best = Duration::MAX;
    for _ in 0..TRIES {
        let started = Instant::now();
        black_box(work()?);
        best = best.min(started.elapsed());
    }
    Ok(best)
}

fn as_row(option: &ListedOption) -> Json {
    json!({
        "contract": option.contract,
        "bid": option.sides.map(|sides| sides.bid),
        "ask": option.sides.map(|sides| sides.ask),
        "bid_size": option.bid_size,
        "ask_size": option.ask_size,
        "quoted_at": option.quoted_at,
        "implied_volatility": option.implied_volatility,
        "greeks": option.greeks,
        "open_interest": option.open_interest,
        "volume": option.volume,
    })
}
