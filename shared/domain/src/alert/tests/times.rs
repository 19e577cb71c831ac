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
fn slips_of_the_unit_are_no_times() {
    for written in [
        json!(5),
        json!(-1_782_310_503),
        json!(90_000_000_000_000_i64),
        json!(1_782_310_503_000_000_000_i64),
        json!("1e28"),
    ] {
        let error = read_json(&alert_with(&json!({ "timestamp": written }))).unwrap_err();
        assert!(matches!(error, ReadError::Invalid(_)), "{written}: {error}");
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
        (json!({"bar.time": bar}), bar, BarTime),
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

/// Field, timeframe, its time, when it came in, and what is wrong with it. Over Good Friday a
/// Thursday's daily bar may end only when Monday opens.
const TIMELINESS: &str = "
    timestamp | 5m | 2026-06-24T14:15:03Z | 2026-06-24T14:20:03Z |
    timestamp | 5m | 2026-06-24T14:15:03Z | 2026-06-24T14:20:04Z | is 301 s old
    timenow   | 5m | 2026-06-24T14:15:03Z | 2026-06-24T14:14:03Z |
    timenow   | 5m | 2026-06-24T14:15:03Z | 2026-06-24T14:14:02Z | is 61 s ahead
    time      | 5m | 2026-06-24T14:15:00Z | 2026-06-24T14:13:00Z | is 120 s ahead

    time      | 1h | 2026-06-24T13:30:00Z | 2026-06-24T14:35:00Z |
    time      | 1h | 2026-06-24T13:30:00Z | 2026-06-24T14:35:01Z | is 3901 s old
    timestamp | 1h | 2026-06-24T13:30:00Z | 2026-06-24T14:35:00Z |
    timestamp | 1h | 2026-06-24T13:30:01Z | 2026-06-24T14:35:00Z | is 3899 s old
    time      | 45m | 2026-06-24T13:10:00Z | 2026-06-24T14:00:00Z |
    timestamp | 45m | 2026-06-24T13:10:00Z | 2026-06-24T14:00:00Z | is 3000 s old
    bar_time  | 5m | 2026-06-24T14:10:00Z | 2026-06-24T14:20:00Z |

    time      | 1D | 2026-04-02T13:30:00Z | 2026-04-06T13:30:05Z |
    timestamp | 1D | 2026-04-02T13:30:00Z | 2026-04-06T13:30:05Z |
    timestamp | 1D | 2026-04-02T13:31:00Z | 2026-04-02T20:00:05Z | is 23345 s old
    time      | 1D | 2026-04-02T13:30:00Z | 2026-04-07T13:30:00Z | is 432000 s old
    time      | W  | 2026-06-22T13:30:00Z | 2026-06-26T20:00:05Z |
    time      | M  | 2026-06-01T13:30:00Z | 2026-06-30T20:00:05Z |
    time      | M  | 2026-06-01T13:30:00Z | 2026-07-30T20:00:05Z | is 5121005 s old
";

#[test]
fn late_and_early_alerts_are_refused() {
    for line in TIMELINESS.lines().filter(|line| !line.trim().is_empty()) {
        let columns: Vec<_> = line.split('|').map(str::trim).collect();
        let [field, timeframe, time, received_at, expected] = columns[..] else {
            panic!("{line}")
        };
        let found = staleness(field, timeframe, time, received_at);
        assert_eq!(found.is_none(), expected.is_empty(), "{line}: {found:?}");
        let told = found.unwrap_or_default();
        assert!(told.contains(expected), "{line}: {told}");
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
