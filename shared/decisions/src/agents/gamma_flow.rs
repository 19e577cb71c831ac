//! The gamma flow specialist: what dealers have to do when the price moves, and what was paid for
//! options today.
//!
//! Gamma exposure rests on an assumption about who holds what, and open interest is as of last
//! night; both stand with the evidence as caveats.

use domain::opinion::Word;
use domain::positioning::{
    DealerPosition, DealerSide, Flip, FlipSide, Sentiment, Strength, VolatilityExpectation,
};
use domain::studies::Way;
use domain::{AgentKind, AgentName, GammaExposureSnapshot, Opinion, OptionsFlow, Percent};
use rust_decimal::Decimal;

use super::setup::Setup;
use super::{Agent, NoEvidence};
use crate::case::Case;

/// Spot is on one side of the flip; half where dealers' side doesn't say the same, or it is near.
const FLIP_POINTS: i32 = 36;
/// Spot is at a wall.
const WALL_POINTS: i32 = 24;
/// Premium leans to calls or to puts.
const FLOW_POINTS: i32 = 40;

/// Within this percentage of spot a flip is near.
const NEAR_FLIP_PERCENT: f64 = 0.25;
/// Between the walls, this part of the way from a wall counts as at it.
const AT_WALL_SHARE: f64 = 0.25;
/// With less than this part of the contracts counted, the exposure is worth half.
const COUNTED_SHARE_MIN: f64 = 0.5;

/// The agent.
pub(super) struct GammaFlow;

impl Agent for GammaFlow {
    fn name(&self) -> AgentName {
        AgentName::of("gamma_flow")
    }

    fn kind(&self) -> AgentKind {
        AgentKind::Specialist
    }

    fn weight(&self) -> u32 {
        5
    }

    fn opinion(&self, case: &Case<'_>) -> Result<Opinion, NoEvidence> {
        let none = |why: &'static str| NoEvidence(Word::Borrowed(why));
        let exposure = case.evidence.gamma_exposure.as_ref();
        let exposure = exposure.ok_or_else(|| none("there is no gamma exposure"))?;
        let dealers = exposure
            .dealers
            .ok_or_else(|| none("no contract of the chain has any gamma"))?;
        let mut setup = Setup::new();
        setup.tell("gamma", side_name(dealers.side));
        see_flip(&mut setup, exposure, dealers);
        see_walls(&mut setup, exposure, dealers.side);
        see_flow(&mut setup, case.evidence.options_flow.as_ref());
        see_volatility(&mut setup, exposure, dealers);
        see_coverage(&mut setup, exposure);
        setup.opinion(case.signal.intent.direction())
    }
}

fn side_name(side: DealerSide) -> &'static str {
    match side {
        DealerSide::LongGamma => "long_gamma",
        DealerSide::ShortGamma => "short_gamma",
        DealerSide::Neutral => "neutral",
    }
}

/// Above the flip dealers steady the market, below it they drive it down. A chain without a flip
/// tells nothing of this.
fn see_flip(setup: &mut Setup, exposure: &GammaExposureSnapshot, dealers: DealerPosition) {
    let Some((flip, side)) = exposure.flip.zip(dealers.spot_against_flip) else {
        setup.see("no_flip", 0, &[]);
        return;
    };
    let (way, agreeing) = match side {
        FlipSide::Above => (Way::Up, DealerSide::LongGamma),
        FlipSide::Below => (Way::Down, DealerSide::ShortGamma),
    };
    let figures = flip_figures(exposure, flip);
    let is_near = figures[2].1.abs() <= NEAR_FLIP_PERCENT;
    let is_clear = dealers.side == agreeing && !is_near;
    let points = if is_clear {
        FLIP_POINTS
    } else {
        FLIP_POINTS / 2
    };
    setup.see("flip", way.signed(points), &figures);
}

