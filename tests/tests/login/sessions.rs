//! Sessions: how they begin, how long they hold, and how they end.

use chrono::TimeDelta;
use serde_json::json;

use crate::support::{
    OTHER_PASSWORD, PASSWORD, Proof, ask, get, me, signed_in, token_of, try_login, with_users,
};

#[tokio::test]
async fn a_login_leaves_a_cookie_that_no_script_sees() {
    let harness = with_users().await;
    let answer = try_login(&harness, " Admin ", PASSWORD).await;
    let expected =
        json!({ "name": "admin", "role": "admin", "expires_at": "2026-07-30T22:00:00.001Z" });
    assert_eq!(
        (answer.status, &answer.body),
        (200, &expected),
        "{answer:?}"
    );
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.starts_with("__Host-parallax="), "{cookie}");
    for attribute in [
        "Path=/",
        "Secure",
        "HttpOnly",
        "SameSite=Strict",
        "Max-Age=28800",
    ] {
        assert!(cookie.contains(&format!("; {attribute}")), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let proof = Proof::Cookie(format!("other=1; {}; more=2", answer.cookie()));
    let shown = get(&harness, "/api/me", &proof).await;
    assert_eq!((shown.status, &shown.body), (200, &expected), "{shown:?}");
    harness.stop().await;
}

#[tokio::test]
async fn a_token_does_for_scripts_what_the_cookie_does_for_browsers() {
    let harness = with_users().await;
    let token = token_of(&harness, "user").await;
    let shown = get(&harness, "/api/me", &Proof::Bearer(token.clone())).await;
    assert_eq!((shown.status, &shown.body["name"]), (200, &json!("user")));
    // A token that doesn't hold isn't made good by a cookie.
    let url = format!("{}/api/me", harness.stack.url());
    let request = reqwest::Client::new().get(url).bearer_auth("nonsense");
    let request = request.header("cookie", format!("__Host-parallax={token}"));
    assert_eq!(request.send().await.unwrap().status(), 401);
    harness.stop().await;
}

#[tokio::test]
async fn who_shows_nothing_or_nonsense_is_asked_to_sign_in() {
    let harness = with_users().await;
    for proof in [
        Proof::Nothing,
        Proof::Cookie("parallax=x".to_owned()),
        Proof::Cookie("__Host-parallax=".to_owned()),
        Proof::Bearer("a.b.c".to_owned()),
    ] {
        let answer = get(&harness, "/api/me", &proof).await;
        assert_eq!(answer.status, 401, "{proof:?}");
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json")
        );
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
        assert_eq!(answer.body["status"], 401, "{answer:?}");
    }
    harness.stop().await;
}

#[tokio::test]
async fn a_session_holds_for_eight_hours_of_the_stack_s_time() {
    let harness = with_users().await;
    let proof = signed_in(&harness, "user").await;
    harness.advance(TimeDelta::hours(8));
    assert_eq!(me(&harness, &proof).await, 200);
    harness.advance(TimeDelta::milliseconds(1));
    assert_eq!(me(&harness, &proof).await, 401);
    harness.stop().await;
}

#[tokio::test]
async fn a_logout_takes_the_cookie_back() {
    let harness = with_users().await;
    let proof = signed_in(&harness, "user").await;
    for proof in [&proof, &Proof::Nothing] {
        let answer = ask(&harness, "POST", "/api/logout", proof, None).await;
        assert_eq!(answer.status, 204, "{answer:?}");
        let cookie = answer.header("set-cookie").unwrap();
        assert!(cookie.starts_with("__Host-parallax=;"), "{cookie}");
        assert!(cookie.ends_with("Max-Age=0"), "{cookie}");
    }
    let url = format!("{}/api/logout", harness.stack.url());
    let form = reqwest::Client::new()
        .post(url)
        .header("content-type", "text/plain");
    assert_eq!(form.send().await.unwrap().status(), 415);
    harness.stop().await;
}

#[tokio::test]
async fn another_password_of_one_s_own_ends_all_sessions_but_this_one() {
    let harness = with_users().await;
    let (here, there) = (
        signed_in(&harness, "user").await,
        Proof::Bearer(token_of(&harness, "user").await),
    );
    let change = |current: &str, new: &str| json!({ "current_password": current, "password": new });
    for (body, field) in [
        (
            change("not the password", OTHER_PASSWORD),
            "current_password",
        ),
        (change(PASSWORD, "too short"), "password"),
    ] {
        let refused = ask(&harness, "POST", "/api/me/password", &here, Some(&body)).await;
        assert_eq!(
            (refused.status, refused.fields()),
            (400, vec![field]),
            "{refused:?}"
        );
    }
    let body = change(PASSWORD, OTHER_PASSWORD);
    let changed = ask(&harness, "POST", "/api/me/password", &here, Some(&body)).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    // The clock stood still: sessions of before and after the change are told apart all the same.
    assert_eq!(me(&harness, &Proof::Cookie(changed.cookie())).await, 200);
    assert_eq!(me(&harness, &here).await, 401);
    assert_eq!(me(&harness, &there).await, 401);
    assert_eq!(try_login(&harness, "user", PASSWORD).await.status, 401);
    assert_eq!(
        try_login(&harness, "user", OTHER_PASSWORD).await.status,
        200
    );
    harness.stop().await;
}

#[tokio::test]
async fn what_can_t_be_read_is_refused_by_field() {
    let harness = with_users().await;
    for (body, field) in [
        (
            json!({ "name": "no such#name", "password": PASSWORD }),
            "name",
        ),
        (json!({ "name": "user" }), "password"),
        (
            json!({ "name": "user", "password": PASSWORD, "remember": true }),
            "remember",
        ),
        (json!({ "name": "user", "password": 7 }), "password"),
    ] {
        let answer = ask(&harness, "POST", "/api/login", &Proof::Nothing, Some(&body)).await;
        assert_eq!(
            (answer.status, answer.fields()),
            (400, vec![field]),
            "{answer:?}"
        );
    }
    let url = format!("{}/api/login", harness.stack.url());
    let form = reqwest::Client::new().post(url).body("name=user");
    assert_eq!(form.send().await.unwrap().status(), 415);
    harness.stop().await;
}

#[tokio::test]
async fn a_parameter_that_a_route_does_not_have_is_refused_by_name() {
    let harness = with_users().await;
    let admin = signed_in(&harness, "admin").await;
    for (path, field) in [
        ("/api/agents?days=3", "days"),
        ("/api/orders?limit=5&colour=red", "colour"),
        ("/api/market?limit=5", "limit"),
        ("/api/dashboard/metrics?fresh", "fresh"),
    ] {
        let answer = get(&harness, path, &admin).await;
        assert_eq!(
            (answer.status, answer.fields()),
            (400, vec![field]),
            "{path}"
        );
        let nobody = get(&harness, path, &Proof::Nothing).await;
        assert_eq!(nobody.status, 401, "{path}");
    }
    assert_eq!(
        get(&harness, "/api/orders?limit=5", &admin).await.status,
        200
    );
    let body = json!({ "name": "user", "password": PASSWORD });
    let answer = ask(
        &harness,
        "POST",
        "/api/login?next=1",
        &Proof::Nothing,
        Some(&body),
    )
    .await;
    assert_eq!((answer.status, answer.fields()), (400, vec!["next"]));
    harness.stop().await;
}
