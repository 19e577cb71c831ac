//! The net exposure as a function of the underlying's price, and where it changes its sign. Each
//! contract's gamma is computed anew for each price; its volatility stays with its strike.

use super::chain::{Chain, Held};
use super::exponential::{LOWEST, exp_of_negative};
use super::nearest_strike;
use super::root::root_between;

/// The grid: from 0.80 to 1.20 of spot, by 0.0025.
const GRID_FROM: f64 = 0.80;
const GRID_STEP: f64 = 0.0025;
const GRID_POINTS: u32 = 161;
/// A crossing is narrowed to less than 1e-10 of spot.
const NARROW: f64 = 5e-11;
/// Contracts that are summed side by side.
const LANES: usize = 8;

/// A price, and the net exposure if the underlying stood there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProfilePoint {
    /// Dollars per share.
    pub price: f64,
    /// In [`super::UNIT`] at that price.
    pub net: f64,
}

/// A price at which the net exposure changes its sign.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// Dollars per share.
    pub price: f64,
    /// The listed strike nearest to it.
    pub nearest_strike: f64,
}

/// Where the re-priced net exposure changes its sign ("zero gamma").
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RepricedFlip {
    /// The crossing nearest to spot: the flip. Absent if there is none within a fifth of spot.
    pub nearest: Option<Crossing>,
    /// All of them, ascending. Those far from spot rest on little open interest.
    pub crossings: Vec<Crossing>,
}

/// The bells of all contracts, by columns: see [`Held`]. Prices are measured in spots.
pub(super) struct Profile {
    centre: Vec<f64>,
    sharpness: Vec<f64>,
    weight: Vec<f64>,
}

impl Profile {
    /// A call and a put of the same bell are one, with what is left of them: where that is
    /// nothing, the profile is exactly zero, and not what rounding made of it.
    pub(super) fn of(chain: &Chain) -> Self {
        let mut profile = Self {
            centre: Vec::new(),
            sharpness: Vec::new(),
            weight: Vec::new(),
        };
        for bell in chain.held() {
            profile.add(bell);
        }
        profile
    }

    fn add(&mut self, bell: &Held) {
        let is_same =
            |last: Option<&f64>, own: f64| last.is_some_and(|it| it.total_cmp(&own).is_eq());
        if is_same(self.centre.last(), bell.centre)
            && is_same(self.sharpness.last(), bell.sharpness)
        {
            if let Some(last) = self.weight.last_mut() {
                *last += bell.weight;
            }
        } else {
            self.centre.push(bell.centre);
            self.sharpness.push(bell.sharpness);
            self.weight.push(bell.weight);
        }
    }

    /// The net exposure on the grid.
    pub(super) fn points(&self, spot: f64) -> Vec<ProfilePoint> {
        let grid = grid();
        let nets = self.on(&grid);
        let point = |(price, net): (f64, f64)| ProfilePoint {
            price: price * spot,
            net: net * spot,
        };
        grid.into_iter().zip(nets).map(point).collect()
    }

    /// Its crossings, each with its nearest strike.
    pub(super) fn flip(&self, chain: &Chain) -> RepricedFlip {
        let crossing = |price_in_spots: f64| {
            let price = price_in_spots * chain.spot;
            nearest_strike(chain.strikes(), price).map(|nearest_strike| Crossing {
                price,
                nearest_strike,
            })
        };
        let crossings: Vec<Crossing> = self.crossings().into_iter().filter_map(crossing).collect();
        let distance = |it: &&Crossing| (it.price - chain.spot).abs();
        let nearest = crossings
            .iter()
            .min_by(|a, b| distance(a).total_cmp(&distance(b)));
        RepricedFlip {
            nearest: nearest.copied(),
            crossings,
        }
    }

    /// A change of sign lies between two neighbours, or on a point of the grid between two. Over a
    /// longer stretch of zeros nobody has a gamma, and none is claimed.
    fn crossings(&self) -> Vec<f64> {
        let grid = grid();
        let nets = self.on(&grid);
        let mut found = Vec::new();
        for at in 1..grid.len() {
            let (from, to) = ((grid[at - 1], nets[at - 1]), (grid[at], nets[at]));
            if is_change(from.1, to.1) {
                found.push(root_between(from, to, NARROW, |price| self.at(price)));
            } else if at + 1 < grid.len() && to.1 == 0.0 && is_change(from.1, nets[at + 1]) {
                found.push(to.0);
            }
        }
        found
    }

    /// The net exposure at each price, both in spots. The outer loop is over contracts, so that
    /// the inner one is over neighbours in memory.
    fn on(&self, grid: &[f64]) -> Vec<f64> {
        let logarithms: Vec<f64> = grid.iter().map(|price| libm::log(*price)).collect();
        let mut sums = vec![0.0; grid.len()];
        for ((centre, sharpness), weight) in
            self.centre.iter().zip(&self.sharpness).zip(&self.weight)
        {
            // Beyond this distance the bell is exactly zero.
            let reach = (-LOWEST / sharpness).sqrt() + GRID_STEP;
            let from = logarithms.partition_point(|it| *it < centre - reach);
            let to = logarithms.partition_point(|it| *it <= centre + reach);
            for (sum, logarithm) in sums[from..to].iter_mut().zip(&logarithms[from..to]) {
                *sum += bell(*logarithm, *centre, *sharpness, *weight);
            }
        }
        let scaled = sums.into_iter().zip(grid);
        scaled.map(|(sum, price)| sum * price).collect()
    }

    /// The net exposure at one price, both in spots.
    fn at(&self, price: f64) -> f64 {
        let logarithm = libm::log(price);
        let mut lanes = [0.0; LANES];
        let centres = self.centre.chunks(LANES);
        let columns = centres
            .zip(self.sharpness.chunks(LANES))
            .zip(self.weight.chunks(LANES));
        for ((centre, sharpness), weight) in columns {
            for (lane, sum) in lanes.iter_mut().enumerate().take(centre.len()) {
                *sum += bell(logarithm, centre[lane], sharpness[lane], weight[lane]);
            }
        }
        lanes.iter().sum::<f64>() * price
    }
}

#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "only inside a loop can it be vectorised"
)]
fn bell(logarithm: f64, centre: f64, sharpness: f64, weight: f64) -> f64 {
    let distance = logarithm - centre;
    weight * exp_of_negative(-(distance * distance) * sharpness)
}

fn is_change(from: f64, to: f64) -> bool {
    (from < 0.0 && to > 0.0) || (from > 0.0 && to < 0.0)
}

/// The prices of the grid, in spots.
fn grid() -> Vec<f64> {
    let price = |point: u32| GRID_FROM + GRID_STEP * f64::from(point);
    (0..GRID_POINTS).map(price).collect()
}
