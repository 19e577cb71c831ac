//! No minute holds more requests than the limit, wherever it begins.

use market_data::health::{Bucket, SLOT};
use proptest::prelude::*;

use crate::at_ms;

const MINUTE_MS: i64 = 60_000;

#[test]
fn a_full_bucket_tells_how_long_to_wait_and_has_room_then() {
    let mut bucket = Bucket::default();
    for _ in 0..5 {
        bucket = bucket.take(1, 5, at_ms(1_000)).unwrap();
    }
    let wait_ms = bucket.take(1, 5, at_ms(30_000)).unwrap_err();
    let free_ms = 30_000 + i64::try_from(wait_ms).unwrap();
    assert!((61_000..=65_000).contains(&free_ms), "{free_ms}");
    assert!(bucket.take(1, 5, at_ms(free_ms - 1)).is_err());
    assert!(bucket.take(5, 5, at_ms(free_ms)).is_ok());
}

#[test]
fn what_costs_more_than_the_whole_limit_never_passes() {
    for ms in [0, 100_000] {
        let wait_ms = Bucket::default().take(9, 8, at_ms(ms)).unwrap_err();
        assert!(wait_ms > 50_000);
    }
}

#[test]
fn a_clock_that_lies_behind_counts_in_the_newest_slot() {
    let ahead = Bucket::default().take(3, 5, at_ms(20_000)).unwrap();
    let behind = ahead.take(2, 5, at_ms(15_000)).unwrap();
    assert_eq!(behind.count(at_ms(20_000)), 5);
    assert!(behind.take(1, 5, at_ms(20_000)).is_err());
}

#[test]
fn a_clock_that_is_hours_ahead_doesn_t_hold_up_the_others() {
    let hours_ahead = Bucket::default().take(5, 5, at_ms(7_200_000)).unwrap();
    assert!(hours_ahead.take(1, 5, at_ms(0)).is_ok());
}

proptest! {
    /// Requests come in any rhythm, cost 1 to 3, and arrive up to a slot late.
    #[test]
    fn no_minute_holds_more_than_the_limit(
        limit in 1_u32..40,
        asks in prop::collection::vec((0_i64..4_000, 1_u32..4, 0_i64..SLOT.num_milliseconds()), 1..300),
    ) {
        let (mut bucket, mut now_ms) = (Bucket::default(), 0);
        let mut arrived: Vec<(i64, u32)> = Vec::new();
        for (pause_ms, cost, late_ms) in asks {
            now_ms += pause_ms;
            if let Ok(next) = bucket.take(cost, limit, at_ms(now_ms)) {
                bucket = next;
                arrived.push((now_ms + late_ms, cost));
            }
        }
        for (from_ms, _) in &arrived {
            let minute = *from_ms..*from_ms + MINUTE_MS;
            let within = arrived.iter().filter(|(ms, _)| minute.contains(ms));
            let count: u32 = within.map(|(_, cost)| cost).sum();
            prop_assert!(count <= limit, "{count} of {limit} from {from_ms} ms");
        }
    }

    /// Whoever waits as long as told finds room, unless it asks for more than the limit.
    #[test]
    fn the_wait_that_is_told_is_enough(
        taken in prop::collection::vec(0_i64..60_000, 0..20),
        cost in 1_u32..10,
    ) {
        let mut sorted = taken;
        sorted.sort_unstable();
        let bucket = sorted.iter().fold(Bucket::default(), |bucket, ms| {
            bucket.take(1, 10, at_ms(*ms)).unwrap_or(bucket)
        });
        let now_ms = sorted.last().copied().unwrap_or(0);
        if let Err(wait_ms) = bucket.take(cost, 10, at_ms(now_ms)) {
            let later_ms = now_ms + i64::try_from(wait_ms).unwrap();
            prop_assert!(bucket.take(cost, 10, at_ms(later_ms)).is_ok());
        }
    }
}
