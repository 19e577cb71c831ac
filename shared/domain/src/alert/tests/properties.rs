//! What holds for every alert.

use super::*;
use crate::alert::presented_secret;
use proptest::prelude::*;
use serde_json::Map;

/// Values that the fields of alerts might hold.
fn any_value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop::sample::select(vec![
            "SPY",
            "buy",
            "sell",
            "long",
            "short",
            "flat",
            "exit",
            "add",
            "5",
            "1M",
            "{{ticker}}",
            "-3",
            "0",
            "1e28",
            "1e-28",
            "79228162514264337593543950335",
            "2026-06-24T14:15:00Z",
        ])
        .prop_map(Value::from),
    ];
    scalar.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(any_key(), inner, 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn any_key() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "symbol", "ticker", "action", "direction", "sentiment", "market_position",
            "prev_market_position", "market_position_size", "prev_market_position_size",
            "position_size", "contracts", "strategy", "strategy_info", "timeframe", "timestamp",
            "time", "bar", "price", "option_contracts", "secret", "key", "name", "order_action",
        ])
        .prop_map(str::to_owned),
        1 => ".{0,8}",
    ]
}

/// One alert, written in one of many ways.
fn written(alert: &Map<String, Value>, turn: usize, spaces: usize) -> String {
    let mut fields: Vec<_> = alert
        .iter()
        .map(|(key, value)| format!("\"{key}\":{value}"))
        .collect();
    fields.rotate_left(turn % alert.len());
    let gap = " ".repeat(spaces);
    format!("{gap}{{\n{}{gap}}}\n", fields.join(&format!("{gap},\r\n")))
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = presented_secret(&body);
        let _ = read(&body, utc(RECEIVED_AT));
    }

    #[test]
    fn any_text_is_read_or_refused(body in "[a-zA-Z]{0,9}[=:{\\[]?.{0,60}") {
        let _ = presented_secret(body.as_bytes());
        let _ = read_text(&body);
    }

    #[test]
    fn any_fields_are_read_or_refused(
        fields in prop::collection::btree_map(any_key(), any_value(), 0..12),
    ) {
        let body = Value::Object(fields.into_iter().collect());
        let _ = presented_secret(body.to_string().as_bytes());
        if let Err(error) = read_json(&body) {
            prop_assert!(!error.problems().is_empty());
        }
        // Beside what makes an alert whole, any other field is ignored or refused by name.
        if let Err(error) = read_json(&alert_with(&body)) {
            prop_assert!(!error.problems().iter().any(|problem| problem.field == "body"));
        }
    }

    #[test]
    fn the_way_of_writing_does_not_matter(
        symbol in prop::sample::select(vec!["SPY", "spy", " Spy ", "AMEX:SPY", "BATS:spy"]),
        action in prop::sample::select(vec!["buy", "BUY", "Buy "]),
        timeframe in prop::sample::select(vec![json!("5"), json!(5), json!("5m"), json!("5MIN")]),
        timestamp in prop::sample::select(vec![
            json!("2026-06-24T14:15:03Z"), json!("2026-06-24T10:15:03-04:00"),
            json!(1_782_310_503), json!("1782310503"), json!(1_782_310_503_000_i64),
        ]),
        size in prop::sample::select(vec![json!(2), json!("2"), json!("2.0"), json!(2.0)]),
        turn in 0_usize..6,
        spaces in 0_usize..3,
    ) {
        let alert = json!({
            "ticker": symbol, "action": action, "interval": timeframe, "timenow": timestamp,
            "position_size": size, "contracts": size,
        });
        let signal = read_text(&written(alert.as_object().unwrap(), turn, spaces)).unwrap();
        let plain = read_json(&alert_with(&json!({}))).unwrap();
        prop_assert_eq!(signal.signal_id, plain.signal_id);
    }

    #[test]
    fn without_a_time_the_order_of_keys_does_not_matter(turn in 0_usize..3, spaces in 0_usize..3) {
        let alert = json!({"ticker": "SPY", "action": "buy", "comment": "x"});
        let signal = read_text(&written(alert.as_object().unwrap(), turn, spaces)).unwrap();
        prop_assert_eq!(signal.hash, read_json(&alert).unwrap().hash);
    }

    #[test]
    fn a_secret_is_found_but_never_kept(
        field in prop::sample::select(vec![
            "secret", "passphrase", "apikey", "api_key", "token", "key", "SECRET", "Token",
        ]),
        secret in "[A-Za-z0-9!#$%&]{12,40}",
    ) {
        let body = alert_with(&json!({ field: secret }));
        let signal = read_json(&body).unwrap();
        prop_assert!(!serde_json::to_string(&signal).unwrap().contains(&secret));
        let debugged = format!("{signal:?}");
        prop_assert!(!debugged.contains(&secret));
        let presented = presented_secret(body.to_string().as_bytes());
        prop_assert_eq!(presented, Some(secret));
        prop_assert_eq!(signal.hash, read_json(&alert_with(&json!({}))).unwrap().hash);
    }
}
