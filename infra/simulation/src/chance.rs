//! Chance: every draw of a run comes from its seed, in streams that don't disturb each other.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// One stream of draws.
#[derive(Debug)]
pub(crate) struct Chance(Mutex<fastrand::Rng>);

impl Chance {
    /// The stream of this name in the run of this seed.
    pub(crate) fn of(seed: u64, name: &str) -> Self {
        let named = name.bytes().fold(seed, |mixed, byte| {
            (mixed ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self(Mutex::new(fastrand::Rng::with_seed(named)))
    }

    /// True with this probability.
    pub(crate) fn happens(&self, probability: f64) -> bool {
        probability > 0.0 && self.with(fastrand::Rng::f64) < probability
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&self, low: u64, high: u64) -> u64 {
        self.with(|rng| rng.u64(low..=high.max(low)))
    }

    /// A duration from nothing to `longest`, in whole milliseconds.
    pub(crate) fn up_to(&self, longest: Duration) -> Duration {
        let most_ms = u64::try_from(longest.as_millis()).unwrap_or(u64::MAX);
        Duration::from_millis(self.between(0, most_ms))
    }

    /// One of these; the first where there is only one.
    pub(crate) fn one_of<T: Copy>(&self, choices: &[T]) -> T {
        let last = choices.len().saturating_sub(1);
        let index = usize::try_from(self.between(0, last as u64)).unwrap_or(last);
        choices[index]
    }

    fn with<T>(&self, draw: impl FnOnce(&mut fastrand::Rng) -> T) -> T {
        draw(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
