//! What the option chain tells: what was paid for calls and puts, and where dealers stand.

use domain::positioning::{DealerPosition, DealerSide, FlipSide, Sentiment};
use domain::{GammaExposureSnapshot, OptionsFlow, Percent};
use rust_decimal::Decimal;

use crate::agents::tally::Tally;

/// Flow that leans.
const LEANING_POINTS: i32 = 25;
/// Flow that leans far.
const LEANING_FAR_POINTS: i32 = 40;
/// From this part of the premium in calls on, flow leans far up; from the same part in puts, down.
const FAR_SHARE: f64 = 0.75;
/// Where dealers' side and the flip agree.
const GAMMA_POINTS: i32 = 20;
/// Where only the flip says something.
const FLIP_POINTS: i32 = 10;

/// The premium of calls and puts.
pub(super) fn see_flow(tally: &mut Tally, flow: Option<&OptionsFlow>) {
    let seen = flow.and_then(|flow| Some((flow.sentiment?, call_share(flow)?)));
    let Some((sentiment, call_share)) = seen else {
        return tally.miss("options_flow");
    };
    let is_far = call_share >= FAR_SHARE || call_share <= 1.0 - FAR_SHARE;
    let size = if is_far {
        LEANING_FAR_POINTS
    } else {
        LEANING_POINTS
    };
    let (word, points) = match sentiment {
        Sentiment::Bullish => ("bullish", size),
        Sentiment::Bearish => ("bearish", -size),
        Sentiment::Neutral => ("neutral", 0),
    };
    tally.tell("flow_sentiment", word);
    tally.see("options_flow", points, [("call_premium_share", call_share)]);
}

fn call_share(flow: &OptionsFlow) -> Option<f64> {
    let calls = flow.call_premium_usd.0;
    let both = calls.checked_add(flow.put_premium_usd.0)?;
    let percent = calls.checked_div(both)?.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(Percent(percent).share())
}

/// The dealers' side. Above the flip their hedging slows a fall, below it it drives one.
pub(super) fn see_gamma(tally: &mut Tally, exposure: Option<&GammaExposureSnapshot>) {
    let seen = exposure.and_then(|exposure| Some((exposure, exposure.dealers?)));
    let Some((exposure, dealers)) = seen else {
        return tally.miss("gamma_exposure");
    };
    tally.tell("gex_regime", word(dealers.side));
    let figures = [
        ("spot", Some(exposure.spot.to_f64())),
        ("flip", exposure.flip.map(|flip| flip.price.to_f64())),
        ("ratio", exposure.ratio),
    ];
    let known = figures
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    tally.see("gamma_exposure", gamma_points(dealers), known);
}

/// Near a flip it may contradict the side; then nothing is said.
fn gamma_points(dealers: DealerPosition) -> i32 {
    match (dealers.side, dealers.spot_against_flip) {
        (DealerSide::LongGamma, Some(FlipSide::Above)) => GAMMA_POINTS,
        (DealerSide::ShortGamma, Some(FlipSide::Below)) => -GAMMA_POINTS,
        (DealerSide::Neutral, Some(FlipSide::Above)) => FLIP_POINTS,
        (DealerSide::Neutral, Some(FlipSide::Below)) => -FLIP_POINTS,
        _ => 0,
    }
}

fn word(side: DealerSide) -> &'static str {
    match side {
        DealerSide::LongGamma => "long_gamma",
        DealerSide::ShortGamma => "short_gamma",
        DealerSide::Neutral => "neutral",
    }
}
