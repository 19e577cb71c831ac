//! Alpaca's clock: whether the exchange is open, and what comes next.

use std::borrow::Cow;

use chrono::{DateTime, TimeDelta, Utc};
use domain::quote::{MarketClock, Timeliness};
use serde::Deserialize;

use super::refusals::check;
use super::{Alpaca, ask};
use crate::provider::answer::Answer;
use crate::provider::query::url;
use crate::provider::times::from_rfc3339;
use crate::provider::{Capability, malformed};
use crate::{Asked, MarketError};

/// Longer than the exchange has been closed since 1933.
const CLOSED_MAX: TimeDelta = TimeDelta::days(10);

#[derive(Deserialize)]
struct Wire<'a> {
    #[serde(borrow)]
    timestamp: Cow<'a, str>,
    is_open: bool,
    #[serde(borrow)]
    next_open: Cow<'a, str>,
    #[serde(borrow)]
    next_close: Cow<'a, str>,
}

impl Alpaca {
    pub(super) async fn ask_clock(&self, asked: Asked) -> Result<MarketClock, MarketError> {
        let url = url(&self.settings.trading_url, "/v2/clock", &[]);
        let question = ask(Capability::Clock, url);
        self.line.get(&question, asked, clock).await
    }
}

/// What the clock says, if it can be.
pub fn clock(answer: &Answer) -> Result<MarketClock, MarketError> {
    check(answer, None)?;
    let wire: Wire<'_> = answer.json()?;
    let time = |text: &str| {
        from_rfc3339(text).ok_or_else(|| malformed(answer.provider, "a time that is none"))
    };
    let (now, opens_at) = (time(&wire.timestamp)?, time(&wire.next_open)?);
    let closes_at = time(&wire.next_close)?;
    if !is_possible(wire.is_open, now, opens_at, closes_at) {
        return Err(malformed(answer.provider, "a clock whose times contradict"));
    }
    Ok(MarketClock {
        is_open: wire.is_open,
        closes_at: wire.is_open.then_some(closes_at),
        opens_at,
        closed_because: None,
        provenance: answer.provenance(now, Timeliness::RealTime),
    })
}

/// Open: closes, then opens again. Closed: opens, then closes.
fn is_possible(
    is_open: bool,
    now: DateTime<Utc>,
    opens_at: DateTime<Utc>,
    closes_at: DateTime<Utc>,
) -> bool {
    let times = if is_open {
        [now, closes_at, opens_at]
    } else {
        [now, opens_at, closes_at]
    };
    times.is_sorted() && opens_at != closes_at && opens_at - now <= CLOSED_MAX
}
