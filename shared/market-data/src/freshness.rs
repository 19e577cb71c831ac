//! Refuses what is too old, by name. It judges ages only; the numbers were judged before.
//!
//! A quote is as old as its own time tells. Bars are behind by as much as the newest one that
//! should have closed is missing; a chain is as old as its newest quote, where the time outside
//! the session doesn't count.

use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::{last_session, session_at};
use domain::option_hours::option_session_on;
use domain::quote::{MarketClock, OptionQuote, Provenance, StockQuote};
use domain::{CandleSet, OptionChain};

use crate::MarketError;
use crate::model::of_exchange;

/// How old bars, chains and what is made of them may be.
const DATA_AGE_MAX: TimeDelta = TimeDelta::minutes(5);
/// How old the market's own clock may be.
const CLOCK_AGE_MAX: TimeDelta = TimeDelta::minutes(1);
/// By how much a provider's clock may be ahead of ours.
const AHEAD_MAX: TimeDelta = TimeDelta::minutes(1);

/// How old quotes may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuoteAge {
    /// The limit, in milliseconds.
    pub age_ms_max: i64,
}

impl QuoteAge {
    /// The quote, if it is fresh.
    pub fn stock(self, quote: StockQuote, now: DateTime<Utc>) -> Result<StockQuote, MarketError> {
        self.judge(&quote.provenance, quote.symbol.as_str(), now)?;
        Ok(quote)
    }

    /// The quote, if it is fresh.
    pub fn option(
        self,
        quote: OptionQuote,
        now: DateTime<Utc>,
    ) -> Result<OptionQuote, MarketError> {
        self.judge(&quote.provenance, &quote.contract.to_string(), now)?;
        Ok(quote)
    }

    fn judge(
        self,
        provenance: &Provenance,
        symbol: &str,
        now: DateTime<Utc>,
    ) -> Result<(), MarketError> {
        not_ahead(provenance, symbol, now)?;
        let age_ms = provenance.age_ms(now);
        if age_ms <= self.age_ms_max {
            return Ok(());
        }
        Err(MarketError::StaleQuote {
            provider: provenance.provider.clone(),
            symbol: symbol.to_owned(),
            age_ms,
            age_ms_max: self.age_ms_max,
        })
    }
}

/// The bars, if the newest that should have closed isn't long missing.
pub fn candles(set: CandleSet, now: DateTime<Utc>) -> Result<CandleSet, MarketError> {
    let what = || format!("{} of {}", set.timeframe, set.symbol);
    if set.candles.is_empty() {
        return Err(MarketError::UnknownSymbol {
            provider: set.provenance.provider.clone(),
            symbol: what(),
        });
    }
    let behind = newest_close(&set, now) - set.provenance.at;
    not_behind(&set.provenance, &what(), behind, DATA_AGE_MAX)?;
    Ok(set)
}

/// When the newest bar closed that a set should have.
pub fn newest_close(set: &CandleSet, now: DateTime<Utc>) -> DateTime<Utc> {
    let newest = of_exchange(set.timeframe, now).next();
    newest.map_or(now, |period| period.closes)
}

/// The chain, if its newest quote is of the last five minutes in which options traded.
pub fn chain(chain: OptionChain, now: DateTime<Utc>) -> Result<OptionChain, MarketError> {
    let what = format!("chain of {}", chain.underlying);
    if chain.options.is_empty() {
        return Err(MarketError::UnknownSymbol {
            provider: chain.provenance.provider.clone(),
            symbol: what,
        });
    }
    not_ahead(&chain.provenance, &what, now)?;
    let session = session_at(now).unwrap_or_else(|| last_session(now));
    let quoted = option_session_on(&chain.underlying, session.date).unwrap_or(session);
    let traded_until = quoted.close.min(now);
    let behind = traded_until - chain.provenance.at;
    not_behind(&chain.provenance, &what, behind, DATA_AGE_MAX)?;
    Ok(chain)
}

/// The clock, if it is of now and the session that it tells is one.
pub fn clock(clock: MarketClock, now: DateTime<Utc>) -> Result<MarketClock, MarketError> {
    not_ahead(&clock.provenance, "clock", now)?;
    let age = now - clock.provenance.at;
    not_behind(&clock.provenance, "clock", age, CLOCK_AGE_MAX)?;
    Ok(clock)
}

fn not_ahead(provenance: &Provenance, what: &str, now: DateTime<Utc>) -> Result<(), MarketError> {
    if provenance.at - now <= AHEAD_MAX {
        return Ok(());
    }
    Err(MarketError::Malformed {
        provider: provenance.provider.clone(),
        detail: format!("it is dated ahead of now ({what})"),
    })
}

fn not_behind(
    provenance: &Provenance,
    what: &str,
    behind: TimeDelta,
    behind_max: TimeDelta,
) -> Result<(), MarketError> {
    if behind <= behind_max {
        return Ok(());
    }
    Err(MarketError::StaleData {
        provider: provenance.provider.clone(),
        what: what.to_owned(),
        age_ms: behind.num_milliseconds(),
        age_ms_max: behind_max.num_milliseconds(),
    })
}
