//! What the specialists read of bars, gathered in the one pass over them.

use chrono::{DateTime, Utc};
use domain::calendar::trading_date;
use domain::opinion::Word;
use domain::studies::{
    ContinuityStudy, OpeningRangeStudy, SatyStudy, SqueezeStudy, StratStudy, Study,
};
use domain::{CandleSet, Timeframe};
use quant::indicators::{IndicatorValues, SessionBar};

use super::continuity;
use super::golden_gate::GateRun;
use super::opening_range::OpeningRangeRun;
use super::saty::saty_study;
use super::session_so_far::SessionRun;
use super::sessions_before::SessionsBefore;
use super::squeeze::squeeze_study;
use super::strat::StratRun;

/// What has been seen so far.
pub(super) struct SetupRun<'a> {
    timeframe: Timeframe,
    now: DateTime<Utc>,
    daily: Option<&'a CandleSet>,
    before: Result<SessionsBefore, Word>,
    session: SessionRun,
    opening_range: OpeningRangeRun,
    strat: StratRun,
    gates: Result<GateRun, Word>,
    newest: Option<(SessionBar, IndicatorValues)>,
}

/// What it comes to.
pub(super) struct Setups {
    pub(super) opening_range: Study<OpeningRangeStudy>,
    pub(super) strat: Study<StratStudy>,
    pub(super) squeeze: Study<SqueezeStudy>,
    pub(super) saty: SatyStudy,
}

impl<'a> SetupRun<'a> {
    /// Of bars of this length that haven't begun to pass, and the daily bars beside them.
    pub(super) fn new(
        timeframe: Timeframe,
        daily: Option<&'a CandleSet>,
        now: DateTime<Utc>,
    ) -> Self {
        let before = SessionsBefore::of(daily, now);
        let levels = |before: &SessionsBefore| before.levels(before.close, before.close);
        let levels = before.as_ref().map_err(Word::clone).and_then(levels);
        Self {
            timeframe,
            now,
            daily,
            before,
            session: SessionRun::of(now),
            opening_range: OpeningRangeRun::default(),
            strat: StratRun::default(),
            gates: levels.and_then(|reading| GateRun::new(timeframe, reading.levels)),
            newest: None,
        }
    }

    /// Takes the next bar, and what the indicators said of it.
    pub(super) fn take(&mut self, bar: &SessionBar, values: &IndicatorValues) {
        self.session.take(bar);
        self.strat.take(&bar.bar, values.studies.strat);
        if self.session.has(bar) {
            self.opening_range.take(values);
            if let Ok(gates) = &mut self.gates {
                gates.take(bar);
            }
        }
        self.newest = Some((*bar, *values));
    }

    /// What it comes to at the newest bar; nothing without one.
    pub(super) fn setups(self) -> Option<Setups> {
        let (newest, values) = self.newest?;
        let continuity = self.continuity(&newest).into();
        let before = self.before.as_ref();
        let gates = self.gates.and_then(|gates| gates.gates(&self.session));
        let opening_range =
            self.opening_range
                .study(self.timeframe, &self.session, before.ok(), self.now);
        Some(Setups {
            opening_range: opening_range.into(),
            strat: self.strat.study(continuity).into(),
            squeeze: squeeze_study(values.studies.squeeze.as_ref(), newest.bar.close).into(),
            saty: saty_study(
                &values.studies,
                &self.session,
                before.map_err(Word::clone),
                gates,
            ),
        })
    }

    fn continuity(&self, newest: &SessionBar) -> Result<ContinuityStudy, Word> {
        let reading = self.strat.newest().ok_or("there is no bar")?;
        if self.timeframe.is_days_or_longer() {
            return continuity::by_sessions(self.timeframe, &newest.bar, reading, self.daily);
        }
        let today = (trading_date(self.now), self.session.whole()?);
        let before = self.before.as_ref().map_err(Word::clone)?;
        continuity::within_session(&newest.bar, reading, today, before)
    }
}
