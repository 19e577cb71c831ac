//! What the rules look at, so that a case can change one thing.

use chrono::{DateTime, Utc};
use decisions::eligibility::{Circumstances, evaluate};
use domain::quote::{MarketClock, StockQuote};
use domain::{Book, RuleReading, Settings, Signal, SignalId, Usd};

use crate::common::{book, long_entry, open_clock, sides, stock_quote, utc};

/// Everything that the rules look at, owned, so that a case can change one thing.
pub(crate) struct World {
    pub(crate) signal: Signal,
    pub(crate) clock: Option<MarketClock>,
    pub(crate) quote: Option<StockQuote>,
    pub(crate) book: Book,
    pub(crate) day_result_usd: Usd,
    pub(crate) bar_taken_by: Option<SignalId>,
    pub(crate) settings: Settings,
    pub(crate) now: DateTime<Utc>,
}

impl World {
    /// A moment at which an entry is eligible: two seconds after an alert, in mid-session.
    pub(crate) fn eligible() -> Self {
        let now = utc("2026-06-24T14:15:06Z");
        Self {
            signal: long_entry(),
            clock: Some(open_clock("2026-06-24T20:00:00Z", "2026-06-25T13:30:00Z")),
            quote: Some(stock_quote(
                sides(60_010, 60_012),
                utc("2026-06-24T14:15:05Z"),
            )),
            book: book(),
            day_result_usd: Usd::ZERO,
            bar_taken_by: None,
            settings: Settings::default(),
            now,
        }
    }

    pub(crate) fn readings(&self) -> Vec<RuleReading> {
        evaluate(&Circumstances {
            signal: &self.signal,
            clock: self.clock.as_ref(),
            quote: self.quote.as_ref(),
            book: &self.book,
            day_result_usd: self.day_result_usd,
            bar_taken_by: self.bar_taken_by,
            settings: &self.settings,
            now: self.now,
        })
    }

    pub(crate) fn reading(&self, rule: &str) -> RuleReading {
        let found = self.readings().into_iter().find(|r| r.rule == rule);
        found.unwrap_or_else(|| panic!("no rule {rule}"))
    }

    pub(crate) fn failed(&self) -> Vec<RuleReading> {
        let readings = self.readings().into_iter();
        readings.filter(|reading| !reading.passed).collect()
    }

    /// The session's reading at an instant.
    pub(crate) fn session(mut self, now: &str, clock: Option<MarketClock>) -> RuleReading {
        self.now = utc(now);
        self.clock = clock;
        self.reading("session_open")
    }
}
