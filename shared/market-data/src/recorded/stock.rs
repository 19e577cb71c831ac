//! One stock's recording: its bars of every length, and what is known of them at an instant.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::Timeframe;
use domain::quote::Candle;

use super::row::Row;
use super::series::{Bar, Series};
use crate::model::of_exchange;

/// The longest time without a session that lies within a bar or after it.
const CLOSED_MAX: TimeDelta = TimeDelta::days(8);

/// The bars of one stock.
#[derive(Debug, Clone)]
pub(super) struct Stock {
    /// By length, the finest first; never empty.
    series: Vec<Series>,
    /// Whole days: those of the daily file, and for other dates made of finer bars.
    days: Series,
}

impl Stock {
    /// The recording of these files.
    pub(super) fn of(mut series: Vec<Series>) -> Self {
        series.sort_by_key(|series| series.timeframe.duration());
        let days = days(&series);
        Self { series, days }
    }

    /// The bar whose close is the price at an instant: of those that are known the one that
    /// closed last; where several closed together, the finest.
    pub(super) fn priced_by(&self, now: DateTime<Utc>) -> Option<&Bar> {
        let newest = self.series.iter().rev();
        newest
            .filter_map(|series| series.closed_by(now).last())
            .max_by_key(|bar| bar.closes)
    }

    /// The earliest bar, if it is known at an instant.
    pub(super) fn first_known(&self, now: DateTime<Utc>) -> Option<&Bar> {
        let firsts = self.series.iter().filter_map(Series::first);
        firsts
            .min_by_key(|bar| bar.closes)
            .filter(|bar| bar.closes <= now)
    }

    /// Whole days.
    pub(super) fn days(&self) -> &Series {
        &self.days
    }

    /// The bars with the shortest length.
    pub(super) fn finest(&self) -> Option<&Series> {
        self.series.first()
    }

    /// When the first bar begins that can be traded on.
    pub(super) fn begins_at(&self) -> Option<DateTime<Utc>> {
        let firsts = self.tradable().filter_map(Series::first);
        firsts.map(|bar| bar.opens).min()
    }

    /// When the last price has stood long enough: from then on nothing is quoted.
    pub(super) fn ends_at(&self) -> Option<DateTime<Utc>> {
        self.tradable().filter_map(Series::ends_at).max()
    }

    /// Daily bars close when the market does; beside finer ones they are history only.
    fn tradable(&self) -> impl Iterator<Item = &Series> {
        let only_days = self.finest().is_some_and(is_daily);
        let series = self.series.iter();
        series.filter(move |series| only_days || !is_daily(series))
    }

    /// The newest bars of a timeframe that have closed by `now`, oldest first: from the file
    /// with bars of that length, or else from the coarsest ones that fill them. With when the
    /// newest closed.
    pub(super) fn candles(
        &self,
        timeframe: Timeframe,
        count: usize,
        now: DateTime<Utc>,
    ) -> (Vec<Candle>, Option<DateTime<Utc>>) {
        let Some((source, first, last)) = self.source_of(timeframe) else {
            return (Vec::new(), None);
        };
        let newest = now.min(last.closes + timeframe.duration() + CLOSED_MAX);
        let mut candles: Vec<(Candle, DateTime<Utc>)> = of_exchange(timeframe, newest)
            .take_while(|period| period.closes > first.opens)
            .filter_map(|period| Some((source.candle(&period)?, period.closes)))
            .take(count)
            .collect();
        let closed_at = candles.first().map(|(_, closes)| *closes);
        candles.reverse();
        (
            candles.into_iter().map(|(candle, _)| candle).collect(),
            closed_at,
        )
    }

    /// The bars that those of a timeframe are made of, with the first and the last of them.
    fn source_of(&self, timeframe: Timeframe) -> Option<(&Series, &Bar, &Bar)> {
        let source = if timeframe.is_days_or_longer() {
            &self.days
        } else {
            let mut coarsest_first = self.series.iter().rev();
            coarsest_first.find(|series| fills(series.timeframe, timeframe))?
        };
        Some((source, source.first()?, source.last()?))
    }
}

fn is_daily(series: &Series) -> bool {
    series.timeframe.is_days_or_longer()
}

fn fills(part: Timeframe, whole: Timeframe) -> bool {
    let (part_s, whole_s) = (
        part.duration().num_seconds(),
        whole.duration().num_seconds(),
    );
    !part.is_days_or_longer() && part_s <= whole_s && whole_s % part_s == 0
}

fn days(series: &[Series]) -> Series {
    let (daily, finer): (Vec<&Series>, Vec<&Series>) =
        series.iter().partition(|series| is_daily(series));
    let mut by_date: BTreeMap<DateTime<Utc>, Row> = BTreeMap::new();
    let made = finer.into_iter().map(Series::as_days);
    for days in daily.into_iter().cloned().chain(made) {
        for row in days.rows() {
            by_date.entry(row.start).or_insert(row);
        }
    }
    Series::of(Timeframe::DAY, by_date.into_values())
}
