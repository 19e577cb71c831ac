//! Intents that follow from words and positions.

use super::*;

/// Reads an alert on SPY with these fields.
fn intent_of(fields: &Value) -> String {
    let mut alert = alert_with(fields);
    if fields.get("direction").is_none() {
        alert["direction"] = Value::Null;
    }
    read_json(&alert).map_or_else(|error| error.to_string(), |signal| intent_in_words(&signal))
}

#[test]
fn words_alone_tell_an_intent() {
    for (words, expected) in [
        (
            vec![
                "buy",
                "LONG",
                "bull",
                "Bullish",
                "enter_long",
                "Enter Long",
                "call",
            ],
            "entry long",
        ),
        (
            vec!["sell", "short", "BEAR", "bearish", "enter_short", "put"],
            "entry short",
        ),
        (
            vec![
                "exit",
                "close",
                "flat",
                "close_all",
                "close-all",
                "exit_long",
                "EXIT_SHORT",
            ],
            "exit",
        ),
    ] {
        for word in words {
            for field in ["action", "direction", "side", "signal", "order_action"] {
                assert_eq!(
                    intent_of(&json!({ field: word })),
                    expected,
                    "{field} {word}"
                );
            }
            assert_eq!(
                intent_of(&json!({"strategy": {"order_action": word}})),
                expected,
                "{word}"
            );
        }
    }
}

#[test]
fn words_together_tell_an_intent() {
    for (fields, expected) in [
        (json!({"action": "buy", "direction": "long"}), "entry long"),
        (json!({"action": "exit", "direction": "long"}), "exit"),
        (json!({"action": "sell", "direction": "flat"}), "exit"),
        (json!({"action": "add", "direction": "short"}), "add short"),
        (json!({"action": "add", "side": "buy"}), "add long"),
        (json!({"action": "reduce", "side": "buy"}), "reduce short"),
        (
            json!({"action": "reduce", "side": "buy", "direction": "short"}),
            "reduce short",
        ),
        (json!({"sentiment": "bearish"}), "entry short"),
        (json!({"sentiment": "flat", "direction": "long"}), "exit"),
        (
            json!({"action": "reduce", "sentiment": "bullish"}),
            "reduce long",
        ),
    ] {
        assert_eq!(intent_of(&fields), expected, "{fields}");
    }
}

#[test]
fn the_position_explains_the_order() {
    for (action, now, before, expected) in [
        ("buy", "long", "flat", "entry long"),
        ("sell", "short", "flat", "entry short"),
        ("sell", "short", "long", "reverse short"),
        ("buy", "long", "short", "reverse long"),
        ("sell", "flat", "long", "exit"),
        ("buy", "flat", "short", "exit"),
        ("buy", "long", "long", "add long"),
        ("sell", "long", "long", "reduce long"),
        ("buy", "short", "short", "reduce short"),
        ("buy", "long", "", "entry long"),
        ("sell", "long", "", "reduce long"),
        ("buy", "short", "NaN", "reduce short"),
        ("sell", "flat", "", "exit"),
        ("add", "long", "", "add long"),
        ("reduce", "long", "long", "reduce long"),
        ("", "long", "", "entry long"),
        ("", "long", "long", "add long"),
        ("exit", "long", "long", "exit"),
    ] {
        let fields =
            json!({"action": action, "market_position": now, "prev_market_position": before});
        assert_eq!(intent_of(&fields), expected, "{fields}");
        let nested = json!({"action": action, "strategy": fields});
        assert_eq!(intent_of(&nested), expected, "{nested}");
    }
}

#[test]
fn sizes_tell_growth_from_reduction() {
    for (now, before, action, expected) in [
        ("3", "2", "buy", "add short"),
        ("2", "3", "buy", "reduce short"),
        ("2", "2", "buy", "reduce short"),
        ("2", "2", "sell", "add short"),
    ] {
        let fields = json!({
            "action": action, "market_position": "short", "prev_market_position": "short",
            "market_position_size": now, "prev_market_position_size": before,
        });
        assert_eq!(intent_of(&fields), expected, "{fields}");
    }
}

#[test]
fn a_signed_size_and_the_order_give_the_position_before() {
    for (action, contracts, size, expected) in [
        ("buy", json!("2"), json!("2"), "entry long"),
        ("sell", json!(0.5), json!(-0.5), "entry short"),
        ("buy", json!(3), json!(1), "reverse long"),
        ("sell", json!("3"), json!("-1"), "reverse short"),
        ("sell", json!(2), json!(0), "exit"),
        ("buy", json!(1), json!(3), "add long"),
        ("sell", json!(1), json!(3), "reduce long"),
        ("buy", json!(1), json!(-3), "reduce short"),
        ("sell", json!(1), json!(-3), "add short"),
        ("buy", json!(null), json!(3), "entry long"),
        ("sell", json!(null), json!(3), "reduce long"),
    ] {
        let fields = json!({"action": action, "order_contracts": contracts, "position_size": size});
        assert_eq!(intent_of(&fields), expected, "{fields}");
    }
}

#[test]
fn an_unsigned_size_takes_its_sign_from_the_market_position() {
    let fields = json!({
        "action": "sell", "contracts": 2, "position_size": 2, "market_position": "short",
    });
    assert_eq!(intent_of(&fields), "entry short");
}
