//! Bars, which are never in real time here.

use chrono::TimeDelta;
use domain::quote::{Candle, Timeliness};
use domain::{CandleSet, Symbol};
use serde::Deserialize;

use super::super::answer::Answer;
use super::super::bars::{BarPlan, Base};
use super::super::number::Number;
use super::super::times::from_s;
use super::super::{malformed, query};
use super::cells::{Column, has_bad_number, number, row_count};
use super::refusals::{Content, accept};
use crate::{CandleRequest, MarketError};

/// How late bars are.
pub(super) const LATENESS: TimeDelta = TimeDelta::minutes(15);
/// The longest range of bars within the day that is answered.
const RANGE_MAX: TimeDelta = TimeDelta::days(364);

#[derive(Deserialize)]
struct Columns<'a> {
    #[serde(borrow, default)]
    t: Column<'a>,
    #[serde(borrow, default)]
    o: Column<'a>,
    #[serde(borrow, default)]
    h: Column<'a>,
    #[serde(borrow, default)]
    l: Column<'a>,
    #[serde(borrow, default)]
    c: Column<'a>,
    #[serde(borrow, default)]
    v: Column<'a>,
}

/// Where bars of this length are.
pub(super) fn path(symbol: &Symbol, base: Base) -> String {
    let resolution = match base {
        Base::Minutes(minutes) => minutes.to_string(),
        Base::Day => "D".to_owned(),
    };
    let name = query::in_path(symbol.as_str());
    format!("/v1/stocks/candles/{resolution}/{name}/")
}

/// The first and the last date to ask for. Of bars within the day there is a year at once, and
/// who wants more gets fewer bars.
pub(super) fn range(plan: &BarPlan) -> (String, String) {
    let earliest = match plan.base {
        Base::Minutes(_) => plan.to_date - RANGE_MAX,
        Base::Day => plan.from_date,
    };
    let from = plan.from_date.max(earliest);
    (from.to_string(), plan.to_date.to_string())
}

/// The bars that were wanted.
pub fn candles(
    answer: &Answer,
    request: &CandleRequest,
    plan: &BarPlan,
) -> Result<CandleSet, MarketError> {
    let bars = match accept(answer)? {
        Content::Nothing => Vec::new(),
        Content::Columns => bars(answer)?,
    };
    let provenance = answer.provenance(answer.received_at, Timeliness::Delayed);
    plan.assemble(request, bars, provenance)
}

/// All bars. One that can't be read costs them all: left out, it would falsify the longer bar
/// of which it is a part. One without prices had no trades.
fn bars(answer: &Answer) -> Result<Vec<Candle>, MarketError> {
    let it: Columns<'_> = answer.json()?;
    let columns = [&it.t, &it.o, &it.h, &it.l, &it.c, &it.v];
    let count = row_count(answer, &columns)?;
    let mut bars = Vec::with_capacity(count);
    for row in 0..count {
        let prices = [&it.o, &it.h, &it.l, &it.c];
        let is_bad = has_bad_number(&columns, row);
        if !is_bad && prices.iter().any(|column| number(column, row).is_none()) {
            continue;
        }
        let bar = bar(&it, row).filter(|_| !is_bad);
        bars.push(bar.ok_or_else(|| malformed(answer.provider, "a bar that can't be"))?);
    }
    Ok(bars)
}

fn bar(columns: &Columns<'_>, row: usize) -> Option<Candle> {
    let price = |column| number(column, row)?.price();
    let volume = number(&columns.v, row).map_or(0.0, Number::get);
    Some(Candle {
        start: from_s(number(&columns.t, row)?.whole()?)?,
        open: price(&columns.o)?,
        high: price(&columns.h)?,
        low: price(&columns.l)?,
        close: price(&columns.c)?,
        volume: Some(volume).filter(|volume| *volume >= 0.0)?,
    })
}
