//! What the engine knows besides the evidence: its settings, its book, how its day went, what it
//! holds, and how that moves together.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use decisions::risk;
use domain::calendar::trading_date;
use domain::{Correlation, Evidence, Knowledge, Settings, Symbol};
use market_data::Asked;
use storage::holdings::holdings;
use storage::ledger::{BarClaim, Trace};

use crate::judge::Judge;
use crate::{DecidingEngine, EngineError};

/// What is known before the decision.
pub(crate) struct Known {
    pub(crate) settings: Settings,
    pub(crate) claim: Option<BarClaim>,
    pub(crate) now: DateTime<Utc>,
    /// As it is kept with the decision: the settings' name and the correlations come last.
    pub(crate) knowledge: Knowledge,
}

impl<J: Judge> DecidingEngine<J> {
    pub(crate) async fn known(&self, trace: &Trace) -> Result<Known, EngineError> {
        let now = self.clock.now();
        let settings = self.settings.current().await?;
        let claim = BarClaim::of(&trace.signal, J::ENGINE);
        let capital = settings.trading_rules.starting_capital_usd;
        let taken = async {
            match &claim {
                Some(claim) => self.ledger.bar_taken_by(claim).await,
                None => Ok(None),
            }
        };
        let (book, held, bar_taken_by) = futures::try_join!(
            self.ledger.book(J::ENGINE, capital),
            holdings(&self.ledger, &self.marks, J::ENGINE, now),
            taken,
        )?;
        let positions = held.iter().map(|(position, _)| position);
        let knowledge = Knowledge {
            day_result_usd: risk::day_result(&book, &held, trading_date(now)),
            book: book.as_seen_by(&trace.signal),
            bar_taken_by,
            premium_usd_by_symbol: risk::premium_by_symbol(positions),
            correlations: BTreeMap::new(),
            settings_sha256: String::new(),
        };
        Ok(Known {
            settings,
            claim,
            now,
            knowledge,
        })
    }

    /// How the other underlyings in the book moved with the signal's. What can't be had in time
    /// has no coefficient, and is left to the judge.
    pub(crate) async fn correlations(
        &self,
        known: &Known,
        evidence: &Evidence,
    ) -> BTreeMap<Symbol, Correlation> {
        if !J::LOOKS_AT_CORRELATIONS {
            return BTreeMap::new();
        }
        let asked = Asked::at(known.now);
        let book = &known.knowledge.book;
        market_data::correlations(self.market.as_ref(), book, evidence, asked).await
    }
}
