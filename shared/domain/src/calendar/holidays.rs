//! The exchange's holidays and early closes (NYSE Rule 7.2), as questions about one date.
//!
//! Only weekdays may be asked about; weekends are the caller's matter.

use chrono::{Datelike, NaiveDate, Weekday};

/// The year in which the exchange first observed Juneteenth.
const JUNETEENTH_FIRST_YEAR: i32 = 2022;

/// Days on which the exchange stayed closed although no rule says so.
const UNSCHEDULED_CLOSURES: [(i32, u32, u32); 10] = [
    // The attacks of September 11.
    (2001, 9, 11),
    (2001, 9, 12),
    (2001, 9, 13),
    (2001, 9, 14),
    // Mourning of President Reagan.
    (2004, 6, 11),
    // Mourning of President Ford.
    (2007, 1, 2),
    // Hurricane Sandy.
    (2012, 10, 29),
    (2012, 10, 30),
    // Mourning of President George H. W. Bush.
    (2018, 12, 5),
    // Mourning of President Carter.
    (2025, 1, 9),
];

/// Early closes outside the rule: the Fridays after Independence Day 2002 and Christmas 2003.
const UNSCHEDULED_EARLY_CLOSES: [(i32, u32, u32); 2] = [(2002, 7, 5), (2003, 12, 26)];

/// The one 3 July on a trading day that was a full day, since 5 July was shortened in its place.
const FULL_THIRD_OF_JULY: (i32, u32, u32) = (2002, 7, 3);

/// Whether the exchange is closed on this weekday.
pub(super) fn is_closed(date: NaiveDate) -> bool {
    is_monday_holiday(date)
        || is_new_year(date)
        || is_good_friday(date)
        || (date.year() >= JUNETEENTH_FIRST_YEAR && observes(date, (6, 19)))
        || observes(date, (7, 4))
        || is_thanksgiving(date)
        || observes(date, (12, 25))
        || UNSCHEDULED_CLOSURES.contains(&year_month_day(date))
}

/// Whether the session of this trading day ends at 13:00: the day after Thanksgiving, 3 July
/// and 24 December.
pub(super) fn closes_early(date: NaiveDate) -> bool {
    let day = year_month_day(date);
    let by_rule = matches!(month_day(date), (7, 3) | (12, 24)) && day != FULL_THIRD_OF_JULY;
    by_rule
        || date.pred_opt().is_some_and(is_thanksgiving)
        || UNSCHEDULED_EARLY_CLOSES.contains(&day)
}

/// Martin Luther King Day, Presidents' Day, Memorial Day, Labor Day.
fn is_monday_holiday(date: NaiveDate) -> bool {
    let last_week_of_may_begins = 25;
    date.weekday() == Weekday::Mon
        && match date.month() {
            1 | 2 => week_of_month(date) == 3,
            5 => date.day() >= last_week_of_may_begins,
            9 => week_of_month(date) == 1,
            _ => false,
        }
}

fn is_thanksgiving(date: NaiveDate) -> bool {
    date.month() == 11 && date.weekday() == Weekday::Thu && week_of_month(date) == 4
}

/// A New Year's Day on a Saturday isn't made up for: the Friday ends the accounting year.
fn is_new_year(date: NaiveDate) -> bool {
    date.month() == 1 && observes(date, (1, 1))
}

/// Whether a holiday of a fixed date is kept on this weekday: the Friday before if it falls on
/// a Saturday, the Monday after if on a Sunday.
fn observes(date: NaiveDate, holiday: (u32, u32)) -> bool {
    let falls_on = |day: Option<NaiveDate>| day.map(month_day) == Some(holiday);
    match date.weekday() {
        Weekday::Fri => falls_on(Some(date)) || falls_on(date.succ_opt()),
        Weekday::Mon => falls_on(Some(date)) || falls_on(date.pred_opt()),
        _ => falls_on(Some(date)),
    }
}

fn is_good_friday(date: NaiveDate) -> bool {
    let sunday = date.succ_opt().and_then(|saturday| saturday.succ_opt());
    date.weekday() == Weekday::Fri && sunday.map(month_day) == Some(easter(date.year()))
}

/// Month and day of Easter Sunday in the Gregorian calendar: the anonymous algorithm of 1876,
/// as given by J. Meeus, Astronomical Algorithms, chapter 8.
fn easter(year: i32) -> (u32, u32) {
    let (century, year_of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let leap_centuries = century.div_euclid(4);
    let moon_correction = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let golden = year.rem_euclid(19);
    let epact = (19 * golden + century - leap_centuries - moon_correction + 15).rem_euclid(30);
    let to_sunday = (32 + 2 * (century.rem_euclid(4) + year_of_century.div_euclid(4))
        - epact
        - year_of_century.rem_euclid(4))
    .rem_euclid(7);
    let late_moon = (golden + 11 * epact + 22 * to_sunday).div_euclid(451);
    let day_of_march = 22 + epact + to_sunday - 7 * late_moon;
    let day = day_of_march.unsigned_abs();
    if day > 31 { (4, day - 31) } else { (3, day) }
}

/// 1 for the days 1 to 7, 2 for 8 to 14, …: the n of "the n-th Monday of the month".
fn week_of_month(date: NaiveDate) -> u32 {
    date.day0() / 7 + 1
}

fn month_day(date: NaiveDate) -> (u32, u32) {
    (date.month(), date.day())
}

fn year_month_day(date: NaiveDate) -> (i32, u32, u32) {
    (date.year(), date.month(), date.day())
}
