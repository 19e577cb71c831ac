//! Refused alerts are noted too, but so few a minute that nobody can run up the bill with them.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};

/// Refusals that one instance notes in a minute.
const PER_MINUTE_MAX: u32 = 30;

/// Counts the refusals noted in the current minute.
#[derive(Debug, Default)]
pub(crate) struct RefusalMeter(Mutex<(i64, u32)>);

impl RefusalMeter {
    /// Whether one more may be written now.
    pub(crate) fn may_write(&self, now: DateTime<Utc>) -> bool {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now.timestamp().div_euclid(60);
        if counted.0 != minute {
            *counted = (minute, 0);
        }
        counted.1 += 1;
        counted.1 <= PER_MINUTE_MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_minute_has_its_own_allowance() {
        let meter = RefusalMeter::default();
        let minute = |n: i64| DateTime::from_timestamp(n * 60, 0).unwrap();
        for n in 0..2 {
            let written = (0..100).filter(|_| meter.may_write(minute(n))).count();
            assert_eq!(written, 30);
        }
    }
}
