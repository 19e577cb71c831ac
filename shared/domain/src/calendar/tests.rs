//! What the exchange did, and has announced, against the rules.

use super::*;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use proptest::prelude::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The dates of a year on which the exchange does something.
fn days_of(year: i32, status: DayStatus) -> Vec<String> {
    NaiveDate::from_ymd_opt(year, 1, 1)
        .unwrap()
        .iter_days()
        .take_while(|day| day.year() == year)
        .filter(|day| day_status(*day) == status)
        .map(|day| day.format("%m-%d").to_string())
        .collect()
}

#[test]
fn closes_on_the_days_that_the_exchange_announced() {
    let announced = [
        (
            2024,
            "01-01 01-15 02-19 03-29 05-27 06-19 07-04 09-02 11-28 12-25",
        ),
        (
            2025,
            "01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-04 09-01 11-27 12-25",
        ),
        (
            2026,
            "01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25",
        ),
        (
            2027,
            "01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 12-24",
        ),
        (
            2028,
            "01-17 02-21 04-14 05-29 06-19 07-04 09-04 11-23 12-25",
        ),
    ];
    for (year, holidays) in announced {
        assert_eq!(
            days_of(year, DayStatus::Holiday).join(" "),
            holidays,
            "{year}"
        );
    }
}

#[test]
fn closes_early_on_the_days_that_the_exchange_announced() {
    let announced = [
        (2002, "07-05 11-29 12-24"),
        (2003, "07-03 11-28 12-24 12-26"),
        (2024, "07-03 11-29 12-24"),
        (2025, "07-03 11-28 12-24"),
        (2026, "11-27 12-24"),
        (2027, "11-26"),
        (2028, "07-03 11-24"),
    ];
    for (year, early) in announced {
        assert_eq!(
            days_of(year, DayStatus::EarlyClose).join(" "),
            early,
            "{year}"
        );
    }
}

#[test]
fn knows_the_days_that_catch_people_out() {
    for (day, status) in [
        // A full day, since the holiday itself is kept on the 3rd.
        ("2026-07-02", DayStatus::Regular),
        // Christmas on a Saturday is kept on the Friday; New Year isn't.
        ("2027-12-24", DayStatus::Holiday),
        ("2027-12-31", DayStatus::Regular),
        ("2028-01-01", DayStatus::Weekend),
        ("2028-12-22", DayStatus::Regular),
        ("2010-12-31", DayStatus::Regular),
        ("2023-01-02", DayStatus::Holiday),
        // Before the exchange kept Juneteenth.
        ("2020-06-19", DayStatus::Regular),
        ("2021-06-18", DayStatus::Regular),
        ("2022-06-20", DayStatus::Holiday),
        // Holidays of banks, not of the exchange.
        ("2025-10-13", DayStatus::Regular),
        ("2025-11-11", DayStatus::Regular),
    ] {
        assert_eq!(day_status(date(day)), status, "{day}");
    }
}

#[test]
fn remembers_unscheduled_closures() {
    for day in [
        "2001-09-11",
        "2001-09-12",
        "2001-09-13",
        "2001-09-14",
        "2004-06-11",
        "2007-01-02",
        "2012-10-29",
        "2012-10-30",
        "2018-12-05",
        "2025-01-09",
    ] {
        assert_eq!(day_status(date(day)), DayStatus::Holiday, "{day}");
    }
}

#[test]
fn sessions_follow_new_yorks_clock_through_the_year() {
    for (day, open, close, minutes) in [
        (
            "2024-03-08",
            "2024-03-08T14:30:00Z",
            "2024-03-08T21:00:00Z",
            390,
        ),
        (
            "2024-03-11",
            "2024-03-11T13:30:00Z",
            "2024-03-11T20:00:00Z",
            390,
        ),
        (
            "2024-11-01",
            "2024-11-01T13:30:00Z",
            "2024-11-01T20:00:00Z",
            390,
        ),
        (
            "2024-11-04",
            "2024-11-04T14:30:00Z",
            "2024-11-04T21:00:00Z",
            390,
        ),
        (
            "2024-07-03",
            "2024-07-03T13:30:00Z",
            "2024-07-03T17:00:00Z",
            210,
        ),
        (
            "2026-12-24",
            "2026-12-24T14:30:00Z",
            "2026-12-24T18:00:00Z",
            210,
        ),
        // Before 2007 summer time began in April and ended in October.
        (
            "2006-03-31",
            "2006-03-31T14:30:00Z",
            "2006-03-31T21:00:00Z",
            390,
        ),
        (
            "2099-07-01",
            "2099-07-01T13:30:00Z",
            "2099-07-01T20:00:00Z",
            390,
        ),
    ] {
        let session = session_on(date(day)).unwrap();
        assert_eq!(
            (session.open, session.close),
            (instant(open), instant(close)),
            "{day}"
        );
        assert_eq!(
            (session.minutes(), session.early_close),
            (minutes, minutes == 210),
            "{day}"
        );
    }
}

