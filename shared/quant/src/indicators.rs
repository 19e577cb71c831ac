//! Indicators: each takes one value or bar at a time, in constant time and without allocating,
//! and has no value before its first valid one.
//!
//! An indicator sees closed bars only; what becomes of a forming one is its caller's affair. A
//! window counts bars, not minutes: nothing is made up for a bar that is missing. Inputs are
//! finite: bars are checked before they come here (`Bar::check`, `SessionBar::check`).

pub mod adx;
pub mod atr;
pub mod bar;
pub mod bollinger;
mod count;
pub mod ema;
pub mod extremes;
pub mod gate;
pub mod keltner;
pub mod linear_regression;
pub mod macd;
pub mod relative_volume;
pub mod rsi;
mod seed;
pub mod session_bar;
pub mod sma;
pub mod standard_deviation;
mod summaries;
pub mod time_of_day_volume;
pub mod true_range;
pub mod vwap;
pub mod wilder;
mod window;

pub use adx::{Adx, DirectionalMovement};
pub use atr::Atr;
pub use bar::{Bar, BarError};
pub use bollinger::{Bollinger, BollingerBands};
pub use ema::Ema;
pub use extremes::{Highest, Lowest};
pub use gate::BarGate;
pub use keltner::{Keltner, KeltnerChannel, TtmKeltner};
pub use linear_regression::{LinearRegression, RegressionLine};
pub use macd::{Macd, MacdValue};
pub use relative_volume::RelativeVolume;
pub use rsi::{RelativeStrength, Rsi};
pub use session_bar::SessionBar;
pub use sma::Sma;
pub use standard_deviation::StandardDeviation;
pub use time_of_day_volume::{RelativeVolumes, TimeOfDayVolume};
pub use true_range::TrueRange;
pub use vwap::{Vwap, VwapValue};
pub use wilder::Wilder;

/// What takes inputs one at a time, and answers each.
pub trait Indicator {
    /// What it takes: a price, or a bar.
    type Input;
    /// What it says.
    type Output;

    /// Takes the next input. Absent before the first valid index, never zero.
    fn next(&mut self, input: Self::Input) -> Option<Self::Output>;

    /// The answers to all inputs in turn, one for each.
    fn batch(mut self, inputs: impl IntoIterator<Item = Self::Input>) -> Vec<Option<Self::Output>>
    where
        Self: Sized,
    {
        inputs.into_iter().map(|input| self.next(input)).collect()
    }
}
