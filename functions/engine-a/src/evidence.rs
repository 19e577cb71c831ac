//! Captures what a decision is made on, and stores it before the decision.

use chrono::{DateTime, Utc};
use domain::Evidence;
use domain::quote::{MarketClock, StockQuote};
use domain::signal::Signal;
use market_data::{Batch, MarketError};
use storage::EvidencePointer;
use storage::ledger::Trace;

use crate::{EngineA, EngineError};

/// Evidence, and its name if it is stored already.
pub(crate) struct Captured {
    pub(crate) evidence: Evidence,
    pub(crate) sha256: Option<String>,
}

impl EngineA {
    /// The signal's evidence: what is stored, or what the market says now.
    pub(crate) async fn captured(&self, trace: &Trace) -> Result<Captured, EngineError> {
        if let Some(pointer) = &trace.evidence {
            return self.stored(pointer).await;
        }
        let evidence = self.look(&trace.signal, self.clock.now()).await;
        Ok(Captured {
            evidence,
            sha256: None,
        })
    }

    /// Stores the evidence, unless another engine was first: then that one's counts.
    pub(crate) async fn store(
        &self,
        signal: &Signal,
        captured: Captured,
    ) -> Result<Captured, EngineError> {
        if captured.sha256.is_some() {
            return Ok(captured);
        }
        let unreadable = |error: serde_json::Error| EngineError::Evidence(error.to_string());
        let bytes = serde_json::to_vec(&captured.evidence).map_err(unreadable)?;
        let captured_at = captured.evidence.captured_at;
        let sha256 = self.evidence.put(&bytes, captured_at).await?;
        let own = EvidencePointer {
            signal_id: signal.signal_id,
            sha256,
            captured_at,
        };
        let named = self.ledger.name_evidence(&own).await?;
        if named == own {
            return Ok(Captured {
                sha256: Some(own.sha256),
                ..captured
            });
        }
        self.stored(&named).await
    }

    async fn stored(&self, pointer: &EvidencePointer) -> Result<Captured, EngineError> {
        let sha256 = pointer.sha256.clone();
        let missing = || EngineError::Evidence(sha256.clone());
        let bytes = self.evidence.get(&sha256).await?.ok_or_else(missing)?;
        let evidence = serde_json::from_slice(&bytes).map_err(|_| missing())?;
        Ok(Captured {
            evidence,
            sha256: Some(sha256),
        })
    }

    async fn look(&self, signal: &Signal, now: DateTime<Utc>) -> Evidence {
        let symbols = [signal.symbol.clone()];
        let (clock, quotes) = futures::join!(
            self.market.clock(now.into()),
            self.market.quotes(&symbols, now.into())
        );
        let mut missing = Vec::new();
        let clock: Option<MarketClock> =
            clock.map_err(|e| missing.push(format!("clock: {e}"))).ok();
        let quote = quote_of(signal, quotes)
            .map_err(|error| missing.push(error))
            .ok();
        Evidence {
            symbol: signal.symbol.clone(),
            captured_at: now,
            clock,
            quote,
            missing,
        }
    }
}

fn quote_of(
    signal: &Signal,
    quotes: Result<Batch<domain::Symbol, StockQuote>, MarketError>,
) -> Result<StockQuote, String> {
    let mut batch = quotes.map_err(|error| format!("quote: {error}"))?;
    batch.found.remove(&signal.symbol).ok_or_else(|| {
        batch.failed.get(&signal.symbol).map_or_else(
            || "quote: the market gave none".to_owned(),
            |error| format!("quote: {error}"),
        )
    })
}
