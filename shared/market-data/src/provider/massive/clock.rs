//! Whether the market is open, from Massive's market status.

use domain::quote::{MarketClock, Timeliness};
use serde::Deserialize;

use super::super::answer::Answer;
use super::super::hours::agreed;
use super::super::times::from_rfc3339;
use super::refusals::accept;
use crate::MarketError;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MarketStatus {
    market: Market,
    server_time: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Market {
    Open,
    /// Closed, or trading outside the session, when options don't.
    #[serde(other)]
    NotOpen,
}

/// The market's clock: Massive tells whether it is open, the calendar until when.
pub fn clock(answer: &Answer) -> Result<MarketClock, MarketError> {
    if answer.status == 404 {
        return Err(answer.unavailable());
    }
    accept(answer, "clock")?;
    let status: MarketStatus = answer.json()?;
    let told_at = status.server_time.as_deref().and_then(from_rfc3339);
    let at = told_at.unwrap_or(answer.received_at);
    let provenance = answer.provenance(at, Timeliness::RealTime);
    Ok(agreed(status.market == Market::Open, provenance))
}
