//! The gamma flow specialist on snapshots, with spot at 600 between a put wall at 590 and a call
//! wall at 610, and the flip at 595.
#![cfg(test)]

use domain::Bias::{Bearish, Bullish, Neutral};
use domain::positioning::{
    DealerPosition, DealerSide, Exposed, ExposureExclusions, ExposureUnit, Flip, FlipSide,
    PutCallRatios, Sentiment, Strength, StrikeExposures, VolatilityExpectation, Walls,
};
use domain::{GammaExposureSnapshot, OptionsFlow, Price, Usd};

use crate::common::{provenance, symbol};
use crate::world::{Said, World, has, points, said, told};

fn dollars(price: u32) -> Price {
    Price::cents(100 * price)
}

fn dealers(side: DealerSide, strength: Option<Strength>) -> DealerPosition {
    DealerPosition {
        side,
        strength,
        spot_against_flip: Some(FlipSide::Above),
        volatility_expectation: match side {
            DealerSide::LongGamma => VolatilityExpectation::Compressed,
            DealerSide::ShortGamma => VolatilityExpectation::Expanded,
            DealerSide::Neutral => VolatilityExpectation::NoStatement,
        },
    }
}

fn exposure(world: &World) -> GammaExposureSnapshot {
    GammaExposureSnapshot {
        symbol: symbol("SPY"),
        unit: ExposureUnit::DollarsOfDeltaPerPercent,
        measured_at: world.now,
        spot: dollars(600),
        total: Exposed {
            call: 6.0,
            put: -4.0,
            net: 2.0,
            contracts: 100,
        },
        ratio: Some(0.2),
        net_per_dollar: 0.3,
        by_strike: StrikeExposures::default(),
        by_expiration: Vec::new(),
        flip: Some(flip(595)),
        flips: vec![dollars(595)],
        cumulative_strike_flip: None,
        walls: walls(610, 590),
        walls_by_open_interest: Walls::default(),
        max_pain_of_all: None,
        put_call: PutCallRatios::default(),
        dealers: Some(dealers(DealerSide::LongGamma, Some(Strength::Moderate))),
        exclusions: ExposureExclusions::default(),
        volatilities_computed: 0,
        caveats: Vec::new(),
        provenance: provenance(world.now),
    }
}

fn flip(price: u32) -> Flip {
    Flip {
        price: dollars(price),
        nearest_strike: dollars(price),
    }
}

fn walls(call: u32, put: u32) -> Walls {
    Walls {
        call: Some(dollars(call)),
        put: Some(dollars(put)),
    }
}

fn flow(world: &World, sentiment: Option<Sentiment>) -> OptionsFlow {
    OptionsFlow {
        symbol: symbol("SPY"),
        measured_at: world.now,
        call_volume: 70,
        put_volume: 30,
        call_premium_usd: Usd::dollars(7_000),
        put_premium_usd: Usd::dollars(3_000),
        sentiment,
        entries: Vec::new(),
        unpriced: 0,
        volume_unknown: 0,
        caveats: Vec::new(),
        provenance: provenance(world.now),
    }
}

/// Moderate long gamma and a bullish flow, changed.
fn on(change: impl FnOnce(&mut GammaExposureSnapshot, &mut Option<OptionsFlow>)) -> World {
    let mut world = World::bare();
    let mut exposure = exposure(&world);
    let mut flow = Some(flow(&world, Some(Sentiment::Bullish)));
    change(&mut exposure, &mut flow);
    world.evidence.gamma_exposure = Some(exposure);
    world.evidence.options_flow = flow;
    world
}

type Change = fn(&mut GammaExposureSnapshot, &mut Option<OptionsFlow>);

fn set_side(exposure: &mut GammaExposureSnapshot, side: DealerSide, against: Option<FlipSide>) {
    let strength = (side != DealerSide::Neutral).then_some(Strength::Moderate);
    let mut position = dealers(side, strength);
    position.spot_against_flip = against;
    exposure.dealers = Some(position);
}

