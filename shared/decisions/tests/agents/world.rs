//! A case before Engine B, owned, so that a test can change one thing.

use chrono::{DateTime, Utc};
use decisions::agents::hear_all;
use decisions::case::Case;
use decisions::studies::studies;
use domain::opinion::{Heard, Reason};
use domain::studies::TechnicalStudy;
use domain::{
    Answer, Book, CandleSet, Correlation, Evidence, Knowledge, Opinion, Settings, Signal, Usd,
};

use crate::common::{
    fresh_knowledge, given, long_entry, open_clock, sides, stock_quote, symbol, utc, why_unseen,
};
use crate::series::{Shape, days, five_minutes};

pub(crate) struct World {
    pub(crate) signal: Signal,
    pub(crate) evidence: Evidence,
    pub(crate) knowledge: Knowledge,
    pub(crate) settings: Settings,
    pub(crate) now: DateTime<Utc>,
}

impl World {
    /// An eligible entry with an empty book, on a market that tells its clock and quote alone.
    pub(crate) fn bare() -> Self {
        let now = utc("2026-06-24T14:15:06Z");
        Self {
            signal: long_entry(),
            evidence: evidence(now),
            knowledge: fresh_knowledge(),
            settings: Settings::default(),
            now,
        }
    }

    /// The same with these bars of five minutes.
    pub(crate) fn on(bars: &[Shape]) -> Self {
        Self::bare().with_candles(&five_minutes(bars), None)
    }

    /// The same with these daily bars, and a few of five minutes.
    pub(crate) fn on_days(bars: &[Shape]) -> Self {
        let few = crate::series::closing_at([600.0; 3]);
        Self::bare().with_candles(&five_minutes(&few), Some(&days(bars)))
    }

    pub(crate) fn with_candles(mut self, candles: &CandleSet, daily: Option<&CandleSet>) -> Self {
        self.evidence.studies = Some(studies(candles, daily, self.now).unwrap());
        self
    }

    /// The common indicators, to put one at the edge of a branch.
    pub(crate) fn technical(&mut self) -> &mut TechnicalStudy {
        &mut self.evidence.studies.as_mut().unwrap().technical
    }

    pub(crate) fn book(&mut self) -> &mut Book {
        &mut self.knowledge.book
    }

    /// Holds open positions for this premium in an underlying, which moves like that with SPY.
    pub(crate) fn hold(&mut self, underlying: &str, dollars: i64, coefficient: Option<f64>) {
        let held = symbol(underlying);
        let premium = Usd::dollars(dollars);
        self.book().open_count += 1;
        self.book().exposure_usd = self.book().exposure_usd + premium;
        *self.book().count_by_symbol.entry(held.clone()).or_default() += 1;
        self.knowledge
            .premium_usd_by_symbol
            .insert(held.clone(), premium);
        let returns = 30;
        let known = Correlation {
            coefficient,
            returns,
        };
        if held != self.signal.symbol {
            self.knowledge.correlations.insert(held, known);
        }
    }

    pub(crate) fn case(&self) -> Case<'_> {
        Case {
            signal: &self.signal,
            evidence: &self.evidence,
            evidence_sha256: "hash",
            knowledge: &self.knowledge,
            settings: &self.settings,
            now: self.now,
        }
    }

    pub(crate) fn heard(&self) -> Vec<Heard> {
        hear_all(&self.case())
    }

    /// What became of asking an agent.
    pub(crate) fn answer(&self, agent: &str) -> Answer {
        let heard = self.heard().into_iter();
        let found = heard
            .map(|one| (one.agent.to_string(), one.answer))
            .find(|one| one.0 == agent);
        found.unwrap_or_else(|| panic!("no agent {agent}")).1
    }

    /// What an agent says.
    pub(crate) fn opinion(&self, agent: &str) -> Opinion {
        given(agent, self.answer(agent))
    }

    /// Why an agent has nothing to look at.
    pub(crate) fn no_evidence(&self, agent: &str) -> String {
        why_unseen(agent, self.answer(agent))
    }
}

fn evidence(now: DateTime<Utc>) -> Evidence {
    Evidence {
        clock: Some(open_clock("2026-06-24T20:00:00Z", "2026-06-25T13:30:00Z")),
        quote: Some(stock_quote(sides(59_999, 60_001), now)),
        ..Evidence::unasked(symbol("SPY"), now)
    }
}

/// What tests ask of an opinion.
pub(crate) trait Asked {
    /// The reason of a name.
    fn reason(&self, name: &str) -> Option<&Reason>;

    /// Its points; none if it isn't among the reasons.
    fn points(&self, name: &str) -> Option<i32> {
        self.reason(name).map(|reason| reason.points)
    }

    /// What it tells by that name.
    fn told(&self, name: &str) -> Option<&str>;

    /// Whether it names it among what was missing.
    fn misses(&self, name: &str) -> bool;
}

impl Asked for Opinion {
    fn reason(&self, name: &str) -> Option<&Reason> {
        self.reasons.iter().find(|reason| reason.name == name)
    }

    fn told(&self, name: &str) -> Option<&str> {
        self.metadata.get(name).map(AsRef::as_ref)
    }

    fn misses(&self, name: &str) -> bool {
        self.missing.iter().any(|missing| missing == name)
    }
}
