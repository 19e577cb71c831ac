//! Bars, adjusted for splits as charts are. The newest come first, and all pages are read: bars
//! from outside the session count towards a page.

use std::borrow::Cow;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use domain::quote::{Candle, Provenance};
use domain::{CandleSet, Symbol};
use serde::Deserialize;

use super::pages::{Page, Paged};
use super::refusals::check;
use super::{Alpaca, StockFeed};
use crate::provider::answer::Answer;
use crate::provider::bars::{BarPlan, Base};
use crate::provider::number::Number;
use crate::provider::query::in_path;
use crate::provider::rows::nullable;
use crate::provider::times::from_rfc3339;
use crate::provider::{Capability, ProviderName, malformed, unknown};
use crate::{Asked, CandleRequest, MarketError};

/// The most that a page has room for.
const LIMIT: &str = "10000";
/// How far back bars are free of charge, with some seconds for clocks that differ.
const LATE_BY: TimeDelta = TimeDelta::seconds(15 * 60 + 30);

#[derive(Deserialize)]
struct Wire<'a> {
    #[serde(borrow, deserialize_with = "nullable")]
    bars: Vec<Bar<'a>>,
    #[serde(borrow, default)]
    symbol: Option<Cow<'a, str>>,
    #[serde(default)]
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
struct Bar<'a> {
    #[serde(borrow)]
    t: Cow<'a, str>,
    o: Number,
    h: Number,
    l: Number,
    c: Number,
    v: Number,
}

impl Alpaca {
    pub(super) async fn ask_candles(
        &self,
        request: &CandleRequest,
        asked: Asked,
    ) -> Result<CandleSet, MarketError> {
        let feed = self.settings.stock_feed;
        let known_until = known_until(feed, asked.now);
        let plan = BarPlan::of(ProviderName::Alpaca, request, known_until)?;
        let bars = self.bars(request, &plan, known_until, asked).await?;
        if bars.is_empty() {
            return Err(unknown(ProviderName::Alpaca, &request.symbol));
        }
        let provenance = Provenance {
            provider: ProviderName::Alpaca.to_string(),
            timeliness: feed.timeliness(),
            at: known_until,
            received_at: asked.now,
        };
        plan.assemble(request, bars, provenance)
    }

    async fn bars(
        &self,
        request: &CandleRequest,
        plan: &BarPlan,
        until: DateTime<Utc>,
        asked: Asked,
    ) -> Result<Vec<Candle>, MarketError> {
        let start = plan.from_date.to_string();
        let end = until.to_rfc3339_opts(SecondsFormat::Secs, true);
        let query = [
            ("timeframe", timeframe(plan.base)),
            ("start", &start),
            ("end", &end),
            ("limit", LIMIT),
            ("adjustment", "split"),
            ("feed", historical(self.settings.stock_feed)),
            ("sort", "desc"),
        ];
        let paged = Paged {
            capability: Capability::Candles,
            base: &self.settings.data_url,
            path: &format!("/v2/stocks/{}/bars", in_path(request.symbol.as_str())),
            query: &query,
        };
        let read = |answer: &Answer| bars_page(answer, &request.symbol);
        Ok(self.pages(&paged, asked, read).await?.concat())
    }
}

/// Up to when bars may be asked for.
fn known_until(feed: StockFeed, now: DateTime<Utc>) -> DateTime<Utc> {
    match feed {
        StockFeed::Iex | StockFeed::Sip => now,
        StockFeed::DelayedSip => now - LATE_BY,
    }
}

/// Bars of the past know no delayed feed: those of all exchanges are free when they are late.
fn historical(feed: StockFeed) -> &'static str {
    match feed {
        StockFeed::Iex => StockFeed::Iex.as_str(),
        StockFeed::Sip | StockFeed::DelayedSip => StockFeed::Sip.as_str(),
    }
}

fn timeframe(base: Base) -> &'static str {
    match base {
        Base::Day => "1Day",
        Base::Minutes(30) => "30Min",
        Base::Minutes(15) => "15Min",
        Base::Minutes(5) => "5Min",
        Base::Minutes(_) => "1Min",
    }
}

/// A page of bars. One that can't be read costs all: a chart with a hole in it misleads.
pub fn bars_page(answer: &Answer, symbol: &Symbol) -> Result<Page<Vec<Candle>>, MarketError> {
    check(answer, Some(symbol.as_str()))?;
    let wire: Wire<'_> = answer.json()?;
    if wire.symbol.is_some_and(|told| told != symbol.as_str()) {
        return Err(malformed(answer.provider, "bars of another stock"));
    }
    let candles: Option<Vec<Candle>> = wire.bars.iter().map(candle).collect();
    let candles = candles
        .ok_or_else(|| malformed(answer.provider, "a bar with a time or a price that is none"))?;
    Ok(Page::new(candles, wire.next_page_token))
}

fn candle(bar: &Bar<'_>) -> Option<Candle> {
    Some(Candle {
        start: from_rfc3339(&bar.t)?,
        open: bar.o.price()?,
        high: bar.h.price()?,
        low: bar.l.price()?,
        close: bar.c.price()?,
        volume: bar.v.get(),
    })
}
