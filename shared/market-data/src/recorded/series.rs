//! The bars of one length, in order. Only those that have closed are ever shown.

use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::{session_at, session_on, trading_date, usual_open};
use domain::quote::Candle;
use domain::{Price, Timeframe};

use super::row::Row;
use crate::model::Period;

/// A bar and when it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bar {
    /// The first instant that it tells of.
    pub(super) opens: DateTime<Utc>,
    /// The first instant at which it is known.
    pub(super) closes: DateTime<Utc>,
    /// What it tells.
    pub(super) row: Row,
}

impl Bar {
    /// Its last price.
    pub(super) fn close(&self) -> Price {
        self.row.close
    }
}

/// Bars of one length.
#[derive(Debug, Clone)]
pub(super) struct Series {
    pub(super) timeframe: Timeframe,
    bars: Vec<Bar>,
}

impl Series {
    /// Bars of this length, each beginning after the one before. Bars within a day lie in
    /// sessions, and one that a close cuts short is known at that close.
    pub(super) fn of(timeframe: Timeframe, rows: impl IntoIterator<Item = Row>) -> Self {
        let bars = rows.into_iter().map(|row| bar(timeframe, row)).collect();
        Self { timeframe, bars }
    }

    /// The bars that are known at an instant, oldest first.
    pub(super) fn closed_by(&self, now: DateTime<Utc>) -> &[Bar] {
        let known = self.bars.partition_point(|bar| bar.closes <= now);
        self.bars.get(..known).unwrap_or_default()
    }

    /// What its bars tell.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row> {
        self.bars.iter().map(|bar| bar.row)
    }

    /// The first bar.
    pub(super) fn first(&self) -> Option<&Bar> {
        self.bars.first()
    }

    /// The last bar.
    pub(super) fn last(&self) -> Option<&Bar> {
        self.bars.last()
    }

    /// The first instant after the last bar's price has stood for as long as a bar lasts; at
    /// the end of its session at the latest.
    pub(super) fn ends_at(&self) -> Option<DateTime<Utc>> {
        let last = self.last()?;
        let close = session_at(last.opens).map_or(last.closes, |session| session.close);
        Some((last.closes + self.timeframe.duration()).min(close))
    }

    /// The bar of a period, made of the bars that lie in it; none where there are none.
    pub(super) fn candle(&self, period: &Period) -> Option<Candle> {
        let from = self.bars.partition_point(|bar| bar.opens < period.opens);
        let to = self.bars.partition_point(|bar| bar.opens < period.closes);
        let bars = self.bars.get(from..to)?;
        let (first, last) = (bars.first()?, bars.last()?);
        let prices = |of: fn(&Row) -> Price| bars.iter().map(move |bar| of(&bar.row));
        Some(Candle {
            start: period.start,
            open: first.row.open,
            high: prices(|row| row.high).max()?,
            low: prices(|row| row.low).min()?,
            close: last.row.close,
            volume: bars.iter().map(|bar| bar.row.volume).sum(),
        })
    }

    /// The same bars as whole days, each known when its session closes.
    pub(super) fn as_days(&self) -> Self {
        let mut days: Vec<Row> = Vec::new();
        for bar in &self.bars {
            let start = Timeframe::DAY.bar_start(bar.opens);
            match days.last_mut().filter(|day| day.start == start) {
                None => days.push(Row { start, ..bar.row }),
                Some(day) => {
                    day.high = day.high.max(bar.row.high);
                    day.low = day.low.min(bar.row.low);
                    day.close = bar.row.close;
                    day.volume += bar.row.volume;
                }
            }
        }
        Self::of(Timeframe::DAY, days)
    }
}

fn bar(timeframe: Timeframe, row: Row) -> Bar {
    if timeframe.is_days_or_longer() {
        let (opens, closes) = day(row.start);
        return Bar { opens, closes, row };
    }
    let ends = row.start + timeframe.duration();
    let closes = session_at(row.start).map_or(ends, |session| session.close.min(ends));
    Bar {
        opens: row.start,
        closes,
        row,
    }
}

/// The session of a day; of a day without one, as if it were a usual one.
fn day(start: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    let date = trading_date(start);
    session_on(date).map_or_else(
        || {
            let opens = usual_open(date);
            (opens, opens + TimeDelta::minutes(390))
        },
        |session| (session.open, session.close),
    )
}
