//! How long the bars of a file are: told by the distances between them.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::Timeframe;

use super::row::{Row, TimeColumn};

/// Daily bars lie a day from each other; where clocks change, an hour less.
const DAY_MIN: TimeDelta = TimeDelta::hours(23);
/// No holiday makes the shortest distance between two daily bars longer than this.
const DAY_MAX: TimeDelta = TimeDelta::days(4);

/// The length of these bars. The shortest distance is it, and where the file's name doesn't
/// confirm that, it must be the usual one as well: a single odd bar would otherwise make all of
/// them seem to close early.
pub(super) fn of(
    rows: &[Row],
    column: TimeColumn,
    named: Option<Timeframe>,
) -> Result<Timeframe, String> {
    let (shortest, usual) = distances(rows).ok_or("at least two bars are needed")?;
    if column == TimeColumn::Date || shortest >= DAY_MIN {
        let daily = shortest <= DAY_MAX && named.is_none_or(|named| named == Timeframe::DAY);
        return daily.then_some(Timeframe::DAY).ok_or_else(|| {
            "its bars lie days apart; a recording has daily bars, or bars within the day".to_owned()
        });
    }
    let length = Timeframe::parse(&format!("{}s", shortest.num_seconds()))
        .map_err(|_| format!("no chart has bars of {} s", shortest.num_seconds()))?;
    match named {
        Some(named) if named != length => Err(format!(
            "the name says {named}, but the shortest distance of two bars is {length}"
        )),
        None if usual != shortest => Err(format!(
            "most bars lie {} s apart and some {} s; if bars are missing, put the length into the \
             name, as in AAPL-{length}.csv",
            usual.num_seconds(),
            shortest.num_seconds()
        )),
        _ => Ok(length),
    }
}

/// The shortest and the most frequent distance between neighbours.
fn distances(rows: &[Row]) -> Option<(TimeDelta, TimeDelta)> {
    let mut counts: BTreeMap<TimeDelta, usize> = BTreeMap::new();
    for pair in rows.windows(2) {
        *counts.entry(pair[1].start - pair[0].start).or_default() += 1;
    }
    let shortest = *counts.first_key_value()?.0;
    // Of equally frequent ones the shortest.
    let usual = counts.iter().rev().max_by_key(|(_, count)| **count)?;
    Some((shortest, *usual.0))
}
