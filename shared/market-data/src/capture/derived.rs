//! The parts of evidence that nobody is asked for: they follow from the others.

use chrono::{DateTime, Utc};
use decisions::indicators::indicators;
use decisions::positioning::{gamma_exposure, options_flow};
use decisions::studies::studies;
use domain::quote::StockQuote;
use domain::{CandleSet, GammaExposureSnapshot, Indicators, OptionChain, OptionsFlow, Studies};

use super::Answer;

/// What follows from the chain, the quote and the bars.
pub(super) struct Derived {
    pub(super) gamma_exposure: Answer<GammaExposureSnapshot>,
    pub(super) options_flow: Answer<OptionsFlow>,
    pub(super) indicators: Answer<Indicators>,
    pub(super) studies: Answer<Studies>,
}

impl Derived {
    pub(super) fn of(
        chain: &Answer<OptionChain>,
        quote: Option<&StockQuote>,
        (candles, daily): (&Answer<CandleSet>, &Answer<CandleSet>),
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            gamma_exposure: from(chain, "the chain", |chain| {
                gamma_exposure(chain, quote, now)
            }),
            options_flow: from(chain, "the chain", |chain| options_flow(chain, now)),
            indicators: from(candles, "the bars", indicators),
            studies: from(candles, "the bars", |candles| {
                studies(candles, daily.as_ref().ok(), now)
            }),
        }
    }
}

/// What follows from a part, or why it doesn't.
fn from<P, T, E: ToString>(
    part: &Answer<P>,
    name: &str,
    derive: impl FnOnce(&P) -> Result<T, E>,
) -> Answer<T> {
    let none = |_: &String| format!("it follows from {name}, and there is none");
    let part = part.as_ref().map_err(none)?;
    derive(part).map_err(|error| error.to_string())
}
