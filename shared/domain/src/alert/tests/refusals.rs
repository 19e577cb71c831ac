//! Bodies that are no alerts, and fields that can't be believed.

use super::*;

#[test]
fn bodies_that_are_no_alerts_are_refused_as_a_whole() {
    let wide: serde_json::Map<_, _> = (0..65).map(|n| (format!("k{n}"), json!(n))).collect();
    let nested_wide = json!({"ticker": "SPY", "list": [wide.clone()]}).to_string();
    let deep = format!("{}1{}", r#"{"a":"#.repeat(200), "}".repeat(200));
    for body in [
        "",
        " \n ",
        "\u{feff}",
        "buy SPY",
        "\"SPY\"",
        "42",
        "null",
        "[{\"ticker\": \"SPY\"}]",
        "{\"ticker\": \"SPY\"",
        "{\"ticker\": \"SPY\", \"close\": NaN}",
        "{\"ticker\": \"SPY\"} {}",
        "MyKeys(SPY) { market(side=buy, amount=100); } #bot",
        "s3cret\nSYMBOL=SPY\nSIGNAL=BUY",
        "SYMBOL=SPY;SYMBOL=QQQ;SIGNAL=BUY",
        &" ".repeat(70_000),
        &Value::Object(wide).to_string(),
        &nested_wide,
        &deep,
    ] {
        assert_eq!(refused(body), ["body"], "{body}");
    }
    assert!(matches!(
        read(&[0xff, 0xfe], utc(RECEIVED_AT)),
        Err(ReadError::Invalid(_))
    ));
}

#[test]
fn a_refused_body_is_never_repeated() {
    let error = read_text("s3cret\nbuy SPY").unwrap_err().to_string();
    assert!(
        error.contains("JSON object") && !error.contains("s3cret"),
        "{error}"
    );
}

/// Each case: what is changed in a good alert, and which fields are refused for it.
fn check(cases: Vec<(Value, Vec<&str>)>) {
    for (changes, expected) in cases {
        assert_eq!(
            refused(&alert_with(&changes).to_string()),
            expected,
            "{changes}"
        );
    }
}

#[test]
fn bad_symbols_and_words_are_named() {
    check(vec![
        (json!({"symbol": null}), vec!["symbol"]),
        (json!({"symbol": "ES1!"}), vec!["symbol"]),
        (json!({"symbol": "{{ticker}}"}), vec!["symbol"]),
        (json!({"symbol": ["SPY"]}), vec!["symbol"]),
        (json!({"ticker": "QQQ"}), vec!["ticker"]),
        (
            json!({"symbol": null, "ticker": "SPY 250624C596"}),
            vec!["ticker"],
        ),
        (
            json!({"symbol": null, "ticker": "O:SPY250624C00596000"}),
            vec!["ticker"],
        ),
        (json!({"direction": null}), vec!["direction"]),
        (json!({"direction": "up"}), vec!["direction"]),
        (json!({"direction": true}), vec!["direction"]),
        (
            json!({"direction": null, "action": "cancel"}),
            vec!["action"],
        ),
        (json!({"direction": null, "action": "add"}), vec!["action"]),
        (
            json!({"direction": "{{strategy.order.action}}"}),
            vec!["direction"],
        ),
        (json!({"action": "sell"}), vec!["action"]),
        (json!({"direction": "short", "side": "long"}), vec!["side"]),
        (json!({"action": "buy", "signal": "sell"}), vec!["signal"]),
    ]);
}

#[test]
fn bad_positions_are_named() {
    check(vec![
        (json!({"market_position": "short"}), vec!["direction"]),
        (json!({"sentiment": "bearish"}), vec!["direction"]),
        (json!({"sentiment": "happy"}), vec!["sentiment"]),
        (
            json!({"market_position": "long", "sentiment": "bearish"}),
            vec!["sentiment"],
        ),
        (
            json!({"market_position": "flat", "position_size": 2}),
            vec!["position_size"],
        ),
        (
            json!({"market_position": "long", "position_size": -2}),
            vec!["position_size"],
        ),
        (
            json!({"market_position": "long", "prev_market_position": "flat", "action": "sell"}),
            vec!["action"],
        ),
        (
            json!({"prev_market_position": "sideways"}),
            vec!["prev_market_position"],
        ),
        (
            json!({"strategy": {"position_size": "big"}}),
            vec!["strategy.position_size"],
        ),
        (
            json!({"position_size": 1, "quantity": "all"}),
            vec!["quantity"],
        ),
    ]);
}

#[test]
fn bad_times_names_and_numbers_are_named() {
    check(vec![
        (json!({"timeframe": "fast"}), vec!["timeframe"]),
        (
            json!({"timeframe": null, "interval": "{{interval}}"}),
            vec!["interval"],
        ),
        (json!({"timestamp": "yesterday"}), vec!["timestamp"]),
        (json!({"timestamp": 5}), vec!["timestamp"]),
        (json!({"timestamp": "{{timenow}}"}), vec!["timestamp"]),
        (
            json!({"timestamp": null, "bar": {"time": "{{time}}"}}),
            vec!["bar.time"],
        ),
        (json!({"strategy": "x".repeat(101)}), vec!["strategy"]),
        (json!({"strategy": ["x"]}), vec!["strategy"]),
        (json!({"source": "a\u{7}b"}), vec!["source"]),
        (json!({"indicator": "{{plot_0}}"}), vec!["indicator"]),
        (json!({"price": 0}), vec!["price"]),
        (json!({"close": "-3"}), vec!["close"]),
        (json!({"close": 10_000_000}), vec!["close"]),
        (json!({"signalPrice": "1e300"}), vec!["signalPrice"]),
        (json!({"trigger_price": "{{close}}"}), vec!["trigger_price"]),
        (json!({"option_contracts": 0}), vec!["option_contracts"]),
        (json!({"option_contracts": 11}), vec!["option_contracts"]),
        (json!({"option_contracts": "1.5"}), vec!["option_contracts"]),
    ]);
}

#[test]
fn all_problems_are_named_at_once() {
    check(vec![(
        json!({
            "symbol": "", "direction": "up", "timeframe": "fast", "timestamp": "x",
            "strategy": {"name": "{{n}}"}, "price": "dear", "option_contracts": -1,
        }),
        vec![
            "symbol",
            "direction",
            "timeframe",
            "timestamp",
            "strategy.name",
            "price",
            "option_contracts",
        ],
    )]);
}

#[test]
fn messages_tell_what_would_be_right() {
    for (changes, expected) in [
        (
            json!({"symbol": "{{ticker}}"}),
            "holds the placeholder {{ticker}} that TradingView did not fill in",
        ),
        (
            json!({"symbol": "SPY 250624C596"}),
            "send its underlying (SPY)",
        ),
        (
            json!({"direction": null, "action": "cancel"}),
            "not supported",
        ),
        (
            json!({"market_position": "short"}),
            "says long, but `market_position` says short",
        ),
        (
            json!({"action": "sell"}),
            "says short, but `direction` says long",
        ),
    ] {
        let error = read_json(&alert_with(&changes)).unwrap_err();
        assert!(error.problems()[0].message.contains(expected), "{error}");
    }
}

#[test]
fn a_problem_is_told_as_field_and_message() {
    let error = read_json(&alert_with(&json!({"option_contracts": 11}))).unwrap_err();
    assert_eq!(
        serde_json::to_value(error.problems()).unwrap(),
        json!([{"field": "option_contracts", "message": "must be a whole number from 1 to 10"}])
    );
}
