//! The feature flags: six switches of Engine B, all off unless somebody turned them on.
//!
//! The environment beats the table, the table beats the default. A flag that needs another one
//! is refused without it where it is set; where it is read without it, it is off: so the master
//! switch alone is enough to stop everything in an emergency.

use serde::{Deserialize, Serialize};

use crate::settings::SettingsProblem;

/// The switches as they are set. Ask the methods, not the fields, whether something is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch by itself")]
pub struct Flags {
    /// Engine B decides.
    pub enable_variant_b: bool,
    /// The opening range specialist votes.
    pub enable_orb_specialist: bool,
    /// The Strat specialist votes.
    pub enable_strat_specialist: bool,
    /// The squeeze specialist votes.
    pub enable_ttm_specialist: bool,
    /// The Satyland sub-agent votes.
    pub enable_satyland_subagent: bool,
    /// What Engine B decides to enter is traded, on paper.
    pub enable_shadow_execution: bool,
}

/// A flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flag {
    /// `enable_variant_b`.
    VariantB,
    /// `enable_orb_specialist`.
    OrbSpecialist,
    /// `enable_strat_specialist`.
    StratSpecialist,
    /// `enable_ttm_specialist`.
    TtmSpecialist,
    /// `enable_satyland_subagent`.
    SatylandSubagent,
    /// `enable_shadow_execution`.
    ShadowExecution,
}

impl Flag {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::VariantB,
        Self::OrbSpecialist,
        Self::StratSpecialist,
        Self::TtmSpecialist,
        Self::SatylandSubagent,
        Self::ShadowExecution,
    ];

    /// Its name in the table; in capitals, its name in the environment.
    pub fn name(self) -> &'static str {
        match self {
            Self::VariantB => "enable_variant_b",
            Self::OrbSpecialist => "enable_orb_specialist",
            Self::StratSpecialist => "enable_strat_specialist",
            Self::TtmSpecialist => "enable_ttm_specialist",
            Self::SatylandSubagent => "enable_satyland_subagent",
            Self::ShadowExecution => "enable_shadow_execution",
        }
    }

    /// The flag of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flag| flag.name() == name)
    }
}

impl Flags {
    /// Whether a flag is on, and the one that it needs.
    pub fn is_on(&self, flag: Flag) -> bool {
        self.enable_variant_b && self.is_set(flag)
    }

    /// Whether a flag is set, whatever it needs.
    pub fn is_set(&self, flag: Flag) -> bool {
        match flag {
            Flag::VariantB => self.enable_variant_b,
            Flag::OrbSpecialist => self.enable_orb_specialist,
            Flag::StratSpecialist => self.enable_strat_specialist,
            Flag::TtmSpecialist => self.enable_ttm_specialist,
            Flag::SatylandSubagent => self.enable_satyland_subagent,
            Flag::ShadowExecution => self.enable_shadow_execution,
        }
    }

    /// The same flags with one of them set.
    #[must_use]
    pub fn with(mut self, flag: Flag, on: bool) -> Self {
        let field = match flag {
            Flag::VariantB => &mut self.enable_variant_b,
            Flag::OrbSpecialist => &mut self.enable_orb_specialist,
            Flag::StratSpecialist => &mut self.enable_strat_specialist,
            Flag::TtmSpecialist => &mut self.enable_ttm_specialist,
            Flag::SatylandSubagent => &mut self.enable_satyland_subagent,
            Flag::ShadowExecution => &mut self.enable_shadow_execution,
        };
        *field = on;
        self
    }

    /// What is set without the flag that it needs.
    pub fn problems(&self) -> Vec<SettingsProblem> {
        let needy = |flag: &Flag| self.is_set(*flag) && !self.enable_variant_b;
        Flag::ALL
            .into_iter()
            .filter(needy)
            .map(|flag| SettingsProblem {
                field: flag.name(),
                message: "needs enable_variant_b, which is off".to_owned(),
            })
            .collect()
    }
}

/// The flags that the environment settles, whatever the table says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FlagOverrides([Option<bool>; Flag::ALL.len()]);

impl FlagOverrides {
    /// What the environment says of each flag.
    pub fn read(of: impl Fn(Flag) -> Option<bool>) -> Self {
        Self(Flag::ALL.map(of))
    }

    /// What it says of one flag.
    pub fn get(&self, flag: Flag) -> Option<bool> {
        let pairs = Flag::ALL.into_iter().zip(self.0);
        pairs.into_iter().find(|pair| pair.0 == flag)?.1
    }

    /// The table's flags, with these laid over them.
    pub fn over(&self, flags: Flags) -> Flags {
        let settled = Flag::ALL.into_iter().zip(self.0);
        settled
            .filter_map(|(flag, value)| Some((flag, value?)))
            .fold(flags, |flags, (flag, value)| flags.with(flag, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_flag_is_its_own_field() {
        for flag in Flag::ALL {
            let set = Flags::default().with(flag, true);
            assert_eq!(
                Flag::ALL.map(|each| set.is_set(each)),
                Flag::ALL.map(|each| each == flag)
            );
            let json = serde_json::to_value(set).unwrap();
            assert_eq!(json[flag.name()], true, "{}", flag.name());
            assert_eq!(Flag::named(flag.name()), Some(flag));
        }
    }

    #[test]
    fn without_the_master_switch_all_others_are_refused_and_off() {
        for flag in Flag::ALL.into_iter().filter(|flag| *flag != Flag::VariantB) {
            let alone = Flags::default().with(flag, true);
            assert!(!alone.is_on(flag));
            assert_eq!(alone.problems().len(), 1, "{}", flag.name());
            let both = alone.with(Flag::VariantB, true);
            assert!(both.is_on(flag) && both.problems().is_empty());
        }
    }

    #[test]
    fn the_environment_wins() {
        let environment = FlagOverrides::read(|flag| (flag == Flag::VariantB).then_some(false));
        let table = Flags::default()
            .with(Flag::VariantB, true)
            .with(Flag::OrbSpecialist, true);
        let flags = environment.over(table);
        assert!(!flags.is_on(Flag::VariantB) && !flags.is_on(Flag::OrbSpecialist));
        assert!(flags.is_set(Flag::OrbSpecialist));
    }
}
