//! The Context agent: flow, daily bars, dealers, and what is left of the session.

use decisions::positioning::{gamma_exposure, options_flow};
use domain::positioning::{DealerPosition, DealerSide, Flip, FlipSide, VolatilityExpectation};
use domain::quote::MarketClock;
use domain::{Bias, ListedOption, OptionChain, OptionsFlow, Price};

use crate::common::{
    closed_clock, contract, open_clock, provenance, sides, stock_quote, symbol, utc,
};
use crate::series::{Shape, closing_at, steps, with_wicks};
use crate::world::{Asked, World};

const CALL: &str = "SPY260702C00600000";
const PUT: &str = "SPY260702P00600000";

/// Both rights at the money, two dollars each, with these volumes.
fn chain(calls: u64, puts: u64) -> OptionChain {
    let now = utc("2026-06-24T14:15:06Z");
    let listed = |name, volume| ListedOption {
        contract: contract(name),
        sides: Some(sides(195, 205)),
        bid_size: 10,
        ask_size: 10,
        quoted_at: Some(now),
        implied_volatility: Some(0.2),
        greeks: None,
        open_interest: Some(100),
        volume: Some(volume),
    };
    OptionChain {
        underlying: symbol("SPY"),
        underlying_price: Some(Price::cents(60_000)),
        options: vec![listed(CALL, calls), listed(PUT, puts)],
        refused: 0,
        provenance: provenance(now),
    }
}

fn flow(calls: u64, puts: u64) -> OptionsFlow {
    options_flow(&chain(calls, puts), utc("2026-06-24T14:15:06Z")).unwrap()
}

#[test]
fn flow_counts_by_how_far_it_leans() {
    for (calls, puts, word, points) in [
        (100, 0, "bullish", 40),
        (75, 25, "bullish", 40),
        (74, 26, "bullish", 25),
        (60, 40, "bullish", 25),
        (59, 41, "neutral", 0),
        (41, 59, "neutral", 0),
        (40, 60, "bearish", -25),
        (26, 74, "bearish", -25),
        (25, 75, "bearish", -40),
        (0, 100, "bearish", -40),
    ] {
        let mut world = World::bare();
        world.evidence.options_flow = Some(flow(calls, puts));
        let opinion = world.opinion("context");
        assert_eq!(
            opinion.points("options_flow"),
            Some(points),
            "{calls}/{puts}"
        );
        assert_eq!(opinion.told("flow_sentiment"), Some(word), "{calls}/{puts}");
    }
}

#[test]
fn nothing_paid_leans_nowhere() {
    let mut world = World::bare();
    world.evidence.options_flow = Some(flow(0, 0));
    let found = world.no_evidence("context");
    assert!(found.contains("no options_flow"), "{found}");
}

/// A world in which dealers stand so.
fn with_dealers(side: DealerSide, against: Option<FlipSide>) -> World {
    let mut world = World::bare();
    let now = world.now;
    let quote = stock_quote(sides(59_999, 60_001), now);
    let mut exposure = gamma_exposure(&chain(1, 1), Some(&quote), now).unwrap();
    exposure.dealers = Some(DealerPosition {
        side,
        strength: None,
        spot_against_flip: against,
        volatility_expectation: VolatilityExpectation::NoStatement,
    });
    exposure.flip = against.map(|_| Flip {
        price: Price::cents(59_500),
        nearest_strike: Price::cents(59_500),
    });
    world.evidence.gamma_exposure = Some(exposure);
    world
}

#[test]
fn dealers_count_where_side_and_flip_agree() {
    use DealerSide::{LongGamma, Neutral, ShortGamma};
    let (above, below) = (Some(FlipSide::Above), Some(FlipSide::Below));
    for (side, against, word, points) in [
        (LongGamma, above, "long_gamma", 20),
        (LongGamma, below, "long_gamma", 0),
        (LongGamma, None, "long_gamma", 0),
        (ShortGamma, below, "short_gamma", -20),
        (ShortGamma, above, "short_gamma", 0),
        (ShortGamma, None, "short_gamma", 0),
        (Neutral, above, "neutral", 10),
        (Neutral, below, "neutral", -10),
        (Neutral, None, "neutral", 0),
    ] {
        let opinion = with_dealers(side, against).opinion("context");
        let row = format!("{side:?} {against:?}");
        assert_eq!(opinion.points("gamma_exposure"), Some(points), "{row}");
        assert_eq!(opinion.told("gex_regime"), Some(word), "{row}");
        let figures = &opinion.reason("gamma_exposure").unwrap().figures;
        assert_eq!(figures.contains_key("flip"), against.is_some(), "{row}");
    }
}

