//! The sequential test over trading days: which days may be looked at, and what they say.
//!
//! A day that was looked at must not change afterwards, or the p-value's promise is gone. So a
//! day counts once it is over and all its signals have come to their end, and days count in their
//! order: the first one that isn't complete holds up all that follow.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{Experiment, calendar::trading_date};
use quant::statistics::StatisticsError;
use quant::statistics::by_day::{Day, OverDays, sequential_over_days};
use serde::Serialize;

use super::figures::{Found, Range};
use super::outcome::{Observed, SignalOutcome};
use super::standing::Standing;

/// When the test first found a difference.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Decided {
    /// The day after which.
    pub day: NaiveDate,
    /// How many days it had looked at by then.
    pub days: usize,
    /// The difference as it was then.
    pub difference: f64,
}

/// What the test says after the last complete day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SequentialFigures {
    /// What B's mean exceeds A's by, on complete days.
    pub difference: f64,
    /// The interval around it that holds at all times together.
    pub interval: Range,
    /// The smallest p-value of all looks so far.
    pub p: f64,
    /// The effect that the test was tuned to before it began.
    pub expected_effect: f64,
    /// When it first found a difference.
    pub decided: Option<Decided>,
}

/// The sequential test, and how far it has come.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Sequential {
    /// Complete days that it looked at.
    pub days: usize,
    /// The first day that isn't complete, and holds up what follows.
    pub waits_for: Option<NaiveDate>,
    /// What it says.
    pub figures: Found<SequentialFigures>,
    /// What it said after each day that it looked at; empty while it says nothing.
    pub course: Vec<CoursePoint>,
}

/// The difference after one more complete day, with its always-valid band.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CoursePoint {
    /// The last of the days that it knows.
    pub day: NaiveDate,
    /// Mean of B less mean of A.
    pub difference: f64,
    /// The band.
    pub interval: Range,
    /// The p-value, which never rises.
    pub p: f64,
}

impl Sequential {
    /// Of the primary metric's sums by day.
    pub(super) fn of(observed: &Observed, days: &BTreeMap<NaiveDate, Day>, alpha: f64) -> Self {
        let waits_for = first_incomplete(observed);
        let is_complete = |day: &NaiveDate| waits_for.is_none_or(|first| *day < first);
        let complete = days.iter().take_while(|(day, _)| is_complete(day));
        let (dates, sums): (Vec<NaiveDate>, Vec<Day>) = complete.unzip();
        let mut course = Vec::new();
        let figures = match &observed.experiment {
            None => Found::absent("there is no experiment, so no effect was expected beforehand"),
            Some(experiment) => {
                let found = figures(&dates, &sums, experiment, alpha);
                let found = found.map(|(figures, points)| {
                    course = points;
                    figures
                });
                found.into()
            }
        };
        Self {
            days: dates.len(),
            waits_for,
            figures,
            course,
        }
    }

    /// Whether it has found a difference that still points the same way, and which: above zero
    /// means that B is better.
    pub fn found(&self) -> Option<f64> {
        let figures = self.figures.known()?;
        let decided = figures.decided?;
        (decided.difference * figures.difference > 0.0).then_some(figures.difference)
    }
}

fn figures(
    dates: &[NaiveDate],
    days: &[Day],
    experiment: &Experiment,
    alpha: f64,
) -> Result<(SequentialFigures, Vec<CoursePoint>), StatisticsError> {
    let expected_effect = experiment.expected_effect_percent.share();
    let OverDays {
        looks,
        last,
        decided,
    } = sequential_over_days(days, expected_effect, alpha)?;
    let decided = decided.and_then(|(days, difference)| {
        let day = *dates.get(days - 1)?;
        Some(Decided {
            day,
            days,
            difference,
        })
    });
    let course = looks.iter().filter_map(|(days, look)| {
        Some(CoursePoint {
            day: *dates.get(days - 1)?,
            difference: look.difference,
            interval: look.interval.into(),
            p: look.p,
        })
    });
    let figures = SequentialFigures {
        difference: last.difference,
        interval: last.interval.into(),
        p: last.p,
        expected_effect,
        decided,
    };
    Ok((figures, course.collect()))
}

/// The first day with a signal that has still to come to its end, or the day that is going on.
fn first_incomplete(observed: &Observed) -> Option<NaiveDate> {
    let is_running = observed
        .experiment
        .as_ref()
        .is_none_or(Experiment::is_running);
    let today = is_running.then(|| trading_date(observed.observed_at));
    let is_under_way = |signal: &&SignalOutcome| {
        let goes_on = today.is_some_and(|today| signal.day >= today);
        goes_on || has_unfinished(signal)
    };
    let under_way = observed.signals.iter().filter(is_under_way);
    under_way.map(|signal| signal.day).min()
}

fn has_unfinished(signal: &SignalOutcome) -> bool {
    let standings = signal.by_engine.values().map(Standing::of);
    standings.into_iter().any(|one| one == Standing::NotFinal)
}
