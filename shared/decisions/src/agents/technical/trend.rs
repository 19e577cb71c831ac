//! Trend: the price against its averages, the averages' order, and directional movement.

use domain::Studies;

use super::average_range;
use crate::agents::side::{
    AVERAGE_MARGIN_RANGES, PRICE_MARGIN_RANGES, common_side, movement_side, side,
};
use crate::agents::tally::Tally;

/// A trend up or down.
const TREND_POINTS: i32 = 25;
/// Averages in the order of a trend.
const ORDER_POINTS: i32 = 5;
/// The close on one side of the average over 200 bars.
const LONG_AVERAGE_POINTS: i32 = 5;
/// Directional movement of a trend.
const MOVEMENT_POINTS: i32 = 10;
/// Directional movement that begins to be one.
const EARLY_MOVEMENT_POINTS: i32 = 5;
/// From this average of directional movement on, there is a trend.
const TRENDING_ADX: f64 = 25.0;
/// From this one on, one may begin.
const EARLY_ADX: f64 = 20.0;

pub(super) fn see(tally: &mut Tally, studies: &Studies) {
    see_trend(tally, studies);
    see_order(tally, studies);
    see_long_average(tally, studies);
    see_movement(tally, studies);
}

/// Up when the close is above its averages over 21 and 50 bars and the MACD line above zero; down
/// mirrored; else sideways.
fn see_trend(tally: &mut Tally, studies: &Studies) {
    let study = &studies.technical;
    let averages = study.averages.ema_21.zip(study.averages.ema_50);
    let seen = averages.zip(study.macd).zip(average_range(studies));
    let Some((((ema_21, ema_50), macd), range)) = seen else {
        return tally.miss("trend");
    };
    let close = studies.close;
    let margin = PRICE_MARGIN_RANGES * range;
    let way = common_side([
        side(close, ema_21, margin),
        side(close, ema_50, margin),
        side(macd.line, 0.0, AVERAGE_MARGIN_RANGES * range),
    ]);
    tally.tell("trend", word(way));
    let figures = [
        ("close", close),
        ("ema_21", ema_21),
        ("ema_50", ema_50),
        ("macd_line", macd.line),
        ("atr_14", range),
    ];
    tally.see("trend", TREND_POINTS * way, figures);
}

fn word(way: i32) -> &'static str {
    match way {
        1 => "up",
        -1 => "down",
        _ => "sideways",
    }
}

fn see_order(tally: &mut Tally, studies: &Studies) {
    let averages = studies.technical.averages;
    let pair = averages.ema_8.zip(averages.ema_21);
    let seen = pair.zip(averages.ema_50).zip(average_range(studies));
    let Some((((ema_8, ema_21), ema_50), range)) = seen else {
        return tally.miss("averages_in_order");
    };
    let margin = AVERAGE_MARGIN_RANGES * range;
    let way = common_side([side(ema_8, ema_21, margin), side(ema_21, ema_50, margin)]);
    let figures = [("ema_8", ema_8), ("ema_21", ema_21), ("ema_50", ema_50)];
    tally.see("averages_in_order", ORDER_POINTS * way, figures);
}

fn see_long_average(tally: &mut Tally, studies: &Studies) {
    let average = studies.technical.averages.ema_200;
    let Some((ema_200, range)) = average.zip(average_range(studies)) else {
        return tally.miss("long_average");
    };
    let close = studies.close;
    let way = side(close, ema_200, PRICE_MARGIN_RANGES * range);
    let figures = [("close", close), ("ema_200", ema_200)];
    tally.see("long_average", LONG_AVERAGE_POINTS * way, figures);
}

fn see_movement(tally: &mut Tally, studies: &Studies) {
    let seen = studies.technical.directional;
    let Some((movement, adx)) = seen.and_then(|it| Some((it, it.adx?))) else {
        return tally.miss("directional_movement");
    };
    let points = if adx >= TRENDING_ADX {
        MOVEMENT_POINTS
    } else if adx >= EARLY_ADX {
        EARLY_MOVEMENT_POINTS
    } else {
        0
    };
    let figures = [
        ("adx", adx),
        ("plus_di", movement.plus_di),
        ("minus_di", movement.minus_di),
    ];
    tally.see(
        "directional_movement",
        points * movement_side(movement),
        figures,
    );
}
