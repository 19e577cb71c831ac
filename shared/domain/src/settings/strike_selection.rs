//! Which contracts may be bought, and what makes one better than another.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::{Percent, Usd};
use crate::symbol::Symbol;

/// How the contract of an entry is chosen from a chain. Shares of a premium and of a spread are
/// in percent; deltas are without their sign, and volatilities per year (0.2 is 20 %).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StrikeSelection {
    /// The delta that fits best; within the two bounds.
    pub delta_target: Decimal,
    /// The least delta that is bought; 0 to 1.
    pub delta_min: Decimal,
    /// The largest delta that is bought; 0 to 1, above `delta_min`.
    pub delta_max: Decimal,
    /// The distance from the target at which a delta earns nothing; 0.01 to 1.
    pub delta_band: Decimal,
    /// The bid has to exceed this, in US dollars per share; 0 to 100.
    pub bid_min_usd: Usd,
    /// The widest spread, in percent of the mid; 0.1 to 200.
    pub spread_max_percent: Percent,
    /// Below this mid, in US dollars per share, a spread may also be judged in dollars; 0 to 100.
    pub cheap_below_usd: Usd,
    /// The widest spread of what is so cheap, in US dollars per share; 0 to 100.
    pub cheap_spread_max_usd: Usd,
    /// Contracts held at least; 0 to 1,000,000.
    pub open_interest_min: u32,
    /// The same for index funds; 0 to 1,000,000.
    pub open_interest_min_index_fund: u32,
    /// The underlyings that count as index funds.
    pub index_funds: BTreeSet<Symbol>,
    /// Contracts traded today at least; 0 to 1,000,000.
    pub volume_min: u32,
    /// The same while the session is young; 0 to 1,000,000.
    pub volume_min_early: u32,
    /// For how many minutes it is young; 0 to 390.
    pub early_minutes: u32,
    /// The least implied volatility per year; 0 to 10.
    pub volatility_min: Decimal,
    /// The highest implied volatility per year; 0 to 10, above `volatility_min`.
    pub volatility_max: Decimal,
    /// How old the quote may be that a contract is finally chosen on, in milliseconds; 1,000 to
    /// 300,000. Prices that stand for a whole bar by their nature (recorded, modelled) may be as
    /// old as the trading rules let them be.
    pub fresh_quote_age_ms_max: u32,
    /// Points for a tight spread: all for none, none for the widest. The six weights add up to
    /// 100.
    pub spread_weight: u32,
    /// Points for a delta near the target.
    pub delta_weight: u32,
    /// Points for contracts held, on a logarithmic scale.
    pub open_interest_weight: u32,
    /// Points for contracts traded, on a logarithmic scale.
    pub volume_weight: u32,
    /// Points for losing little of the premium with each day.
    pub theta_weight: u32,
    /// Points for a low implied volatility among those that were left to choose from.
    pub volatility_weight: u32,
    /// Contracts held from which on more don't count; 1 to 10,000,000.
    pub open_interest_enough: u32,
    /// Contracts traded from which on more don't count; 1 to 10,000,000.
    pub volume_enough: u32,
    /// The loss of a day, in percent of the mid, that earns nothing; 0.1 to 100.
    pub theta_max_percent: Percent,
}

/// The underlyings that count as index funds unless a setting says otherwise.
const INDEX_FUNDS: [&str; 3] = ["SPY", "QQQ", "IWM"];

impl Default for StrikeSelection {
    fn default() -> Self {
        Self {
            delta_target: Decimal::new(45, 2),
            delta_min: Decimal::new(30, 2),
            delta_max: Decimal::new(60, 2),
            delta_band: Decimal::new(15, 2),
            bid_min_usd: Usd::cents(5),
            spread_max_percent: Percent::whole(10),
            cheap_below_usd: Usd::dollars(1),
            cheap_spread_max_usd: Usd::cents(5),
            open_interest_min: 500,
            open_interest_min_index_fund: 1_000,
            index_funds: INDEX_FUNDS
                .iter()
                .flat_map(|text| Symbol::parse(text))
                .collect(),
            volume_min: 100,
            volume_min_early: 20,
            early_minutes: 60,
            volatility_min: Decimal::new(3, 2),
            volatility_max: Decimal::from(3),
            fresh_quote_age_ms_max: 15_000,
            spread_weight: 35,
            delta_weight: 25,
            open_interest_weight: 15,
            volume_weight: 10,
            theta_weight: 10,
            volatility_weight: 5,
            open_interest_enough: 5_000,
            volume_enough: 1_000,
            theta_max_percent: Percent::whole(10),
        }
    }
}

impl StrikeSelection {
    /// Contracts on `underlying` that have to be held.
    pub fn open_interest_min_of(&self, underlying: &Symbol) -> u32 {
        if self.index_funds.contains(underlying) {
            self.open_interest_min_index_fund
        } else {
            self.open_interest_min
        }
    }

    /// The six weights, by their names.
    pub fn weights(&self) -> [(&'static str, u32); 6] {
        [
            ("spread_weight", self.spread_weight),
            ("delta_weight", self.delta_weight),
            ("open_interest_weight", self.open_interest_weight),
            ("volume_weight", self.volume_weight),
            ("theta_weight", self.theta_weight),
            ("volatility_weight", self.volatility_weight),
        ]
    }
}
