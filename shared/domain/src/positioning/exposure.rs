//! Gamma exposure as it was measured at one instant.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::money::Price;
use crate::quote::Provenance;
use crate::symbol::Symbol;

/// The gamma exposure of a chain. Amounts are in the `unit`, which is part of the record; prices in
/// dollars per share. What there isn't is absent, never zero and never the spot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GammaExposureSnapshot {
    /// What the options are on.
    pub symbol: Symbol,
    /// What amounts are measured in.
    pub unit: ExposureUnit,
    /// When it was measured.
    pub measured_at: DateTime<Utc>,
    /// The underlying's price that it was measured at.
    pub spot: Price,
    /// Calls and puts, over all contracts.
    pub total: Exposed,
    /// Net by gross, from -1 to 1; absent where nothing has any gamma.
    pub ratio: Option<f64>,
    /// Dollars of delta for a move of one dollar up.
    pub net_per_dollar: f64,
    /// By strike.
    pub by_strike: StrikeExposures,
    /// By expiration, ascending.
    pub by_expiration: Vec<ExpirationExposure>,
    /// Where the net exposure, re-priced for each price of the underlying, changes its sign: of
    /// all, the price nearest to spot. "Zero gamma".
    pub flip: Option<Flip>,
    /// All prices at which it does, within a fifth of spot, ascending.
    pub flips: Vec<Price>,
    /// Where the exposure at spot, summed up from the lowest strike, changes its sign: another
    /// quantity than `flip`, by the same name elsewhere.
    pub cumulative_strike_flip: Option<Price>,
    /// The strikes with the largest exposure.
    pub walls: Walls,
    /// The strikes at which most is held.
    pub walls_by_open_interest: Walls,
    /// The price at which all holders together would get least; it has no meaning for settlement,
    /// which is by expiration.
    pub max_pain_of_all: Option<Price>,
    /// Puts for each call.
    pub put_call: PutCallRatios,
    /// What dealers hold; absent where nothing has any gamma.
    pub dealers: Option<DealerPosition>,
    /// What was left out.
    pub exclusions: ExposureExclusions,
    /// Contracts whose volatility the provider didn't tell: it is that of their quotes' middle.
    pub volatilities_computed: u32,
    /// What to know before believing it.
    pub caveats: Vec<String>,
    /// Who gave the chain, and of when it is.
    pub provenance: Provenance,
}

/// What amounts are measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum ExposureUnit {
    /// Dollars of delta that dealers have to trade when the underlying rises by one percent.
    #[serde(rename = "dollars_of_delta_per_1_percent_up")]
    DollarsOfDeltaPerPercent,
}

/// Exposure of some contracts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Exposed {
    /// Of calls: at least zero.
    pub call: f64,
    /// Of puts: at most zero.
    pub put: f64,
    /// Both.
    pub net: f64,
    /// How many contracts are in it.
    pub contracts: u32,
}

/// Exposure by strike, by columns, ascending; amounts are rounded to the dollar. Of very many
/// strikes, those nearest to spot.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StrikeExposures {
    /// The strikes.
    pub strike: Vec<Price>,
    /// Of calls at each.
    pub call: Vec<f64>,
    /// Of puts at each.
    pub put: Vec<f64>,
    /// Strikes that are listed and not told here.
    pub left_out: u32,
}

/// Exposure of one expiration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExpirationExposure {
    /// When it expires, a New York date.
    pub expiration: NaiveDate,
    /// Its contracts' exposure.
    pub exposed: Exposed,
    /// The price at which holders would get least; absent if nothing is held.
    pub max_pain: Option<Price>,
}

/// Where the net exposure changes its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Flip {
    /// The underlying's price.
    pub price: Price,
    /// The listed strike nearest to it.
    pub nearest_strike: Price,
}

/// The strikes of the two sides; absent where a side holds nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Walls {
    /// Of calls.
    pub call: Option<Price>,
    /// Of puts.
    pub put: Option<Price>,
}

/// Puts for each call; absent without calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PutCallRatios {
    /// By contracts held.
    pub open_interest: Option<f64>,
    /// By contracts traded.
    pub volume: Option<f64>,
}

/// What dealers hold, by the sign assumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DealerPosition {
    /// Which side.
    pub side: DealerSide,
    /// How far; absent where neutral.
    pub strength: Option<Strength>,
    /// Where spot is; absent without a flip. Near a flip it may contradict the side.
    pub spot_against_flip: Option<FlipSide>,
    /// What is expected of the volatility that comes.
    pub volatility_expectation: VolatilityExpectation,
}

/// The dealers' side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DealerSide {
    /// They hedge against the move.
    LongGamma,
    /// They hedge with the move.
    ShortGamma,
    /// Neither to speak of.
    Neutral,
}

/// How far the ratio of net to gross goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// From 0.1 to 0.3.
    Moderate,
    /// Beyond 0.3.
    Strong,
}

/// On which side of the flip spot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FlipSide {
    /// Above it.
    Above,
    /// Below it, or on it.
    Below,
}

/// What is expected of the volatility that comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VolatilityExpectation {
    /// Small moves, back to the mean, and a pin to the walls.
    Compressed,
    /// Large moves that go on.
    Expanded,
    /// Nothing is said.
    NoStatement,
}

/// How many contracts are in no exposure, by reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExposureExclusions {
    /// It delivers something other than 100 shares.
    pub adjusted: u32,
    /// A figure that no contract can have.
    pub impossible: u32,
    /// The same contract was there before.
    pub duplicate: u32,
    /// It has expired.
    pub expired: u32,
    /// How many are held isn't known.
    pub no_open_interest: u32,
    /// None are held.
    pub zero_open_interest: u32,
    /// Its volatility isn't known, and can't be had from its price.
    pub no_implied_volatility: u32,
    /// Not left out: its other right isn't listed at that strike and expiration.
    pub other_right_missing: u32,
}
