//! Why a position is closed: every exit rule's reading, and the rule that decided.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::engine::{Engine, Leg};
use crate::ids::SignalId;
use crate::money::Price;
use crate::reason::ExitReason;

/// How pressing a rule is: the lower tier decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExitTier {
    /// Something is broken, or somebody wants out.
    HardFail,
    /// Losses and time.
    Protection,
    /// Gains.
    Profit,
    /// The Greeks are no longer those that were bought.
    Degradation,
}

/// An exit rule, in the order in which the first one that fires decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExitRule {
    /// The position can't be as it is recorded.
    CorruptPosition,
    /// An exit was decided, and its order failed.
    FailedExit,
    /// An alert or a person wants it closed.
    Requested,
    /// No price could be had for too long.
    PriceGone,
    /// The loss reached the stop.
    StopLoss,
    /// The contract is about to expire.
    MinDte,
    /// Held as long as a position may be.
    MaxHold,
    /// The price fell back from its peak.
    TrailingStop,
    /// The gain reached the target.
    ProfitTarget,
    /// It moves too little with the underlying.
    DeltaDrop,
    /// The volatility that was paid for is gone.
    VolatilityCollapse,
    /// Its delta hardly moves any more.
    GammaDrop,
    /// It loses too much of its price each day.
    ThetaDecay,
}

impl ExitRule {
    /// All rules, in order.
    pub const ALL: [Self; 13] = [
        Self::CorruptPosition,
        Self::FailedExit,
        Self::Requested,
        Self::PriceGone,
        Self::StopLoss,
        Self::MinDte,
        Self::MaxHold,
        Self::TrailingStop,
        Self::ProfitTarget,
        Self::DeltaDrop,
        Self::VolatilityCollapse,
        Self::GammaDrop,
        Self::ThetaDecay,
    ];

    /// Its tier.
    pub fn tier(self) -> ExitTier {
        match self {
            Self::CorruptPosition | Self::FailedExit | Self::Requested | Self::PriceGone => {
                ExitTier::HardFail
            }
            Self::StopLoss | Self::MinDte | Self::MaxHold | Self::TrailingStop => {
                ExitTier::Protection
            }
            Self::ProfitTarget => ExitTier::Profit,
            Self::DeltaDrop | Self::VolatilityCollapse | Self::GammaDrop | Self::ThetaDecay => {
                ExitTier::Degradation
            }
        }
    }

    /// Its name, as it stands in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::CorruptPosition => "corrupt_position",
            Self::FailedExit => "failed_exit",
            Self::Requested => "requested",
            Self::PriceGone => "price_gone",
            Self::StopLoss => "stop_loss",
            Self::MinDte => "min_dte",
            Self::MaxHold => "max_hold",
            Self::TrailingStop => "trailing_stop",
            Self::ProfitTarget => "profit_target",
            Self::DeltaDrop => "delta_drop",
            Self::VolatilityCollapse => "volatility_collapse",
            Self::GammaDrop => "gamma_drop",
            Self::ThetaDecay => "theta_decay",
        }
    }
}

impl fmt::Display for ExitRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One exit rule's result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExitReading {
    /// Which rule.
    pub rule: ExitRule,
    /// The reason that an exit by it carries.
    pub reason: ExitReason,
    /// Whether it asks for the exit.
    pub fires: bool,
    /// What it read, in words or figures with their unit.
    pub reading: String,
    /// What it compared the reading with.
    pub limit: String,
}

/// The decision to close a position: made once for each exit order, and never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ExitDecision {
    /// The signal of the position's entry.
    pub signal_id: SignalId,
    /// Whose position it is.
    pub engine: Engine,
    /// The exit order's leg.
    pub leg: Leg,
    /// The reason of the first rule that fired.
    pub reason: ExitReason,
    /// The mid at that moment, per share; absent where no fresh price was there.
    pub trigger_price: Option<Price>,
    /// Every rule's reading, in order; of a wish that was met at once, only its own.
    pub readings: Vec<ExitReading>,
    /// The version of the exit rules that it was made under; zero where the table had none.
    pub exit_rules_version: u32,
    /// When.
    pub decided_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_rules_is_that_of_their_tiers() {
        assert!(ExitRule::ALL.is_sorted());
        assert!(ExitRule::ALL.is_sorted_by_key(|rule| rule.tier()));
    }

    #[test]
    fn rules_are_written_by_their_names() {
        for rule in ExitRule::ALL {
            assert_eq!(serde_json::to_value(rule).unwrap(), rule.name());
        }
    }
}