fn set_sentiment(flow: &mut Option<OptionsFlow>, sentiment: Option<Sentiment>) {
    flow.as_mut().unwrap().sentiment = sentiment;
}

/// Side of the dealers, side of the flip, and its price.
fn at_flip(side: DealerSide, against: FlipSide, price: u32) -> World {
    on(|it, _| {
        it.flip = Some(flip(price));
        set_side(it, side, Some(against));
    })
}

#[test]
fn the_side_of_the_flip_counts_half_where_dealers_say_otherwise_or_it_is_near() {
    use DealerSide::{LongGamma, Neutral as NeitherGamma, ShortGamma};
    for (side, against, price, expected) in [
        (LongGamma, FlipSide::Above, 595, 36),
        (ShortGamma, FlipSide::Above, 595, 18),
        (NeitherGamma, FlipSide::Above, 595, 18),
        (ShortGamma, FlipSide::Below, 605, -36),
        (LongGamma, FlipSide::Below, 605, -18),
        (NeitherGamma, FlipSide::Below, 605, -18),
        (LongGamma, FlipSide::Above, 598, 36),
        (LongGamma, FlipSide::Above, 599, 18),
    ] {
        let opinion = at_flip(side, against, price).opinion("gamma_flow");
        assert_eq!(
            points(&opinion, "flip"),
            Some(expected),
            "{side:?} {price}: {opinion:?}"
        );
    }
    let without = on(|it, _| {
        it.flip = None;
        set_side(it, DealerSide::LongGamma, None);
    });
    assert_eq!(points(&without.opinion("gamma_flow"), "no_flip"), Some(0));
}

#[test]
fn walls_hold_under_long_gamma_and_are_chased_under_short() {
    use DealerSide::{LongGamma, Neutral as NeitherGamma, ShortGamma};
    for (side, call, put, expected) in [
        (LongGamma, 610, 590, 0),
        (LongGamma, 603, 590, -24),
        (LongGamma, 610, 597, 24),
        (LongGamma, 598, 590, -24),
        (LongGamma, 610, 602, 24),
        (LongGamma, 600, 600, 0),
        (LongGamma, 599, 599, -24),
        (ShortGamma, 610, 590, 0),
        (ShortGamma, 603, 590, 0),
        (ShortGamma, 598, 590, 24),
        (ShortGamma, 610, 602, -24),
        (NeitherGamma, 598, 590, 0),
    ] {
        let world = on(|it, _| {
            it.walls = walls(call, put);
            set_side(it, side, Some(FlipSide::Above));
        });
        let opinion = world.opinion("gamma_flow");
        assert_eq!(
            points(&opinion, "walls"),
            Some(expected),
            "{side:?} {call}: {opinion:?}"
        );
    }
    let one_sided = on(|it, _| it.walls.put = None).opinion("gamma_flow");
    assert_eq!(one_sided.missing, ["walls"]);
}

#[test]
fn premium_leans_one_way_or_none() {
    for (sentiment, expected) in [
        (Some(Sentiment::Bullish), Some(40)),
        (Some(Sentiment::Bearish), Some(-40)),
        (Some(Sentiment::Neutral), Some(0)),
        (None, None),
    ] {
        let opinion = on(|_, flow| set_sentiment(flow, sentiment)).opinion("gamma_flow");
        assert_eq!(points(&opinion, "flow"), expected, "{opinion:?}");
        assert_eq!(
            opinion.missing.is_empty(),
            expected.is_some(),
            "{opinion:?}"
        );
    }
}

