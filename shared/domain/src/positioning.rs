//! What an option chain tells of how others stand: the dealers' gamma exposure, and what was paid
//! for options today. Records only; `decisions::positioning` computes them.
//!
//! Both rest on assumptions, which they carry as caveats: whoever shows a figure shows these too.

mod exposure;
mod flow;

pub use exposure::{
    DealerPosition, DealerSide, ExpirationExposure, Exposed, ExposureExclusions, ExposureUnit,
    Flip, FlipSide, GammaExposureSnapshot, PutCallRatios, Strength, StrikeExposures,
    VolatilityExpectation, Walls,
};
pub use flow::{FlowEntry, OptionsFlow, Sentiment};

#[cfg(test)]
mod tests;
