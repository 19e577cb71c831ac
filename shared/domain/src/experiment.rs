//! Experiments: what is compared, how signals are shared out, and what was promised before it
//! began. An experiment is a record of its own; each change of it is a new version.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::money::Percent;
use crate::routing::bucket;

/// How signals are shared out between the engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Each signal goes to one engine, by its bucket.
    #[default]
    Split,
    /// Each signal goes to both: the stronger experiment.
    Paired,
}

impl Mode {
    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Split => "split",
            Self::Paired => "paired",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The name of an experiment: 1 to 40 of `a`-`z`, `0`-`9` and `-`. It salts the routing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ExperimentId(String);

/// A text that can't name an experiment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` can't name an experiment: 1 to 40 of a-z, 0-9 and -")]
pub struct ExperimentIdError(String);

impl ExperimentId {
    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ExperimentId {
    type Err = ExperimentIdError;
    fn from_str(text: &str) -> Result<Self, ExperimentIdError> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if (1..=40).contains(&text.len()) && text.bytes().all(fits) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ExperimentIdError(text.chars().take(60).collect()))
        }
    }
}

impl TryFrom<String> for ExperimentId {
    type Error = ExperimentIdError;
    fn try_from(text: String) -> Result<Self, ExperimentIdError> {
        text.parse()
    }
}

impl From<ExperimentId> for String {
    fn from(id: ExperimentId) -> Self {
        id.0
    }
}

impl fmt::Display for ExperimentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the engines are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PrimaryMetric {
    /// Net result by premium paid, for each signal; a signal without an entry counts as zero.
    #[default]
    NetReturnPerSignal,
}

impl PrimaryMetric {
    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Self::NetReturnPerSignal => "net_return_per_signal",
        }
    }
}

/// What must not become worse, whatever the primary metric says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Guardrails {
    /// B's maximum drawdown may exceed A's by so many percent of A's; 0 to 1,000.
    pub drawdown_worse_max_percent: Percent,
    /// B's share of signals rejected by circumstances may exceed A's by so many points; 0 to 100.
    pub capacity_rejections_more_max_percent: Percent,
    /// B may take so much longer from alert to decision at the 95th percentile; 0 to 60,000.
    pub decision_latency_more_max_ms: u32,
}

impl Default for Guardrails {
    fn default() -> Self {
        Self {
            drawdown_worse_max_percent: Percent::whole(25),
            capacity_rejections_more_max_percent: Percent::whole(10),
            decision_latency_more_max_ms: 1_000,
        }
    }
}

/// How much is to be seen before anything is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlannedSample {
    /// Signals that each engine is to have; 20 to 1,000,000.
    pub signals_per_engine: u32,
    /// Trading days; 1 to 2,000.
    pub sessions: u32,
}

impl Default for PlannedSample {
    fn default() -> Self {
        Self {
            signals_per_engine: 100,
            sessions: 20,
        }
    }
}

/// An experiment, as it was planned and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Experiment {
    /// Its name.
    pub experiment_id: ExperimentId,
    /// What is expected, in words.
    pub hypothesis: String,
    /// What decides.
    pub primary_metric: PrimaryMetric,
    /// What must not suffer.
    pub guardrails: Guardrails,
    /// When it may be judged.
    pub planned: PlannedSample,
    /// The effect that the sequential test is tuned to, in percent of the premium for each
    /// signal; fixed before the start, above 0 and at most 100.
    pub expected_effect_percent: Percent,
    /// How signals are shared out.
    pub mode: Mode,
    /// Share of signals that Engine A gets in split mode, in percent; 0 to 100.
    pub split_percentage: u8,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended; absent while it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<DateTime<Utc>>,
    /// Why it ended, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped_because: Option<String>,
}

impl Experiment {
    /// Whether it hasn't ended.
    pub fn is_running(&self) -> bool {
        self.stopped_at.is_none()
    }
}

/// How signals are shared out, as it is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RoutingRules {
    /// Whether a signal goes to one engine or to both.
    pub mode: Mode,
    /// Share of signals that Engine A gets in split mode, in percent; 0 to 100.
    pub split_percentage: u8,
}

impl Default for RoutingRules {
    fn default() -> Self {
        Self {
            mode: Mode::Split,
            split_percentage: 50,
        }
    }
}

/// The salt of the routing while no experiment runs.
const NO_EXPERIMENT: &str = "none";

/// Why an assignment went to its engine: enough to check it later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Routed {
    /// The experiment that was running.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub experiment_id: Option<ExperimentId>,
    /// How signals were shared out.
    pub mode: Mode,
    /// The signal's bucket, 0 to 99.
    pub bucket: u8,
    /// Engine A's share then, in percent.
    pub split_percentage: u8,
}

impl Routed {
    /// The routing of the signal with this hash.
    pub fn of(signal_hash: &str, experiment: Option<&Experiment>, rules: &RoutingRules) -> Self {
        let running = experiment.filter(|experiment| experiment.is_running());
        let experiment_id = running.map(|it| &it.experiment_id);
        Self {
            bucket: Self::bucket_of(signal_hash, experiment_id),
            experiment_id: experiment_id.cloned(),
            mode: running.map_or(rules.mode, |it| it.mode),
            split_percentage: running.map_or(rules.split_percentage, |it| it.split_percentage),
        }
    }

    /// The bucket of the signal with this hash, whether or not the experiment still runs.
    pub fn bucket_of(signal_hash: &str, experiment_id: Option<&ExperimentId>) -> u8 {
        let salt = experiment_id.map_or(NO_EXPERIMENT, ExperimentId::as_str);
        u8::try_from(bucket(&format!("{salt}:{signal_hash}"))).unwrap_or(u8::MAX)
    }

    /// Whether an engine is to judge the signal.
    pub fn reaches(&self, engine: Engine) -> bool {
        let is_a = self.bucket < self.split_percentage;
        match self.mode {
            Mode::Paired => true,
            Mode::Split => is_a == (engine == Engine::A),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(mode: Mode, split_percentage: u8) -> RoutingRules {
        RoutingRules {
            mode,
            split_percentage,
        }
    }

    #[test]
    fn a_split_reaches_exactly_one_engine_and_a_pair_both() {
        for number in 0..500 {
            let hash = format!("{number:064x}");
            for share in [0, 1, 50, 99, 100] {
                let split = Routed::of(&hash, None, &rules(Mode::Split, share));
                assert_ne!(split.reaches(Engine::A), split.reaches(Engine::B));
                if share == 0 || share == 100 {
                    assert_eq!(split.reaches(Engine::A), share == 100);
                }
            }
            let paired = Routed::of(&hash, None, &rules(Mode::Paired, 50));
            assert!(paired.reaches(Engine::A) && paired.reaches(Engine::B));
        }
    }

    #[test]
    fn names_are_short_and_plain() {
        for good in [
            "a",
            "orb-2026-11",
            "0123456789012345678901234567890123456789",
        ] {
            assert!(good.parse::<ExperimentId>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "Orb",
            "a:b",
            "a b",
            "01234567890123456789012345678901234567890",
        ] {
            assert!(bad.parse::<ExperimentId>().is_err(), "{bad}");
        }
    }
}
