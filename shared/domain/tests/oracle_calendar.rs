//! Every day of the reference calendar, on which the libraries `exchange_calendars` and
//! `pandas_market_calendars` agree.

#![cfg(test)]

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, Utc};
use domain::DayStatus;
use domain::calendar::{Session, day_status, eastern, eastern_instant, session_on};
use reference_answers::{Row, check_every_row};

#[test]
fn every_day_is_as_in_the_reference_calendar() {
    check_every_row("3_calendar/nyse_days.csv", |row| {
        let date: NaiveDate = row.value("date");
        let session = session_on(date);
        let noon = eastern_instant(date, NaiveTime::MIN) + TimeDelta::hours(12);
        let mut wrong = row.unequal(&[
            ("weekday", date.format("%a").to_string()),
            ("status", status(date).to_owned()),
            ("tz", eastern(noon).format("%Z").to_string()),
        ]);
        wrong.extend(row.apart(0.0, &[("minutes", minutes(session))]));
        wrong.extend(wrong_hours(row, session));
        wrong
    });
}

fn wrong_hours(row: &Row, session: Option<Session>) -> Vec<String> {
    let utc = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let wall = |at: DateTime<Utc>| eastern(at).format("%H:%M").to_string();
    let text = |shown: Option<String>| shown.unwrap_or_default();
    row.unequal(&[
        ("open_utc", text(session.map(|s| utc(s.open)))),
        ("close_utc", text(session.map(|s| utc(s.close)))),
        ("open_et", text(session.map(|s| wall(s.open)))),
        ("close_et", text(session.map(|s| wall(s.close)))),
    ])
}

fn minutes(session: Option<Session>) -> f64 {
    let whole = session.map_or(0, |open| open.minutes());
    TimeDelta::minutes(whole).as_seconds_f64() / 60.0
}

fn status(date: NaiveDate) -> &'static str {
    match day_status(date) {
        DayStatus::Regular => "regular",
        DayStatus::EarlyClose => "early_close",
        DayStatus::Holiday => "holiday",
        DayStatus::Weekend => "weekend",
    }
}
