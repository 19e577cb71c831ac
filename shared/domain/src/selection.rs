//! Why an entry buys the contract that it buys, and why not another: stored once, beside the
//! order, and never changed.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::contract::OptionContract;
use crate::engine::Engine;
use crate::ids::SignalId;

/// Hundredths of a point in a point.
const HUNDREDTHS: u32 = 100;

/// Why a listed contract isn't bought. The order is that in which the filters are asked: a
/// contract is named by the first that it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ContractRejection {
    /// It delivers something else than a hundred shares.
    Adjusted,
    /// The chain says different things of it.
    Duplicate,
    /// Nobody quotes it.
    NoQuote,
    /// Its quote is older than a choice may be made on.
    StaleQuote,
    /// One side of its quote is missing.
    OneSided,
    /// Its bid exceeds its ask.
    Crossed,
    /// Its bid is its ask.
    Locked,
    /// Its delta isn't told and doesn't follow from its volatility or its price.
    UnknownDelta,
    /// It moves too little or too much with the underlying.
    Delta,
    /// Its bid is too low.
    Bid,
    /// Its spread is too wide.
    Spread,
    /// How many are held isn't told.
    UnknownOpenInterest,
    /// Too few are held.
    OpenInterest,
    /// How many were traded isn't told.
    UnknownVolume,
    /// Too few were traded.
    Volume,
    /// Its implied volatility isn't told, and its price implies none.
    UnknownVolatility,
    /// Its implied volatility is absurd.
    Volatility,
    /// A position may not cost as much.
    Unaffordable,
}

impl ContractRejection {
    /// Its name, as it stands in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Adjusted => "adjusted",
            Self::Duplicate => "duplicate",
            Self::NoQuote => "no_quote",
            Self::OneSided => "one_sided",
            Self::Crossed => "crossed",
            Self::Locked => "locked",
            Self::StaleQuote => "stale_quote",
            Self::UnknownDelta => "unknown_delta",
            Self::Delta => "delta",
            Self::Bid => "bid",
            Self::Spread => "spread",
            Self::UnknownOpenInterest => "unknown_open_interest",
            Self::OpenInterest => "open_interest",
            Self::UnknownVolume => "unknown_volume",
            Self::Volume => "volume",
            Self::UnknownVolatility => "unknown_volatility",
            Self::Volatility => "volatility",
            Self::Unaffordable => "unaffordable",
        }
    }

    /// Whether a fresh quote a moment later may take it away: there was none that one could
    /// trade on.
    pub fn is_about_the_quote(self) -> bool {
        matches!(
            self,
            Self::NoQuote | Self::OneSided | Self::Crossed | Self::Locked | Self::StaleQuote
        )
    }
}

impl fmt::Display for ContractRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Hundredths of a point of a score, which has a hundred points.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Points(pub u32);

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / HUNDREDTHS, self.0 % HUNDREDTHS)
    }
}

/// What a contract earned in each respect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Score {
    /// For a tight spread.
    pub spread: Points,
    /// For a delta near the target.
    pub delta: Points,
    /// For contracts held.
    pub open_interest: Points,
    /// For contracts traded.
    pub volume: Points,
    /// For losing little with each day.
    pub theta: Points,
    /// For a low implied volatility among the candidates.
    pub volatility: Points,
}

impl Score {
    /// All of it: from 0 to 100 points.
    pub fn total(&self) -> Points {
        let parts = [
            self.spread,
            self.delta,
            self.open_interest,
            self.volume,
            self.theta,
            self.volatility,
        ];
        Points(parts.iter().map(|points| points.0).sum())
    }
}

/// What a contract was judged by, besides its quote. Figures are kept to four digits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Figures {
    /// Dollars for one dollar of the underlying: from 0 to 1 for calls, -1 to 0 for puts.
    pub delta: f64,
    /// Whether our own model computed delta and theta, or read the volatility off the mid, since
    /// the chain didn't tell them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub modelled: bool,
    /// Dollars a share for one calendar day that passes.
    pub theta: f64,
    /// Volatility per year that its price implies: 0.2 is 20 %.
    pub implied_volatility: f64,
    /// Contracts held.
    pub open_interest: u64,
    /// Contracts traded today.
    pub volume: u64,
}

/// A contract that would have been bought if a better one hadn't been there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RunnerUp {
    /// Which.
    pub contract: OptionContract,
    /// What it earned.
    pub score: Score,
}

/// A contract that no score could save.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RejectedContract {
    /// Which.
    pub contract: OptionContract,
    /// The first filter that it failed.
    pub reason: ContractRejection,
    /// What the filter read, and its limit where it has one.
    pub reading: String,
}

/// A choice from a chain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ScoredSelection {
    /// What the chosen contract earned.
    pub score: Score,
    /// What it was judged by.
    pub figures: Figures,
    /// The best of the others, best first.
    pub runners_up: Vec<RunnerUp>,
    /// Contracts of the wanted right and expiration that the chain had.
    pub considered: u32,
    /// How many of them failed which filter first.
    pub rejected: BTreeMap<ContractRejection, u32>,
    /// Those of them that were nearest to the money.
    pub nearest_rejected: Vec<RejectedContract>,
    /// Who gave the chain.
    pub chain_from: String,
    /// The time of the chain's data.
    pub chain_at: DateTime<Utc>,
}

/// How a contract was chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum SelectionBasis {
    /// By filters and score, from a chain.
    Scored(ScoredSelection),
    /// The nearest listed strike out of the money, since no chain could be had.
    NearestStrike {
        /// Why not.
        why: String,
    },
}

/// The record of a choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Selection {
    /// The signal of the entry.
    pub signal_id: SignalId,
    /// Whose entry it is.
    pub engine: Engine,
    /// What was chosen.
    pub contract: OptionContract,
    /// The version of the settings' kind `strike_selection` in force.
    pub settings_version: u32,
    /// When.
    pub chosen_at: DateTime<Utc>,
    /// How.
    #[serde(flatten)]
    pub basis: SelectionBasis,
}

#[cfg(test)]
mod tests;
