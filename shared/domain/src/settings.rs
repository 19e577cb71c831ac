//! The rules and limits that a trader may change: what they are, their defaults, their ranges.
//!
//! Where a value comes from (environment, table, default) is settled by `runtime` and `storage`.

mod committee;
mod exit_rules;
mod experiment_problems;
mod problems;
mod strike_problems;
mod strike_selection;

use std::collections::BTreeSet;

use chrono::TimeDelta;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::experiment::{Experiment, RoutingRules};
use crate::fees::FeeSchedule;
use crate::flags::Flags;
use crate::money::{Contracts, Percent, Price, Usd};
use crate::order::Side;
use crate::symbol::Symbol;
use crate::trade::FillModel;

pub use committee::CommitteeRules;
pub use exit_rules::ExitRules;
pub use problems::{SettingRange, SettingsProblem};
pub use strike_selection::StrikeSelection;

/// How much an engine may hold and lose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RiskLimits {
    /// Contracts in one position; 1 to 100.
    pub max_position_size: u32,
    /// Premium of one position.
    pub max_position_usd: Usd,
    /// Premium of all open and pending positions.
    pub max_total_exposure_usd: Usd,
    /// The same limit in percent of the starting capital; the lower of the two holds.
    pub max_exposure_percent: Percent,
    /// Open and pending positions; 1 to 100,000.
    pub max_open_positions: u32,
    /// Open and pending positions in one symbol, Engine A; 1 to 100,000.
    pub max_positions_per_symbol_a: u32,
    /// Open and pending positions in one symbol, Engine B; 1 to 100,000.
    pub max_positions_per_symbol_b: u32,
    /// The day's net loss, realized and not, at which entries stop.
    pub max_daily_loss_usd: Usd,
}

impl Default for RiskLimits {
    fn default() -> Self {
        Self {
            max_position_size: 10,
            max_position_usd: Usd::dollars(1_000),
            max_total_exposure_usd: Usd::dollars(10_000),
            max_exposure_percent: Percent::whole(20),
            max_open_positions: 10,
            max_positions_per_symbol_a: 1,
            max_positions_per_symbol_b: 3,
            max_daily_loss_usd: Usd::dollars(1_000),
        }
    }
}

impl RiskLimits {
    /// Open and pending positions in one symbol that `engine` may have.
    pub fn max_positions_per_symbol(&self, engine: Engine) -> u32 {
        match engine {
            Engine::A => self.max_positions_per_symbol_a,
            Engine::B => self.max_positions_per_symbol_b,
        }
    }

    /// The exposure limit for an engine that started with `capital`.
    pub fn exposure_limit(&self, capital: Usd) -> Usd {
        let share = Usd(capital.0 * self.max_exposure_percent.0 / Decimal::ONE_HUNDRED);
        share.min(self.max_total_exposure_usd)
    }
}

/// How many contracts an entry buys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sizing {
    /// Always this many.
    Quantity(Contracts),
    /// As many as this premium buys, at least one.
    PremiumBudget(Usd),
}

/// What is traded, and how fills are modelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TradingRules {
    /// Off: no new entries of either engine; exits go on. Felt within seconds, as all settings
    /// are; the kill switch that holds at once is the book's `halt`.
    pub entries_enabled: bool,
    /// Entries in other symbols are rejected.
    pub allowed_symbols: BTreeSet<Symbol>,
    /// How long an entry may take from receipt to fill, in seconds; 10 to 3,600.
    pub entry_valid_s: u32,
    /// Days that an entry's contract has left at least; 0 to 365, more than `min_dte_exit`.
    pub entry_dte_min: u32,
    /// Minutes before the close at which entries stop; 0 to 60.
    pub entry_stop_minutes: u32,
    /// How many contracts an entry buys.
    pub sizing: Sizing,
    /// How a fill's price is taken from the quote.
    pub fill_model: FillModel,
    /// The same for exits by the stop.
    pub stop_fill_model: FillModel,
    /// Share of the spread by which `mid_plus_fraction` is worse than the mid; 0 to 0.5.
    pub fill_fraction: Decimal,
    /// The broker's commission on a contract, each way; 0 to 100.
    pub fee_per_contract_usd: Usd,
    /// The exchanges' options regulatory fee on a contract, each way; 0 to 10.
    pub options_regulatory_fee_usd: Usd,
    /// The clearing house's fee on a contract, each way; 0 to 10.
    pub clearing_fee_usd: Usd,
    /// The consolidated audit trail's fee on a contract, each way; 0 to 10.
    pub audit_trail_fee_usd: Usd,
    /// The trading activity fee on a contract that is sold; 0 to 10.
    pub trading_activity_fee_usd: Usd,
    /// The SEC's share of the proceeds of a sale; 0 to 1.
    pub sec_fee_rate: Decimal,
    /// No decision and no fill on a quote older than this, in milliseconds.
    pub quote_age_ms_max: u32,
    /// What each engine starts with.
    pub starting_capital_usd: Usd,
}

