//! The root: guess, then steps of the fourth order, kept within a bracket that only shrinks.

use super::guess;
use super::normalised::{Equation, Normalised};

/// Steps at most. Prices of a market take two or three.
const STEPS_MAX: usize = 100;
/// A step so small, relative to the deviation, was the last: its own error is its fourth power.
const LAST_STEP: f64 = 1e-6;

/// The deviation `sigma sqrt(T)` of a normalised price.
pub(super) fn deviation(normalised: &Normalised) -> f64 {
    let (guess, bend) = (guess::deviation(normalised), normalised.bend);
    if normalised.is_below_bend() {
        let ln_price = libm::log(normalised.price);
        let bracket = Bracket::new(0.0, bend);
        bracket.solve(guess, |deviation| {
            normalised.below_bend(deviation, ln_price)
        })
    } else {
        let ln_rest = libm::log(normalised.price_max - normalised.price);
        let bracket = Bracket::new(bend, f64::INFINITY);
        bracket.solve(guess, |deviation| normalised.above_bend(deviation, ln_rest))
    }
}

/// Between which deviations the root lies.
struct Bracket {
    low: f64,
    high: f64,
}

impl Bracket {
    fn new(low: f64, high: f64) -> Self {
        Self { low, high }
    }

    fn solve(mut self, guess: f64, equation: impl Fn(f64) -> Equation) -> f64 {
        let mut deviation = guess.clamp(self.low, self.high);
        for _ in 0..STEPS_MAX {
            let here = equation(deviation);
            self.narrow(deviation, here.value);
            let next = self.inside(deviation + here.step());
            let moved = (next - deviation).abs();
            deviation = next;
            if moved <= LAST_STEP * deviation {
                break;
            }
        }
        deviation
    }

    fn narrow(&mut self, deviation: f64, value: f64) {
        if value < 0.0 {
            self.low = deviation;
        } else {
            self.high = deviation;
        }
    }

    /// A place that a step may lead to; the bracket's middle instead of one outside, or of none.
    fn inside(&self, place: f64) -> f64 {
        if place >= self.low && place <= self.high && place > 0.0 {
            place
        } else if self.high.is_finite() {
            0.5 * (self.low + self.high)
        } else {
            2.0 * self.low.max(0.5)
        }
    }
}
