//! Bars, and which of them can't be. A bad bar is refused before any indicator sees it: one that
//! isn't a number would spoil every later value of a running sum.

/// One closed bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// When it began, in seconds since 1970.
    pub start_s: i64,
    /// First price.
    pub open: f64,
    /// Highest price.
    pub high: f64,
    /// Lowest price.
    pub low: f64,
    /// Last price.
    pub close: f64,
    /// Shares traded.
    pub volume: f64,
}

impl Bar {
    /// This bar and the one after it as one.
    #[must_use]
    pub fn followed_by(self, next: Self) -> Self {
        Self {
            high: self.high.max(next.high),
            low: self.low.min(next.low),
            close: next.close,
            volume: self.volume + next.volume,
            ..self
        }
    }
}

/// What no price and no volume reaches.
const FIGURE_MAX: f64 = 1e15;

/// What is wrong with a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BarError {
    /// A price or the volume is infinite or not a number.
    #[error("a figure of the bar isn't a finite number")]
    NotFinite,
    /// A price or the volume is below zero.
    #[error("a figure of the bar is below zero")]
    Negative,
    /// A price or the volume is above 10¹⁵, where sums of squares lose their meaning.
    #[error("a figure of the bar is too large to be one")]
    TooLarge,
    /// The highest price is below another, or the lowest above another.
    #[error("the bar's high and low don't enclose its open and close")]
    NotEnclosed,
    /// It doesn't begin after the bar before it.
    #[error("the bar doesn't begin after the one before it")]
    OutOfOrder,
    /// Its session and minute don't come after those of the bar before it, or the session has no
    /// length.
    #[error("the bar's place in its session can't be")]
    OutOfSession,
}

impl Bar {
    /// Refuses a bar that can't be; `before` is the one that was accepted last.
    #[inline]
    pub fn check(&self, before: Option<&Self>) -> Result<(), BarError> {
        if !self.can_be() {
            return Err(self.fault());
        }
        if before.is_some_and(|before| self.start_s <= before.start_s) {
            return Err(BarError::OutOfOrder);
        }
        Ok(())
    }

    /// Whether its figures can be. A figure that isn't a number fails each comparison.
    fn can_be(&self) -> bool {
        let lies_within = |price: f64| self.low <= price && price <= self.high;
        lies_within(self.open)
            && lies_within(self.close)
            && self.low >= 0.0
            && self.high <= FIGURE_MAX
            && self.volume >= 0.0
            && self.volume <= FIGURE_MAX
    }

    /// What is wrong with figures that can't be; asked for these only.
    #[cold]
    fn fault(&self) -> BarError {
        let figures = [self.open, self.high, self.low, self.close, self.volume];
        if !figures.iter().all(|figure| figure.is_finite()) {
            BarError::NotFinite
        } else if figures.iter().any(|figure| *figure < 0.0) {
            BarError::Negative
        } else if figures.iter().any(|figure| *figure > FIGURE_MAX) {
            BarError::TooLarge
        } else {
            BarError::NotEnclosed
        }
    }

    /// The mean of its highest, lowest and last price.
    pub fn typical(&self) -> f64 {
        (self.high + self.low + self.close) / 3.0
    }
}
