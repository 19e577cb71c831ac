//! What an ex-date does to the values of one level of the tree.
//!
//! Just before it exercise still catches the dividend; after it the option is one on a spot that
//! fell, whose value lies between two nodes. The date rarely meets a level: it falls within the
//! step after one, and what it yields is discounted to the level (on interpolation between nodes
//! see M. Vellekoop and J. Nieuwenhuis, 2006).

use super::super::BlackScholesInputs;
use super::CashDividend;
use super::lattice::Lattice;
use crate::normal;

/// One ex-date, seen from the level before it.
pub(super) struct ExDate<'a> {
    lattice: &'a Lattice<'a>,
    level: u32,
    /// What the spot of the level loses by the dividend.
    fall_usd: f64,
    /// From the level to the ex-date.
    wait_years: f64,
    /// What exercise on the ex-date yields, as of the level.
    exercise: Exercise,
}

/// What exercise after a wait yields, as of now.
struct Exercise {
    sign: f64,
    /// Of dividends paid in the meantime.
    spot_discount: f64,
    strike_discounted: f64,
}

impl Exercise {
    fn after(wait_years: f64, inputs: &BlackScholesInputs) -> Self {
        Self {
            sign: inputs.right.sign(),
            spot_discount: libm::exp(-inputs.dividend_yield * wait_years),
            strike_discounted: inputs.strike * libm::exp(-inputs.rate * wait_years),
        }
    }

    /// Below zero where it would lose.
    fn yields(&self, spot: f64) -> f64 {
        self.sign * (spot * self.spot_discount - self.strike_discounted)
    }
}

impl<'a> ExDate<'a> {
    pub(super) fn of(lattice: &'a Lattice<'a>, level: u32, dividend: &CashDividend) -> Self {
        let inputs = lattice.inputs;
        let wait_years = dividend.years - lattice.years(level);
        let growth = inputs.rate - inputs.dividend_yield;
        Self {
            lattice,
            level,
            fall_usd: dividend.amount_usd * libm::exp(-growth * wait_years),
            wait_years,
            exercise: Exercise::after(wait_years, inputs),
        }
    }

    /// From values without the dividend to values with it still to come.
    pub(super) fn apply(&self, values: &mut [f64]) {
        let forward = self.lattice.forward(self.level);
        let nodes = self.lattice.nodes(self.level);
        let kept = self.kept(forward, nodes, values);
        let exercised: Vec<f64> = nodes
            .iter()
            .map(|node| self.exercise.yields(forward * node))
            .collect();
        let advantage: Vec<f64> = kept.iter().zip(&exercised).map(|(a, b)| a - b).collect();
        let blur = self.blur();
        for (node, value) in values.iter_mut().enumerate() {
            *value = exercised[node] + better(&advantage, node, blur);
        }
    }

    /// The values of whoever keeps the option beyond the ex-date. Far below the tree it is
    /// certain how the option ends.
    fn kept(&self, forward: f64, nodes: &[f64], values: &[f64]) -> Vec<f64> {
        let inputs = self.lattice.inputs;
        let left_years = inputs.years - self.lattice.years(self.level);
        let at_expiry = Exercise::after(left_years, inputs);
        nodes
            .iter()
            .map(|node| {
                let spot = (forward * node - self.fall_usd).max(0.0);
                self.between(values, spot / (forward * nodes[0]))
                    .unwrap_or_else(|| at_expiry.yields(spot).max(0.0))
                    .max(self.exercise.yields(spot))
            })
            .collect()
    }

    /// The value between nodes, by the cubic through the four around; none below the lowest.
    fn between(&self, values: &[f64], over_lowest: f64) -> Option<f64> {
        let place = libm::log(over_lowest) / (2.0 * self.lattice.spacing);
        if place < 0.0 {
            return None;
        }
        let first = floor(place, values.len() - 2)
            .saturating_sub(1)
            .min(values.len() - 4);
        let around = &values[first..first + 4];
        Some(cubic(around, place - as_number(first)).max(0.0))
    }

    /// By how many nodes the spot may still move until the ex-date, and half a node more so that
    /// it doesn't matter where between nodes the two values meet.
    fn blur(&self) -> f64 {
        0.5 * (self.wait_years / self.lattice.step_years + 1.0).sqrt()
    }
}

/// The mean of `max(advantage, 0)` where the node moves by `blur` nodes, a normal amount, and the
/// advantage with it along its slope there.
fn better(advantage: &[f64], node: usize, blur: f64) -> f64 {
    let last = advantage.len() - 1;
    let (left, right) = (node.saturating_sub(1), (node + 1).min(last));
    let slope = (advantage[right] - advantage[left]) / as_number(right - left);
    let deviation = slope.abs() * blur;
    let here = advantage[node];
    if here.abs() >= 8.0 * deviation {
        return here.max(0.0);
    }
    let distance = here / deviation;
    here * normal::cdf(distance) + deviation * normal::pdf(distance)
}

/// The cubic through four values at 0, 1, 2 and 3.
fn cubic(values: &[f64], x: f64) -> f64 {
    let (a, b, c) = (x - 1.0, x - 2.0, x - 3.0);
    let outer = x * a * b * values[3] - a * b * c * values[0];
    let inner = x * b * c * values[1] - x * a * c * values[2];
    outer / 6.0 + inner / 2.0
}

/// The whole number at or below `place`, and `most` at most.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast of a float ends at the integer's bounds"
)]
fn floor(place: f64, most: usize) -> usize {
    (place as usize).min(most)
}

#[expect(clippy::cast_precision_loss, reason = "a tree has some hundred nodes")]
fn as_number(count: usize) -> f64 {
    count as f64
}
