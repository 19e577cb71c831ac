//! Guessing: five tries in a quarter of an hour, and nothing that tells a name that exists from
//! one that doesn't.

use chrono::TimeDelta;
use serde_json::json;

use crate::support::{PASSWORD, Proof, ask, me, signed_in, try_login, with_users};

const WRONG: &str = "not the password at all";

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_look_the_same() {
    let harness = with_users().await;
    let known = try_login(&harness, "user", WRONG).await;
    let unknown = try_login(&harness, "nobody", WRONG).await;
    assert_eq!((known.status, unknown.status), (401, 401));
    assert_eq!(known.body, unknown.body);
    assert!(known.header("set-cookie").is_none());
    harness.stop().await;
}

#[tokio::test]
async fn after_five_failures_even_the_right_password_waits() {
    let harness = with_users().await;
    let before = signed_in(&harness, "user").await;
    for _ in 0..5 {
        assert_eq!(try_login(&harness, "user", WRONG).await.status, 401);
        harness.advance(TimeDelta::seconds(10));
    }
    let refused = try_login(&harness, "user", PASSWORD).await;
    assert_eq!(refused.status, 429, "{refused:?}");
    assert_eq!(refused.header("retry-after"), Some("851"));
    assert_eq!(refused.body["status"], 429);
    // The token's door is the same one.
    let credentials = json!({ "name": "user", "password": PASSWORD });
    let token = ask(
        &harness,
        "POST",
        "/api/token",
        &Proof::Nothing,
        Some(&credentials),
    )
    .await;
    assert_eq!(token.status, 429);
    // So is every account's from this address; who is signed in stays so.
    assert_eq!(try_login(&harness, "admin", PASSWORD).await.status, 429);
    assert_eq!(me(&harness, &before).await, 200);
    harness.advance(TimeDelta::seconds(850));
    assert_eq!(try_login(&harness, "user", PASSWORD).await.status, 200);
    harness.stop().await;
}

#[tokio::test]
async fn guessing_one_s_own_password_counts_as_well() {
    let harness = with_users().await;
    let proof = signed_in(&harness, "user").await;
    let guess = json!({ "current_password": WRONG, "password": "another horse battery" });
    for _ in 0..5 {
        let answer = ask(&harness, "POST", "/api/me/password", &proof, Some(&guess)).await;
        assert_eq!(answer.status, 400, "{answer:?}");
    }
    let answer = ask(&harness, "POST", "/api/me/password", &proof, Some(&guess)).await;
    assert_eq!(answer.status, 429, "{answer:?}");
    harness.stop().await;
}

#[tokio::test]
async fn successes_don_t_add_up() {
    let harness = with_users().await;
    for _ in 0..12 {
        assert_eq!(try_login(&harness, "user", PASSWORD).await.status, 200);
    }
    harness.stop().await;
}
