//! What an agent of Engine B says of a signal, and why; or why it says nothing.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::ids::SignalId;
use crate::reason::Rejection;
use crate::signal::Direction;

/// A word of an agent: written in the program, or read from the ledger.
pub type Word = Cow<'static, str>;

/// An agent's name, such as `technical`: it stands in settings, opinions and reports.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AgentName(Word);

impl AgentName {
    /// The name as the agent itself tells it.
    pub const fn of(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// The name as somebody wrote it, whether or not there is such an agent.
    pub fn read(name: &str) -> Self {
        Self(Cow::Owned(name.to_owned()))
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AgentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where in the committee an agent sits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AgentKind {
    /// Asked on every signal.
    Core,
    /// Knows one way of trading.
    Specialist,
    /// A further layer, as long as it proves itself.
    Subagent,
}

/// Which way an agent sees the underlying go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Bias {
    /// Up.
    Bullish,
    /// Down.
    Bearish,
    /// Neither.
    Neutral,
}

impl Bias {
    /// Whether it agrees with a signal's direction; a neutral one neither agrees nor disagrees.
    pub fn agrees_with(self, direction: Direction) -> Option<bool> {
        match (self, direction) {
            (Self::Neutral, _) => None,
            (Self::Bullish, Direction::Long) | (Self::Bearish, Direction::Short) => Some(true),
            _ => Some(false),
        }
    }

    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bullish => "bullish",
            Self::Bearish => "bearish",
            Self::Neutral => "neutral",
        }
    }
}

impl fmt::Display for Bias {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A whole number from 0 to 100.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(try_from = "u32", into = "u32")]
pub struct Points100(u32);

/// A number above 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is above 100")]
pub struct Above100(u32);

impl Points100 {
    /// The most.
    pub const MAX: Self = Self(100);

    /// The number itself, or 100 if it is above.
    pub fn at_most(points: u32) -> Self {
        Self(points.min(100))
    }

    /// The number.
    pub fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Points100 {
    type Error = Above100;
    fn try_from(points: u32) -> Result<Self, Above100> {
        if points <= 100 {
            Ok(Self(points))
        } else {
            Err(Above100(points))
        }
    }
}

impl From<Points100> for u32 {
    fn from(points: Points100) -> Self {
        points.0
    }
}

impl fmt::Display for Points100 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Why an agent thinks what it thinks: one thing that it saw.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Reason {
    /// Its name, such as `above_averages`.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub name: Word,
    /// What it counts: positive for a rise, negative for a fall; for a risk how much of it.
    pub points: i32,
    /// The numbers that led to it, by their names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = BTreeMap<String, f64>))]
    pub figures: BTreeMap<Word, f64>,
}

/// What an agent says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Opinion {
    /// Which way.
    pub bias: Bias,
    /// How sure it is, from 0 to 100; lower when evidence was missing.
    pub confidence: Points100,
    /// How risky the entry is, from 0 to 100; the Risk agent's alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk_score: Option<Points100>,
    /// Why the entry must not be made, whatever the others say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<Rejection>,
    /// Everything that it saw.
    pub reasons: Vec<Reason>,
    /// What it would have looked at and couldn't.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
    pub missing: Vec<Word>,
    /// What it told apart, such as `market_regime: trending`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = BTreeMap<String, String>))]
    pub metadata: BTreeMap<Word, Word>,
}

/// Why an agent says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Absence {
    /// Its flag is off.
    Off,
    /// There is nothing that it could look at.
    NoEvidence,
    /// It failed.
    Failed,
    /// It took too long.
    OutOfTime,
}

impl Absence {
    /// Whether it follows from flags and evidence; if not, it was an accident, and a replay has
    /// to be told of it.
    pub fn is_reasoned(self) -> bool {
        matches!(self, Self::Off | Self::NoEvidence)
    }

    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::NoEvidence => "no_evidence",
            Self::Failed => "failed",
            Self::OutOfTime => "out_of_time",
        }
    }
}

/// What came of asking an agent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// An opinion.
    Given(Opinion),
    /// None.
    Absent {
        /// What kept it.
        absence: Absence,
        /// In words.
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        why: Word,
    },
}

impl Answer {
    /// An answer that isn't one.
    pub fn absent(absence: Absence, why: impl Into<Word>) -> Self {
        let why = why.into();
        Self::Absent { absence, why }
    }

    /// The opinion, if there is one.
    pub fn opinion(&self) -> Option<&Opinion> {
        match self {
            Self::Given(opinion) => Some(opinion),
            Self::Absent { .. } => None,
        }
    }
}

/// An agent, and what came of asking it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Heard {
    /// Who.
    pub agent: AgentName,
    /// Where in the committee it sits.
    pub kind: AgentKind,
    /// What it said.
    #[serde(flatten)]
    pub answer: Answer,
}

/// All that the committee said of a signal, in the order in which it sits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Opinions {
    /// The signal.
    pub signal_id: SignalId,
    /// Whose committee.
    pub engine: Engine,
    /// Each agent.
    pub heard: Vec<Heard>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bias_of_the_same_way_agrees() {
        for (bias, long, short) in [
            (Bias::Bullish, Some(true), Some(false)),
            (Bias::Bearish, Some(false), Some(true)),
            (Bias::Neutral, None, None),
        ] {
            assert_eq!(bias.agrees_with(Direction::Long), long);
            assert_eq!(bias.agrees_with(Direction::Short), short);
        }
    }

    #[test]
    fn answers_survive_their_form() {
        let heard = [
            Heard {
                agent: AgentName::of("strat"),
                kind: AgentKind::Specialist,
                answer: Answer::absent(Absence::Off, "enable_strat_specialist is off"),
            },
            Heard {
                agent: AgentName::of("technical"),
                kind: AgentKind::Core,
                answer: Answer::Given(Opinion {
                    bias: Bias::Bullish,
                    confidence: Points100::at_most(64),
                    risk_score: None,
                    block: None,
                    reasons: vec![Reason {
                        name: "above_averages".into(),
                        points: 20,
                        figures: [("ema_8".into(), 621.53)].into(),
                    }],
                    missing: vec!["volume".into()],
                    metadata: [("trend".into(), "up".into())].into(),
                }),
            },
        ];
        for heard in heard {
            let json = serde_json::to_string(&heard).unwrap();
            assert_eq!(serde_json::from_str::<Heard>(&json).unwrap(), heard);
        }
    }

    #[test]
    fn more_than_a_hundred_points_are_refused() {
        assert!(serde_json::from_str::<Points100>("101").is_err());
        assert_eq!(Points100::at_most(101), Points100::MAX);
    }
}
