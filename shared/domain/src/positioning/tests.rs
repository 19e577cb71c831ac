//! The records' written form: what the dashboard reads and evidence keeps.

use serde_json::{Value, json};

use super::*;
use crate::money::Price;

fn snapshot() -> Value {
    json!({
        "symbol": "SPY",
        "unit": "dollars_of_delta_per_1_percent_up",
        "measured_at": "2026-07-30T14:00:00Z",
        "spot": "622.74",
        "total": {"call": 2.0, "put": -1.5, "net": 0.5, "contracts": 217},
        "ratio": 0.14,
        "net_per_dollar": 0.08,
        "by_strike": {"strike": ["620", "625"], "call": [1.0, 1.0], "put": [-1.5, 0.0], "left_out": 3},
        "by_expiration": [{
            "expiration": "2026-07-31",
            "exposed": {"call": 2.0, "put": -1.5, "net": 0.5, "contracts": 217},
            "max_pain": "620"
        }],
        "flip": {"price": "617.6299", "nearest_strike": "620"},
        "flips": ["617.6299", "741.584"],
        "cumulative_strike_flip": null,
        "walls": {"call": "625", "put": "620"},
        "walls_by_open_interest": {"call": "625", "put": null},
        "max_pain_of_all": "620",
        "put_call": {"open_interest": 0.9, "volume": null},
        "dealers": {
            "side": "long_gamma",
            "strength": "moderate",
            "spot_against_flip": "above",
            "volatility_expectation": "compressed"
        },
        "exclusions": {
            "adjusted": 0, "impossible": 0, "duplicate": 0, "expired": 1, "no_open_interest": 2,
            "zero_open_interest": 3, "no_implied_volatility": 4, "other_right_missing": 5
        },
        "volatilities_computed": 6,
        "caveats": ["open interest is of the session before"],
        "provenance": {
            "provider": "alpaca", "timeliness": "real_time",
            "at": "2026-07-30T13:59:58Z", "received_at": "2026-07-30T14:00:00Z"
        }
    })
}

#[test]
fn a_snapshot_reads_back_as_it_was_written() {
    let written = snapshot();
    let read: GammaExposureSnapshot = serde_json::from_value(written.clone()).unwrap();
    assert_eq!(read.dealers.unwrap().side, DealerSide::LongGamma);
    assert_eq!(read.flip.unwrap().nearest_strike, Price::cents(62_000));
    assert_eq!(serde_json::to_value(&read).unwrap(), written);
}

#[test]
fn a_snapshot_of_another_shape_is_refused() {
    let without = |field: &str| {
        let mut changed = snapshot();
        changed.as_object_mut().unwrap().remove(field);
        changed
    };
    let mut longer = snapshot();
    longer["vanna"] = json!(1.0);
    let mut other_unit = snapshot();
    other_unit["unit"] = json!("shares");
    for changed in [without("total"), without("unit"), longer, other_unit] {
        assert!(serde_json::from_value::<GammaExposureSnapshot>(changed).is_err());
    }
}

#[test]
fn a_flow_reads_back_as_it_was_written() {
    let written = json!({
        "symbol": "SPY",
        "measured_at": "2026-07-30T14:00:00Z",
        "call_volume": 120, "put_volume": 80,
        "call_premium_usd": "12000.00", "put_premium_usd": "8000.00",
        "sentiment": "bullish",
        "entries": [{
            "contract": "SPY260731C00625000", "volume": 120, "open_interest": 100,
            "mid": "1", "premium_usd": "12000.00"
        }],
        "unpriced": 0, "volume_unknown": 0,
        "caveats": [],
        "provenance": {
            "provider": "alpaca", "timeliness": "indicative",
            "at": "2026-07-30T13:59:58Z", "received_at": "2026-07-30T14:00:00Z"
        }
    });
    let read: OptionsFlow = serde_json::from_value(written.clone()).unwrap();
    assert_eq!(read.sentiment, Some(Sentiment::Bullish));
    assert_eq!(serde_json::to_value(&read).unwrap(), written);
}
