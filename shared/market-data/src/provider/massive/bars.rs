//! Bars, from Massive's aggregates.

use chrono::{DateTime, TimeDelta, Utc};
use domain::quote::{Candle, Provenance, Timeliness};
use domain::{CandleSet, Symbol};

use super::super::answer::Answer;
use super::super::bars::{BarPlan, Base};
use super::super::number::Number;
use super::super::times::from_ms;
use super::super::{ProviderName, malformed, query};
use super::Paged;
use super::refusals::page;
use super::wire::{BarRow, Status};
use crate::{CandleRequest, MarketError};

/// How late the plans are that aren't in real time.
pub(super) const LATENESS: TimeDelta = TimeDelta::minutes(15);
/// What is asked for beside the range: prices before splits as they would be now.
pub(super) const QUERY: [(&str, &str); 3] =
    [("adjusted", "true"), ("sort", "asc"), ("limit", "50000")];

/// The bars on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct BarsPage {
    /// The bars.
    pub bars: Vec<Candle>,
    /// Whether the plan has them late.
    pub is_late: bool,
}

/// Where the bars are: from the first date that either plan needs to the last one.
pub(super) fn path(symbol: &Symbol, late: &BarPlan, prompt: &BarPlan) -> String {
    let range = match prompt.base {
        Base::Minutes(minutes) => format!("{minutes}/minute"),
        Base::Day => "1/day".to_owned(),
    };
    let name = query::in_path(symbol.as_str());
    let from = late.from_date.min(prompt.from_date);
    let to = prompt.to_date;
    format!("/v2/aggs/ticker/{name}/range/{range}/{from}/{to}")
}

/// The bars on a page. One that can't be read costs the page: left out, it would falsify the
/// longer bar of which it is a part.
pub fn bars_page(answer: &Answer, symbol: &Symbol) -> Result<Paged<BarsPage>, MarketError> {
    let page = page(answer, symbol.as_str())?;
    let mut bars = Vec::with_capacity(page.rows().len());
    for row in page.rows() {
        let row: BarRow = serde_json::from_str(row.get())
            .map_err(|_| malformed(answer.provider, "a bar of another shape"))?;
        bars.extend(bar(answer, &row)?);
    }
    Ok(Paged {
        content: BarsPage {
            bars,
            is_late: page.status == Some(Status::Delayed),
        },
        next_url: page.next_url,
    })
}

/// All pages as the bars that were wanted. Late ones are complete up to a while ago only, and
/// what came after is dropped with the running bar.
pub fn together(
    request: &CandleRequest,
    pages: Vec<BarsPage>,
    received_at: DateTime<Utc>,
    [prompt, late]: [&BarPlan; 2],
) -> Result<CandleSet, MarketError> {
    let is_late = pages.iter().any(|page| page.is_late);
    let bars: Vec<Candle> = pages.into_iter().flat_map(|page| page.bars).collect();
    let (plan, timeliness) = if is_late {
        (late, Timeliness::Delayed)
    } else {
        (prompt, Timeliness::RealTime)
    };
    let provenance = Provenance {
        provider: ProviderName::Massive.to_string(),
        timeliness,
        at: received_at,
        received_at,
    };
    plan.assemble(request, bars, provenance)
}

/// A bar; none where nothing traded.
fn bar(answer: &Answer, row: &BarRow) -> Result<Option<Candle>, MarketError> {
    let (Some(open), Some(high), Some(low), Some(close)) = (row.o, row.h, row.l, row.c) else {
        return Ok(None);
    };
    let volume = row.v.map_or(0.0, Number::get);
    let read = || {
        Some(Candle {
            start: from_ms(row.t.whole()?)?,
            open: open.price()?,
            high: high.price()?,
            low: low.price()?,
            close: close.price()?,
            volume: Some(volume).filter(|volume| *volume >= 0.0)?,
        })
    };
    let bar = read().ok_or_else(|| malformed(answer.provider, "a bar that can't be"))?;
    Ok(Some(bar))
}