#[test]
fn a_chain_without_any_gamma_tells_of_no_dealers() {
    let mut world = with_dealers(DealerSide::Neutral, None);
    world.evidence.gamma_exposure.as_mut().unwrap().dealers = None;
    world.evidence.options_flow = Some(flow(80, 20));
    let opinion = world.opinion("context");
    assert!(opinion.misses("gamma_exposure"));
    assert_eq!(opinion.told("gex_regime"), None);
    assert_eq!(opinion.points("gamma_exposure"), None);
}

/// Days whose wicks become shorter, and on the last few long again if they are wild.
fn wicked(closes: Vec<f64>, wild: bool) -> Vec<Shape> {
    with_wicks(closing_at(closes), |day| match day {
        50.. if wild => 8.0,
        _ => 3.0 - 0.04 * f64::from(u32::try_from(day).unwrap()),
    })
}

#[test]
fn daily_bars_tell_trend_and_regime() {
    let (up, down, aside) = (&[2.0][..], &[-2.0][..], &[2.0, -2.0][..]);
    for (name, pattern, wild, regime, trend_points, regime_points) in [
        ("a rise", up, false, "trending", 20, 20),
        ("a fall", down, false, "trending", -20, -20),
        ("up and down", aside, false, "ranging", 0, 0),
        ("a wild rise", up, true, "volatile", 20, 0),
        ("a wild fall", down, true, "volatile", -20, 0),
        ("wild, up and down", aside, true, "volatile", 0, 0),
    ] {
        let days = wicked(steps(pattern, 60), wild);
        let opinion = World::on_days(&days).opinion("context");
        assert_eq!(opinion.told("market_regime"), Some(regime), "{name}");
        assert_eq!(opinion.points("daily_trend"), Some(trend_points), "{name}");
        assert_eq!(
            opinion.points("market_regime"),
            Some(regime_points),
            "{name}"
        );
    }
}

#[test]
fn a_regime_meets_its_bounds() {
    for (adx, rank, regime) in [
        (25.0, 0.89, "trending"),
        (24.9, 0.89, "ranging"),
        (25.0, 0.9, "volatile"),
        (10.0, 1.0, "volatile"),
    ] {
        let mut world = World::on_days(&wicked(steps(&[2.0], 60), false));
        let daily = world.technical().daily.as_mut().unwrap();
        daily.directional.as_mut().unwrap().adx = Some(adx);
        daily.atr.as_mut().unwrap().rank = Some(rank);
        let opinion = world.opinion("context");
        assert_eq!(opinion.told("market_regime"), Some(regime), "{adx} {rank}");
    }
}

#[test]
fn what_there_are_too_few_days_for_is_named() {
    for (count, missing) in [
        (27, &["options_flow", "daily_trend", "market_regime"][..]),
        (28, &["options_flow", "daily_trend", "daily_atr_rank"]),
        (33, &["options_flow", "daily_trend", "daily_atr_rank"]),
        (34, &["options_flow", "daily_trend"]),
        (49, &["options_flow", "daily_trend"]),
        (50, &["options_flow"]),
    ] {
        let mut world = World::on_days(&wicked(steps(&[2.0], count), false));
        let dealers = with_dealers(DealerSide::Neutral, None);
        world.evidence.gamma_exposure = dealers.evidence.gamma_exposure;
        assert_eq!(world.opinion("context").missing, missing, "{count} days");
    }
}

