//! What several of these tests check.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

/// Fails if any minute held more than the limit.
pub(crate) fn assert_within(limit: u32, arrivals: &[(DateTime<Utc>, u32)], whose: &str) {
    let mut by_time: BTreeMap<DateTime<Utc>, u32> = BTreeMap::new();
    for (at, cost) in arrivals {
        *by_time.entry(*at).or_default() += cost;
    }
    for from in by_time.keys() {
        let minute = by_time.range(*from..*from + TimeDelta::minutes(1));
        let count: u32 = minute.map(|(_, cost)| cost).sum();
        assert!(count <= limit, "{whose}: {count} of {limit} from {from}");
    }
}
