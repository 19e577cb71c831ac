//! Listed expirations, and the time to them.

use super::*;
use crate::calendar::{DayStatus, session_on};
use proptest::prelude::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn a_closed_friday_moves_to_the_trading_day_before() {
    for (friday, expiration, monthly) in [
        ("2024-03-29", "2024-03-28", false),
        ("2025-04-18", "2025-04-17", true),
        ("2025-07-04", "2025-07-03", false),
        ("2026-04-03", "2026-04-02", false),
        ("2026-06-19", "2026-06-18", true),
        ("2026-07-03", "2026-07-02", false),
        ("2026-12-25", "2026-12-24", false),
        ("2027-01-01", "2026-12-31", false),
        ("2027-03-26", "2027-03-25", false),
        ("2027-06-18", "2027-06-17", true),
        ("2027-12-24", "2027-12-23", false),
        ("2028-04-14", "2028-04-13", false),
        // Four closed days in a row.
        ("2001-09-14", "2001-09-10", false),
        // Fridays that trade.
        ("2026-02-13", "2026-02-13", false),
        ("2026-02-20", "2026-02-20", true),
        ("2026-11-27", "2026-11-27", false),
    ] {
        assert_eq!(
            weekly_expiration(date(friday)),
            date(expiration),
            "{friday}"
        );
        assert_eq!(is_monthly(date(expiration)), monthly, "{friday}");
    }
}

#[test]
fn other_closed_days_move_backwards_except_mondays() {
    for (nominal, expiration) in [
        // Monday moves to Tuesday, or to where trading resumes.
        ("2025-01-20", "2025-01-21"),
        ("2027-07-05", "2027-07-06"),
        ("2012-10-29", "2012-10-31"),
        // Tuesday, Wednesday, Thursday move to the day before.
        ("2018-12-25", "2018-12-24"),
        ("2024-06-19", "2024-06-18"),
        ("2025-01-09", "2025-01-08"),
        ("2024-11-28", "2024-11-27"),
    ] {
        assert_eq!(
            weekly_expiration(date(nominal)),
            date(expiration),
            "{nominal}"
        );
    }
}

#[test]
fn a_closed_third_friday_is_not_itself_the_monthly() {
    for day in ["2025-04-18", "2026-06-19", "2026-06-26", "2026-06-12"] {
        assert!(!is_monthly(date(day)), "{day}");
    }
}

#[test]
fn the_next_weekly_is_far_enough_away_and_still_trades() {
    for (now, dte_min, expiration) in [
        ("2026-02-06T15:00:00Z", 0, "2026-02-06"),
        ("2026-02-06T20:59:59Z", 0, "2026-02-06"),
        ("2026-02-06T21:00:00Z", 0, "2026-02-13"),
        ("2026-02-06T15:00:00Z", 7, "2026-02-13"),
        ("2026-02-06T15:00:00Z", 8, "2026-02-20"),
        // The Friday is 7 days away, but the Thursday that stands for it only 6.
        ("2025-04-11T15:00:00Z", 7, "2025-04-25"),
        ("2025-04-10T15:00:00Z", 7, "2025-04-17"),
        // An early close ends it at 13:00.
        ("2026-12-24T17:59:59Z", 0, "2026-12-24"),
        ("2026-12-24T18:00:00Z", 0, "2026-12-31"),
        // On the closed Friday itself.
        ("2026-06-19T15:00:00Z", 0, "2026-06-26"),
        // Late on Thursday in New York it is Friday in UTC.
        ("2026-02-13T02:00:00Z", 1, "2026-02-13"),
        ("2026-02-06T15:00:00Z", -3, "2026-02-06"),
    ] {
        assert_eq!(
            next_weekly(instant(now), dte_min),
            date(expiration),
            "{now} {dte_min}"
        );
    }
}

#[test]
fn the_next_daily_and_monthly_are_found_alike() {
    for (now, dte_min, daily, monthly) in [
        ("2024-03-26T13:30:00Z", 3, "2024-04-01", "2024-04-19"),
        ("2026-01-16T15:00:00Z", 0, "2026-01-16", "2026-01-16"),
        ("2026-01-16T21:00:00Z", 0, "2026-01-20", "2026-02-20"),
        ("2026-06-18T19:59:00Z", 0, "2026-06-18", "2026-06-18"),
        ("2026-06-18T20:00:00Z", 0, "2026-06-22", "2026-07-17"),
    ] {
        assert_eq!(next_daily(instant(now), dte_min), date(daily), "{now}");
        assert_eq!(next_monthly(instant(now), dte_min), date(monthly), "{now}");
    }
}

