//! Momentum: relative strength, and the MACD with its crossings.

use domain::studies::TechnicalStudy;

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
/// A crossing counts on so many bars, its own among them.
const CROSS_BARS: u32 = 3;

pub(super) fn see(tally: &mut Tally, study: &TechnicalStudy) {
    see_strength(tally, study.rsi_14);
    see_histogram(tally, study);
    see_cross(tally, study);
    if let (Some(rsi), Some(macd)) = (study.rsi_14, study.macd) {
        tally.tell("momentum", word(rsi, macd.histogram));
    }
}

/// Strong when strength and MACD lie clearly on the same side, neutral around the middle, else
/// weak.
fn word(rsi: f64, histogram: f64) -> &'static str {
    let is_strong =
        (rsi >= STRONG_UP && histogram > 0.0) || (rsi <= STRONG_DOWN && histogram < 0.0);
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

fn see_histogram(tally: &mut Tally, study: &TechnicalStudy) {
    let Some(macd) = study.macd else {
        return tally.miss("macd_histogram");
    };
    let figures = [
        ("line", macd.line),
        ("signal", macd.signal),
        ("histogram", macd.histogram),
    ];
    let points = HISTOGRAM_POINTS * side(macd.histogram, 0.0);
    tally.see("macd_histogram", points, figures);
}

fn see_cross(tally: &mut Tally, study: &TechnicalStudy) {
    let Some(macd) = study.macd else {
        return tally.miss("macd_cross");
    };
    let points = match macd.cross {
        Some(cross) if cross.bars_ago >= CROSS_BARS => 0,
        Some(cross) if cross.upward => CROSS_POINTS,
        Some(_) => -CROSS_POINTS,
        None => 0,
    };
    let ago = macd
        .cross
        .map(|cross| ("bars_ago", f64::from(cross.bars_ago)));
    tally.see("macd_cross", points, ago);
}
