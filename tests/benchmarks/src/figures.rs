//! Durations in order, and what is read off them.

use std::time::Duration;

/// Durations of the same thing, many times.
#[derive(Debug, Default)]
pub(crate) struct Durations(Vec<Duration>);

impl Durations {
    pub(crate) fn add(&mut self, duration: Duration) {
        self.0.push(duration);
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The smallest of them that `percent` of them don't exceed, in milliseconds.
    pub(crate) fn percentile_ms(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100).max(1) - 1;
        sorted
            .get(rank)
            .map_or(0.0, |duration| duration.as_secs_f64() * 1_000.0)
    }

    /// p50, p99 and the longest, as cells.
    pub(crate) fn cells(&self) -> [String; 3] {
        [50, 99, 100].map(|percent| format!("{:.2}", self.percentile_ms(percent)))
    }
}

impl FromIterator<Duration> for Durations {
    fn from_iter<I: IntoIterator<Item = Duration>>(durations: I) -> Self {
        Self(durations.into_iter().collect())
    }
}

/// A count as a figure; counts here are far below the 52 bits of a float.
pub(crate) fn figure(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}
