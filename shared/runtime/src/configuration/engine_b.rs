//! What the environment says of Engine B: its flags, how signals are shared out, how its
//! committee votes.

use domain::experiment::RoutingRules;
use domain::settings::CommitteeRules;
use domain::{FlagOverrides, Mode};

use super::reader::{Problem, Reader};

/// The flags that the environment settles.
pub(super) fn flags(reader: &Reader<'_>) -> FlagOverrides {
    FlagOverrides::read(|flag| reader.flag(&flag.name().to_ascii_uppercase()))
}

/// Flags that are switched on beside a master switch that is switched off. Where the master
/// switch isn't set here, the table has the last word on it.
pub(super) fn flag_problems(flags: FlagOverrides) -> Vec<Problem> {
    use domain::Flag;
    if flags.get(Flag::VariantB) != Some(false) {
        return Vec::new();
    }
    let needy = Flag::ALL
        .into_iter()
        .filter(|flag| flags.get(*flag) == Some(true));
    needy
        .map(|flag| Problem {
            variable: flag.name().to_ascii_uppercase(),
            message: "needs ENABLE_VARIANT_B, which is false".to_owned(),
        })
        .collect()
}

/// How signals are shared out.
pub(super) fn routing(reader: &Reader<'_>) -> RoutingRules {
    let default = RoutingRules::default();
    let is_paired = |word: &str| word.eq_ignore_ascii_case(Mode::Paired.name());
    let paired = reader.text("EXPERIMENT_MODE").is_some_and(is_paired);
    RoutingRules {
        mode: if paired { Mode::Paired } else { default.mode },
        split_percentage: reader
            .whole("AB_SPLIT_PERCENTAGE")
            .and_then(|share| u8::try_from(share).ok())
            .unwrap_or(default.split_percentage),
    }
}

/// How the committee votes.
pub(super) fn committee(reader: &Reader<'_>) -> CommitteeRules {
    let default = CommitteeRules::default();
    let whole = |name, or| reader.whole(name).unwrap_or(or);
    CommitteeRules {
        enter_at_points: whole("ENTER_AT_CONFIDENCE", default.enter_at_points),
        veto_above_points: whole("VETO_ABOVE_RISK_SCORE", default.veto_above_points),
        deadline_ms: whole("AGENTS_DEADLINE_MS", default.deadline_ms),
        ..default
    }
}

#[cfg(test)]
mod tests {
    use domain::{Flag, Mode};

    use crate::Environment;
    use crate::configuration::{Configuration, ConfigurationError};

    fn parsed(pairs: &[(&str, &str)]) -> Result<Configuration, ConfigurationError> {
        let named = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let environment: Environment = named.collect();
        Configuration::parse(&environment)
    }

    #[test]
    fn flags_and_routing_come_from_the_environment() {
        let found = parsed(&[
            ("ENABLE_VARIANT_B", "true"),
            ("ENABLE_ORB_SPECIALIST", "1"),
            ("EXPERIMENT_MODE", "PAIRED"),
            ("AB_SPLIT_PERCENTAGE", "30"),
            ("ENTER_AT_CONFIDENCE", "70"),
        ])
        .unwrap();
        let settings = &found.settings;
        assert!(settings.flags.is_on(Flag::OrbSpecialist));
        assert_eq!(found.flags.get(Flag::OrbSpecialist), Some(true));
        assert_eq!(found.flags.get(Flag::StratSpecialist), None);
        assert_eq!(settings.routing.mode, Mode::Paired);
        assert_eq!(settings.routing.split_percentage, 30);
        assert_eq!(settings.committee.enter_at_points, 70);
    }

    #[test]
    fn a_flag_beside_a_master_switch_that_is_off_is_refused() {
        let both = [
            ("ENABLE_VARIANT_B", "false"),
            ("ENABLE_SHADOW_EXECUTION", "true"),
        ];
        let refused = parsed(&both).unwrap_err().to_string();
        assert!(refused.contains("ENABLE_SHADOW_EXECUTION"), "{refused}");
        // The table may have the master switch on.
        assert!(parsed(&both[1..]).is_ok());
        assert!(parsed(&[("ENABLE_VARIANT_B", "false")]).is_ok());
    }
}
