//! Trend: the price against its averages, the averages' order, and directional movement.

use domain::Studies;

use crate::agents::side::{common_side, side};
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
    let averages = studies.technical.averages;
    let macd = studies.technical.macd;
    let seen = averages.ema_21.zip(averages.ema_50).zip(macd);
    let Some(((ema_21, ema_50), macd)) = seen else {
        return tally.miss("trend");
    };
    let close = studies.close;
    let way = common_side([
        side(close, ema_21),
        side(close, ema_50),
        side(macd.line, 0.0),
    ]);
    tally.tell(
        "trend",
        match way {
            1 => "up",
            -1 => "down",
            _ => "sideways",
        },
    );
    let figures = [
        ("close", close),
        ("ema_21", ema_21),
        ("ema_50", ema_50),
        ("macd_line", macd.line),
    ];
    tally.see("trend", TREND_POINTS * way, figures);
}

fn see_order(tally: &mut Tally, studies: &Studies) {
    let averages = studies.technical.averages;
    let seen = averages.ema_8.zip(averages.ema_21).zip(averages.ema_50);
    let Some(((ema_8, ema_21), ema_50)) = seen else {
        return tally.miss("averages_in_order");
    };
    let way = common_side([side(ema_8, ema_21), side(ema_21, ema_50)]);
    let figures = [("ema_8", ema_8), ("ema_21", ema_21), ("ema_50", ema_50)];
    tally.see("averages_in_order", ORDER_POINTS * way, figures);
}

fn see_long_average(tally: &mut Tally, studies: &Studies) {
    let close = studies.close;
    match studies.technical.averages.ema_200 {
        None => tally.miss("long_average"),
        Some(ema_200) => {
            let points = LONG_AVERAGE_POINTS * side(close, ema_200);
            tally.see(
                "long_average",
                points,
                [("close", close), ("ema_200", ema_200)],
            );
        }
    }
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
    let way = side(movement.plus_di, movement.minus_di);
    let figures = [
        ("adx", adx),
        ("plus_di", movement.plus_di),
        ("minus_di", movement.minus_di),
    ];
    tally.see("directional_movement", points * way, figures);
}