#[test]
fn a_daily_bar_that_can_t_be_leaves_none() {
    let mut bars = wicked(steps(&[2.0], 60), false);
    bars[20].volume = f64::INFINITY;
    let found = World::on_days(&bars).no_evidence("context");
    assert!(
        found.contains("no daily_trend, no market_regime"),
        "{found}"
    );
}

fn at(now: &str, clock: Option<MarketClock>) -> World {
    let mut world = World::bare();
    world.now = utc(now);
    world.evidence.clock = clock;
    world.evidence.options_flow = Some(flow(80, 20));
    world
}

/// The clock of a session until 16:00 Eastern time.
fn until_four() -> MarketClock {
    open_clock("2026-06-24T20:00:00Z", "2026-06-25T13:30:00Z")
}

#[test]
fn little_time_before_the_close_lowers_the_confidence() {
    for (now, minutes, confidence) in [
        ("2026-06-24T14:15:06Z", "344", 40),
        ("2026-06-24T19:00:00Z", "60", 40),
        ("2026-06-24T19:00:01Z", "59", 30),
        ("2026-06-24T19:30:00Z", "30", 30),
        ("2026-06-24T19:30:01Z", "29", 20),
        ("2026-06-24T19:59:59Z", "0", 20),
    ] {
        let opinion = at(now, Some(until_four())).opinion("context");
        assert_eq!(opinion.told("session"), Some("market_hours"), "{now}");
        assert_eq!(opinion.told("minutes_to_close"), Some(minutes), "{now}");
        assert_eq!(opinion.confidence.get(), confidence, "{now}");
        assert_eq!(opinion.bias, Bias::Bullish, "{now}");
    }
}

#[test]
fn out_of_the_session_half_the_confidence_is_kept() {
    let closed = || Some(closed_clock("2026-06-25T13:30:00Z"));
    for (now, clock, session) in [
        ("2026-06-24T12:00:00Z", closed(), "pre_market"),
        ("2026-06-24T20:00:00Z", closed(), "after_hours"),
        ("2026-06-24T20:00:00Z", Some(until_four()), "after_hours"),
        ("2026-06-24T15:00:00Z", closed(), "closed"),
        ("2026-06-27T15:00:00Z", closed(), "closed"),
    ] {
        let opinion = at(now, clock).opinion("context");
        assert_eq!(opinion.told("session"), Some(session), "{now}");
        assert_eq!(opinion.told("minutes_to_close"), None, "{now}");
        assert_eq!(opinion.confidence.get(), 20, "{now}");
    }
}

#[test]
fn the_calendar_tells_the_close_where_the_clock_doesn_t() {
    let silent = Some(MarketClock {
        closes_at: None,
        ..until_four()
    });
    let early = at("2026-11-27T17:30:00Z", silent.clone()).opinion("context");
    assert_eq!(early.told("minutes_to_close"), Some("30"));
    let nobody_knows = at("2026-06-27T15:00:00Z", silent).opinion("context");
    assert!(nobody_knows.misses("clock"));
    assert_eq!(nobody_knows.confidence.get(), 20);
}

#[test]
fn without_a_clock_half_the_confidence_is_kept() {
    let opinion = at("2026-06-24T14:15:06Z", None).opinion("context");
    assert!(opinion.misses("clock"));
    assert_eq!(
        (opinion.told("session"), opinion.confidence.get()),
        (None, 20)
    );
}

#[test]
fn all_together_come_to_a_hundred() {
    let mut world = World::on_days(&wicked(steps(&[2.0], 60), false));
    world.evidence.options_flow = Some(flow(80, 20));
    let dealers = with_dealers(DealerSide::LongGamma, Some(FlipSide::Above));
    world.evidence.gamma_exposure = dealers.evidence.gamma_exposure;
    let opinion = world.opinion("context");
    assert_eq!(
        (opinion.bias, opinion.confidence.get()),
        (Bias::Bullish, 100)
    );
    assert_eq!(opinion.missing, [""; 0]);
}

#[test]
fn a_clock_alone_is_no_evidence() {
    let found = World::bare().no_evidence("context");
    assert_eq!(
        found,
        "there is no options_flow, no daily_trend, no market_regime, no gamma_exposure"
    );
}
