//! Times as providers write them, and what the age of a price tells of its provider's terms.

use chrono::{DateTime, TimeDelta, Utc};
use domain::quote::Timeliness;

/// From this age on a price of the running session is late by terms, not by chance.
const DELAYED_FROM: TimeDelta = TimeDelta::minutes(10);

/// Seconds since 1970.
pub fn from_s(unix_s: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(unix_s, 0)
}

/// Milliseconds since 1970.
pub fn from_ms(unix_ms: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(unix_ms)
}

/// Nanoseconds since 1970; milliseconds are kept.
pub fn from_ns(unix_ns: i64) -> Option<DateTime<Utc>> {
    from_ms(unix_ns.div_euclid(1_000_000))
}

/// RFC 3339 with any fraction and offset; milliseconds are kept.
pub fn from_rfc3339(text: &str) -> Option<DateTime<Utc>> {
    let instant = DateTime::parse_from_rfc3339(text).ok()?;
    from_ms(instant.timestamp_millis())
}

/// Whether a price of which the provider doesn't tell is late by its terms.
pub fn timeliness_by_age(at: DateTime<Utc>, received_at: DateTime<Utc>) -> Timeliness {
    if received_at - at >= DELAYED_FROM {
        Timeliness::Delayed
    } else {
        Timeliness::RealTime
    }
}
