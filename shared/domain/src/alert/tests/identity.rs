//! Hashes and ids: fixed, so that an alert that comes again after an upgrade is still known.

use super::*;
use crate::alert::presented_secret;

/// Hashes of the texts in the comments, computed with another implementation of SHA-256.
#[test]
fn hashes_are_fixed() {
    for (changes, hash, signal_id) in [
        (
            // SPY:long:5m:2026-06-24T14:15:03Z
            json!({}),
            "0fde3408336f7a1f83310551300f11da35c2cd891bd4bd9e33be7decd3488070",
            "08394412-d874-576e-a1ba-f47ea0190e9f",
        ),
        (
            // SPY:long:5m:2026-06-24T14:15:03Z:EMA cross
            json!({"strategy": "EMA cross", "timestamp": 1_782_310_503_999_i64}),
            "a0a4b7c9a4cc189a4ae229550fd6bc35d210bfb7dc614e07caa6d0b23e256c77",
            "8e7afb70-07d0-5db7-8082-46060a484008",
        ),
        (
            // SPY:flat:5m:2026-06-24T14:15:03Z:exit
            json!({"action": "exit"}),
            "699056a5b779fc820d03b1596b8298ad053853e1f9951cd9debf519860955ce1",
            "c5fae348-2611-5478-96e1-89768e48455d",
        ),
        (
            // SPY:short:1h:2026-06-24T14:15:03Z:EMA cross:reverse
            json!({
                "direction": "sell", "timeframe": 60, "strategy": "EMA cross",
                "market_position": "short", "prev_market_position": "long",
            }),
            "a77fe40947be5fc73c63a9fe198e0085420cfc5757c19807328f1e9036d97a4c",
            "09ec09fd-7446-5d7e-80d0-d0005cf9489a",
        ),
    ] {
        let signal = read_json(&alert_with(&changes)).unwrap();
        assert_eq!(signal.hash, hash, "{changes}");
        assert_eq!(signal.signal_id.to_string(), signal_id, "{changes}");
    }
}

/// SPY:long:1m:2026-06-24T14:15:00Z and the hash of
/// `{"action":"buy","secret":"[redacted]","ticker":"SPY"}`.
#[test]
fn without_a_time_the_body_counts() {
    for body in [
        r#"{"ticker": "SPY", "action": "buy", "secret": "s3cret"}"#,
        r#"{"secret":"changed","action":"buy","ticker":"SPY"}"#,
    ] {
        let signal = read_text(body).unwrap();
        assert_eq!(
            signal.body_sha256,
            "ae034dcf944a9b1031137a3bd4373466ed009655f66da8355787037ef7b1b64d"
        );
        assert_eq!(
            signal.hash,
            "0940bbaf10181cc1c1c4f8ee318fe3ff0f9bd5f020e86b72e5c73717954624c8"
        );
    }
    let other = read_text(r#"{"ticker": "SPY", "action": "buy", "comment": "again"}"#).unwrap();
    assert_ne!(
        other.hash,
        "0940bbaf10181cc1c1c4f8ee318fe3ff0f9bd5f020e86b72e5c73717954624c8"
    );
}

#[test]
fn the_presented_secret_is_found() {
    for (body, expected) in [
        (r#"{"secret": " s3cret "}"#, Some("s3cret")),
        (r#"{"passphrase": "s3cret"}"#, Some("s3cret")),
        (r#"{"apikey": "s3cret"}"#, Some("s3cret")),
        (r#"{"API_KEY": "s3cret"}"#, Some("s3cret")),
        (r#"{"token": 12345}"#, Some("12345")),
        (r#"{"key": "EventName:abc123"}"#, Some("abc123")),
        (r#"{"key": "abc123"}"#, Some("abc123")),
        (r#"{"secret": "", "token": "s3cret"}"#, Some("s3cret")),
        (r#"{"secret": "with:colon"}"#, Some("with:colon")),
        ("TOKEN=s3cret;SYMBOL=SPY;SIGNAL=up", Some("s3cret")),
        (r#"{"ticker": "SPY"}"#, None),
        (r#"{"secret": null}"#, None),
        (r#"{"strategy": {"token": "s3cret"}}"#, None),
        ("s3cret", None),
        ("{", None),
    ] {
        assert_eq!(
            presented_secret(body.as_bytes()).as_deref(),
            expected,
            "{body}"
        );
    }
}

#[test]
fn secrets_are_blotted_out_and_all_else_is_kept() {
    let body = json!({
        "ticker": "SPY", "action": "buy", "Secret": "s3cret", "key": 5, "comment": "hello",
        "auth": [{"token": "s3cret"}],
    });
    assert_eq!(
        read_json(&body).unwrap().raw,
        json!({
            "ticker": "SPY", "action": "buy", "Secret": "[redacted]", "key": "[redacted]",
            "comment": "hello", "auth": [{"token": "[redacted]"}],
        })
    );
}

#[test]
fn a_signal_survives_storage() {
    for changes in [
        json!({"price": 602.1, "option_contracts": 2}),
        json!({"action": "exit"}),
    ] {
        let signal = read_json(&alert_with(&changes)).unwrap();
        let stored = serde_json::to_value(&signal).unwrap();
        assert_eq!(stored["intent"], signal.intent.kind());
        assert_eq!(serde_json::from_value::<Signal>(stored).unwrap(), signal);
    }
}
