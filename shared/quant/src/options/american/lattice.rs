//! The tree, rolled back from expiry to now.
//!
//! Nodes follow the forward, so that the chance of a rise doesn't depend on rates and is always
//! one (J. Cox, S. Ross and M. Rubinstein, 1979, on the forward). The last step is priced by
//! Black and Scholes instead of by its payoff (M. Broadie and J. Detemple, 1996), which takes out
//! the error that swings with the number of steps and lets two sizes be extrapolated. The tree
//! begins with a few nodes beside the spot, for dividends to fall on.

use super::super::{BlackScholesError, BlackScholesInputs, Right};
use super::CashDividend;
use super::dividend::ExDate;

/// Nodes beside the spot at the start at least, on each side: what interpolation needs.
const PAD_MIN: u32 = 4;
/// Beyond so many deviations of one step from the strike its last step is as good as certain.
const CERTAIN: f64 = 9.0;

/// One tree.
pub(super) struct Lattice<'a> {
    pub(super) inputs: &'a BlackScholesInputs,
    dividends: &'a [CashDividend],
    steps: u32,
    /// Nodes beside the spot at the start, on each side.
    pad: u32,
    pub(super) step_years: f64,
    /// Half the distance of two nodes of one level, as a logarithm: a step's deviation.
    pub(super) spacing: f64,
    /// Nodes over the forward, lowest first, for even and for odd levels.
    over_forward: [Vec<f64>; 2],
}

impl<'a> Lattice<'a> {
    pub(super) fn new(
        inputs: &'a BlackScholesInputs,
        steps: u32,
        dividends: &'a [CashDividend],
    ) -> Self {
        let step_years = inputs.years / f64::from(steps);
        let spacing = inputs.volatility * step_years.sqrt();
        let pad = pad(inputs.spot, spacing, steps, dividends);
        let powers = |level: u32| {
            let highest = f64::from(level + 2 * pad);
            let exponent = |node: u32| 2.0 * f64::from(node) - highest;
            (0..=level + 2 * pad)
                .map(|node| libm::exp(exponent(node) * spacing))
                .collect()
        };
        Self {
            inputs,
            dividends,
            steps,
            pad,
            step_years,
            spacing,
            over_forward: [powers(steps), powers(steps - 1)],
        }
    }

    /// Dollars per share now.
    pub(super) fn price(&self) -> Result<f64, BlackScholesError> {
        let mut level = self.steps - 1;
        let mut values = self.last_step(level)?;
        let mut dividends = self.dividends;
        loop {
            let (here, earlier) = self.falling_in(level, dividends);
            dividends = earlier;
            for dividend in here {
                ExDate::of(self, level, dividend).apply(&mut values);
            }
            self.exercise(level, &mut values);
            if level == 0 {
                return Ok(values[self.pad as usize]);
            }
            level -= 1;
            self.roll_back(&mut values);
        }
    }

    pub(super) fn years(&self, level: u32) -> f64 {
        f64::from(level) * self.step_years
    }

    /// The forward of a level.
    pub(super) fn forward(&self, level: u32) -> f64 {
        let growth = self.inputs.rate - self.inputs.dividend_yield;
        self.inputs.spot * libm::exp(growth * self.years(level))
    }

    /// The nodes of a level over its forward, lowest first.
    pub(super) fn nodes(&self, level: u32) -> &[f64] {
        let parity = (self.steps - level) % 2;
        let below = (self.steps - parity - level) / 2;
        let first = below as usize;
        let count = (level + 2 * self.pad + 1) as usize;
        &self.over_forward[parity as usize][first..first + count]
    }

    /// The dividends of one level's step, and those before; the later ones come first.
    fn falling_in<'d>(
        &self,
        level: u32,
        dividends: &'d [CashDividend],
    ) -> (&'d [CashDividend], &'d [CashDividend]) {
        let start = self.years(level);
        let here = dividends.partition_point(|dividend| level == 0 || dividend.years >= start);
        dividends.split_at(here)
    }

    /// Each node's European price over the last step.
    fn last_step(&self, level: u32) -> Result<Vec<f64>, BlackScholesError> {
        let forward = self.forward(level);
        let wide = libm::exp(CERTAIN * self.spacing);
        let volatility_near = |spot: f64| {
            let ratio = spot / self.inputs.strike;
            let is_certain = ratio > wide || ratio * wide < 1.0;
            if is_certain {
                0.0
            } else {
                self.inputs.volatility
            }
        };
        let nodes = self.nodes(level).iter().map(|node| forward * node);
        nodes
            .map(|spot| {
                let last = BlackScholesInputs {
                    spot,
                    years: self.step_years,
                    volatility: volatility_near(spot),
                    ..*self.inputs
                };
                Ok(last.value()?.price)
            })
            .collect()
    }

    /// One level back: the discounted mean of the two nodes that follow each.
    fn roll_back(&self, values: &mut Vec<f64>) {
        let discount = libm::exp(-self.inputs.rate * self.step_years);
        let rise = discount / (libm::exp(self.spacing) + 1.0);
        let fall = discount - rise;
        for node in 1..values.len() {
            values[node - 1] = rise * values[node] + fall * values[node - 1];
        }
        values.pop();
    }

    /// Exercise wherever it is worth more.
    fn exercise(&self, level: u32, values: &mut [f64]) {
        let (forward, strike) = (self.forward(level), self.inputs.strike);
        let nodes = self.nodes(level);
        match self.inputs.right {
            Right::Call => raise(values, nodes, |node| forward * node - strike),
            Right::Put => raise(values, nodes, |node| strike - forward * node),
        }
    }
}

fn raise(values: &mut [f64], nodes: &[f64], exercised: impl Fn(f64) -> f64) {
    for (value, node) in values.iter_mut().zip(nodes) {
        let exercised = exercised(*node);
        *value = if exercised > *value {
            exercised
        } else {
            *value
        };
    }
}

/// As many nodes beside the spot as the dividends reach down, if that isn't more than the tree
/// has anyhow.
fn pad(spot: f64, spacing: f64, steps: u32, dividends: &[CashDividend]) -> u32 {
    let paid: f64 = dividends.iter().map(|dividend| dividend.amount_usd).sum();
    let left = (1.0 - paid / spot).max(0.01);
    let reach = -libm::log(left) / (2.0 * spacing);
    let most = steps / 2;
    (PAD_MIN..most)
        .find(|pad| f64::from(pad - PAD_MIN) >= reach)
        .unwrap_or(most)
}
