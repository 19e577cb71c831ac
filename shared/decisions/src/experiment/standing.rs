//! What a signal came to in an engine, for the arithmetic: a return, a refusal, or nothing yet.

use domain::{RejectionClass, Usd};
use serde::Serialize;

use super::outcome::{ClosedTrade, EngineOutcome, Fate};

/// Amounts above it are a mistake of whoever wrote them.
const BELIEVABLE_MAX_USD: i64 = 1_000_000_000_000;

/// Why a closed trade can't be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// Nothing was paid for it, so that it has no return.
    PremiumNotAboveZero,
    /// It was closed before it was opened.
    ClosedBeforeOpened,
    /// An amount above a million million dollars.
    BeyondBelief,
}

/// What a signal came to in an engine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Standing {
    /// Undecided, on its way, or still held.
    NotFinal,
    /// No entry.
    Refused(RejectionClass),
    /// Bought and sold.
    Traded {
        /// Net result by premium.
        return_share: f64,
        /// Net result.
        net_usd: f64,
    },
    /// Bought and sold, and not to be counted.
    Unusable(Flaw),
}

impl Standing {
    pub(super) fn of(outcome: &EngineOutcome) -> Self {
        match &outcome.fate {
            Fate::Pending | Fate::Open => Self::NotFinal,
            Fate::Rejected(reason) => Self::Refused(reason.class()),
            Fate::Closed(trade) => Self::of_trade(trade),
        }
    }

    fn of_trade(trade: &ClosedTrade) -> Self {
        if trade.premium_usd <= Usd::ZERO {
            return Self::Unusable(Flaw::PremiumNotAboveZero);
        }
        if trade.closed_at < trade.opened_at {
            return Self::Unusable(Flaw::ClosedBeforeOpened);
        }
        let amounts = [
            trade.premium_usd,
            trade.gross_usd,
            trade.net_usd,
            trade.fees_usd,
        ];
        let most = Usd::dollars(BELIEVABLE_MAX_USD);
        let is_believable = amounts.iter().all(|usd| (-most..=most).contains(usd));
        let share = trade.net_usd.share_of(trade.premium_usd);
        match share.filter(|_| is_believable) {
            None => Self::Unusable(Flaw::BeyondBelief),
            Some(return_share) => Self::Traded {
                return_share,
                net_usd: trade.net_usd.to_f64(),
            },
        }
    }
}
