//! The ranges of the settings, and how they have to fit together.

use rust_decimal::Decimal;
use serde::Serialize;

use super::{Settings, TradingRules};

/// A setting that is out of its range, or doesn't fit with another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{field} {message}")]
pub struct SettingsProblem {
    /// The setting's name.
    pub field: &'static str,
    /// What is wrong with it.
    pub message: String,
}

/// From where to where a setting may be, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SettingRange {
    /// The setting's name.
    pub field: &'static str,
    /// The lowest that is accepted.
    pub low: Decimal,
    /// The highest.
    pub high: Decimal,
}

/// What checking settings finds.
#[derive(Debug, Default)]
pub(super) struct Checked {
    problems: Vec<SettingsProblem>,
    ranges: Vec<SettingRange>,
}

impl Checked {
    pub(super) fn push(&mut self, problem: SettingsProblem) {
        self.problems.push(problem);
    }
}

impl Extend<SettingsProblem> for Checked {
    fn extend<T: IntoIterator<Item = SettingsProblem>>(&mut self, problems: T) {
        self.problems.extend(problems);
    }
}

impl Settings {
    /// Every problem that these settings have; none if they may be used.
    pub fn problems(&self) -> Vec<SettingsProblem> {
        self.checked().problems
    }

    /// The range of every number among them that has one of its own.
    pub fn ranges(&self) -> Vec<SettingRange> {
        self.checked().ranges
    }

    fn checked(&self) -> Checked {
        let mut found = Checked::default();
        self.check_exit_rules(&mut found);
        self.check_risk_limits(&mut found);
        self.check_trading_rules(&mut found);
        self.strike_selection.check(&mut found);
        self.committee.check(&mut found);
        self.check_routing(&mut found);
        found
    }

    fn check_exit_rules(&self, found: &mut Checked) {
        let rules = &self.exit_rules;
        for (field, value, low, high) in rules.ranges() {
            range(found, field, value, low, high);
        }
        if self.trading_rules.entry_dte_min <= rules.min_dte_exit {
            let message = format!(
                "must exceed min_dte_exit ({}), or an entry would be closed at once",
                rules.min_dte_exit
            );
            found.push(SettingsProblem {
                field: "entry_dte_min",
                message,
            });
        }
    }

    fn check_risk_limits(&self, found: &mut Checked) {
        let limits = &self.risk_limits;
        range(
            found,
            "max_position_size",
            limits.max_position_size.into(),
            1,
            100,
        );
        range(
            found,
            "max_position_usd",
            limits.max_position_usd.0,
            1,
            1_000_000,
        );
        range(
            found,
            "max_total_exposure_usd",
            limits.max_total_exposure_usd.0,
            1,
            100_000_000,
        );
        range(
            found,
            "max_exposure_percent",
            limits.max_exposure_percent.0,
            1,
            100,
        );
        range(
            found,
            "max_open_positions",
            limits.max_open_positions.into(),
            1,
            100_000,
        );
        let (a, b) = (
            limits.max_positions_per_symbol_a,
            limits.max_positions_per_symbol_b,
        );
        range(found, "max_positions_per_symbol_a", a.into(), 1, 100_000);
        range(found, "max_positions_per_symbol_b", b.into(), 1, 100_000);
        range(
            found,
            "max_daily_loss_usd",
            limits.max_daily_loss_usd.0,
            1,
            100_000_000,
        );
    }

    fn check_trading_rules(&self, found: &mut Checked) {
        let rules = &self.trading_rules;
        range(
            found,
            "entry_valid_s",
            rules.entry_valid_s.into(),
            10,
            3_600,
        );
        range(found, "entry_dte_min", rules.entry_dte_min.into(), 0, 365);
        range(
            found,
            "entry_stop_minutes",
            rules.entry_stop_minutes.into(),
            0,
            60,
        );
        range(
            found,
            "quote_age_ms_max",
            rules.quote_age_ms_max.into(),
            1_000,
            300_000,
        );
        check_fees(rules, found);
        range(
            found,
            "starting_capital_usd",
            rules.starting_capital_usd.0,
            1,
            1_000_000_000,
        );
        if rules.fill_fraction < Decimal::ZERO || rules.fill_fraction > Decimal::new(5, 1) {
            let message = format!("is {}; it may be 0 to 0.5", rules.fill_fraction);
            found.push(SettingsProblem {
                field: "fill_fraction",
                message,
            });
        }
    }
}

fn check_fees(rules: &TradingRules, found: &mut Checked) {
    let commission = rules.fee_per_contract_usd.0;
    range(found, "fee_per_contract_usd", commission, 0, 100);
    for (field, fee) in [
        (
            "options_regulatory_fee_usd",
            rules.options_regulatory_fee_usd,
        ),
        ("clearing_fee_usd", rules.clearing_fee_usd),
        ("audit_trail_fee_usd", rules.audit_trail_fee_usd),
        ("trading_activity_fee_usd", rules.trading_activity_fee_usd),
    ] {
        range(found, field, fee.0, 0, 10);
    }
    range(found, "sec_fee_rate", rules.sec_fee_rate, 0, 1);
}

pub(super) fn range(found: &mut Checked, field: &'static str, value: Decimal, low: i64, high: i64) {
    range_of(found, field, value, low.into(), high.into());
}

/// The same between bounds that aren't whole.
pub(super) fn range_of(
    found: &mut Checked,
    field: &'static str,
    value: Decimal,
    low: Decimal,
    high: Decimal,
) {
    found.ranges.push(SettingRange { field, low, high });
    if value < low || value > high {
        found.push(SettingsProblem {
            field,
            message: format!("is {value}; it may be {low} to {high}"),
        });
    }
}
