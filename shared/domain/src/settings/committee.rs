//! How the committee of Engine B votes: weights, and the confidence from which it enters.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::problems::{Checked, SettingsProblem, range};
use crate::opinion::AgentName;

/// The most that an agent may weigh.
const WEIGHT_MAX: u32 = 1_000;
/// The most weights that may be set.
const WEIGHTS_MAX: usize = 64;

/// How the committee votes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CommitteeRules {
    /// Weights by agent, 0 to 1,000; an agent that isn't named has its own default. Only their
    /// ratios count.
    #[cfg_attr(feature = "schema", schema(value_type = BTreeMap<String, u32>))]
    pub weights: BTreeMap<AgentName, u32>,
    /// The confidence from which the committee enters; 0 to 100.
    pub enter_at_points: u32,
    /// The risk score above which the Risk agent vetoes; 0 to 100.
    pub veto_above_points: u32,
    /// From which correlation of daily returns two underlyings count as one, in hundredths; 0 to
    /// 100.
    pub correlated_from_percent: u32,
    /// How long the agents together may take, in milliseconds; 10 to 2,500.
    pub deadline_ms: u32,
}

impl Default for CommitteeRules {
    fn default() -> Self {
        Self {
            weights: BTreeMap::new(),
            enter_at_points: 60,
            veto_above_points: 80,
            correlated_from_percent: 80,
            deadline_ms: 500,
        }
    }
}

impl CommitteeRules {
    pub(super) fn check(&self, found: &mut Checked) {
        let heavy = self
            .weights
            .iter()
            .filter(|(_, weight)| **weight > WEIGHT_MAX);
        found.extend(heavy.map(|(agent, weight)| SettingsProblem {
            field: "weights",
            message: format!("{agent} is {weight}; it may be 0 to {WEIGHT_MAX}"),
        }));
        if self.weights.len() > WEIGHTS_MAX {
            found.push(SettingsProblem {
                field: "weights",
                message: format!("are {}; there may be {WEIGHTS_MAX}", self.weights.len()),
            });
        }
        for (field, value, low, high) in [
            ("enter_at_points", self.enter_at_points, 0, 100),
            ("veto_above_points", self.veto_above_points, 0, 100),
            (
                "correlated_from_percent",
                self.correlated_from_percent,
                0,
                100,
            ),
            ("deadline_ms", self.deadline_ms, 10, 2_500),
        ] {
            range(found, field, value.into(), low, high);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    fn problems(change: impl Fn(&mut CommitteeRules)) -> Vec<&'static str> {
        let mut settings = Settings::default();
        change(&mut settings.committee);
        let found = settings.problems();
        found.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn what_is_out_of_range_is_named() {
        type Change = fn(&mut CommitteeRules);
        let cases: [(&str, Change); 5] = [
            ("weights", |it| {
                it.weights.insert(AgentName::of("risk"), 1_001);
            }),
            ("enter_at_points", |it| it.enter_at_points = 101),
            ("veto_above_points", |it| it.veto_above_points = 101),
            ("correlated_from_percent", |it| {
                it.correlated_from_percent = 101;
            }),
            ("deadline_ms", |it| it.deadline_ms = 9),
        ];
        for (field, change) in cases {
            assert_eq!(problems(change), [field]);
        }
        assert!(problems(|it| it.enter_at_points = 0).is_empty());
    }
}
