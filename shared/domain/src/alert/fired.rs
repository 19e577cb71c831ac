//! When an alert fired, by nothing but what it tells: for alerts that are read from a file, long
//! after they came in.

use chrono::{DateTime, Utc};

use super::fields::Fields;
use super::problem::ReadError;
use super::{body, read_timeframe, timestamp};
use crate::calendar::{session_at, session_on, trading_date};
use crate::signal::TimestampOrigin;
use crate::timeframe::Timeframe;

/// When an alert fired: its fire time, or the end of the bar that it is about. None where it
/// tells no time; other fields aren't looked at.
///
/// ```
/// use domain::alert;
/// let body = br#"{"ticker": "SPY", "action": "buy", "interval": "5", "time": "2026-06-24T14:15:00Z"}"#;
/// let fired_at = alert::fired_at(body).unwrap().unwrap();
/// assert_eq!(fired_at.to_rfc3339(), "2026-06-24T14:20:00+00:00");
/// ```
pub fn fired_at(body: &[u8]) -> Result<Option<DateTime<Utc>>, ReadError> {
    let body = body::parse(body).map_err(|problem| ReadError::Invalid(vec![problem]))?;
    let mut fields = Fields::new(&body);
    let (timeframe, told) = (read_timeframe(&mut fields), timestamp::read(&mut fields));
    let problems = fields.into_problems();
    if !problems.is_empty() {
        return Err(ReadError::Invalid(problems));
    }
    let told = told.zip(timeframe);
    Ok(told.map(|(told, timeframe)| match told.origin {
        TimestampOrigin::BarTime => end_of_bar(timeframe, told.instant),
        TimestampOrigin::FireTime | TimestampOrigin::ReceivedAt => told.instant,
    }))
}

/// A day's bar ends with its session, and that session cuts short what began in it.
fn end_of_bar(timeframe: Timeframe, start: DateTime<Utc>) -> DateTime<Utc> {
    let session = if timeframe == Timeframe::DAY {
        session_on(trading_date(start))
    } else {
        session_at(start).filter(|_| !timeframe.is_days_or_longer())
    };
    let ends = start + timeframe.duration();
    session.map_or(ends, |session| session.close.min(ends))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fired(body: &str) -> Option<String> {
        let at = fired_at(body.as_bytes()).unwrap();
        at.map(|at| at.format("%Y-%m-%d %H:%M:%S").to_string())
    }

    #[test]
    fn a_bar_fires_at_its_end_and_other_times_are_taken_as_told() {
        for (body, expected) in [
            (
                r#"{"timenow": "2026-06-24T14:15:03Z", "time": "2026-06-24T14:10:00Z"}"#,
                "14:15:03",
            ),
            (
                r#"{"interval": "15", "time": "2026-06-24T14:15:00Z"}"#,
                "14:30:00",
            ),
            (
                r#"{"interval": "60", "time": "2026-06-24T19:30:00Z"}"#,
                "20:00:00",
            ),
            (
                r#"{"interval": "D", "time": "2026-06-24T13:30:00Z"}"#,
                "20:00:00",
            ),
            (r#"{"timestamp": 1782310503}"#, "14:15:03"),
        ] {
            let expected = format!("2026-06-24 {expected}");
            assert_eq!(fired(body), Some(expected), "{body}");
        }
    }

    #[test]
    fn without_a_time_there_is_none_and_a_bad_one_is_named() {
        assert_eq!(fired(r#"{"ticker": "SPY", "action": "buy"}"#), None);
        for bad in [
            r#"{"timenow": "soon"}"#,
            r#"{"interval": "7R", "time": 1}"#,
            "buy",
        ] {
            assert!(fired_at(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
