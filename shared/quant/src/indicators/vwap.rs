//! The session's average price, weighted by volume.

use super::{Indicator, SessionBar};

/// `Σ tp·v / Σ v` from the session's open, where `tp` is a bar's typical price. It begins anew with
/// each session, and is absent while nothing has traded. Each session is short, so plain sums do.
#[derive(Debug, Clone)]
pub struct Vwap {
    with_extended_hours: bool,
    session_day: Option<i32>,
    sums: Sums,
}

/// The average price of a session so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VwapValue {
    /// The mean of typical prices by volume.
    pub price: f64,
    /// Their standard deviation by volume, `√(Σ tp²·v / Σ v - price²)`, which the difference of two
    /// large numbers leaves exact to about 10⁻⁸ of the price.
    pub deviation: f64,
}

/// Sums over a session.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    volume: f64,
    price_by_volume: f64,
    square_by_volume: f64,
}

impl VwapValue {
    /// The band so many deviations above.
    pub fn upper(&self, multiple: f64) -> f64 {
        self.price + multiple * self.deviation
    }

    /// The band so many deviations below.
    pub fn lower(&self, multiple: f64) -> f64 {
        self.price - multiple * self.deviation
    }
}

impl Sums {
    fn add(&mut self, price: f64, volume: f64) {
        self.volume += volume;
        self.price_by_volume += price * volume;
        self.square_by_volume += price * price * volume;
    }

    fn average(&self) -> Option<VwapValue> {
        if self.volume <= 0.0 {
            return None;
        }
        let price = self.price_by_volume / self.volume;
        let variance = self.square_by_volume / self.volume - price * price;
        Some(VwapValue {
            price,
            deviation: variance.max(0.0).sqrt(),
        })
    }
}

impl Vwap {
    /// Of regular hours. Bars outside them aren't counted, and have no value.
    pub fn new() -> Self {
        Self {
            with_extended_hours: false,
            session_day: None,
            sums: Sums::default(),
        }
    }

    /// Of all bars of a session's date, those before the open and after the close included.
    pub fn with_extended_hours() -> Self {
        Self {
            with_extended_hours: true,
            ..Self::new()
        }
    }
}

impl Default for Vwap {
    fn default() -> Self {
        Self::new()
    }
}

impl Indicator for Vwap {
    type Input = SessionBar;
    type Output = VwapValue;

    #[inline]
    fn next(&mut self, bar: SessionBar) -> Option<VwapValue> {
        if self.session_day.replace(bar.session_day) != Some(bar.session_day) {
            self.sums = Sums::default();
        }
        if !self.with_extended_hours && !bar.is_regular() {
            return None;
        }
        self.sums.add(bar.bar.typical(), bar.bar.volume);
        self.sums.average()
    }
}
