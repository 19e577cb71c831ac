//! What the daily bars tell of the sessions before today.

use chrono::{DateTime, NaiveDate, Utc};
use domain::CandleSet;
use domain::calendar::{trading_date, trading_day_on_or_before};
use domain::opinion::Word;
use quant::indicators::saty::{LevelBasis, LevelReading};
use quant::indicators::{AtrLevels, Bar, Indicator};

use super::session_bars::bar;

/// The sessions before a day, without gaps up to it.
#[derive(Debug, Clone)]
pub(super) struct SessionsBefore {
    /// Their dates and bars, oldest first; at least one.
    pub(super) bars: Vec<(NaiveDate, Bar)>,
    /// The last one's close.
    pub(super) close: f64,
    /// The levels after these sessions.
    levels: AtrLevels,
}

impl SessionsBefore {
    /// Those before today's session, in these daily bars, or why they can't serve: what rests on
    /// yesterday's close can't rest on an older one.
    pub(super) fn of(daily: Option<&CandleSet>, now: DateTime<Utc>) -> Result<Self, Word> {
        let daily = daily.ok_or("there are no daily bars")?;
        let today = trading_date(now);
        let bars = dated_bars(daily, |date| date < today)?;
        let (newest, last) = *bars.last().ok_or("there are no daily bars before today")?;
        let expected = today.pred_opt().map(trading_day_on_or_before);
        if expected != Some(newest) {
            return Err(
                format!("the daily bars end on {newest}, which isn't the session before").into(),
            );
        }
        let mut levels = AtrLevels::new(LevelBasis::PreviousPeriod);
        for (_, bar) in &bars {
            levels.next(*bar);
        }
        Ok(Self {
            close: last.close,
            bars,
            levels,
        })
    }

    /// The levels around the last close, and what a session with this high and low has used.
    pub(super) fn levels(&self, high: f64, low: f64) -> Result<LevelReading, Word> {
        self.levels.forming(high, low).ok_or_else(|| {
            let sessions = self.bars.len();
            format!("the day's true range takes 15 sessions, and there are {sessions}").into()
        })
    }

    /// Wilder's average true range of 14 sessions at the last close; absent with fewer than 15.
    pub(super) fn true_range(&self) -> Option<f64> {
        let reading = self.levels.forming(self.close, self.close)?;
        Some(reading.levels.average_true_range)
    }
}

/// Daily bars with their dates, as far as those are meant; none of them may be one that can't be.
pub(super) fn dated_bars(
    daily: &CandleSet,
    is_meant: impl Fn(NaiveDate) -> bool,
) -> Result<Vec<(NaiveDate, Bar)>, Word> {
    let mut bars: Vec<(NaiveDate, Bar)> = Vec::with_capacity(daily.candles.len());
    for candle in &daily.candles {
        let (date, bar) = (trading_date(candle.start), bar(candle));
        let before = bars.last().map(|(_, bar)| bar);
        bar.check(before)
            .map_err(|error| format!("a daily bar can't be: {error}"))?;
        if is_meant(date) {
            bars.push((date, bar));
        }
    }
    Ok(bars)
}
