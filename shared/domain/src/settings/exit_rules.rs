//! When a position is closed: the thresholds of the exit rules, their defaults and ranges.
//!
//! The defaults are what practitioners use, and no optimum that anybody has shown.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::Percent;

/// When a position is closed. A rule that is not enabled is observed: it leaves its reading, and
/// closes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a rule that is switched by itself"
)]
pub struct ExitRules {
    /// Close when the gain on the mid reaches this much of the premium; 1 to 1,000.
    pub profit_target_percent: Percent,
    /// Close when the loss on the mid reaches this much of the premium; 1 to 100.
    pub stop_loss_percent: Percent,
    /// Close when held this long, in hours; 1 to 2,400.
    pub max_hold_hours: u32,
    /// Close in the last half hour of a session when so few days are left; 0 to 60.
    pub min_dte_exit: u32,
    /// Close when no price could be had for so many minutes of a session; 2 to 390.
    pub price_gone_minutes: u32,
    /// Whether the trailing stop closes.
    pub trailing_stop_enabled: bool,
    /// The trailing stop holds once the peak's gain has reached this; 1 to 1,000.
    pub trailing_arm_percent: Percent,
    /// From then on, close when the mid has given back this much of the peak; 1 to 99.
    pub trailing_give_back_percent: Percent,
    /// Once the peak's gain has reached this, close at the entry's price at the latest; 1 to
    /// 1,000.
    pub trailing_break_even_percent: Percent,
    /// Whether a drop of delta closes.
    pub delta_drop_enabled: bool,
    /// Close when delta is below this much of the entry's; 0 to 100.
    pub delta_drop_percent: Percent,
    /// Close when delta is below so many hundredths: 15 stands for 0.15; 0 to 100.
    pub delta_min_percent: Percent,
    /// Whether a collapse of the volatility closes.
    pub volatility_collapse_enabled: bool,
    /// Close, in loss only, when the volatility is at most this much of the entry's; 0 to 100.
    pub volatility_collapse_percent: Percent,
    /// Close, in loss only, when the change of the volatility has cost more than this much of
    /// the premium; 1 to 100.
    pub volatility_loss_percent: Percent,
    /// Whether a drop of gamma closes.
    pub gamma_drop_enabled: bool,
    /// Close, in gain only, when gamma is below this much of the entry's; 0 to 100.
    pub gamma_drop_percent: Percent,
    /// Whether decay closes.
    pub theta_decay_enabled: bool,
    /// Close when a day costs more than this much of the mid; 1 to 1,000.
    pub theta_decay_percent: Percent,
    /// The same, only while gain and loss are both below this; 1 to 1,000.
    pub theta_quiet_percent: Percent,
    /// So many readings in a row have to say the same of the Greeks; 1 to 20.
    pub exit_confirmations: u32,
    /// Readings count when their prices lie so many seconds apart; 1 to 600.
    pub exit_confirmation_gap_s: u32,
}

impl Default for ExitRules {
    fn default() -> Self {
        Self {
            profit_target_percent: Percent::whole(50),
            stop_loss_percent: Percent::whole(50),
            max_hold_hours: 120,
            min_dte_exit: 1,
            price_gone_minutes: 30,
            trailing_stop_enabled: false,
            trailing_arm_percent: Percent::whole(30),
            trailing_give_back_percent: Percent::whole(20),
            trailing_break_even_percent: Percent::whole(50),
            delta_drop_enabled: true,
            delta_drop_percent: Percent::whole(50),
            delta_min_percent: Percent::whole(15),
            volatility_collapse_enabled: true,
            volatility_collapse_percent: Percent::whole(80),
            volatility_loss_percent: Percent::whole(15),
            gamma_drop_enabled: false,
            gamma_drop_percent: Percent::whole(40),
            theta_decay_enabled: false,
            theta_decay_percent: Percent::whole(15),
            theta_quiet_percent: Percent::whole(10),
            exit_confirmations: 2,
            exit_confirmation_gap_s: 30,
        }
    }
}

