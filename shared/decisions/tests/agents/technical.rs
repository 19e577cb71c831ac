//! The Technical agent on whole series: what it tells, and what it comes to.

use domain::Bias;

use crate::series::{Shape, closing_at, steps, walk, with_wicks};
use crate::world::{Asked, World};

/// Points by component, for each that was seen.
type Points = [(&'static str, i32)];

struct Case {
    name: &'static str,
    bars: Vec<Shape>,
    bias: Bias,
    confidence: u32,
    told: &'static [(&'static str, &'static str)],
    points: &'static Points,
}

/// The same steps the other way round.
fn mirrored(closes: &[f64]) -> Vec<f64> {
    closes.iter().map(|close| 1_200.0 - close).collect()
}

/// A rise that turns back every third bar, and gets faster.
fn growing_rise() -> Vec<f64> {
    let faster = (1..=220_u32).map(|bar| {
        let step = 0.1 + 0.001 * f64::from(bar);
        if bar % 3 == 0 { -step } else { step }
    });
    walk(faster)
}

fn cases() -> Vec<Case> {
    let steady = steps(&[0.1], 220);
    vec![
        Case {
            name: "a steady rise",
            bars: closing_at(steady.clone()),
            bias: Bias::Bullish,
            confidence: 45,
            told: &[
                ("trend", "up"),
                ("momentum", "weak"),
                ("rsi_zone", "overbought"),
                ("support", "620.05"),
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
        Case {
            name: "a steady fall",
            bars: closing_at(mirrored(&steady)),
            bias: Bias::Bearish,
            confidence: 45,
            told: &[
                ("trend", "down"),
                ("momentum", "weak"),
                ("rsi_zone", "oversold"),
                ("resistance", "579.95"),
            ],
            points: &[
                ("trend", -25),
                ("averages_in_order", -5),
                ("long_average", -5),
                ("directional_movement", -10),
                ("rsi", 5),
                ("vwap", -5),
                ("levels", -10),
            ],
        },
    ]
}

#[test]
fn print_cases() {
    for bars in [closing_at(growing_rise()), closing_at(steps(&[1.0, -1.0], 220)), closing_at([600.0; 220])] {
        let opinion = World::on(&bars).opinion("technical");
        println!("{}", opinion.reasons.iter().map(|r| format!("{}={} ", r.name, r.points)).collect::<String>());
        println!("{:?} {} {:?} {:?}", opinion.bias, opinion.confidence, opinion.metadata, opinion.missing);
    }
    let mut seed = 12345_u64;
    let mut next = move || {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((seed >> 40) as f64) / f64::from(1 << 24) - 0.5
    };
    let mut counts: std::collections::BTreeMap<String, u32> = Default::default();
    for _ in 0..500 {
        let closes = walk((0..200).map(|_| next() + next() + next()));
        let o = World::on(&with_wicks(closing_at(closes), |_| 0.2)).opinion("technical");
        *counts.entry(format!("{:?} {:02}", o.bias, o.confidence.get() / 10)).or_default() += 1;
        for k in ["trend", "momentum", "volatility", "rsi_zone"] { *counts.entry(format!("{k} {:?}", o.told(k))).or_default() += 1; }
        for r in &o.reasons { *counts.entry(format!("{} {}", r.name, r.points)).or_default() += 1; }
    }
    println!("{counts:#?}");
}
