//! Momentum: relative strength, and the MACD with its crossings.

use domain::Studies;
use domain::studies::{MacdCross, MacdStudy};

use super::average_range;
use crate::agents::side::side;
use crate::agents::tally::Tally;

/// Strength on one side of the middle.
const STRENGTH_POINTS: i32 = 15;
/// Strength so far to one side that the move may be over.
const EXHAUSTED_POINTS: i32 = 5;
/// The MACD on one side of its average.
const HISTOGRAM_POINTS: i32 = 10;
/// The MACD's recent crossing.
const CROSS_POINTS: i32 = 10;
/// Above this, overbought; below its mirror, oversold.
const OVERBOUGHT: f64 = 70.0;
/// Below this, oversold.
const OVERSOLD: f64 = 30.0;
/// From this strength on, gains prevail; up to its mirror, losses do.
const GAINS_PREVAIL: f64 = 55.0;
/// Up to this strength, losses prevail.
const LOSSES_PREVAIL: f64 = 45.0;
/// From this strength on, momentum up can be strong.
const STRONG_UP: f64 = 60.0;
/// Up to this strength, momentum down can be strong.
const STRONG_DOWN: f64 = 40.0;
/// Within so many average ranges of its average, the MACD lies on it.
const HISTOGRAM_MARGIN_RANGES: f64 = 0.05;
/// A crossing is recent on so many bars, its own among them.
const CROSS_BARS: u32 = 5;

pub(super) fn see(tally: &mut Tally, studies: &Studies) {
    let study = &studies.technical;
    see_strength(tally, study.rsi_14);
    see_histogram(tally, studies);
    see_cross(tally, studies);
    if let (Some(rsi), Some((way, _))) = (study.rsi_14, histogram_side(studies)) {
        tally.tell("momentum", word(rsi, way));
    }
}

/// Strong when strength and MACD lie clearly on the same side, neutral around the middle, else
/// weak.
fn word(rsi: f64, macd_way: i32) -> &'static str {
    let is_strong = (rsi >= STRONG_UP && macd_way > 0) || (rsi <= STRONG_DOWN && macd_way < 0);
    if is_strong {
        "strong"
    } else if LOSSES_PREVAIL < rsi && rsi < GAINS_PREVAIL {
        "neutral"
    } else {
        "weak"
    }
}

fn see_strength(tally: &mut Tally, rsi: Option<f64>) {
    let Some(rsi) = rsi else {
        return tally.miss("rsi");
    };
    let (zone, points) = strength(rsi);
    tally.tell("rsi_zone", zone);
    tally.see("rsi", points, [("rsi_14", rsi)]);
}

fn strength(rsi: f64) -> (&'static str, i32) {
    if rsi > OVERBOUGHT {
        ("overbought", -EXHAUSTED_POINTS)
    } else if rsi < OVERSOLD {
        ("oversold", EXHAUSTED_POINTS)
    } else if rsi >= GAINS_PREVAIL {
        ("neutral", STRENGTH_POINTS)
    } else if rsi <= LOSSES_PREVAIL {
        ("neutral", -STRENGTH_POINTS)
    } else {
        ("neutral", 0)
    }
}

/// On which side of its average the MACD lies, by more than next to nothing; with its figures.
fn histogram_side(studies: &Studies) -> Option<(i32, MacdStudy)> {
    let macd = studies.technical.macd?;
    let margin = HISTOGRAM_MARGIN_RANGES * average_range(studies)?;
    Some((side(macd.histogram, 0.0, margin), macd))
}

fn see_histogram(tally: &mut Tally, studies: &Studies) {
    let Some((way, macd)) = histogram_side(studies) else {
        return tally.miss("macd_histogram");
    };
    let figures = [
        ("line", macd.line),
        ("signal", macd.signal),
        ("histogram", macd.histogram),
    ];
    tally.see("macd_histogram", HISTOGRAM_POINTS * way, figures);
}

/// A crossing counts once the MACD has left its average, and while it is recent.
fn see_cross(tally: &mut Tally, studies: &Studies) {
    let Some((way, macd)) = histogram_side(studies) else {
        return tally.miss("macd_cross");
    };
    let is_recent = |cross: &MacdCross| cross.bars_ago < CROSS_BARS;
    let points = macd
        .cross
        .filter(is_recent)
        .map_or(0, |_| CROSS_POINTS * way);
    let ago = macd
        .cross
        .map(|cross| ("bars_ago", f64::from(cross.bars_ago)));
    tally.see("macd_cross", points, ago);
}
