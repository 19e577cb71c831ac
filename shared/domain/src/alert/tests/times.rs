//! Times in all their forms, and which of them are too late.

use super::*;
use crate::signal::TimestampOrigin::{self, BarTime, FireTime, ReceivedAt};

#[test]
fn times_are_read_in_every_form() {
    for (written, expected) in [
        (json!("2026-06-24T14:15:03Z"), "2026-06-24T14:15:03Z"),
        (json!("2026-06-24t14:15:03z"), "2026-06-24T14:15:03Z"),
        (json!("2026-06-24T10:15:03-04:00"), "2026-06-24T14:15:03Z"),
        (json!("2026-06-24T10:15:03-0400"), "2026-06-24T14:15:03Z"),
        (json!("2026-06-24 14:15:03"), "2026-06-24T14:15:03Z"),
        (json!("2026-06-24T14:15"), "2026-06-24T14:15:00Z"),
        (
            json!("2026-06-24T14:15:03.250Z"),
            "2026-06-24T14:15:03.250Z",
        ),
        (json!(1_782_310_503), "2026-06-24T14:15:03Z"),
        (json!("1782310503"), "2026-06-24T14:15:03Z"),
        (json!(1_782_310_503_250_i64), "2026-06-24T14:15:03.250Z"),
        (json!("1782310503250"), "2026-06-24T14:15:03.250Z"),
        (json!(1_782_310_503.25), "2026-06-24T14:15:03.250Z"),
    ] {
        let signal = read_json(&alert_with(&json!({ "timestamp": written }))).unwrap();
        assert_eq!(signal.timestamp, utc(expected), "{written}");
        assert_eq!(signal.bar_start, utc("2026-06-24T14:15:00Z"), "{written}");
    }
}

#[test]
fn the_field_tells_what_the_time_is_of() {
    let (fired, bar) = ("2026-06-24T14:15:03Z", "2026-06-24T14:10:00Z");
    for (fields, expected, origin) in [
        (json!({"timestamp": fired, "time": bar}), fired, FireTime),
        (json!({"timenow": fired, "time": bar}), fired, FireTime),
        (json!({"time": bar}), bar, BarTime),
        (
            json!({"time": fired, "bar": {"time": bar}}),
            fired,
            FireTime,
        ),
        (json!({"time": fired, "bar_time": bar}), fired, FireTime),
        (json!({"bar": {"time": bar}}), bar, BarTime),
        (json!({"bar_time": bar}), bar, BarTime),
        (json!({}), "2026-06-24T14:15:00Z", ReceivedAt),
        (
            json!({"timestamp": "", "bar": 5}),
            "2026-06-24T14:15:00Z",
            ReceivedAt,
        ),
    ] {
        let mut alert = alert_with(&json!({"timestamp": null}));
        alert
            .as_object_mut()
            .unwrap()
            .extend(fields.as_object().unwrap().clone());
        let signal = read_json(&alert).unwrap();
        assert_eq!(
            (signal.timestamp, signal.timestamp_origin),
            (utc(expected), origin),
            "{fields}"
        );
    }
}

/// Whether an alert with this time and timeframe, coming in then, is refused, and in which words.
fn staleness(field: &str, timeframe: &str, time: &str, received_at: &str) -> Option<String> {
    let body = json!({"symbol": "SPY", "direction": "long", "timeframe": timeframe, field: time});
    match read(body.to_string().as_bytes(), utc(received_at)) {
        Ok(_) => None,
        Err(ReadError::Stale(problem)) => Some(format!("{} {}", problem.field, problem.message)),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn late_and_early_alerts_are_refused() {
    for (field, timeframe, time, received_at, expected) in [
        (
            "timestamp",
            "5m",
            "2026-06-24T14:15:03Z",
            "2026-06-24T14:20:03Z",
            None,
        ),
        (
            "timestamp",
            "5m",
            "2026-06-24T14:15:03Z",
            "2026-06-24T14:20:04Z",
            Some("301 s old"),
        ),
        (
            "timenow",
            "5m",
            "2026-06-24T14:15:03Z",
            "2026-06-24T14:14:03Z",
            None,
        ),
        (
            "timenow",
            "5m",
            "2026-06-24T14:15:03Z",
            "2026-06-24T14:14:02Z",
            Some("61 s ahead"),
        ),
        // A bar's beginning is allowed its timeframe, and so is what looks like one.
        (
            "time",
            "1h",
            "2026-06-24T13:30:00Z",
            "2026-06-24T14:35:00Z",
            None,
        ),
        (
            "time",
            "1h",
            "2026-06-24T13:30:00Z",
            "2026-06-24T14:35:01Z",
            Some("3901 s old"),
        ),
        (
            "timestamp",
            "1h",
            "2026-06-24T13:30:00Z",
            "2026-06-24T14:35:00Z",
            None,
        ),
        (
            "timestamp",
            "1h",
            "2026-06-24T13:30:01Z",
            "2026-06-24T14:35:00Z",
            Some("3899 s old"),
        ),
        (
            "bar_time",
            "5m",
            "2026-06-24T14:10:00Z",
            "2026-06-24T14:20:00Z",
            None,
        ),
        // A Thursday's daily bar before Good Friday may end when Monday opens.
        (
            "time",
            "1D",
            "2026-04-02T13:30:00Z",
            "2026-04-06T13:30:05Z",
            None,
        ),
        (
            "timestamp",
            "1D",
            "2026-04-02T13:30:00Z",
            "2026-04-06T13:30:05Z",
            None,
        ),
        (
            "time",
            "1D",
            "2026-04-02T13:30:00Z",
            "2026-04-07T13:30:00Z",
            Some("432000 s old"),
        ),
        (
            "time",
            "W",
            "2026-06-22T13:30:00Z",
            "2026-06-26T20:00:05Z",
            None,
        ),
        (
            "time",
            "M",
            "2026-06-01T13:30:00Z",
            "2026-06-30T20:00:05Z",
            None,
        ),
        (
            "time",
            "M",
            "2026-06-01T13:30:00Z",
            "2026-07-30T20:00:05Z",
            Some("s old"),
        ),
    ] {
        let found = staleness(field, timeframe, time, received_at);
        let told = found.as_deref().unwrap_or_default();
        assert_eq!(
            found.is_some(),
            expected.is_some(),
            "{field} {timeframe} {time}: {told}"
        );
        assert!(
            told.contains(expected.unwrap_or_default()),
            "{field} {timeframe} {time}: {told}"
        );
    }
}

#[test]
fn lateness_is_listed_with_the_other_problems() {
    let body = alert_with(&json!({"timestamp": "2026-06-24T13:00:03Z", "price": "-1"}));
    assert_eq!(refused(&body.to_string()), ["price", "timestamp"]);
}

#[test]
fn origins_are_stored_in_words() {
    for (origin, word) in [
        (FireTime, "fire_time"),
        (BarTime, "bar_time"),
        (ReceivedAt, "received_at"),
    ] {
        assert_eq!(serde_json::to_value(origin).unwrap(), json!(word));
        assert_eq!(
            serde_json::from_value::<TimestampOrigin>(json!(word)).unwrap(),
            origin
        );
    }
}