#[test]
fn lists_the_weeklies_of_a_range_with_both_ends() {
    let shown = |from, to| {
        let found = weekly_expirations(date(from), date(to));
        found
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(shown("2025-04-11", "2025-04-17"), "2025-04-11 2025-04-17");
    assert_eq!(shown("2025-04-18", "2025-04-25"), "2025-04-25");
    assert_eq!(shown("2026-12-19", "2026-12-31"), "2026-12-24 2026-12-31");
    assert_eq!(shown("2026-02-14", "2026-02-19"), "");
    assert_eq!(shown("2026-02-20", "2026-02-13"), "");
}

#[test]
fn time_left_is_counted_in_minutes_and_new_york_days() {
    for (now, expiration, days, minutes) in [
        ("2026-02-13T15:00:00Z", "2026-02-13", 0, 360.0),
        ("2026-12-24T15:00:00Z", "2026-12-24", 0, 180.0),
        // Over the change of the clocks an hour is missing.
        (
            "2026-03-06T21:00:00Z",
            "2026-03-13",
            7,
            7.0 * 1_440.0 - 60.0,
        ),
        ("2026-02-13T02:00:00Z", "2026-02-13", 1, 1_140.0),
        ("2026-02-13T21:00:30Z", "2026-02-13", 0, -0.5),
        ("2026-02-17T15:00:00Z", "2026-02-13", -4, -5_400.0),
    ] {
        assert_eq!(dte(instant(now), date(expiration)), days, "{now}");
        let left = minutes_to_expiry(instant(now), date(expiration));
        assert!((left - minutes).abs() < 1e-9, "{now}: {left}");
        let years = year_fraction(instant(now), date(expiration));
        assert!(
            (years - minutes / 525_600.0).abs() < 1e-12,
            "{now}: {years}"
        );
    }
}

#[test]
fn a_contract_named_for_a_saturday_ends_on_the_friday() {
    assert_eq!(
        expires_at(date("2014-01-18")),
        instant("2014-01-17T21:00:00Z")
    );
}

#[test]
fn absurd_distances_are_survived() {
    let now = instant("2026-02-13T15:00:00Z");
    for next in [next_weekly, next_daily, next_monthly] {
        assert!(next(now, i64::MAX) > date("2100-01-01"));
        assert_eq!(next(now, i64::MIN), next(now, 0));
    }
}

prop_compose! {
    fn any_instant()(second in 0_i64..3_150_000_000) -> DateTime<Utc> {
        instant("2000-01-01T00:00:00Z") + TimeDelta::seconds(second)
    }
}

proptest! {
    #[test]
    fn every_expiration_is_a_trading_day_ahead(now in any_instant(), dte_min in 0_i64..60) {
        for next in [next_weekly, next_daily, next_monthly] {
            let expiration = next(now, dte_min);
            prop_assert!(day_status(expiration).is_trading_day());
            prop_assert!(dte(now, expiration) >= dte_min);
            prop_assert!(minutes_to_expiry(now, expiration) > 0.0);
            prop_assert_eq!(session_on(expiration).map(|s| s.close), Some(expires_at(expiration)));
        }
    }

    #[test]
    fn no_weekly_is_skipped(now in any_instant(), dte_min in 0_i64..60) {
        let next = next_weekly(now, dte_min);
        let earliest = trading_date(now) + TimeDelta::days(dte_min);
        let listed = weekly_expirations(earliest, next);
        let ahead: Vec<_> = listed.into_iter().filter(|day| expires_at(*day) > now).collect();
        prop_assert_eq!(ahead, vec![next]);
    }

    #[test]
    fn a_monthly_is_a_weekly(now in any_instant(), dte_min in 0_i64..60) {
        let monthly = next_monthly(now, dte_min);
        prop_assert!(is_monthly(monthly));
        prop_assert_eq!(weekly_expirations(monthly, monthly), vec![monthly]);
        prop_assert_ne!(day_status(monthly), DayStatus::Holiday);
    }
}
