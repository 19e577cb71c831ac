//! Full-timeframe continuity: the bar, the day, the week and the month, whose candles are put
//! together from the daily bars and from today's.

use chrono::{Datelike, NaiveDate};
use domain::opinion::Word;
use domain::studies::{ContinuityStudy, Frame, FrameStudy};
use domain::{CandleSet, Timeframe};
use quant::indicators::strat::{
    BarType, Continuity, FullTimeframeContinuity, StratReading, TimeframeBar, TimeframeReading,
};
use quant::indicators::{Bar, Direction, Indicator};

use super::rounding::rounded;
use super::session_so_far::SessionSoFar;
use super::sessions_before::{SessionsBefore, dated_bars};
use super::words;

/// The frames whose candles are put together, the shortest first.
const LONGER: [(Frame, i64); 3] = [(Frame::Day, 1), (Frame::Week, 7), (Frame::Month, 31)];

/// Candles of [`LONGER`] after the last of some sessions.
type Candles = [TimeframeReading; LONGER.len()];

/// Continuity in the middle of today's session.
pub(super) fn within_session(
    newest: &Bar,
    reading: &StratReading,
    today: (NaiveDate, SessionSoFar),
    before: &SessionsBefore,
) -> Result<ContinuityStudy, Word> {
    let (date, so_far) = today;
    let sessions = before.bars.iter().copied();
    let mut candles = candles(sessions.chain([(date, so_far.bar)])).ok_or(NO_SESSION)?;
    candles[0].is_coupled = so_far.bars == 1;
    together(newest, reading, LONGER.iter().zip(candles))
}

/// Continuity of bars that are as long as a session or longer: at the close of the last session.
pub(super) fn by_sessions(
    timeframe: Timeframe,
    newest: &Bar,
    reading: &StratReading,
    daily: Option<&CandleSet>,
) -> Result<ContinuityStudy, Word> {
    let daily = daily.ok_or("there are no daily bars")?;
    let candles = candles(dated_bars(daily, |_| true)?).ok_or(NO_SESSION)?;
    let days = timeframe.duration().num_days();
    let longer = LONGER.iter().zip(candles);
    let longer = longer.filter(|((_, frame_days), _)| *frame_days > days);
    together(newest, reading, longer)
}

const NO_SESSION: &str = "there are no daily bars";

/// A number for the candle of each frame that a date lies in.
fn periods(date: NaiveDate) -> [i64; LONGER.len()] {
    let week = date.iso_week();
    [
        i64::from(date.num_days_from_ce()),
        i64::from(week.year()) * 100 + i64::from(week.week()),
        i64::from(date.year()) * 100 + i64::from(date.month()),
    ]
}

fn candles(sessions: impl IntoIterator<Item = (NaiveDate, Bar)>) -> Option<Candles> {
    let mut continuity = FullTimeframeContinuity::<{ LONGER.len() }>::new();
    let input = |(date, bar)| TimeframeBar {
        bar,
        periods: periods(date),
    };
    let readings = sessions.into_iter().map(input);
    let last = readings.fold(None, |_, bar| continuity.next(bar))?;
    Some(last.timeframes)
}

/// The bar's own frame before the longer ones, and what all of them say.
fn together<'a>(
    newest: &Bar,
    reading: &StratReading,
    longer: impl Iterator<Item = (&'a (Frame, i64), TimeframeReading)>,
) -> Result<ContinuityStudy, Word> {
    let own = TimeframeReading {
        open: newest.open,
        direction: reading.colour.direction(),
        bar_type: reading.bar_type,
        is_coupled: false,
    };
    let longer = longer.map(|((frame, _), candle)| (*frame, candle));
    let all: Vec<(Frame, TimeframeReading)> =
        std::iter::once((Frame::Bar, own)).chain(longer).collect();
    let directions = all.iter().map(|(_, candle)| candle.direction);
    let frames: Option<Vec<FrameStudy>> = all.iter().map(frame_study).collect();
    Ok(ContinuityStudy {
        by_open: words::agreement(Continuity::of(directions)),
        by_bar_type: by_bar_type(&all).map(words::agreement),
        frames: frames.ok_or("an open isn't a number")?,
    })
}

fn by_bar_type(all: &[(Frame, TimeframeReading)]) -> Option<Continuity> {
    let types: Option<Vec<BarType>> = all.iter().map(|(_, candle)| candle.bar_type).collect();
    let ways: Vec<Option<Direction>> = types?.into_iter().map(BarType::direction).collect();
    Some(Continuity::of(ways))
}

fn frame_study((frame, candle): &(Frame, TimeframeReading)) -> Option<FrameStudy> {
    Some(FrameStudy {
        frame: *frame,
        open: rounded(candle.open)?,
        way: candle.direction.map(words::way),
        bar_type: candle.bar_type.map(words::bar_type),
        is_coupled: candle.is_coupled,
    })
}
