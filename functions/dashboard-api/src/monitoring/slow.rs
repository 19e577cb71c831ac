//! Requests to this API that took long: those of this instance, since it began.

use std::cmp::Reverse;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::SlowRequest;

/// From when on a request is slow.
const SLOW: Duration = Duration::from_secs(1);
/// Requests that are kept: the slowest.
const KEPT: usize = 20;

/// The slowest requests.
#[derive(Debug, Default)]
pub(crate) struct SlowRequests(Mutex<Vec<SlowRequest>>);

impl SlowRequests {
    /// Keeps a request if it was slow.
    pub(crate) fn note(&self, route: &str, at: DateTime<Utc>, elapsed: Duration) {
        if elapsed < SLOW {
            return;
        }
        let elapsed_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        tracing::warn!(route, elapsed_ms, "a slow request");
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let route = route.to_owned();
        kept.push(SlowRequest {
            route,
            at,
            elapsed_ms,
        });
        kept.sort_by_key(|it| Reverse(it.elapsed_ms));
        kept.truncate(KEPT);
    }

    /// The slowest first.
    pub(crate) fn slowest(&self) -> Vec<SlowRequest> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_are_kept() {
        let slow = SlowRequests::default();
        let at = DateTime::UNIX_EPOCH;
        for elapsed_ms in (0..60).map(|n| n * 100) {
            slow.note("/api/orders", at, Duration::from_millis(elapsed_ms));
        }
        let kept = slow.slowest();
        assert_eq!(kept.len(), KEPT);
        assert_eq!((kept[0].elapsed_ms, kept[19].elapsed_ms), (5_900, 4_000));
        let none = SlowRequests::default();
        none.note("/api/orders", at, Duration::from_millis(999));
        assert!(none.slowest().is_empty());
    }
}
