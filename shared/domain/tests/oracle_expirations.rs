//! Reference expirations and times to them: Fridays that are closed, early closes, changes of
//! the clocks, and random instants.

#![cfg(test)]

use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};
use domain::calendar::{eastern_instant, next_session, session_at, session_on, trading_date};
use domain::expiration::{
    dte, expires_at, is_monthly, minutes_to_expiry, next_daily, next_monthly, next_weekly,
    weekly_expiration, weekly_expirations, year_fraction,
};
use reference_answers::{Row, check_every_row};

/// Tolerance of times in years.
const YEARS_TOLERANCE: f64 = 1e-12;
/// Minutes are whole seconds over 60, so they agree to rounding.
const MINUTES_TOLERANCE: f64 = 1e-9;
/// The trading year that the reference compares with.
const TRADING_MINUTES_PER_YEAR: f64 = 252.0 * 390.0;

#[test]
fn the_next_expirations_are_the_reference_ones() {
    check_every_row("4_expirations/next_expiry_cases.csv", |row| {
        let now: DateTime<Utc> = row.value("now_utc");
        let dte_min: i64 = row.value("min_dte");
        let (today, weekly) = (trading_date(now), next_weekly(now, dte_min));
        let is_shifted = weekly.format("%a").to_string() != "Fri";
        row.unequal(&[
            ("today_et", today.to_string()),
            ("weekday_et", today.format("%a").to_string()),
            ("next_weekly_expiry", weekly.to_string()),
            ("expiry_weekday", weekly.format("%a").to_string()),
            ("shifted_from_friday", u8::from(is_shifted).to_string()),
            ("dte_calendar_days", dte(now, weekly).to_string()),
            ("next_daily_expiry", next_daily(now, dte_min).to_string()),
            // The reference's monthly column is the next one that hasn't closed, however near:
            // unlike the weekly and daily columns it doesn't heed `min_dte`.
            ("next_monthly_expiry", next_monthly(now, 0).to_string()),
        ])
    });
}

#[test]
fn the_times_to_expiry_are_the_reference_ones() {
    check_every_row("4_expirations/next_expiry_cases.csv", |row| {
        let now: DateTime<Utc> = row.value("now_utc");
        let weekly: NaiveDate = row.value("next_weekly_expiry");
        let trading_minutes = trading_minutes(now, expires_at(weekly));
        let mut wrong = row.apart(
            MINUTES_TOLERANCE,
            &[
                ("minutes_to_session_close", minutes_to_expiry(now, weekly)),
                ("minutes_to_1600_et", minutes_to_four(now, weekly)),
                ("trading_minutes", trading_minutes),
            ],
        );
        let trading_years = trading_minutes / TRADING_MINUTES_PER_YEAR;
        let calendar_years = year_fraction(now, weekly);
        wrong.extend(row.apart(YEARS_TOLERANCE, &[("T_years_calendar", calendar_years)]));
        wrong.extend(row.apart(
            YEARS_TOLERANCE,
            &[("T_years_trading_252x390", trading_years)],
        ));
        wrong
    });
}

#[test]
fn every_friday_expires_as_in_the_reference() {
    check_every_row("4_expirations/weekly_expiries.csv", |row| {
        let friday: NaiveDate = row.value("friday");
        let expiration = weekly_expiration(friday);
        let close = expires_at(expiration).to_rfc3339_opts(SecondsFormat::Secs, true);
        let mut wrong = row.unequal(&[
            ("expiry", expiration.to_string()),
            ("shifted", u8::from(expiration != friday).to_string()),
            ("is_monthly", u8::from(is_monthly(expiration)).to_string()),
            ("expiry_close_utc", close),
        ]);
        wrong.extend(missing_from_its_week(row, friday));
        wrong
    });
}

fn missing_from_its_week(row: &Row, friday: NaiveDate) -> Option<String> {
    let week = weekly_expirations(friday - TimeDelta::days(4), friday);
    (week != [row.value("expiry")]).then(|| format!("the week's expirations are {week:?}"))
}

fn minutes_to_four(now: DateTime<Utc>, date: NaiveDate) -> f64 {
    let midnight = eastern_instant(date, chrono::NaiveTime::MIN);
    let four = session_on(date).map_or(midnight, |session| session.open + TimeDelta::minutes(390));
    minutes(four - now)
}

/// Minutes of trading in a span, session by session.
fn trading_minutes(from: DateTime<Utc>, to: DateTime<Utc>) -> f64 {
    let running = session_at(from).map(|session| session.close.min(to) - from);
    let later = std::iter::successors(Some(next_session(from)), |s| Some(next_session(s.open)))
        .take_while(|session| session.open < to)
        .map(|session| session.close.min(to) - session.open);
    running.into_iter().chain(later).map(minutes).sum()
}

fn minutes(span: TimeDelta) -> f64 {
    span.as_seconds_f64() / 60.0
}
