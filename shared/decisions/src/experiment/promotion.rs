//! Whether Engine B may take Engine A's place, by the rule that was set beforehand. It says what
//! is in the way; a person promotes.

use domain::Experiment;
use quant::statistics::promotion::{Obstacle, PromotionRule, Standing};
use serde::Serialize;

use super::guardrails::{Guardrail, GuardrailName, Outcome};

/// What is in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InTheWay {
    /// Outside an experiment there is nothing to promote.
    NoExperiment,
    /// An engine has fewer signals than planned.
    TooFewSignals,
    /// It lasted fewer trading days than planned.
    TooFewSessions,
    /// The engines' shares of the signals aren't known to be right.
    SampleRatio,
    /// The sequential test shows no difference.
    NotSignificant,
    /// B isn't the better one.
    NotBetter,
    /// B's equity fell too deep, or nobody knows how deep.
    Drawdown,
    /// Circumstances rejected too much of B's, or nobody knows how much.
    CapacityRejections,
    /// B takes too long to decide, or nobody knows how long.
    DecisionLatency,
}

/// Whether B may be promoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Promotion {
    /// Whether nothing is in the way.
    pub may_promote: bool,
    /// What is.
    pub in_the_way: Vec<InTheWay>,
}

impl Promotion {
    /// By the experiment's own plan, at this level.
    pub(super) fn of(
        experiment: Option<&Experiment>,
        standing: &Standing,
        guardrails: &[Guardrail],
        alpha: f64,
    ) -> Self {
        let in_the_way = experiment.map_or_else(
            || vec![InTheWay::NoExperiment],
            |experiment| in_the_way(experiment, standing, guardrails, alpha),
        );
        Self {
            may_promote: in_the_way.is_empty(),
            in_the_way,
        }
    }
}

fn in_the_way(
    experiment: &Experiment,
    standing: &Standing,
    guardrails: &[Guardrail],
    alpha: f64,
) -> Vec<InTheWay> {
    let whole = |planned| usize::try_from(planned).unwrap_or(usize::MAX);
    let rule = PromotionRule {
        per_arm_min: whole(experiment.planned.signals_per_engine),
        sessions_min: whole(experiment.planned.sessions),
        alpha,
        drawdown_worse_max: experiment.guardrails.drawdown_worse_max_percent.share(),
    };
    let obstacles = rule.obstacles(standing).into_iter().map(InTheWay::from);
    let unguarded = guardrails.iter().filter(|one| one.outcome != Outcome::Pass);
    obstacles
        .chain(unguarded.filter_map(|one| beyond_the_rule(one.name)))
        .collect()
}

/// What the rule doesn't look at itself.
fn beyond_the_rule(name: GuardrailName) -> Option<InTheWay> {
    match name {
        GuardrailName::Drawdown => None,
        GuardrailName::CapacityRejections => Some(InTheWay::CapacityRejections),
        GuardrailName::DecisionLatency => Some(InTheWay::DecisionLatency),
    }
}

impl From<Obstacle> for InTheWay {
    fn from(obstacle: Obstacle) -> Self {
        match obstacle {
            Obstacle::TooFewObservations => Self::TooFewSignals,
            Obstacle::TooFewSessions => Self::TooFewSessions,
            Obstacle::SampleRatio => Self::SampleRatio,
            Obstacle::NotSignificant => Self::NotSignificant,
            Obstacle::NotBetter => Self::NotBetter,
            Obstacle::Drawdown => Self::Drawdown,
        }
    }
}

impl InTheWay {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoExperiment => "there is no experiment",
            Self::TooFewSignals => "fewer signals per engine than planned",
            Self::TooFewSessions => "fewer trading days than planned",
            Self::SampleRatio => "the engines' shares of the signals aren't known to be right",
            Self::NotSignificant => "the sequential test shows no difference",
            Self::NotBetter => "B isn't the better one",
            Self::Drawdown => "B's drawdown",
            Self::CapacityRejections => "B's rejections by circumstances",
            Self::DecisionLatency => "B's time to decide",
        }
    }
}
