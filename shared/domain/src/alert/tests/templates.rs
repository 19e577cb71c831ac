//! The complete templates of services that many alerts are written for.

use super::*;

/// What a template must be read as.
type Expected = (&'static str, &'static str, &'static str);

fn check(cases: &[(&str, &str, Expected)]) {
    for (name, body, (intent, symbol, timeframe)) in cases {
        let signal = read_text(body).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(intent_in_words(&signal), *intent, "{name}");
        assert_eq!(signal.symbol.as_str(), *symbol, "{name}");
        assert_eq!(signal.timeframe.to_string(), *timeframe, "{name}");
    }
}

#[test]
fn own_and_generic_templates_are_understood() {
    check(&[
        (
            "own payload",
            r#"{"symbol": "SPY", "direction": "long", "timeframe": "5m",
                "timestamp": "2026-06-24T14:15:00Z", "source": "strategy_name",
                "indicator": "indicator_name", "strategy": "strategy_name"}"#,
            ("entry long", "SPY", "5m"),
        ),
        (
            "strategy with passphrase",
            r#"{"passphrase":"s3cret","ticker":"AAPL","exchange":"NASDAQ","interval":"60",
                "time":"2026-06-24T14:15:02Z",
                "bar":{"time":"2026-06-24T13:30:00Z","open":"201.5","close":"202.25"},
                "strategy":{"order_id":"Long","order_action":"buy","order_contracts":"2",
                "position_size":"2"}}"#,
            ("entry long", "AAPL", "1h"),
        ),
        (
            "strategy placeholders, reversing",
            r#"{"ticker":"QQQ","interval":"15","timenow":"2026-06-24T14:15:02Z","action":"sell",
                "contracts":"2","price":"481.07","market_position":"short",
                "market_position_size":"1","prev_market_position":"long",
                "prev_market_position_size":"1"}"#,
            ("reverse short", "QQQ", "15m"),
        ),
        (
            "indicator",
            r#"{"ticker":"NVDA","action":"buy","close":131.26,"volume":48210,"interval":"1",
                "time":"2026-06-24T14:14:00Z"}"#,
            ("entry long", "NVDA", "1m"),
        ),
        (
            "robswc",
            r#"{"key": "Breakout:abc123", "symbol": "NASDAQ:TSLA", "side": "sell", "interval": "D"}"#,
            ("entry short", "TSLA", "1d"),
        ),
        (
            "OctoBot on lines",
            "EXCHANGE=amex\nSYMBOL=iwm\nSIGNAL=BUY\n",
            ("entry long", "IWM", "1m"),
        ),
        (
            "OctoBot in a line",
            "exchange=amex;symbol=IWM;signal=SELL;",
            ("entry short", "IWM", "1m"),
        ),
        (
            "with a byte order mark",
            "\u{feff} {\"ticker\": \"SPY\", \"action\": \"bearish\"}\r\n",
            ("entry short", "SPY", "1m"),
        ),
    ]);
}

#[test]
fn templates_of_other_services_are_understood() {
    let traders_post = |action: &str, sentiment: &str| {
        format!(
            r#"{{"ticker":"SPY","action":"{action}","sentiment":"{sentiment}","signalPrice":"602.1",
                "quantity":100,"takeProfit":{{"percent":10}},
                "stopLoss":{{"type":"stop","percent":5}}}}"#
        )
    };
    let three_commas = |action: &str, now: &str, before: &str| {
        format!(
            r#"{{"secret":"s3cret","max_lag":"300","timestamp":"2026-06-24T14:15:01Z",
                "trigger_price":"602.11","tv_exchange":"AMEX","tv_instrument":"SPY",
                "action":"{action}","bot_uuid":"5e2f",
                "strategy_info":{{"market_position":"{now}","market_position_size":"100",
                "prev_market_position":"{before}","prev_market_position_size":"100"}},
                "order":{{"amount":"100","currency_type":"base"}}}}"#
        )
    };
    let open_algo = |action: &str, quantity: &str, position_size: &str| {
        format!(
            r#"{{"apikey":"s3cret","strategy":"Supertrend","symbol":"MSFT","action":"{action}",
                "exchange":"NASDAQ","pricetype":"MARKET","product":"MIS",
                "quantity":"{quantity}","position_size":"{position_size}"}}"#
        )
    };
    for (body, intent) in [
        (traders_post("buy", "bullish"), "entry long"),
        (traders_post("sell", "bearish"), "entry short"),
        (traders_post("exit", "bullish"), "exit"),
        (traders_post("sell", "flat"), "exit"),
        (traders_post("add", "bullish"), "add long"),
        (traders_post("sell", "bullish"), "reduce long"),
        (traders_post("buy", "bearish"), "reduce short"),
        (traders_post("buy", "long"), "entry long"),
        (three_commas("buy", "long", "flat"), "entry long"),
        (three_commas("sell", "flat", "long"), "exit"),
        (three_commas("buy", "long", "short"), "reverse long"),
        (open_algo("BUY", "1", "1"), "entry long"),
        (open_algo("SELL", "1", "-1"), "entry short"),
        (open_algo("SELL", "1", "0"), "exit"),
        (open_algo("SELL", "2", "-1"), "reverse short"),
        (open_algo("BUY", "1", "2"), "add long"),
        (open_algo("SELL", "1", "2"), "reduce long"),
    ] {
        let signal = read_text(&body).unwrap_or_else(|error| panic!("{body}: {error}"));
        assert_eq!(intent_in_words(&signal), intent, "{body}");
    }
}

#[test]
fn names_and_numbers_are_kept() {
    let signal = read_json(&alert_with(&json!({
        "strategy": {"name": " EMA cross ", "order_id": "Long"}, "source": "desk", "indicator": 7,
        "signalPrice": "602.123456", "option_contracts": "3", "quantity": 100,
    })))
    .unwrap();
    assert_eq!(signal.strategy.as_deref(), Some("EMA cross"));
    assert_eq!(signal.source.as_deref(), Some("desk"));
    assert_eq!(signal.indicator.as_deref(), Some("7"));
    assert_eq!(signal.price.unwrap().to_string(), "602.1235");
    assert_eq!(signal.option_contracts.unwrap().count(), 3);
}

#[test]
fn what_has_no_value_counts_as_missing() {
    for nothing in [
        json!(null),
        json!(""),
        json!("  "),
        json!("NaN"),
        json!("null"),
        json!("na"),
    ] {
        let signal = read_json(&alert_with(&json!({
            "strategy": nothing, "price": nothing, "option_contracts": nothing,
            "market_position": nothing, "position_size": nothing, "timeframe": nothing,
        })))
        .unwrap();
        assert_eq!(
            (signal.strategy, signal.price, signal.option_contracts),
            (None, None, None)
        );
        assert_eq!(signal.timeframe.to_string(), "1m");
        assert_eq!(signal.intent.kind(), "entry");
    }
}
