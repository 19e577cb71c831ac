//! How fast a provider's chain is read: the bodies are those that the stand-ins send.

use std::hint::black_box;
use std::time::Instant;

use market_data::provider::answer::Answer;
use market_data::provider::{ProviderName, alpaca, market_data_app, massive};
use market_data::{ChainRequest, MarketError};
use reqwest::header::HeaderMap;
use serde_json::Value as Json;

use super::Scene;
use crate::figures::Durations;
use crate::report::Table;
use crate::{AnyError, progress};

/// Contracts of a body. On the wire Massive's are in pages of 250, Alpaca's in pages of 1,000.
const CONTRACTS: usize = 2_000;
const CONTRACTS_F64: f64 = 2_000.0;
/// Times are the median of so many.
const TRIES: usize = 50;
/// Where chains are, and the names under which the first and the last expiration are asked for.
const CHAINS: [(ProviderName, &str, [&str; 2]); 3] = [
    (
        ProviderName::Alpaca,
        "/v1beta1/options/snapshots/SPY",
        ["expiration_date_gte", "expiration_date_lte"],
    ),
    (
        ProviderName::Massive,
        "/v3/snapshot/options/SPY",
        ["expiration_date.gte", "expiration_date.lte"],
    ),
    (
        ProviderName::MarketData,
        "/v1/options/chain/SPY/",
        ["from", "to"],
    ),
];

pub(super) async fn table(scene: &Scene) -> Result<Table, AnyError> {
    let columns = ["provider", "bytes", "µs", "MB a second", "ns a contract"];
    let mut table = Table::new("Reading a chain of 2,000 contracts", &columns);
    let request = scene.chain()?;
    for (provider, path, names) in CHAINS {
        progress(&format!("market-data: {provider}'s chain"));
        let body = body(scene, provider, path, names, &request).await?;
        let bytes = u32::try_from(body.len())?;
        let headers = HeaderMap::new();
        let answer = Answer::new(provider, 200, headers, body.into(), scene.now());
        let ms = read_ms(&answer, &request)?;
        table.row([
            provider.to_string(),
            bytes.to_string(),
            format!("{:.0}", ms * 1e3),
            format!("{:.0}", f64::from(bytes) / ms / 1e3),
            format!("{:.0}", ms * 1e6 / CONTRACTS_F64),
        ]);
    }
    Ok(table)
}

/// What the stand-in sends, up to so many contracts.
async fn body(
    scene: &Scene,
    provider: ProviderName,
    path: &str,
    [from, to]: [&str; 2],
    request: &ChainRequest,
) -> Result<String, AnyError> {
    let address = scene.double(provider)?.url();
    let (first, last) = (request.expires_from, request.expires_to);
    let url = format!("{address}{path}?{from}={first}&{to}={last}");
    let text = reqwest::get(url).await?.error_for_status()?.text().await?;
    let mut body: Json = serde_json::from_str(&text)?;
    let fields = body.as_object_mut().ok_or("the body is no object")?;
    fields.values_mut().for_each(shorten);
    Ok(body.to_string())
}

fn shorten(rows: &mut Json) {
    match rows {
        Json::Array(rows) => rows.truncate(CONTRACTS),
        Json::Object(rows) => {
            *rows = std::mem::take(rows).into_iter().take(CONTRACTS).collect();
        }
        _ => {}
    }
}

fn read_ms(answer: &Answer, request: &ChainRequest) -> Result<f64, AnyError> {
    let mut durations = Durations::default();
    for _ in 0..TRIES {
        let started = Instant::now();
        let count = black_box(contracts_read(black_box(answer), request)?);
        durations.add(started.elapsed());
        if count != CONTRACTS {
            return Err(format!("{count} contracts were read instead of {CONTRACTS}").into());
        }
    }
    Ok(durations.percentile_ms(50))
}

fn contracts_read(answer: &Answer, request: &ChainRequest) -> Result<usize, MarketError> {
    Ok(match answer.provider {
        ProviderName::Alpaca => alpaca::chain_page(answer, request)?.rows.options.len(),
        ProviderName::Massive => massive::chain_page(answer, request)?.content.options.len(),
        ProviderName::MarketData => market_data_app::chain(answer, request)?.options.len(),
        ProviderName::TwelveData => 0,
    })
}
