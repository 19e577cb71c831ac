//! What a decision is made on, captured once for each signal and shared by both engines.

mod form;
mod indicators;

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::candles::CandleSet;
use crate::option_chain::OptionChain;
use crate::positioning::{GammaExposureSnapshot, OptionsFlow};
use crate::quote::{MarketClock, StockQuote};
use crate::studies::Studies;
use crate::symbol::Symbol;

pub use form::{EvidenceForm, EvidenceFormError};
pub use indicators::Indicators;

/// The evidence snapshot of a signal. What could not be had is named in `missing`, not invented.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Which parts it can have; what is stored without a form is of the first.
    #[serde(default, skip_serializing_if = "EvidenceForm::is_first")]
    pub form: EvidenceForm,
    /// The underlying.
    pub symbol: Symbol,
    /// When it was captured.
    pub captured_at: DateTime<Utc>,
    /// The market's clock.
    pub clock: Option<MarketClock>,
    /// The underlying's quote.
    pub quote: Option<StockQuote>,
    /// The newest bars of the signal's timeframe.
    pub candles: Option<CandleSet>,
    /// The newest daily bars.
    pub daily: Option<CandleSet>,
    /// The option chain around the quote.
    pub chain: Option<OptionChain>,
    /// The dealers' gamma exposure, from chain and quote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gamma_exposure: Option<GammaExposureSnapshot>,
    /// What was paid for options, from the chain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options_flow: Option<OptionsFlow>,
    /// Indicators of the signal's timeframe, from its bars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicators: Option<Indicators>,
    /// What the agents read of the bars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub studies: Option<Studies>,
    /// What could not be had, and why.
    pub missing: Vec<Missing>,
}

impl Evidence {
    /// Evidence of the newest form in which nothing has been asked for yet.
    pub fn unasked(symbol: Symbol, captured_at: DateTime<Utc>) -> Self {
        Self {
            form: EvidenceForm::NEWEST,
            symbol,
            captured_at,
            clock: None,
            quote: None,
            candles: None,
            daily: None,
            chain: None,
            gamma_exposure: None,
            options_flow: None,
            indicators: None,
            studies: None,
            missing: Vec::new(),
        }
    }
}

/// A part of the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The market's clock.
    Clock,
    /// The underlying's quote.
    Quote,
    /// The bars of the signal's timeframe.
    Candles,
    /// The daily bars.
    DailyBars,
    /// The option chain.
    Chain,
    /// The dealers' gamma exposure.
    GammaExposure,
    /// What was paid for options.
    OptionsFlow,
    /// The indicators of the signal's timeframe.
    Indicators,
    /// What the agents read of the bars.
    Studies,
}

/// A part that could not be had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// Which.
    pub part: Part,
    /// Why not, in words.
    pub why: String,
}

impl Part {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 9] = [
        Self::Clock,
        Self::Quote,
        Self::Candles,
        Self::DailyBars,
        Self::Chain,
        Self::GammaExposure,
        Self::OptionsFlow,
        Self::Indicators,
        Self::Studies,
    ];

    /// Its name, such as `daily_bars`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Clock => "clock",
            Self::Quote => "quote",
            Self::Candles => "candles",
            Self::DailyBars => "daily_bars",
            Self::Chain => "chain",
            Self::GammaExposure => "gamma_exposure",
            Self::OptionsFlow => "options_flow",
            Self::Indicators => "indicators",
            Self::Studies => "studies",
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests;
