//! The kinds of settings.

/// A kind of settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SettingsKind {
    /// When positions are closed.
    ExitRules,
    /// How much an engine may hold and lose.
    RiskLimits,
    /// What is traded, and how fills are modelled.
    TradingRules,
    /// How the contract of an entry is chosen from a chain.
    StrikeSelection,
    /// How the committee of Engine B votes.
    Committee,
    /// What of Engine B is on.
    FeatureFlags,
    /// How signals are shared out while no experiment runs.
    Routing,
    /// The experiment: each version is the whole record.
    Experiment,
}

impl SettingsKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::ExitRules,
        Self::RiskLimits,
        Self::TradingRules,
        Self::StrikeSelection,
        Self::Committee,
        Self::FeatureFlags,
        Self::Routing,
        Self::Experiment,
    ];

    /// The kind's name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::ExitRules => "exit_rules",
            Self::RiskLimits => "risk_limits",
            Self::TradingRules => "trading_rules",
            Self::StrikeSelection => "strike_selection",
            Self::Committee => "committee",
            Self::FeatureFlags => "feature_flags",
            Self::Routing => "routing",
            Self::Experiment => "experiment",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    pub(super) fn partition(self) -> String {
        format!("SETTINGS#{}", self.name())
    }
}
