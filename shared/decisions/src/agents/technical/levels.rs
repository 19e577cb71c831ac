//! Volatility, and the levels at which the price may turn: the extremes of 20 bars, and
//! Bollinger's bands.

use domain::Studies;
use domain::studies::{BollingerStudy, ExtremeStudy, TechnicalStudy};

use super::average_range;
use crate::agents::side::side;
use crate::agents::tally::Tally;

/// A close beyond the extremes.
const BROKEN_POINTS: i32 = 10;
/// A close near a level.
const NEAR_POINTS: i32 = 5;
/// So many average ranges from a level are near it.
const NEAR_RANGES: f64 = 0.5;
/// From this mean rank on, volatility is high.
const HIGH_RANK: f64 = 0.75;
/// Up to this one, it is low.
const LOW_RANK: f64 = 0.25;

pub(super) fn see(tally: &mut Tally, studies: &Studies) {
    see_volatility(tally, &studies.technical);
    see_levels(tally, studies);
}

/// By the mean of the ranks of average range and bandwidth. It has no direction, and no points.
fn see_volatility(tally: &mut Tally, study: &TechnicalStudy) {
    let range_rank = study.atr.and_then(|atr| atr.rank);
    let bandwidth_rank = study.bollinger.and_then(|bands| bands.bandwidth_rank);
    let Some((range_rank, bandwidth_rank)) = range_rank.zip(bandwidth_rank) else {
        return tally.miss("volatility");
    };
    let mean = 0.5 * (range_rank + bandwidth_rank);
    let word = if mean >= HIGH_RANK {
        "high"
    } else if mean <= LOW_RANK {
        "low"
    } else {
        "normal"
    };
    tally.tell("volatility", word);
    let figures = [("atr_rank", range_rank), ("bandwidth_rank", bandwidth_rank)];
    tally.see("volatility", 0, figures);
}

/// The nearest levels on both sides of a close.
struct Levels {
    resistance: Option<f64>,
    support: Option<f64>,
}

impl Levels {
    fn around(close: f64, extremes: ExtremeStudy, bands: Option<BollingerStudy>) -> Self {
        let above = [Some(extremes.high_20), bands.map(|bands| bands.upper)];
        let below = [Some(extremes.low_20), bands.map(|bands| bands.lower)];
        let beyond = |level: &f64, way: i32| side(*level, close, 0.0) == way;
        Self {
            resistance: above
                .into_iter()
                .flatten()
                .filter(|level| beyond(level, 1))
                .min_by(f64::total_cmp),
            support: below
                .into_iter()
                .flatten()
                .filter(|level| beyond(level, -1))
                .max_by(f64::total_cmp),
        }
    }

    /// Near support there is room above, near resistance below.
    fn points(&self, close: f64, range: f64) -> i32 {
        let is_near = |level: Option<f64>| {
            level.is_some_and(|level| (level - close).abs() <= NEAR_RANGES * range)
        };
        let of_level = |level| i32::from(is_near(level)) * NEAR_POINTS;
        of_level(self.support) - of_level(self.resistance)
    }
}

fn see_levels(tally: &mut Tally, studies: &Studies) {
    let study = &studies.technical;
    let Some((extremes, range)) = study.extremes.zip(average_range(studies)) else {
        return tally.miss("levels");
    };
    let close = studies.close;
    let levels = Levels::around(close, extremes, study.bollinger);
    let points = if close > extremes.high_20 {
        BROKEN_POINTS
    } else if close < extremes.low_20 {
        -BROKEN_POINTS
    } else {
        levels.points(close, range)
    };
    let named = [
        ("resistance", levels.resistance),
        ("support", levels.support),
    ];
    let known = named.into_iter().filter_map(|(name, of)| Some((name, of?)));
    for (name, level) in known.clone() {
        tally.tell(name, format!("{level:.2}"));
    }
    let figures = [
        ("close", close),
        ("high_20", extremes.high_20),
        ("low_20", extremes.low_20),
        ("atr_14", range),
    ];
    tally.see("levels", points, figures.into_iter().chain(known));
}
