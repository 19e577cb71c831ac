//! The studies that evidence carries for the agents: one pass over the bars of the signal's
//! timeframe, with the daily bars beside them.

mod continuity;
mod daily;
mod golden_gate;
mod opening_range;
mod rank;
mod rounding;
mod saty;
mod session_bars;
mod session_so_far;
mod sessions_before;
mod setups;
mod squeeze;
mod strat;
mod technical;
mod words;

use chrono::{DateTime, Utc};
use domain::{CandleSet, Studies};
use quant::indicators::{BarError, IndicatorSet};

pub(crate) use session_bars::bar;
pub use session_bars::session_bar;
use setups::SetupRun;
use technical::TechnicalRun;

/// Why there are no studies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StudiesError {
    /// A bar that can't be: what follows it would rest on it.
    #[error("a bar can't be: {0}")]
    Bar(#[from] BarError),
    /// There is none.
    #[error("there are no bars")]
    NoBars,
}

/// The studies at the close of the newest bar, as they are at `now`.
pub fn studies(
    candles: &CandleSet,
    daily: Option<&CandleSet>,
    now: DateTime<Utc>,
) -> Result<Studies, StudiesError> {
    let minutes = candles.timeframe.duration().num_minutes();
    let mut set = IndicatorSet::of_bars(i32::try_from(minutes).unwrap_or(i32::MAX));
    let mut technical = TechnicalRun::default();
    let mut setups = SetupRun::new(candles.timeframe, daily, now);
    for candle in &candles.candles {
        let bar = session_bar(candle);
        let values = set.next(bar)?;
        technical.take(&bar.bar, &values);
        setups.take(&bar, &values);
    }
    let newest = candles.candles.last().ok_or(StudiesError::NoBars)?;
    let setups = setups.setups().ok_or(StudiesError::NoBars)?;
    Ok(Studies {
        timeframe: candles.timeframe,
        bars: u32::try_from(candles.candles.len()).unwrap_or(u32::MAX),
        newest_start: newest.start,
        close: newest.close.to_f64(),
        technical: technical.study(candles.timeframe, daily),
        opening_range: setups.opening_range,
        strat: setups.strat,
        squeeze: setups.squeeze,
        saty: setups.saty,
    })
}
