//! What is kept, and for how long.

use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::session_at;
use domain::quote::{MarketClock, OptionQuote, Provenance, StockQuote};
use domain::{CandleSet, GammaExposureSnapshot, OptionChain, OptionContract, OptionsFlow, Symbol};

use crate::freshness::newest_close;
use crate::{CandleRequest, ChainRequest, ContractFilter};

/// How long chains, contracts and what is made of them are kept.
const CHAIN_KEPT: TimeDelta = TimeDelta::minutes(5);
/// How long the market's own clock is kept.
const CLOCK_KEPT: TimeDelta = TimeDelta::minutes(1);
/// How far ahead the next close is looked for at once.
const STEP_MAX: TimeDelta = TimeDelta::minutes(30);
/// How often; what is further away is asked for again meanwhile.
const STEPS_MAX: i32 = 8;
/// How long bars are kept of which the newest is missing.
const LATE_BARS_KEPT: TimeDelta = TimeDelta::seconds(5);

/// A kind of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The market's clock: a minute, and never past the next open or close.
    Clock,
    /// Stocks' prices: 0 to 15 s.
    Quotes(TimeDelta),
    /// Contracts' prices: 0 to 15 s.
    OptionQuotes(TimeDelta),
    /// Listed contracts: five minutes.
    Contracts,
    /// Bars: until the next one closes.
    Candles,
    /// Chains: five minutes.
    Chain,
    /// Gamma exposures: as the chain that they follow from.
    GammaExposure,
    /// Options flows: the same.
    OptionsFlow,
}

impl Kind {
    /// What it is called in items, logs and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Clock => "clock",
            Self::Quotes(_) => "quotes",
            Self::OptionQuotes(_) => "option_quotes",
            Self::Contracts => "contracts",
            Self::Candles => "candles",
            Self::Chain => "chain",
            Self::GammaExposure => "gamma_exposure",
            Self::OptionsFlow => "options_flow",
        }
    }

    /// How many answers one process keeps.
    pub(super) fn entries_max(self) -> usize {
        match self {
            Self::Clock => 1,
            Self::Quotes(_) => 1_000,
            Self::OptionQuotes(_) => 5_000,
            Self::Contracts | Self::GammaExposure | Self::OptionsFlow => 100,
            Self::Candles => 200,
            Self::Chain => 20,
        }
    }

    fn quotes_kept(self) -> TimeDelta {
        match self {
            Self::Quotes(kept) | Self::OptionQuotes(kept) => kept,
            _ => TimeDelta::zero(),
        }
    }
}

/// A question whose answer can be kept.
pub trait Keep: Ord + Clone + Send + Sync {
    /// The answer.
    type Answer: Clone + Send + Sync;

    /// Until when it is kept, from `now` on.
    fn kept_until(&self, answer: &Self::Answer, kind: Kind, now: DateTime<Utc>) -> DateTime<Utc>;
}

impl Keep for Symbol {
    type Answer = StockQuote;
    fn kept_until(&self, _: &StockQuote, kind: Kind, now: DateTime<Utc>) -> DateTime<Utc> {
        now + kind.quotes_kept()
    }
}

impl Keep for OptionContract {
    type Answer = OptionQuote;
    fn kept_until(&self, _: &OptionQuote, kind: Kind, now: DateTime<Utc>) -> DateTime<Utc> {
        now + kind.quotes_kept()
    }
}

impl Keep for ContractFilter {
    type Answer = Vec<OptionContract>;
    fn kept_until(&self, _: &Self::Answer, _: Kind, now: DateTime<Utc>) -> DateTime<Utc> {
        now + CHAIN_KEPT
    }
}

impl Keep for ChainRequest {
    type Answer = OptionChain;
    fn kept_until(&self, chain: &OptionChain, _: Kind, now: DateTime<Utc>) -> DateTime<Utc> {
        kept_as_chain(&chain.provenance, now)
    }
}

/// The question for the gamma exposure of a symbol's options.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExposureOf(pub Symbol);

/// The question for the flow of a symbol's options.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FlowOf(pub Symbol);

impl std::fmt::Display for ExposureOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::fmt::Display for FlowOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Keep for ExposureOf {
    type Answer = GammaExposureSnapshot;
    fn kept_until(&self, it: &GammaExposureSnapshot, _: Kind, now: DateTime<Utc>) -> DateTime<Utc> {
        kept_as_chain(&it.provenance, now)
    }
}

impl Keep for FlowOf {
    type Answer = OptionsFlow;
    fn kept_until(&self, it: &OptionsFlow, _: Kind, now: DateTime<Utc>) -> DateTime<Utc> {
        kept_as_chain(&it.provenance, now)
    }
}

/// In session a chain, and what is made of it, may not get older than five minutes, however it
/// was got.
fn kept_as_chain(provenance: &Provenance, now: DateTime<Utc>) -> DateTime<Utc> {
    let oldest = session_at(now).map_or(now, |_| provenance.at.min(now));
    oldest + CHAIN_KEPT
}

impl Keep for CandleRequest {
    type Answer = CandleSet;
    fn kept_until(&self, set: &CandleSet, _: Kind, now: DateTime<Utc>) -> DateTime<Utc> {
        if set.provenance.at < newest_close(set, now) {
            return now + LATE_BARS_KEPT;
        }
        next_close(set, now)
    }
}

/// The question whether the market is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct IsOpen;

impl std::fmt::Display for IsOpen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("us")
    }
}

impl Keep for IsOpen {
    type Answer = MarketClock;
    fn kept_until(&self, clock: &MarketClock, _: Kind, now: DateTime<Utc>) -> DateTime<Utc> {
        let kept = clock.provenance.at.min(now) + CLOCK_KEPT;
        let changes = if clock.is_open {
            clock.closes_at.unwrap_or(now)
        } else {
            clock.opens_at
        };
        kept.min(changes)
    }
}

/// When the next bar closes, found by looking ahead: in a session it is at most one length away,
/// else it is the next session's first.
fn next_close(set: &CandleSet, now: DateTime<Utc>) -> DateTime<Utc> {
    let newest = newest_close(set, now);
    let step = set.timeframe.duration().min(STEP_MAX);
    let closes = (1..=STEPS_MAX).map(|steps| newest_close(set, now + step * steps));
    let mut next = closes.filter(|closes| *closes > newest);
    next.next().unwrap_or(now + step * STEPS_MAX)
}