#[test]
fn the_trading_date_is_new_yorks() {
    for (at, day) in [
        ("2026-01-05T04:59:59Z", "2026-01-04"),
        ("2026-01-05T05:00:00Z", "2026-01-05"),
        ("2026-07-06T03:59:59Z", "2026-07-05"),
        ("2026-07-06T04:00:00Z", "2026-07-06"),
    ] {
        assert_eq!(trading_date(instant(at)), date(day), "{at}");
    }
}

#[test]
fn wall_times_become_instants_also_when_the_clocks_change() {
    for (day, time, expected) in [
        ("2026-03-06", "09:30:00", "2026-03-06T14:30:00Z"),
        ("2026-03-09", "20:00:00", "2026-03-10T00:00:00Z"),
        // Skipped, and twice.
        ("2024-03-10", "02:30:00", "2024-03-10T07:30:00Z"),
        ("2024-11-03", "01:30:00", "2024-11-03T05:30:00Z"),
    ] {
        let time: NaiveTime = time.parse().unwrap();
        assert_eq!(
            eastern_instant(date(day), time),
            instant(expected),
            "{day} {time}"
        );
    }
}

#[test]
fn a_session_holds_its_open_and_not_its_close() {
    for (at, on) in [
        ("2026-07-06T13:29:59Z", false),
        ("2026-07-06T13:30:00Z", true),
        ("2026-07-06T19:59:59Z", true),
        ("2026-07-06T20:00:00Z", false),
        ("2026-07-03T15:00:00Z", false),
        ("2026-07-04T15:00:00Z", false),
        ("2026-11-27T17:59:59Z", true),
        ("2026-11-27T18:00:00Z", false),
    ] {
        assert_eq!(session_at(instant(at)).is_some(), on, "{at}");
    }
}

#[test]
fn finds_the_sessions_around_an_instant() {
    for (at, last, next) in [
        ("2026-07-06T13:29:59Z", "2026-07-02", "2026-07-06"),
        ("2026-07-06T13:30:00Z", "2026-07-02", "2026-07-07"),
        ("2026-07-06T19:59:59Z", "2026-07-02", "2026-07-07"),
        ("2026-07-06T20:00:00Z", "2026-07-06", "2026-07-07"),
        ("2026-07-04T12:00:00Z", "2026-07-02", "2026-07-06"),
        ("2001-09-12T12:00:00Z", "2001-09-10", "2001-09-17"),
    ] {
        let dates = (
            last_session(instant(at)).date,
            next_session(instant(at)).date,
        );
        assert_eq!(dates, (date(last), date(next)), "{at}");
    }
}

#[test]
fn the_ends_of_time_are_survived() {
    let day = TimeDelta::days(1);
    for at in [
        DateTime::<Utc>::MIN_UTC + day,
        DateTime::<Utc>::MAX_UTC - day,
    ] {
        let (last, next) = (last_session(at), next_session(at));
        assert!(last.minutes() > 0 && next.minutes() > 0, "{at}");
    }
}

prop_compose! {
    fn any_date()(day in 0_i64..36_525) -> NaiveDate {
        date("2000-01-01") + TimeDelta::days(day)
    }
}

prop_compose! {
    fn any_instant()(day in any_date(), second in 0_i64..86_400) -> DateTime<Utc> {
        day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::seconds(second)
    }
}

proptest! {
    #[test]
    fn sessions_never_overlap(at in any_instant()) {
        let (last, next) = (last_session(at), next_session(at));
        prop_assert!(last.close <= at && at < next.open);
        let between = next_session(last.open);
        if let Some(on) = session_at(at) {
            prop_assert_eq!((between, next_session(on.open)), (on, next));
        } else {
            prop_assert_eq!(between, next);
        }
    }

    #[test]
    fn a_session_lies_within_its_date(day in any_date()) {
        if let Some(session) = session_on(day) {
            prop_assert_eq!(trading_date(session.open), day);
            prop_assert_eq!(trading_date(session.close), day);
            prop_assert_eq!(session.minutes(), if session.early_close { 210 } else { 390 });
        }
    }

    #[test]
    fn the_trading_days_around_a_date_trade(day in any_date()) {
        let (before, after) = (trading_day_on_or_before(day), trading_day_on_or_after(day));
        prop_assert!(before <= day && day <= after);
        prop_assert!(session_on(before).is_some() && session_on(after).is_some());
        prop_assert_eq!(before == day, session_on(day).is_some());
        prop_assert_eq!(after == day, session_on(day).is_some());
    }

    #[test]
    fn wall_times_survive_the_way_through_utc(day in any_date(), minute in 240_i64..=1_200) {
        let time = NaiveTime::MIN + TimeDelta::minutes(minute);
        prop_assert_eq!(eastern(eastern_instant(day, time)).naive_local(), day.and_time(time));
    }
}
