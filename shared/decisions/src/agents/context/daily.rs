//! What the daily bars do: their trend, and the regime of the market.

use domain::studies::{AtrStudy, DailyStudy};

use crate::agents::side::{
    AVERAGE_MARGIN_RANGES, PRICE_MARGIN_RANGES, common_side, movement_side, side,
};
use crate::agents::tally::Tally;

/// The daily trend.
const TREND_POINTS: i32 = 20;
/// A market that trends.
const REGIME_POINTS: i32 = 20;
/// From this average of directional movement on, a market trends.
const TRENDING_ADX: f64 = 25.0;
/// From this rank of the average true range on, a market is volatile.
const VOLATILE_RANK: f64 = 0.9;

/// The last daily close against its averages over 21 and 50 days.
pub(super) fn see_trend(tally: &mut Tally, daily: Option<&DailyStudy>) {
    let seen = daily.and_then(|daily| {
        let averages = averages(daily)?;
        Some((daily.close, averages, daily.atr?.atr_14))
    });
    let Some((close, (ema_21, ema_50), range)) = seen else {
        return tally.miss("daily_trend");
    };
    let margin = PRICE_MARGIN_RANGES * range;
    let way = common_side([
        side(close, ema_21, margin),
        side(close, ema_50, margin),
        side(ema_21, ema_50, AVERAGE_MARGIN_RANGES * range),
    ]);
    let figures = [
        ("close", close),
        ("ema_21", ema_21),
        ("ema_50", ema_50),
        ("atr_14", range),
    ];
    tally.see("daily_trend", TREND_POINTS * way, figures);
}

fn averages(daily: &DailyStudy) -> Option<(f64, f64)> {
    daily.averages.ema_21.zip(daily.averages.ema_50)
}

/// Whether the market trends, and which way. A volatile one isn't trusted to go on.
pub(super) fn see_regime(tally: &mut Tally, daily: Option<&DailyStudy>) {
    let seen = daily.and_then(|daily| {
        let movement = daily.directional?;
        Some((movement, movement.adx?, daily.atr))
    });
    let Some((movement, adx, atr)) = seen else {
        return tally.miss("market_regime");
    };
    let rank = atr.and_then(|atr: AtrStudy| atr.rank);
    let way = movement_side(movement);
    let regime = regime(adx, way, rank);
    tally.tell("market_regime", regime);
    let points = if regime == "trending" {
        REGIME_POINTS * way
    } else {
        0
    };
    let ranked = rank.map(|rank| ("atr_rank", rank));
    if ranked.is_none() {
        tally.miss("daily_atr_rank");
    }
    let figures = [
        ("adx", adx),
        ("plus_di", movement.plus_di),
        ("minus_di", movement.minus_di),
    ];
    tally.see("market_regime", points, figures.into_iter().chain(ranked));
}

/// Without a rank nobody knows whether a market is volatile, and its trend alone is told.
fn regime(adx: f64, way: i32, rank: Option<f64>) -> &'static str {
    if rank.is_some_and(|rank| rank >= VOLATILE_RANK) {
        "volatile"
    } else if adx >= TRENDING_ADX && way != 0 {
        "trending"
    } else {
        "ranging"
    }
}
