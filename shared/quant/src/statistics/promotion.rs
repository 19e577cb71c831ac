//! Whether an experiment's variant may take the control's place: the rule, and what is in its
//! way. It reports; whoever reads it promotes.

/// What a variant has to show.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PromotionRule {
    /// Observations in each arm.
    pub per_arm_min: usize,
    /// Trading sessions that the experiment lasted.
    pub sessions_min: usize,
    /// The always-valid p-value has to be below this.
    pub alpha: f64,
    /// The variant's deepest drawdown may be worse than the control's by this share of it.
    pub drawdown_worse_max: f64,
}

impl Default for PromotionRule {
    fn default() -> Self {
        Self {
            per_arm_min: 100,
            sessions_min: 20,
            alpha: 0.05,
            drawdown_worse_max: 0.25,
        }
    }
}

/// Where an experiment stands. What is absent can't speak for the variant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Observations of the control and of the variant.
    pub per_arm: [usize; 2],
    /// Trading sessions so far.
    pub sessions: usize,
    /// Whether the arms are wrongly filled.
    pub is_mismatch: Option<bool>,
    /// Mean of the variant less mean of the control.
    pub difference: Option<f64>,
    /// The always-valid p-value.
    pub p: Option<f64>,
    /// The deepest drawdowns of the control and of the variant, 0 to 1.
    pub drawdowns: Option<[f64; 2]>,
}

/// What is in the way of a promotion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// An arm has too few observations.
    TooFewObservations,
    /// It hasn't lasted long enough.
    TooFewSessions,
    /// The arms are wrongly filled, or nobody can tell yet.
    SampleRatio,
    /// No difference is shown.
    NotSignificant,
    /// The variant is the worse one.
    NotBetter,
    /// The variant fell too deep.
    Drawdown,
}

impl PromotionRule {
    /// Everything that is in the way; nothing if the variant may be promoted.
    pub fn obstacles(&self, standing: &Standing) -> Vec<Obstacle> {
        let fewest = standing.per_arm.into_iter().min().unwrap_or(0);
        [
            (fewest < self.per_arm_min, Obstacle::TooFewObservations),
            (
                standing.sessions < self.sessions_min,
                Obstacle::TooFewSessions,
            ),
            (standing.is_mismatch != Some(false), Obstacle::SampleRatio),
            (!self.is_significant(standing), Obstacle::NotSignificant),
            (
                !standing.difference.is_some_and(|more| more > 0.0),
                Obstacle::NotBetter,
            ),
            (!self.is_drawdown_bearable(standing), Obstacle::Drawdown),
        ]
        .into_iter()
        .filter_map(|(stands, obstacle)| stands.then_some(obstacle))
        .collect()
    }

    fn is_significant(&self, standing: &Standing) -> bool {
        standing.p.is_some_and(|p| p < self.alpha)
    }

    fn is_drawdown_bearable(&self, standing: &Standing) -> bool {
        let limit = 1.0 + self.drawdown_worse_max;
        let falls = standing.drawdowns;
        falls.is_some_and(|[control, variant]| variant <= control * limit)
    }
}