/// The symbols that may be traded unless a setting says otherwise.
pub const DEFAULT_SYMBOLS: [&str; 10] = [
    "SPY", "QQQ", "IWM", "AAPL", "MSFT", "NVDA", "AMZN", "META", "GOOGL", "TSLA",
];

impl Default for TradingRules {
    fn default() -> Self {
        let fees = FeeSchedule::default();
        Self {
            entries_enabled: true,
            allowed_symbols: DEFAULT_SYMBOLS
                .iter()
                .flat_map(|text| Symbol::parse(text))
                .collect(),
            entry_valid_s: 300,
            entry_dte_min: 7,
            entry_stop_minutes: 5,
            sizing: Sizing::Quantity(Contracts::ONE),
            fill_model: FillModel::Mid,
            stop_fill_model: FillModel::Mid,
            fill_fraction: Decimal::new(25, 2),
            fee_per_contract_usd: fees.commission_usd,
            options_regulatory_fee_usd: fees.options_regulatory_usd,
            clearing_fee_usd: fees.clearing_usd,
            audit_trail_fee_usd: fees.audit_trail_usd,
            trading_activity_fee_usd: fees.trading_activity_usd,
            sec_fee_rate: fees.sec_rate,
            quote_age_ms_max: 60_000,
            starting_capital_usd: Usd::dollars(50_000),
        }
    }
}

impl TradingRules {
    /// How long an entry may take from receipt to fill.
    pub fn entry_validity(&self) -> TimeDelta {
        TimeDelta::seconds(i64::from(self.entry_valid_s))
    }

    /// The rates of fees that these rules name one by one.
    pub fn fees(&self) -> FeeSchedule {
        FeeSchedule {
            commission_usd: self.fee_per_contract_usd,
            options_regulatory_usd: self.options_regulatory_fee_usd,
            clearing_usd: self.clearing_fee_usd,
            audit_trail_usd: self.audit_trail_fee_usd,
            trading_activity_usd: self.trading_activity_fee_usd,
            sec_rate: self.sec_fee_rate,
        }
    }

    /// The fees of one order that fills at `price`.
    pub fn fee(&self, side: Side, quantity: Contracts, price: Price) -> Usd {
        self.fees().of_order(side, quantity, price)
    }
}

/// Which version of each kind of settings was in force; zero when the table had none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SettingsVersions {
    /// Of the exit rules.
    pub exit_rules: u32,
    /// Of the risk limits.
    pub risk_limits: u32,
    /// Of the trading rules.
    pub trading_rules: u32,
    /// Of the strike selection; zero in records that were written before it could be set.
    #[serde(default)]
    pub strike_selection: u32,
    /// Of the committee's rules; zero like that, as are the ones after it.
    #[serde(default)]
    pub committee: u32,
    /// Of the feature flags.
    #[serde(default)]
    pub feature_flags: u32,
    /// Of the routing.
    #[serde(default)]
    pub routing: u32,
    /// Of the experiment.
    #[serde(default)]
    pub experiment: u32,
}

/// Everything that a decision is made under.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Settings {
    /// When a position is closed.
    pub exit_rules: ExitRules,
    /// How much an engine may hold and lose.
    pub risk_limits: RiskLimits,
    /// What is traded, and how fills are modelled.
    pub trading_rules: TradingRules,
    /// How the contract of an entry is chosen from a chain.
    pub strike_selection: Box<StrikeSelection>,
    /// How the committee of Engine B votes.
    pub committee: Box<CommitteeRules>,
    /// What of Engine B is on.
    pub flags: Flags,
    /// How signals are shared out while no experiment runs.
    pub routing: RoutingRules,
    /// The experiment, running or ended.
    pub experiment: Option<Box<Experiment>>,
    /// Which versions these are.
    pub versions: SettingsVersions,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_in_range() {
        assert_eq!(Settings::default().problems(), []);
        assert_eq!(Settings::default().trading_rules.allowed_symbols.len(), 10);
    }

    #[test]
    fn every_problem_is_named_at_once() {
        let mut settings = Settings::default();
        settings.exit_rules.stop_loss_percent = Percent::whole(101);
        settings.exit_rules.min_dte_exit = 7;
        settings.risk_limits.max_open_positions = 0;
        settings.trading_rules.fill_fraction = Decimal::ONE;
        settings.trading_rules.clearing_fee_usd = Usd::cents(-1);
        settings.trading_rules.sec_fee_rate = Decimal::TWO;
        let fields: Vec<_> = settings.problems().into_iter().map(|p| p.field).collect();
        assert_eq!(
            fields,
            [
                "stop_loss_percent",
                "entry_dte_min",
                "max_open_positions",
                "clearing_fee_usd",
                "sec_fee_rate",
                "fill_fraction"
            ]
        );
    }

    #[test]
    fn the_lower_exposure_limit_holds() {
        let limits = RiskLimits {
            max_exposure_percent: Percent::whole(10),
            ..Default::default()
        };
        assert_eq!(
            limits.exposure_limit(Usd::dollars(50_000)),
            Usd::dollars(5_000)
        );
        assert_eq!(
            limits.exposure_limit(Usd::dollars(500_000)),
            Usd::dollars(10_000)
        );
    }
}
