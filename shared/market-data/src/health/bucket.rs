//! The bucket: so many requests in any minute, whoever makes them. Time is cut into slots of two
//! seconds; a request counts in its slot, and the slots of the last minute, with one more at
//! either end, may not hold more than the limit. So there is no instant at which a new minute
//! begins and twice the limit gets through, and a request that arrives a moment late still
//! falls into a minute that has room for it. A request that isn't made in its slot has lost its
//! place.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// How long a slot is.
pub const SLOT: TimeDelta = TimeDelta::seconds(2);
/// Slots that are counted together: any 60 s lie within 31 of them, and one is for requests that
/// take a while to arrive.
const SLOTS: i64 = 32;

/// The requests of the last minute, by slot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    /// Slot and requests, oldest first.
    taken: Vec<(i64, u32)>,
}

impl Bucket {
    /// The bucket after a request that counts as `cost`; or for how many milliseconds there is
    /// no room for it.
    pub fn take(&self, cost: u32, limit: u32, now: DateTime<Utc>) -> Result<Self, u64> {
        let slot = self.slot(now);
        let mut counted = self.counted(slot);
        let room = limit.saturating_sub(counted.iter().map(|(_, count)| count).sum());
        if cost > room {
            return Err(self.wait_ms(&counted, cost - room, now));
        }
        match counted.last_mut() {
            Some((last, count)) if *last == slot => *count += cost,
            _ => counted.push((slot, cost)),
        }
        Ok(Self { taken: counted })
    }

    /// Requests that count at an instant.
    pub fn count(&self, now: DateTime<Utc>) -> u32 {
        let counted = self.counted(self.slot(now));
        counted.iter().map(|(_, count)| count).sum()
    }

    /// The slot of an instant; never one before the newest that was used, since clocks differ.
    /// One that lies more than a minute ahead of ours is nobody's clock.
    fn slot(&self, now: DateTime<Utc>) -> i64 {
        let slot = slot_of(now);
        let newest = self.taken.last().map(|(newest, _)| *newest);
        newest
            .filter(|newest| *newest <= slot + SLOTS)
            .map_or(slot, |newest| newest.max(slot))
    }

    fn counted(&self, slot: i64) -> Vec<(i64, u32)> {
        let counts = |(taken, _): &&(i64, u32)| *taken > slot - SLOTS && *taken <= slot;
        self.taken.iter().filter(counts).copied().collect()
    }

    /// How long until slots with so many requests have passed.
    fn wait_ms(&self, counted: &[(i64, u32)], missing: u32, now: DateTime<Utc>) -> u64 {
        let mut freed = 0_u32;
        let frees_enough = counted.iter().find(|(_, count)| {
            freed = freed.saturating_add(*count);
            freed >= missing
        });
        // More than the whole limit at once: a full minute, after which it is refused again.
        let slot = frees_enough.map_or(self.slot(now), |(slot, _)| *slot);
        let free_at_ms = (slot + SLOTS) * SLOT.num_milliseconds();
        u64::try_from(free_at_ms - now.timestamp_millis()).unwrap_or(0)
    }
}

/// The slot of an instant by its own clock.
pub(super) fn slot_of(now: DateTime<Utc>) -> i64 {
    now.timestamp_millis().div_euclid(SLOT.num_milliseconds())
}
