//! Bars of the exchange's session, as many as one answer has room for.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};
use domain::calendar::midnight;
use domain::quote::{Candle, Provenance, Timeliness};
use domain::{CandleSet, Symbol};
use serde::Deserialize;

use super::TwelveData;
use super::refusals::check;
use crate::provider::answer::Answer;
use crate::provider::bars::{BarPlan, Base};
use crate::provider::line::Ask;
use crate::provider::number::Number;
use crate::provider::query::url;
use crate::provider::rows::nullable;
use crate::provider::{Capability, ProviderName, malformed, unknown};
use crate::{Asked, CandleRequest, MarketError};

/// The most bars of one answer.
const BARS_MAX: usize = 5_000;
const OUTPUT_SIZE: &str = "5000";
/// The years of the calendar, without which bars can't be placed.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2099;

#[derive(Deserialize)]
struct Wire<'a> {
    #[serde(borrow, default, rename = "meta")]
    about: Option<About<'a>>,
    #[serde(borrow, deserialize_with = "nullable")]
    values: Vec<Bar<'a>>,
}

#[derive(Deserialize)]
struct About<'a> {
    #[serde(borrow, default)]
    symbol: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Bar<'a> {
    #[serde(borrow)]
    datetime: Cow<'a, str>,
    open: Number,
    high: Number,
    low: Number,
    close: Number,
    #[serde(default)]
    volume: Option<Number>,
}

impl TwelveData {
    pub(super) async fn ask_candles(
        &self,
        request: &CandleRequest,
        asked: Asked,
    ) -> Result<CandleSet, MarketError> {
        let plan = BarPlan::of(ProviderName::TwelveData, request, asked.now)?.at_most(BARS_MAX);
        let question = self.question(request, &plan);
        let read = |answer: &Answer| time_series(answer, &request.symbol, plan.base);
        let bars = self.line.get(&question, asked, read).await?;
        let provenance = Provenance {
            provider: ProviderName::TwelveData.to_string(),
            timeliness: Timeliness::RealTime,
            at: asked.now,
            received_at: asked.now,
        };
        plan.assemble(request, bars, provenance)
    }

    fn question(&self, request: &CandleRequest, plan: &BarPlan) -> Ask {
        let query = [
            ("symbol", request.symbol.as_str()),
            ("interval", interval(plan.base)),
            ("start_date", &plan.from_date.to_string()),
            ("outputsize", OUTPUT_SIZE),
            ("timezone", "UTC"),
            ("order", "asc"),
        ];
        Ask {
            capability: Capability::Candles,
            url: url(&self.base_url, "/time_series", &query),
            cost: 1,
        }
    }
}

fn interval(base: Base) -> &'static str {
    match base {
        Base::Day => "1day",
        Base::Minutes(30) => "30min",
        Base::Minutes(15) => "15min",
        Base::Minutes(5) => "5min",
        Base::Minutes(_) => "1min",
    }
}

/// The bars of an answer. One that can't be read costs all: a chart with a hole in it misleads.
pub fn time_series(
    answer: &Answer,
    symbol: &Symbol,
    base: Base,
) -> Result<Vec<Candle>, MarketError> {
    check(answer, Some(symbol.as_str()))?;
    let wire: Wire<'_> = answer.json()?;
    let told = wire.about.and_then(|about| about.symbol);
    if told.is_some_and(|told| told != symbol.as_str()) {
        return Err(malformed(answer.provider, "bars of another stock"));
    }
    let bars = wire.values;
    if bars.is_empty() {
        return Err(unknown(answer.provider, symbol));
    }
    let candles: Option<Vec<Candle>> = bars.iter().map(|bar| candle(bar, base)).collect();
    candles.ok_or_else(|| malformed(answer.provider, "a bar with a time or a price that is none"))
}

fn candle(bar: &Bar<'_>, base: Base) -> Option<Candle> {
    Some(Candle {
        start: start(&bar.datetime, base)?,
        open: bar.open.price()?,
        high: bar.high.price()?,
        low: bar.low.price()?,
        close: bar.close.price()?,
        volume: bar.volume.map_or(0.0, Number::get),
    })
}

/// A day is a date in New York; all else is a time in UTC, as it was asked for.
fn start(text: &str, base: Base) -> Option<DateTime<Utc>> {
    let start = match base {
        Base::Day => {
            let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
            YEARS.contains(&date.year()).then_some(date)?;
            midnight(date)
        }
        Base::Minutes(_) => {
            let time = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").ok()?;
            time.and_utc()
        }
    };
    YEARS.contains(&start.year()).then_some(start)
}
