//! A hundred contracts' prices: asked at once, and asked one by one.

use std::slice::from_ref;

use domain::{OptionContract, OptionRight, Symbol};
use market_data::provider::{Provider, ProviderName};
use market_data::{ContractFilter, Market, SimulatedHours, SimulatedMarket};

use super::{Scene, timed};
use crate::alerts::SYMBOLS;
use crate::figures::Durations;
use crate::report::Table;
use crate::{AnyError, progress};

/// Those that quote options.
const PROVIDERS: [ProviderName; 3] = [
    ProviderName::Alpaca,
    ProviderName::Massive,
    ProviderName::MarketData,
];
const CONTRACTS: usize = 100;
/// Over how many days mixed contracts expire.
const MIXED_DAYS: i64 = 30;
/// Times are the median of so many, at once and one by one.
const TRIES: [usize; 2] = [20, 3];

/// One way to ask: how many contracts to a call, and what it came to.
struct Way {
    requests: usize,
    durations: Durations,
}

pub(super) async fn table(scene: &Scene) -> Result<Table, AnyError> {
    let columns = [
        "provider, contracts",
        "requests at once",
        "requests one by one",
        "ms at once",
        "ms one by one",
    ];
    let mut table = Table::new("Quoting 100 contracts", &columns);
    let selections = [
        ("one expiration", of_one_expiration(scene).await?),
        ("mixed", mixed(scene).await?),
    ];
    for provider in PROVIDERS {
        for (name, contracts) in &selections {
            progress(&format!("market-data: {provider} quotes, {name}"));
            let at_once = ask(scene, provider, contracts, (CONTRACTS, TRIES[0])).await?;
            let one_by_one = ask(scene, provider, contracts, (1, TRIES[1])).await?;
            table.row([
                format!("{provider}, {name}"),
                at_once.requests.to_string(),
                one_by_one.requests.to_string(),
                format!("{:.2}", at_once.durations.percentile_ms(50)),
                format!("{:.2}", one_by_one.durations.percentile_ms(50)),
            ]);
        }
    }
    Ok(table)
}

/// Asks for all contracts, so many to a call.
async fn ask(
    scene: &Scene,
    provider: ProviderName,
    contracts: &[OptionContract],
    (to_a_call, tries): (usize, usize),
) -> Result<Way, AnyError> {
    let (adapter, double) = (scene.bare(provider)?, scene.double(provider)?);
    // The first call connects.
    adapter
        .option_quotes(from_ref(&contracts[0]), scene.asked())
        .await?;
    let before = double.arrivals().len();
    let mut durations = Durations::default();
    for _ in 0..tries {
        let asking = pass(scene, adapter.as_ref(), contracts, to_a_call);
        let (passed, duration) = timed(asking).await;
        passed?;
        durations.add(duration);
    }
    Ok(Way {
        requests: (double.arrivals().len() - before) / tries,
        durations,
    })
}

async fn pass(
    scene: &Scene,
    adapter: &dyn Provider,
    contracts: &[OptionContract],
    to_a_call: usize,
) -> Result<(), AnyError> {
    for group in contracts.chunks(to_a_call) {
        let batch = adapter.option_quotes(group, scene.asked()).await?;
        if let Some((contract, error)) = batch.failed.first_key_value() {
            return Err(format!("{contract} has no quote: {error}").into());
        }
    }
    Ok(())
}

/// Calls and puts of SPY that expire together, at the middle strikes.
async fn of_one_expiration(scene: &Scene) -> Result<Vec<OptionContract>, AnyError> {
    let listed = listed(scene, "SPY").await?;
    let expiration = listed.last().ok_or("nothing is listed")?.expiration();
    let mut chosen = Vec::new();
    for right in [OptionRight::Call, OptionRight::Put] {
        let alike = listed.iter();
        let alike = alike.filter(|it| it.expiration() == expiration && it.right() == right);
        let alike: Vec<OptionContract> = alike.cloned().collect();
        let outer = alike.len().saturating_sub(CONTRACTS / 2) / 2;
        chosen.extend(alike.into_iter().skip(outer).take(CONTRACTS / 2));
    }
    all(chosen)
}

/// Ten contracts of each symbol, evenly spread over all that are listed.
async fn mixed(scene: &Scene) -> Result<Vec<OptionContract>, AnyError> {
    let of_each = CONTRACTS / SYMBOLS.len();
    let mut chosen = Vec::new();
    for symbol in SYMBOLS {
        let listed = listed(scene, symbol).await?;
        let step = (listed.len() / of_each).max(1);
        chosen.extend(listed.into_iter().step_by(step).take(of_each));
    }
    all(chosen)
}

fn all(chosen: Vec<OptionContract>) -> Result<Vec<OptionContract>, AnyError> {
    if chosen.len() == CONTRACTS {
        return Ok(chosen);
    }
    Err(format!("{} contracts instead of {CONTRACTS}", chosen.len()).into())
}

async fn listed(scene: &Scene, symbol: &str) -> Result<Vec<OptionContract>, AnyError> {
    let (expires_from, expires_to) = scene.days(MIXED_DAYS);
    let filter = ContractFilter {
        underlying: Symbol::parse(symbol)?,
        expires_from,
        expires_to,
        right: None,
    };
    let market = SimulatedMarket::new(1, SimulatedHours::Nyse);
    Ok(market.contracts(&filter, scene.asked()).await?)
}
