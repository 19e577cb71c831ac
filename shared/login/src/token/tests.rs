//! What is taken for a token, and what isn't.

use super::*;
use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::{Value, json};

const KEY: &str = "0123456789abcdef0123456789abcdef";
const OTHER: &str = "fedcba9876543210fedcba9876543210";

fn secret(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn began() -> DateTime<Utc> {
    at("2026-07-30T14:00:00.123Z")
}

fn claims() -> Claims {
    Claims::beginning(UserName::parse("ann").unwrap(), Role::Admin, began())
}

fn read(token: &str) -> Result<Claims, TokenError> {
    Claims::read(token, &secret(KEY), began())
}

/// A token of these claims by this algorithm and key.
fn forged(algorithm: Algorithm, key: &str, claims: &Value) -> String {
    let key = EncodingKey::from_secret(key.as_bytes());
    encode(&Header::new(algorithm), claims, &key).unwrap()
}

fn as_json() -> Value {
    serde_json::to_value(claims()).unwrap()
}

#[test]
fn a_token_says_what_was_signed_to_the_millisecond() {
    let token = claims().signed("k1", &secret(KEY)).unwrap();
    assert_eq!(read(&token), Ok(claims()));
    let header = jsonwebtoken::decode_header(&token).unwrap();
    assert_eq!(
        (header.alg, header.kid.as_deref()),
        (Algorithm::HS256, Some("k1"))
    );
    assert_eq!(as_json()["exp"], json!(1_785_448_800.123));
    let whole = Claims::beginning(claims().sub, Role::User, at("2026-07-30T14:00:00Z"));
    assert_eq!(
        serde_json::to_value(whole).unwrap()["iat"],
        json!(1_785_420_000)
    );
}

#[test]
fn a_session_ends_after_eight_hours_of_the_stack_s_time() {
    let token = claims().signed("k1", &secret(KEY)).unwrap();
    let end = at("2026-07-30T22:00:00.123Z");
    let at = |now| Claims::read(&token, &secret(KEY), now);
    assert!(at(end - TimeDelta::milliseconds(1)).is_ok());
    assert_eq!(at(end), Err(TokenError::Expired));
    // Domain time may stand anywhere: long before the machine's clock, or after it.
    let early = Claims::beginning(claims().sub, Role::User, DateTime::UNIX_EPOCH);
    let early = early.signed("k1", &secret(KEY)).unwrap();
    assert!(Claims::read(&early, &secret(KEY), DateTime::UNIX_EPOCH).is_ok());
}

#[test]
fn a_changed_token_is_foreign() {
    let token = claims().signed("k1", &secret(KEY)).unwrap();
    let parts: Vec<&str> = token.split('.').collect();
    let mut raised = as_json();
    raised["sub"] = json!("ben");
    let raised = forged(Algorithm::HS256, OTHER, &raised);
    let raised: Vec<&str> = raised.split('.').collect();
    for changed in [
        String::new(),
        "a.b.c".to_owned(),
        format!("{}.{}", parts[0], parts[1]),
        format!("{}.{}.", parts[0], parts[1]),
        format!("{}.{}.{}", parts[0], raised[1], parts[2]),
        format!("{}.{}.{}", parts[0], parts[1], raised[2]),
        format!("{token}A"),
        format!(" {token}"),
        token.to_uppercase(),
    ] {
        assert_eq!(read(&changed), Err(TokenError::Foreign), "{changed}");
    }
}

#[test]
fn other_keys_and_algorithms_are_foreign() {
    assert!(read(&forged(Algorithm::HS256, KEY, &as_json())).is_ok());
    for token in [
        forged(Algorithm::HS256, OTHER, &as_json()),
        forged(Algorithm::HS384, KEY, &as_json()),
        forged(Algorithm::HS512, KEY, &as_json()),
        forged(Algorithm::HS256, "", &as_json()),
    ] {
        assert_eq!(read(&token), Err(TokenError::Foreign), "{token}");
    }
    // {"alg":"none","typ":"JWT"}, with and without a signature.
    let signed = claims().signed("k1", &secret(KEY)).unwrap();
    let parts: Vec<&str> = signed.split('.').collect();
    for header in ["eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0", "eyJhbGciOiJOT05FIn0"] {
        for signature in ["", parts[2]] {
            let token = format!("{header}.{}.{signature}", parts[1]);
            assert_eq!(read(&token), Err(TokenError::Foreign), "{token}");
        }
    }
}

#[test]
fn every_claim_has_to_be_there_and_be_ours() {
    for (name, value) in [
        ("iss", json!("somebody")),
        ("iss", Value::Null),
        ("sub", Value::Null),
        ("sub", json!("Not A Name")),
        ("exp", Value::Null),
        ("exp", json!("tomorrow")),
        ("exp", json!(1e300)),
        ("iat", Value::Null),
        ("role", json!("owner")),
        ("aud", json!("somebody")),
    ] {
        let mut wrong = as_json();
        wrong[name] = value;
        let token = forged(Algorithm::HS256, KEY, &wrong);
        assert_eq!(read(&token), Err(TokenError::Foreign), "{name}: {wrong}");
    }
}
