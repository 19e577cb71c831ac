//! Today's opening range, gathered while the bars pass: the last bar alone doesn't tell what broke
//! out before it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::Timeframe;
use domain::calendar::{session_on, trading_date};
use domain::opinion::Word;
use domain::studies::{OpeningRangeStudy, RangeBreakout};
use quant::indicators::opening_range::{
    Breakout, OpeningRange, OpeningRangeEvent, OpeningRangeReading, OpeningRangeSettings,
    is_wide_gap,
};
use quant::indicators::{IndicatorValues, OPENING_RANGE_MINUTES};

use super::rounding::{or_nothing, rounded};
use super::session_bars::make_up;
use super::session_so_far::SessionRun;
use super::sessions_before::SessionsBefore;
use super::words;

/// The window after the open.
const WINDOW_MINUTES: i32 = 30;
/// The part of a day's true range from which the window has spent it.
const WIDE_SHARE: f64 = 0.6;

/// What has been seen of today's range.
#[derive(Debug, Clone, Default)]
pub(super) struct OpeningRangeRun {
    range: Option<OpeningRange>,
    breakout: Option<RangeBreakout>,
}

impl OpeningRangeRun {
    /// Takes a bar of today, and what the indicators said of it.
    pub(super) fn take(&mut self, values: &IndicatorValues) {
        if let Some(breakout) = &mut self.breakout {
            breakout.bars_ago = breakout.bars_ago.saturating_add(1);
        }
        let Some(reading) = of_window(values) else {
            return;
        };
        self.range = Some(reading.range);
        match reading.event {
            Some(OpeningRangeEvent::Breakout(breakout)) => {
                self.breakout = Some(record(&breakout, values));
            }
            Some(OpeningRangeEvent::FalseBreakout(_)) => {
                if let Some(breakout) = &mut self.breakout {
                    breakout.is_false = true;
                }
            }
            None => {}
        }
    }

    /// What it comes to at the newest bar.
    pub(super) fn study(
        self,
        timeframe: Timeframe,
        session: &SessionRun,
        before: Option<&SessionsBefore>,
        now: DateTime<Utc>,
    ) -> Result<OpeningRangeStudy, Word> {
        if !make_up(timeframe, WINDOW_MINUTES) {
            return Err(format!("bars of {timeframe} don't make up 30 minutes").into());
        }
        session.so_far()?;
        let range = self
            .range
            .ok_or("the bars don't reach back to today's open")?;
        let closes_at = session_on(trading_date(now)).map(|session| session.close);
        let closes_at = closes_at.ok_or("there is no session today")?;
        let gap = before.and_then(|before| gap(session, before));
        let last_entry = OpeningRangeSettings::default().entry_minutes_before_close;
        Ok(OpeningRangeStudy {
            window_minutes: WINDOW_MINUTES.unsigned_abs(),
            high: finite(range.high)?,
            low: finite(range.low)?,
            is_over: range.is_over,
            is_complete: range.is_complete,
            day_true_range: true_range(before).and_then(rounded),
            width: true_range(before)
                .and_then(|day| range.width_against(day, WIDE_SHARE))
                .map(words::width),
            gap: gap.as_ref().map(|gap| gap.dollars),
            is_gap_wide: gap.and_then(|gap| gap.is_wide),
            entries_until: closes_at - TimeDelta::minutes(last_entry.into()),
            breakout: self.breakout,
        })
    }
}

fn of_window(values: &IndicatorValues) -> Option<OpeningRangeReading> {
    let windows = OPENING_RANGE_MINUTES.iter();
    let mut readings = windows.zip(&values.studies.opening_ranges);
    *readings.find(|(minutes, _)| **minutes == WINDOW_MINUTES)?.1
}

fn record(breakout: &Breakout, values: &IndicatorValues) -> RangeBreakout {
    RangeBreakout {
        way: words::way(breakout.direction),
        bars_ago: 0,
        relative_volume: values.relative_volume_20.and_then(rounded),
        is_confirmed: breakout.is_confirmed,
        is_in_time: breakout.is_in_time,
        is_false: false,
    }
}

struct Gap {
    dollars: f64,
    is_wide: Option<bool>,
}

fn gap(session: &SessionRun, before: &SessionsBefore) -> Option<Gap> {
    let open = session.whole().ok()?.bar.open;
    let is_wide = |day_true_range| is_wide_gap(before.close, open, day_true_range);
    Some(Gap {
        dollars: rounded(or_nothing(open - before.close, open))?,
        is_wide: before.true_range().map(is_wide),
    })
}

fn true_range(before: Option<&SessionsBefore>) -> Option<f64> {
    before.and_then(SessionsBefore::true_range)
}

fn finite(figure: f64) -> Result<f64, Word> {
    rounded(figure).ok_or_else(|| "a figure isn't a number".into())
}
