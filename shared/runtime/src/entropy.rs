//! Randomness: for jitter and request tokens only, never for a decision. Seeded, so that a
//! simulated run can be repeated.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A shared source of randomness.
#[derive(Debug, Clone)]
pub struct Entropy(Arc<Mutex<fastrand::Rng>>);

impl Entropy {
    /// The same seed gives the same sequence.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(fastrand::Rng::with_seed(seed))))
    }

    /// Different in each process.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where a deployed function is seeded"
    )]
    pub fn ambient() -> Self {
        Self(Arc::new(Mutex::new(fastrand::Rng::new())))
    }

    /// A token that no other call has: 32 hexadecimal digits.
    pub fn token(&self) -> String {
        format!("{:032x}", self.lock().u128(..))
    }

    /// A wait between nothing and `base × 2^attempt`, at most `longest`.
    pub fn backoff(&self, attempt: u32, base: Duration, longest: Duration) -> Duration {
        let ceiling = base
            .saturating_mul(2_u32.saturating_pow(attempt.min(16)))
            .min(longest);
        ceiling.mul_f64(self.lock().f64())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, fastrand::Rng> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_and_waits_are_bounded() {
        let (one, other) = (Entropy::seeded(7), Entropy::seeded(7));
        let longest = Duration::from_millis(200);
        for attempt in 0..40 {
            let wait = one.backoff(attempt, Duration::from_millis(10), longest);
            assert_eq!(
                wait,
                other.backoff(attempt, Duration::from_millis(10), longest)
            );
            assert!(wait <= longest);
        }
        assert_eq!(one.token(), other.token());
        assert_ne!(one.token(), one.token());
    }
}
