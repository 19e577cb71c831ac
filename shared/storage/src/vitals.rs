//! Vitals: what functions counted of themselves, by function and hour. They are hints for people:
//! written after the work, without a condition, within a moment or not at all. An answer that is
//! lost may count twice, and what isn't written counts not at all.

mod keeping;
mod reading;
mod summary;

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};

use crate::keys::Key;

pub use keeping::VitalsKeeper;
pub use reading::{HOURS_MAX, HourOfVitals};
pub use summary::{CacheVitals, FunctionVitals, ProviderVitals, SweeperVitals, VitalsSummary};

const KIND: &str = "VITALS";
/// How long an hour is kept after its end.
const KEPT: TimeDelta = TimeDelta::days(8);
/// When a function's last pass was, in epoch milliseconds.
const LAST_PASS: &str = "last_pass_ms";
/// Under which name the market's own counts stand: every function that asks it adds to them.
const MARKET: &str = "market";

fn partition(date: NaiveDate) -> String {
    format!("{KIND}#{date}")
}

/// A partition a day, so that a day is one Query.
fn key(function: &str, at: DateTime<Utc>) -> Key {
    let sk = format!("{:02}#{function}", at.hour());
    Key::new(partition(at.date_naive()), sk)
}
