//! The exit rules that the environment settles.

use domain::Percent;
use domain::settings::ExitRules;

use super::reader::Reader;

const HOURS_PER_DAY: u32 = 24;

/// The defaults with the environment laid over them.
pub(super) fn over_defaults(reader: &Reader<'_>) -> ExitRules {
    let percent = |name, or| reader.amount(name).map_or(or, Percent);
    let whole = |name, or| reader.whole(name).unwrap_or(or);
    let default = ExitRules::default();
    let rules = ExitRules {
        profit_target_percent: percent("PROFIT_TARGET_PCT", default.profit_target_percent),
        stop_loss_percent: percent("STOP_LOSS_PCT", default.stop_loss_percent),
        max_hold_hours: reader
            .whole("MAX_HOLD_DAYS")
            .map_or(default.max_hold_hours, |days| days * HOURS_PER_DAY),
        min_dte_exit: whole("TIME_STOP_DTE", default.min_dte_exit),
        price_gone_minutes: whole("PRICE_GONE_MINUTES", default.price_gone_minutes),
        ..default
    };
    with_greeks(reader, &with_trailing(reader, &rules))
}

fn with_trailing(reader: &Reader<'_>, rules: &ExitRules) -> ExitRules {
    let percent = |name, or| reader.amount(name).map_or(or, Percent);
    ExitRules {
        trailing_stop_enabled: reader
            .flag("TRAILING_STOP_ENABLED")
            .unwrap_or(rules.trailing_stop_enabled),
        trailing_arm_percent: percent("TRAILING_ARM_PCT", rules.trailing_arm_percent),
        trailing_give_back_percent: percent(
            "TRAILING_GIVE_BACK_PCT",
            rules.trailing_give_back_percent,
        ),
        trailing_break_even_percent: percent(
            "TRAILING_BREAK_EVEN_PCT",
            rules.trailing_break_even_percent,
        ),
        ..rules.clone()
    }
}

fn with_greeks(reader: &Reader<'_>, rules: &ExitRules) -> ExitRules {
    let flag = |name, or| reader.flag(name).unwrap_or(or);
    let percent = |name, or| reader.amount(name).map_or(or, Percent);
    let whole = |name, or| reader.whole(name).unwrap_or(or);
    ExitRules {
        delta_drop_enabled: flag("DELTA_DROP_ENABLED", rules.delta_drop_enabled),
        delta_drop_percent: percent("DELTA_DROP_PCT", rules.delta_drop_percent),
        delta_min_percent: percent("DELTA_MIN_PCT", rules.delta_min_percent),
        volatility_collapse_enabled: flag(
            "VOLATILITY_COLLAPSE_ENABLED",
            rules.volatility_collapse_enabled,
        ),
        volatility_collapse_percent: percent(
            "VOLATILITY_COLLAPSE_PCT",
            rules.volatility_collapse_percent,
        ),
        volatility_loss_percent: percent("VOLATILITY_LOSS_PCT", rules.volatility_loss_percent),
        gamma_drop_enabled: flag("GAMMA_DROP_ENABLED", rules.gamma_drop_enabled),
        gamma_drop_percent: percent("GAMMA_DROP_PCT", rules.gamma_drop_percent),
        theta_decay_enabled: flag("THETA_DECAY_ENABLED", rules.theta_decay_enabled),
        theta_decay_percent: percent("THETA_DECAY_PCT", rules.theta_decay_percent),
        theta_quiet_percent: percent("THETA_QUIET_PCT", rules.theta_quiet_percent),
        exit_confirmations: whole("EXIT_CONFIRMATIONS", rules.exit_confirmations),
        exit_confirmation_gap_s: whole("EXIT_CONFIRMATION_GAP_S", rules.exit_confirmation_gap_s),
        ..rules.clone()
    }
}

#[cfg(test)]
mod tests {
    use domain::Settings;
    use serde_json::Value;

    use crate::configuration::{Configuration, VARIABLES};
    use crate::environment::Environment;

    /// The variables whose meaning ends with the setting's name, as all of the exit rules' do.
    fn variables() -> Vec<(&'static str, &'static str)> {
        let of_exits = serde_json::to_value(Settings::default().exit_rules).unwrap();
        let named = VARIABLES.iter().filter_map(|variable| {
            let setting = variable.meaning.rsplit_once("(`")?.1.split_once("`)")?.0;
            of_exits
                .get(setting)
                .is_some()
                .then_some((variable.name, setting))
        });
        named.collect()
    }

    #[test]
    fn every_exit_rule_has_its_own_variable() {
        let whole = |pairs: Environment| {
            let settings = Configuration::parse(&pairs).unwrap().settings;
            serde_json::to_value(settings.exit_rules).unwrap()
        };
        let default = whole(Environment::default());
        assert_eq!(variables().len(), default.as_object().unwrap().len());
        for (name, setting) in variables() {
            let other = match &default[setting] {
                Value::Bool(enabled) => (!enabled).to_string(),
                _ => "3".to_owned(),
            };
            let changed = whole([(name.to_owned(), other)].into_iter().collect());
            let differs = |key: &&String| changed[key.as_str()] != default[key.as_str()];
            let keys = default.as_object().unwrap().keys();
            assert_eq!(
                keys.filter(differs).collect::<Vec<_>>(),
                [setting],
                "{name}"
            );
        }
    }
}
