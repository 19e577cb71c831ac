//! What indicators and studies said at the close of the newest bar: all that the agents read of
//! bars. They are computed once, when the evidence is captured, and stored with it.

mod opening_range;
mod saty;
mod squeeze;
mod strat;
mod study;
mod technical;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::timeframe::Timeframe;

pub use opening_range::{OpeningRangeStudy, RangeBreakout, RangeWidth};
pub use saty::{
    GateState, GoldenGates, PhaseZone, SatyLevels, SatyPhase, SatyRange, SatyRangeStatus,
    SatyRibbon, SatyStudy,
};
pub use squeeze::{Compression, MomentumColour, SqueezeFired, SqueezeMomentum, SqueezeStudy};
pub use strat::{
    Agreement, ContinuityStudy, Frame, FrameStudy, SetupEnd, StratBar, StratKind, StratSetup,
    StratStudy,
};
pub use study::{Study, Way};
pub use technical::{
    AtrStudy, AverageStudy, BollingerStudy, DailyStudy, DirectionalStudy, ExtremeStudy, MacdCross,
    MacdStudy, TechnicalStudy,
};

/// The studies of a signal's timeframe. What there are too few bars for is absent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Studies {
    /// How long each bar is.
    pub timeframe: Timeframe,
    /// Bars that they were computed from.
    pub bars: u32,
    /// When the newest bar began.
    pub newest_start: DateTime<Utc>,
    /// Its close, in dollars per share.
    pub close: f64,
    /// The common indicators.
    pub technical: TechnicalStudy,
    /// Today's opening range.
    pub opening_range: Study<OpeningRangeStudy>,
    /// The Strat.
    pub strat: Study<StratStudy>,
    /// The TTM squeeze.
    pub squeeze: Study<SqueezeStudy>,
    /// Saty Mahajan's studies.
    pub saty: SatyStudy,
}
