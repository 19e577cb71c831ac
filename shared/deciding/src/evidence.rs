//! Captures what a decision is made on, and stores it before the decision.

use domain::Evidence;
use domain::signal::Signal;
use market_data::{Asked, capture};
use storage::KeptEvidence;
use storage::ledger::Trace;

use crate::judge::Judge;
use crate::{DecidingEngine, EngineError};

/// Evidence, and its name if it is stored already.
pub(crate) struct Captured {
    pub(crate) evidence: Evidence,
    pub(crate) sha256: Option<String>,
}

impl<J: Judge> DecidingEngine<J> {
    /// The signal's evidence: what is stored, or what the market says now.
    pub(crate) async fn captured(&self, trace: &Trace) -> Result<Captured, EngineError> {
        if let Some(pointer) = &trace.evidence {
            return Ok(self.evidence.kept(pointer).await?.into());
        }
        let (market, signal) = (self.market.as_ref(), &trace.signal);
        let asked = Asked::at(self.clock.now());
        let evidence = capture(market, &signal.symbol, signal.timeframe, asked).await;
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
        let Captured { evidence, .. } = captured;
        let kept = self
            .evidence
            .keep(&self.ledger, signal.signal_id, evidence)
            .await?;
        Ok(kept.into())
    }
}

impl From<KeptEvidence> for Captured {
    fn from(kept: KeptEvidence) -> Self {
        Self {
            evidence: kept.evidence,
            sha256: Some(kept.sha256),
        }
    }
}