#[test]
fn together_they_are_bias_confidence_and_recommendation() {
    let bullish = on(|_, _| {}).opinion("gamma_flow");
    assert_eq!(Said::from(&bullish), said(Bullish, 76, "ENTER"));
    let bearish = on(|it, flow| {
        it.flip = Some(flip(605));
        set_side(it, DealerSide::ShortGamma, Some(FlipSide::Below));
        set_sentiment(flow, Some(Sentiment::Bearish));
    });
    assert_eq!(
        Said::from(&bearish.opinion("gamma_flow")),
        said(Bearish, 76, "SKIP")
    );
    assert_eq!(
        Said::from(&bearish.short().opinion("gamma_flow")),
        said(Bearish, 76, "ENTER")
    );
    let torn = on(|_, flow| set_sentiment(flow, Some(Sentiment::Bearish)));
    assert_eq!(
        Said::from(&torn.opinion("gamma_flow")),
        said(Neutral, 4, "SKIP")
    );
    let weak = on(|_, flow| *flow = None).opinion("gamma_flow");
    assert_eq!(Said::from(&weak), said(Bullish, 36, "SKIP"));
    assert_eq!(weak.missing, ["flow"]);
}

#[test]
fn strong_long_gamma_and_an_unknown_chain_halve() {
    for (what, change, confidence, reason) in [
        (
            "strong",
            (|it, _| {
                it.dealers = Some(dealers(DealerSide::LongGamma, Some(Strength::Strong)));
            }) as Change,
            38,
            "strong_long_gamma",
        ),
        (
            "strong short",
            |it, _| {
                it.dealers = Some(dealers(DealerSide::ShortGamma, Some(Strength::Strong)));
            },
            58,
            "gamma",
        ),
        (
            "unknown interest",
            |it, _| it.exclusions.no_open_interest = 101,
            38,
            "few_contracts_known",
        ),
        (
            "unknown volatility",
            |it, _| it.exclusions.no_implied_volatility = 101,
            38,
            "few_contracts_known",
        ),
        (
            "half known",
            |it, _| it.exclusions.no_open_interest = 100,
            76,
            "gamma",
        ),
        (
            "expired",
            |it, _| it.exclusions.expired = 1_000,
            76,
            "gamma",
        ),
        (
            "both",
            |it, _| {
                it.dealers = Some(dealers(DealerSide::LongGamma, Some(Strength::Strong)));
                it.exclusions.no_open_interest = 101;
            },
            19,
            "few_contracts_known",
        ),
    ] {
        let opinion = on(change).opinion("gamma_flow");
        assert_eq!(opinion.confidence.get(), confidence, "{what}: {opinion:?}");
        assert!(has(&opinion, reason), "{what}: {opinion:?}");
    }
}

#[test]
fn what_it_tells_apart() {
    for (side, gamma, volatility) in [
        (DealerSide::LongGamma, "long_gamma", "compressed"),
        (DealerSide::ShortGamma, "short_gamma", "expanded"),
        (DealerSide::Neutral, "neutral", "no_statement"),
    ] {
        let opinion = on(|it, _| set_side(it, side, Some(FlipSide::Above))).opinion("gamma_flow");
        assert_eq!(told(&opinion, "gamma"), gamma);
        assert_eq!(told(&opinion, "volatility"), volatility);
        assert_eq!(told(&opinion, "flow"), "bullish");
    }
    let opinion = on(|_, _| {}).opinion("gamma_flow");
    let flow = opinion.reasons.iter().find(|it| it.name == "flow").unwrap();
    assert!((flow.figures["call_premium_share"] - 0.7).abs() < 1e-12);
}

#[test]
fn without_gamma_there_is_no_evidence() {
    assert_eq!(
        World::bare().no_evidence("gamma_flow"),
        "there is no gamma exposure"
    );
    let weightless = on(|it, _| {
        it.dealers = None;
        it.ratio = None;
    });
    let why = weightless.no_evidence("gamma_flow");
    assert_eq!(why, "no contract of the chain has any gamma");
}

#[test]
fn extreme_figures_make_no_opinion_unsound() {
    let world = on(|it, flow| {
        it.spot = Price::ZERO;
        it.flip = Some(flip(0));
        let most = Usd(rust_decimal::Decimal::MAX);
        let flow = flow.as_mut().unwrap();
        (flow.call_premium_usd, flow.put_premium_usd) = (most, most);
    });
    let opinion = world.opinion("gamma_flow");
    let figures = opinion.reasons.iter().flat_map(|it| it.figures.values());
    assert!(figures.into_iter().all(|figure| figure.is_finite()));
}
