//! The Technical agent on whole series: what it tells, and what it comes to.

use domain::Bias;

use crate::series::{Shape, closing_at, steps, walk};
use crate::world::{Asked, World};

struct Series {
    name: &'static str,
    bars: Vec<Shape>,
    comes_to: (Bias, u32),
    told: &'static [(&'static str, &'static str)],
    /// Points by component.
    points: &'static [(&'static str, i32)],
}

/// The same way down.
fn mirrored(closes: Vec<f64>) -> Vec<Shape> {
    closing_at(closes.into_iter().map(|close| 1_200.0 - close))
}

/// A rise that turns back on every third bar, and goes ever faster.
fn growing_rise() -> Vec<f64> {
    walk((0..220_u32).map(|bar| {
        let step = 0.02 + 0.000_02 * f64::from(bar * bar);
        if bar % 3 == 0 { -step } else { step }
    }))
}

fn steady() -> [Series; 2] {
    let rise = steps(&[0.1], 220);
    [
        Series {
            name: "a steady rise",
            bars: closing_at(rise.clone()),
            comes_to: (Bias::Bullish, 55),
            told: &[
                ("trend", "up"),
                ("momentum", "weak"),
                ("rsi_zone", "overbought"),
            ],
            points: &[
                ("trend", 25),
                ("averages_in_order", 5),
                ("long_average", 5),
                ("directional_movement", 10),
                ("rsi", -5),
                ("macd_histogram", 0),
                ("macd_cross", 0),
                ("vwap", 5),
                ("volume", 0),
                ("levels", 10),
            ],
        },
        Series {
            name: "a steady fall",
            bars: mirrored(rise),
            comes_to: (Bias::Bearish, 55),
            told: &[
                ("trend", "down"),
                ("momentum", "weak"),
                ("rsi_zone", "oversold"),
            ],
            points: &[
                ("trend", -25),
                ("averages_in_order", -5),
                ("long_average", -5),
                ("directional_movement", -10),
                ("rsi", 5),
                ("macd_histogram", 0),
                ("macd_cross", 0),
                ("vwap", -5),
                ("volume", 0),
                ("levels", -10),
            ],
        },
    ]
}

fn growing() -> [Series; 2] {
    [
        Series {
            name: "a growing rise",
            bars: closing_at(growing_rise()),
            comes_to: (Bias::Bullish, 75),
            told: &[
                ("trend", "up"),
                ("momentum", "strong"),
                ("volatility", "high"),
            ],
            points: &[("rsi", 15), ("macd_histogram", 10), ("levels", 0)],
        },
        Series {
            name: "a growing fall",
            bars: mirrored(growing_rise()),
            comes_to: (Bias::Bearish, 75),
            told: &[
                ("trend", "down"),
                ("momentum", "strong"),
                ("volatility", "high"),
            ],
            points: &[("rsi", -15), ("macd_histogram", -10), ("levels", 0)],
        },
    ]
}

fn going_nowhere() -> [Series; 2] {
    [
        Series {
            name: "up and down",
            bars: closing_at(steps(&[1.0, -1.0], 220)),
            comes_to: (Bias::Neutral, 5),
            told: &[
                ("trend", "sideways"),
                ("momentum", "neutral"),
                ("resistance", "601.05"),
                ("support", "599.95"),
            ],
            points: &[
                ("trend", 0),
                ("averages_in_order", 0),
                ("long_average", 0),
                ("directional_movement", 0),
                ("rsi", 0),
                ("macd_histogram", 0),
                ("macd_cross", 0),
                ("vwap", 0),
                ("levels", 5),
            ],
        },
        Series {
            name: "no movement",
            bars: closing_at([600.0; 220]),
            comes_to: (Bias::Neutral, 0),
            told: &[("trend", "sideways")],
            points: &[("trend", 0), ("directional_movement", 0), ("levels", 0)],
        },
    ]
}

#[test]
fn each_series_shows_what_it_was_made_for() {
    let series = steady().into_iter().chain(growing()).chain(going_nowhere());
    for Series {
        name,
        bars,
        comes_to,
        told,
        points,
    } in series
    {
        let opinion = World::on(&bars).opinion("technical");
        for (word, expected) in told {
            assert_eq!(opinion.told(word), Some(*expected), "{name}: {word}");
        }
        for (component, expected) in points {
            let found = opinion.points(component);
            assert_eq!(found, Some(*expected), "{name}: {component}");
        }
        let found = (opinion.bias, opinion.confidence.get());
        assert_eq!(found, comes_to, "{name}: {:?}", opinion.reasons);
        assert!(opinion.risk_score.is_none() && opinion.block.is_none());
    }
}

#[test]
fn bars_that_never_moved_say_nothing_of_strength_and_volatility() {
    let opinion = World::on(&closing_at([600.0; 220])).opinion("technical");
    assert_eq!(opinion.missing, ["rsi", "volatility"]);
    assert_eq!(opinion.told("momentum"), None);
}

#[test]
fn what_there_are_too_few_bars_for_is_named() {
    let all = [
        "trend",
        "averages_in_order",
        "long_average",
        "directional_movement",
        "rsi",
        "macd_histogram",
        "macd_cross",
        "vwap",
        "volume",
        "volatility",
        "levels",
    ];
    let rows: [(usize, &[&str]); 7] = [
        (15, &["rsi", "vwap"]),
        (21, &["volume", "levels"]),
        (28, &["directional_movement"]),
        (34, &["macd_histogram", "macd_cross"]),
        (39, &["volatility"]),
        (50, &["trend", "averages_in_order"]),
        (200, &["long_average"]),
    ];
    let missing_of = |count: usize| {
        let bars = closing_at(growing_rise().into_iter().take(count));
        World::on(&bars).opinion("technical").missing
    };
    let mut missing = all.to_vec();
    for (count, comes) in rows {
        if count > 15 {
            assert_eq!(missing_of(count - 1), missing, "{count} bars less one");
        }
        missing.retain(|name| !comes.contains(name));
        assert_eq!(missing_of(count), missing, "{count} bars");
    }
}

#[test]
fn without_bars_it_says_nothing() {
    let found = World::bare().no_evidence("technical");
    assert_eq!(found, "there are no studies of the bars");
    let one = World::on(&closing_at([600.0]));
    let found = one.no_evidence("technical");
    assert!(
        found.starts_with("there is no trend, no averages"),
        "{found}"
    );
}
