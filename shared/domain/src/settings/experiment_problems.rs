//! The ranges of an experiment and of the routing, and what a new version of them may not say.

use rust_decimal::Decimal;

use super::problems::{Checked, SettingsProblem, range};
use super::{RiskLimits, Settings};
use crate::engine::Engine;
use crate::experiment::{Experiment, Mode};
use crate::flags::Flag;

/// The longest text of an experiment, in bytes.
const TEXT_MAX: usize = 2_000;

impl Settings {
    pub(super) fn check_routing(&self, found: &mut Checked) {
        let share = self.routing.split_percentage;
        range(found, "split_percentage", share.into(), 0, 100);
        if let Some(experiment) = &self.experiment {
            check(experiment, found);
        }
    }

    /// The experiment, while it runs.
    pub fn running_experiment(&self) -> Option<&Experiment> {
        self.experiment.as_deref().filter(|it| it.is_running())
    }

    /// How signals are shared out now.
    pub fn mode(&self) -> Mode {
        self.running_experiment()
            .map_or(self.routing.mode, |it| it.mode)
    }

    /// Whether Engine B gets signals to judge. In split mode it gets none while its entries
    /// aren't traded: the signals that it took away from Engine A would be lost to both.
    pub fn engine_b_judges(&self) -> bool {
        let on = |flag| self.flags.is_on(flag);
        on(Flag::VariantB) && (self.mode() == Mode::Paired || on(Flag::ShadowExecution))
    }

    /// These settings with equal limits for both engines, if an experiment runs.
    #[must_use]
    pub fn with_equal_limits(mut self) -> Self {
        if self.running_experiment().is_some() {
            let limits = &mut self.risk_limits;
            let least = Engine::ALL.map(|it| limits.max_positions_per_symbol(it));
            let [a, b] = least;
            *limits = RiskLimits {
                max_positions_per_symbol_a: a.min(b),
                max_positions_per_symbol_b: a.min(b),
                ..limits.clone()
            };
        }
        self
    }

    /// What a new version must not bring about, though it could be lived with: flags without the
    /// one that they need, and a split whose second half is never traded.
    pub fn problems_where_set(&self) -> Vec<SettingsProblem> {
        let mut found = self.flags.problems();
        let is_on = |flag| self.flags.is_on(flag);
        if is_on(Flag::VariantB) && !is_on(Flag::ShadowExecution) && self.mode() == Mode::Split {
            found.push(SettingsProblem {
                field: Flag::VariantB.name(),
                message: "in split mode needs enable_shadow_execution: what is routed to Engine B \
                          would never be traded. Turn that on, too, or set the mode to paired"
                    .to_owned(),
            });
        }
        found
    }
}

impl Settings {
    /// What keeps the experiment from running: nothing could be compared.
    pub fn problems_of_start(&self) -> Vec<SettingsProblem> {
        if self.running_experiment().is_none() || self.flags.is_on(Flag::ShadowExecution) {
            return Vec::new();
        }
        let message = "an experiment needs enable_variant_b and enable_shadow_execution: \
                       without trades of Engine B there is nothing to compare";
        vec![SettingsProblem {
            field: Flag::ShadowExecution.name(),
            message: message.to_owned(),
        }]
    }
}

fn check(experiment: &Experiment, found: &mut Checked) {
    let (planned, guardrails) = (&experiment.planned, &experiment.guardrails);
    let worse = guardrails.drawdown_worse_max_percent.0;
    let more = guardrails.capacity_rejections_more_max_percent.0;
    for (field, value, low, high) in [
        (
            "split_percentage",
            experiment.split_percentage.into(),
            0,
            100,
        ),
        (
            "signals_per_engine",
            planned.signals_per_engine.into(),
            20,
            1_000_000,
        ),
        ("sessions", planned.sessions.into(), 1, 2_000),
        ("drawdown_worse_max_percent", worse, 0, 1_000),
        ("capacity_rejections_more_max_percent", more, 0, 100),
        (
            "decision_latency_more_max_ms",
            guardrails.decision_latency_more_max_ms.into(),
            0,
            60_000,
        ),
    ] {
        range(found, field, value, low, high);
    }
    let effect = experiment.expected_effect_percent.0;
    if effect <= Decimal::ZERO || effect > Decimal::ONE_HUNDRED {
        found.push(SettingsProblem {
            field: "expected_effect_percent",
            message: format!("is {effect}; it may be above 0 and up to 100"),
        });
    }
    if experiment.hypothesis.trim().is_empty() || experiment.hypothesis.len() > TEXT_MAX {
        found.push(SettingsProblem {
            field: "hypothesis",
            message: format!("must be told, in at most {TEXT_MAX} bytes"),
        });
    }
    if experiment
        .stopped_at
        .is_some_and(|at| at < experiment.started_at)
    {
        found.push(SettingsProblem {
            field: "stopped_at",
            message: "must not be before started_at".to_owned(),
        });
    }
}
