//! Bars as our charts have them, from bars as providers give them. Providers count hours from
//! the full hour, add bars from outside the session, and give the running bar as if it had
//! closed. So we ask for the coarsest bars from which ours can be put together exactly, and put
//! them together ourselves.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::calendar::{session_on, trading_date};
use domain::quote::{Candle, Provenance};
use domain::{CandleSet, Price};

use super::{ProviderName, not_offered};
use crate::model::{Period, of_exchange};
use crate::{CandleRequest, MarketError, validation};

/// The most bars that one question gets.
const COUNT_MAX: usize = 5_000;
/// The first year of the calendar: of earlier sessions nothing is known.
const FIRST_YEAR: i32 = 2000;
/// The bars that every provider has, in minutes, coarsest first.
const MINUTES: [i64; 4] = [30, 15, 5, 1];

/// The bars to ask a provider for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// Of so many minutes: 1, 5, 15 or 30.
    Minutes(i64),
    /// Of days.
    Day,
}

/// What has to be asked for, so that a request can be answered.
#[derive(Debug, Clone)]
pub struct BarPlan {
    /// The bars to ask for.
    pub base: Base,
    /// The first New York date of which bars are needed.
    pub from_date: NaiveDate,
    /// The last one.
    pub to_date: NaiveDate,
    /// About how many bars there are between the two, sessions only.
    pub count: usize,
    /// The bars that are wanted, newest first.
    periods: Vec<Period>,
}

impl BarPlan {
    /// What to ask for, where bars are complete up to `known_until`: now, or earlier where a
    /// provider's bars come late. Bars of seconds aren't offered by anyone.
    pub fn of(
        provider: ProviderName,
        request: &CandleRequest,
        known_until: DateTime<Utc>,
    ) -> Result<Self, MarketError> {
        let timeframe = request.timeframe;
        let base = if timeframe.is_days_or_longer() {
            Some(Base::Day)
        } else {
            let minutes = MINUTES
                .into_iter()
                .find(|minutes| timeframe.duration().num_seconds() % (minutes * 60) == 0);
            minutes.map(Base::Minutes)
        };
        let what = || format!("bars of {timeframe}");
        let base = base.ok_or_else(|| not_offered(provider, &what()))?;
        let wanted = request.count.clamp(1, COUNT_MAX);
        let periods: Vec<Period> = of_exchange(timeframe, known_until)
            .take_while(|period| trading_date(period.opens).year() >= FIRST_YEAR)
            .take(wanted)
            .collect();
        let first = periods.last().map_or(known_until, |period| period.opens);
        let (from_date, to_date) = (trading_date(first), trading_date(known_until));
        let count = bars_between(base, from_date, to_date);
        Ok(Self {
            base,
            from_date,
            to_date,
            count,
            periods,
        })
    }

    /// The same for a provider that gives so many bars at once at most: the oldest that are
    /// wanted are given up.
    #[must_use]
    pub fn at_most(mut self, bars_max: usize) -> Self {
        while self.count > bars_max && self.periods.len() > 1 {
            self.periods.pop();
            let first = self.periods.last().map(|period| period.opens);
            let date = first.map_or(self.to_date, trading_date);
            if date != self.from_date {
                self.from_date = date;
                self.count = bars_between(self.base, date, self.to_date);
            }
        }
        self
    }

    /// The bars that were wanted, from what the provider gave in any order. Wanted bars in which
    /// nothing traded are left out; the rest of what came is dropped.
    pub fn assemble(
        &self,
        request: &CandleRequest,
        mut given: Vec<Candle>,
        provenance: Provenance,
    ) -> Result<CandleSet, MarketError> {
        given.sort_by_key(|candle| candle.start);
        // A bar that stands on two pages trades once.
        given.dedup_by_key(|candle| candle.start);
        let mut parts = given.iter().rev().peekable();
        let mut candles = Vec::with_capacity(self.periods.len());
        let mut newest = None;
        for period in &self.periods {
            while parts
                .next_if(|part| self.trades_from(part) >= period.closes)
                .is_some()
            {}
            let mut together: Option<Candle> = None;
            while let Some(part) = parts.next_if(|part| self.trades_from(part) >= period.opens) {
                together = Some(match together {
                    Some(later) => joined(part, &later, period.start),
                    None => Candle {
                        start: period.start,
                        ..part.clone()
                    },
                });
            }
            newest = newest.or(together.as_ref().map(|_| period.closes));
            candles.extend(together);
        }
        candles.reverse();
        let at = newest.unwrap_or(provenance.received_at);
        validation::candles(CandleSet {
            symbol: request.symbol.clone(),
            timeframe: request.timeframe,
            candles,
            provenance: Provenance { at, ..provenance },
        })
    }

    /// When trading in a given bar begins: providers date a day's bar by its midnight.
    fn trades_from(&self, bar: &Candle) -> DateTime<Utc> {
        match self.base {
            Base::Minutes(_) => bar.start,
            Base::Day => {
                session_on(trading_date(bar.start)).map_or(bar.start, |session| session.open)
            }
        }
    }
}

/// Two bars as one.
fn joined(earlier: &Candle, later: &Candle, start: DateTime<Utc>) -> Candle {
    Candle {
        start,
        open: earlier.open,
        high: Price::max(earlier.high, later.high),
        low: Price::min(earlier.low, later.low),
        close: later.close,
        volume: earlier.volume + later.volume,
    }
}

/// How many bars the sessions of these dates have.
fn bars_between(base: Base, from: NaiveDate, to: NaiveDate) -> usize {
    let sessions = from
        .iter_days()
        .take_while(|date| *date <= to)
        .filter_map(session_on);
    let bars = sessions.map(|session| match base {
        Base::Day => 1,
        Base::Minutes(minutes) => session.minutes() / minutes,
    });
    usize::try_from(bars.sum::<i64>()).unwrap_or(0)
}

#[cfg(test)]
mod tests;
