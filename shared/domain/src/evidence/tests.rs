//! Evidence as it is stored, in every form that there was.

use serde_json::{Value, json};

use super::*;

/// As it was written before there were forms.
const OF_THE_FIRST_FORM: &str = concat!(
    r#"{"symbol":"SPY","captured_at":"2026-07-30T14:00:00Z","clock":null,"quote":null,"#,
    r#""candles":null,"daily":null,"chain":null,"#,
    r#""missing":[{"part":"clock","why":"no answer came in time"}]}"#
);

fn indicators() -> Indicators {
    Indicators {
        timeframe: crate::Timeframe::parse("5").unwrap(),
        candles: 10,
        ema8: Some(621.5),
        ema21: None,
        rsi: None,
        atr: None,
    }
}

#[test]
fn parts_are_written_by_their_names() {
    for part in Part::ALL {
        let missing = Missing {
            part,
            why: "no answer came in time".to_owned(),
        };
        let json = serde_json::to_value(&missing).unwrap();
        assert_eq!(json["part"], part.to_string());
        assert_eq!(serde_json::from_value::<Missing>(json).unwrap(), missing);
    }
}

#[test]
fn what_has_no_form_is_of_the_first_and_keeps_its_bytes() {
    let read: Evidence = serde_json::from_str(OF_THE_FIRST_FORM).unwrap();
    assert_eq!(read.form, EvidenceForm::First);
    assert!(read.gamma_exposure.is_none() && read.indicators.is_none());
    assert_eq!(serde_json::to_string(&read).unwrap(), OF_THE_FIRST_FORM);
}

#[test]
fn the_newest_form_tells_its_number_and_keeps_its_bytes() {
    let mut evidence: Evidence = serde_json::from_str(OF_THE_FIRST_FORM).unwrap();
    evidence.form = EvidenceForm::NEWEST;
    evidence.indicators = Some(indicators());
    let text = serde_json::to_string(&evidence).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["form"], 3);
    assert_eq!(json["indicators"]["ema8"], 621.5);
    let read: Evidence = serde_json::from_str(&text).unwrap();
    assert_eq!(read, evidence);
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
}

#[test]
fn a_form_or_a_part_that_is_unknown_is_refused() {
    for (field, value) in [
        ("form", json!(4)),
        ("form", json!(0)),
        ("form", json!("2")),
        ("weather", json!("fair")),
    ] {
        let mut json: Value = serde_json::from_str(OF_THE_FIRST_FORM).unwrap();
        json[field] = value;
        let read = serde_json::from_value::<Evidence>(json);
        assert!(read.is_err(), "{field}");
    }
}