/// A setting's name, its value, and the least and most that it may be.
type Range = (&'static str, Decimal, i64, i64);

impl ExitRules {
    /// Every setting with its range.
    pub(super) fn ranges(&self) -> Vec<Range> {
        [self.ranges_of_position(), self.ranges_of_greeks()].concat()
    }

    fn ranges_of_position(&self) -> Vec<Range> {
        let target = self.profit_target_percent.0;
        let stop = self.stop_loss_percent.0;
        let arm = self.trailing_arm_percent.0;
        let give_back = self.trailing_give_back_percent.0;
        let break_even = self.trailing_break_even_percent.0;
        vec![
            ("profit_target_percent", target, 1, 1_000),
            ("stop_loss_percent", stop, 1, 100),
            ("max_hold_hours", self.max_hold_hours.into(), 1, 2_400),
            ("min_dte_exit", self.min_dte_exit.into(), 0, 60),
            ("price_gone_minutes", self.price_gone_minutes.into(), 2, 390),
            ("trailing_arm_percent", arm, 1, 1_000),
            ("trailing_give_back_percent", give_back, 1, 99),
            ("trailing_break_even_percent", break_even, 1, 1_000),
        ]
    }

    fn ranges_of_greeks(&self) -> Vec<Range> {
        let collapse = self.volatility_collapse_percent.0;
        let loss = self.volatility_loss_percent.0;
        let gap_s = self.exit_confirmation_gap_s.into();
        vec![
            ("delta_drop_percent", self.delta_drop_percent.0, 0, 100),
            ("delta_min_percent", self.delta_min_percent.0, 0, 100),
            ("volatility_collapse_percent", collapse, 0, 100),
            ("volatility_loss_percent", loss, 1, 100),
            ("gamma_drop_percent", self.gamma_drop_percent.0, 0, 100),
            ("theta_decay_percent", self.theta_decay_percent.0, 1, 1_000),
            ("theta_quiet_percent", self.theta_quiet_percent.0, 1, 1_000),
            ("exit_confirmations", self.exit_confirmations.into(), 1, 20),
            ("exit_confirmation_gap_s", gap_s, 1, 600),
        ]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::settings::Settings;

    /// The default rules with one value changed, as the settings table lays it over them.
    fn with(field: &str, value: &Value) -> Settings {
        let mut whole = serde_json::to_value(ExitRules::default()).unwrap();
        whole[field] = value.clone();
        let exit_rules = serde_json::from_value(whole).unwrap();
        let mut settings = Settings {
            exit_rules,
            ..Settings::default()
        };
        // What goes with the days to expiration is another rule's.
        settings.trading_rules.entry_dte_min = 365;
        settings
    }

    /// A value in the form in which the table holds that field.
    fn in_form_of(field: &str, value: Decimal) -> Value {
        let whole = serde_json::to_value(ExitRules::default()).unwrap();
        match &whole[field] {
            Value::String(_) => json!(value.to_string()),
            _ => json!(i64::try_from(value).unwrap()),
        }
    }

    #[test]
    fn each_setting_holds_its_range_on_both_sides() {
        for (field, _, low, high) in ExitRules::default().ranges() {
            let (low, high) = (Decimal::from(low), Decimal::from(high));
            for value in [low, high] {
                let settings = with(field, &in_form_of(field, value));
                assert_eq!(settings.problems(), [], "{field} = {value}");
            }
            for value in [low - Decimal::ONE, high + Decimal::ONE] {
                if value.is_sign_negative() && in_form_of(field, value).is_number() {
                    continue;
                }
                let problems = with(field, &in_form_of(field, value)).problems();
                let found: Vec<_> = problems.iter().map(|problem| problem.field).collect();
                assert_eq!(found, [field], "{field} = {value}");
            }
        }
    }

    #[test]
    fn every_setting_that_is_a_number_has_a_range() {
        let whole = serde_json::to_value(ExitRules::default()).unwrap();
        let numbers = whole.as_object().unwrap().iter();
        let numbers = numbers.filter(|(_, value)| !value.is_boolean());
        let mut named: Vec<_> = numbers.map(|(name, _)| name.as_str()).collect();
        let defaults = ExitRules::default();
        let mut ranged: Vec<_> = defaults.ranges().into_iter().map(|it| it.0).collect();
        named.sort_unstable();
        ranged.sort_unstable();
        assert_eq!(ranged, named);
    }

    #[test]
    fn a_name_that_nobody_knows_is_refused() {
        let mut whole = serde_json::to_value(ExitRules::default()).unwrap();
        whole["theta_drop_percent"] = json!("5");
        assert!(serde_json::from_value::<ExitRules>(whole).is_err());
    }
}