fn flip_figures(exposure: &GammaExposureSnapshot, flip: Flip) -> [(&'static str, f64); 3] {
    let (spot, flip) = (exposure.spot.to_f64(), flip.price.to_f64());
    let percent = (spot - flip) / spot * 100.0;
    [
        ("spot", spot),
        ("flip", flip),
        ("distance_percent", percent),
    ]
}

/// Dealers who are long gamma hold the price between the walls; those who are short chase it
/// beyond them.
fn see_walls(setup: &mut Setup, exposure: &GammaExposureSnapshot, side: DealerSide) {
    let Some((call, put)) = exposure.walls.call.zip(exposure.walls.put) else {
        setup.miss("walls");
        return;
    };
    let (spot, call, put) = (exposure.spot.to_f64(), call.to_f64(), put.to_f64());
    let margin = AT_WALL_SHARE * (call - put).max(0.0);
    let way = match side {
        DealerSide::LongGamma if spot > call - margin => Some(Way::Down),
        DealerSide::LongGamma if spot < put + margin => Some(Way::Up),
        DealerSide::ShortGamma if spot > call => Some(Way::Up),
        DealerSide::ShortGamma if spot < put => Some(Way::Down),
        _ => None,
    };
    let points = way.map_or(0, |way| way.signed(WALL_POINTS));
    setup.see(
        "walls",
        points,
        &[("spot", spot), ("call_wall", call), ("put_wall", put)],
    );
}

fn see_flow(setup: &mut Setup, flow: Option<&OptionsFlow>) {
    let Some((flow, sentiment)) = flow.and_then(|flow| Some((flow, flow.sentiment?))) else {
        setup.miss("flow");
        return;
    };
    let (points, name) = match sentiment {
        Sentiment::Bullish => (FLOW_POINTS, "bullish"),
        Sentiment::Bearish => (-FLOW_POINTS, "bearish"),
        Sentiment::Neutral => (0, "neutral"),
    };
    setup.tell("flow", name);
    let calls = call_share(flow).map_or(f64::NAN, Percent::share);
    setup.see("flow", points, &[("call_premium_share", calls)]);
}

/// What part of the premium is the calls', in percent.
fn call_share(flow: &OptionsFlow) -> Option<Percent> {
    let calls = flow.call_premium_usd.0;
    let whole = calls.checked_add(flow.put_premium_usd.0)?;
    let share = calls.checked_div(whole)?;
    Some(Percent(share.checked_mul(Decimal::ONE_HUNDRED)?))
}

/// A bought option earns by a move, and strong long gamma keeps moves small.
fn see_volatility(setup: &mut Setup, exposure: &GammaExposureSnapshot, dealers: DealerPosition) {
    let ratio = [("ratio", exposure.ratio.unwrap_or(f64::NAN))];
    setup.tell(
        "volatility",
        expectation_name(dealers.volatility_expectation),
    );
    let is_strong = dealers.strength == Some(Strength::Strong);
    if dealers.side == DealerSide::LongGamma && is_strong {
        setup.halve("strong_long_gamma", &ratio);
    } else {
        setup.see("gamma", 0, &ratio);
    }
}

fn expectation_name(expectation: VolatilityExpectation) -> &'static str {
    match expectation {
        VolatilityExpectation::Compressed => "compressed",
        VolatilityExpectation::Expanded => "expanded",
        VolatilityExpectation::NoStatement => "no_statement",
    }
}

/// Contracts of which nobody knows how many are held, or at which volatility, might change all.
fn see_coverage(setup: &mut Setup, exposure: &GammaExposureSnapshot) {
    let excluded = &exposure.exclusions;
    let counted = f64::from(exposure.total.contracts);
    let unknown = f64::from(excluded.no_open_interest) + f64::from(excluded.no_implied_volatility);
    if counted < COUNTED_SHARE_MIN * (counted + unknown) {
        setup.halve(
            "few_contracts_known",
            &[("counted", counted), ("unknown", unknown)],
        );
    }
}
