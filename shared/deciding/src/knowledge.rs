//! What the engine knows besides the evidence: its settings, its book, how its day went, what it
//! holds, and how that moves together.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use decisions::correlation::correlation;
use decisions::risk;
use domain::calendar::trading_date;
use domain::{
    Book, CandleSet, Correlation, Evidence, Knowledge, Settings, SignalId, Symbol, Timeframe, Usd,
};
use futures::future::join_all;
use market_data::{Asked, CandleRequest};
use storage::holdings::holdings;
use storage::ledger::{BarClaim, Trace};

use crate::judge::Judge;
use crate::{DecidingEngine, EngineError};

/// Daily bars of another underlying: as many as returns are looked at, and some that may be
/// missing on one side.
const DAILY_BARS: usize = 40;

/// What is known before the settings have a name and the correlations are looked up.
pub(crate) struct Known {
    pub(crate) settings: Settings,
    pub(crate) claim: Option<BarClaim>,
    pub(crate) now: DateTime<Utc>,
    book: Book,
    day_result_usd: Usd,
    bar_taken_by: Option<SignalId>,
    premium_usd_by_symbol: BTreeMap<Symbol, Usd>,
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
        let mut premium_usd_by_symbol = BTreeMap::new();
        for (position, _) in &held {
            let premium = premium_usd_by_symbol.entry(position.symbol.clone());
            let premium = premium.or_insert(Usd::ZERO);
            *premium = *premium + position.exposure_usd;
        }
        Ok(Known {
            day_result_usd: risk::day_result(&book, &held, trading_date(now)),
            book: book.as_seen_by(&trace.signal),
            settings,
            claim,
            now,
            bar_taken_by,
            premium_usd_by_symbol,
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
        let others = known.book.count_by_symbol.iter();
        let others = others.filter(|(symbol, count)| **count > 0 && **symbol != evidence.symbol);
        let asked = Asked::at(known.now);
        let looked_up = others.map(async |(symbol, _)| {
            let bars = self.daily_bars(symbol, asked).await;
            let pair = evidence.daily.as_ref().zip(bars.as_ref());
            let found = pair.map_or(NOT_KNOWN, |(own, other)| correlation(own, other));
            (symbol.clone(), found)
        });
        join_all(looked_up).await.into_iter().collect()
    }

    async fn daily_bars(&self, symbol: &Symbol, asked: Asked) -> Option<CandleSet> {
        let request = CandleRequest {
            symbol: symbol.clone(),
            timeframe: Timeframe::DAY,
            count: DAILY_BARS,
        };
        let answer = self.market.candles(&request, asked);
        tokio::time::timeout_at(asked.until, answer)
            .await
            .ok()?
            .ok()
    }
}

const NOT_KNOWN: Correlation = Correlation {
    coefficient: None,
    returns: 0,
};

impl Known {
    /// The knowledge under settings of this name.
    pub(crate) fn named(
        &self,
        settings_sha256: String,
        correlations: BTreeMap<Symbol, Correlation>,
    ) -> Knowledge {
        Knowledge {
            book: self.book.clone(),
            day_result_usd: self.day_result_usd,
            bar_taken_by: self.bar_taken_by,
            premium_usd_by_symbol: self.premium_usd_by_symbol.clone(),
            correlations,
            settings_sha256,
        }
    }
}
