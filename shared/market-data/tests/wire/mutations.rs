//! Bodies with faults in them, as a broken provider could send them.

use domain::Timeframe;
use domain::quote::{Candle, Provenance, Timeliness};
use market_data::CandleRequest;
use market_data::provider::ProviderName;
use market_data::provider::bars::BarPlan;
use proptest::prelude::*;

use super::{asked, symbol};

/// What is put in the place of a value.
const VALUES: [&str; 19] = [
    "null",
    "0",
    "-1",
    "-0.0",
    "1e300",
    "1e308",
    "1e999",
    "9223372036854775807",
    "-1e308",
    "7e28",
    "999999999",
    "1e-300",
    "\"\"",
    "\"NaN\"",
    "\"12\"",
    "\"5\"",
    "[1]",
    "[]",
    "{}",
];

#[derive(Debug, Clone, Copy)]
enum Fault {
    Changed(prop::sample::Index, u8),
    Deleted(prop::sample::Index, usize),
    Cut(prop::sample::Index),
    Replaced(prop::sample::Index, &'static str),
    Swapped(prop::sample::Index, prop::sample::Index),
}

fn fault() -> impl Strategy<Value = Fault> {
    let place = any::<prop::sample::Index>;
    prop_oneof![
        2 => (place(), any::<u8>()).prop_map(|(at, byte)| Fault::Changed(at, byte)),
        1 => (place(), 1..9_usize).prop_map(|(at, length)| Fault::Deleted(at, length)),
        1 => place().prop_map(Fault::Cut),
        6 => (place(), prop::sample::select(&VALUES[..])).prop_map(|(at, value)| Fault::Replaced(at, value)),
        3 => (place(), place()).prop_map(|(one, other)| Fault::Swapped(one, other)),
    ]
}

/// The body with a few faults.
pub(crate) fn mutated(body: &str) -> impl Strategy<Value = Vec<u8>> + use<> {
    let body = body.as_bytes().to_vec();
    prop::collection::vec(fault(), 0..4).prop_map(move |faults| {
        let mut body = body.clone();
        for fault in faults {
            apply(&mut body, fault);
        }
        body
    })
}

fn apply(body: &mut Vec<u8>, fault: Fault) {
    if body.is_empty() {
        return;
    }
    match fault {
        Fault::Changed(at, byte) => *at.get_mut(body) = byte,
        Fault::Deleted(at, length) => {
            let from = at.index(body.len());
            body.drain(from..body.len().min(from + length));
        }
        Fault::Cut(at) => body.truncate(at.index(body.len())),
        Fault::Replaced(at, value) => {
            let values = values(body);
            if !values.is_empty() {
                body.splice(at.get(&values).clone(), value.bytes());
            }
        }
        Fault::Swapped(one, other) => swap(body, one, other),
    }
}

fn swap(body: &mut Vec<u8>, one: prop::sample::Index, other: prop::sample::Index) {
    let values = values(body);
    if values.is_empty() {
        return;
    }
    let (one, other) = (one.get(&values).clone(), other.get(&values).clone());
    let (first, last) = if one.start < other.start {
        (one, other)
    } else {
        (other, one)
    };
    if first.end <= last.start {
        let (first_text, last_text) = (body[first.clone()].to_vec(), body[last.clone()].to_vec());
        body.splice(last, first_text);
        body.splice(first, last_text);
    }
}

/// Where single values stand: what follows a colon, a bracket or a comma, up to the next of them.
fn values(body: &[u8]) -> Vec<std::ops::Range<usize>> {
    let begins = |at: &usize| matches!(body[*at - 1], b':' | b'[' | b',');
    let starts = (1..body.len()).filter(begins);
    let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']');
    let value = |start: usize| {
        let length = body[start..].iter().position(ends).unwrap_or(0);
        start..start + length
    };
    starts
        .map(value)
        .filter(|range| !range.is_empty())
        .collect()
}

/// That what a plan makes of these bars is in order and possible, or nothing.
pub(crate) fn assert_sane_bars(bars: &[Candle]) {
    for timeframe in ["5m", "1h", "1d"] {
        let request = CandleRequest {
            symbol: symbol("AAPL"),
            timeframe: Timeframe::parse(timeframe).unwrap(),
            count: 20,
        };
        let plan = BarPlan::of(ProviderName::Alpaca, &request, asked().now).unwrap();
        let provenance = Provenance {
            provider: "alpaca".to_owned(),
            timeliness: Timeliness::RealTime,
            at: asked().now,
            received_at: asked().now,
        };
        let Ok(set) = plan.assemble(&request, bars.to_vec(), provenance) else {
            continue;
        };
        assert!(set.candles.is_sorted_by(|a, b| a.start < b.start));
        for candle in &set.candles {
            assert!(!candle.low.is_zero() && candle.low <= candle.high);
            assert!(candle.volume >= 0.0 && candle.volume.is_finite());
        }
    }
}
