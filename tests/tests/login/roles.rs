//! What each role may do: the table of routes is the one place that says so.

use domain::Role;
use serde_json::json;

use crate::support::{Proof, accounts, ask, get, me, name, signed_in, with_users};

/// A route for each role, and nothing that succeeds by accident.
const ROUTES: [(&str, &str, Role); 6] = [
    ("GET", "/api/me", Role::User),
    ("GET", "/api/signals", Role::User),
    ("POST", "/api/experiment/start", Role::Researcher),
    ("GET", "/api/users", Role::Admin),
    ("POST", "/api/engines/A/halt", Role::Admin),
    ("DELETE", "/api/users/nobody", Role::Admin),
];

#[tokio::test]
async fn a_route_lets_in_its_role_and_those_above() {
    let harness = with_users().await;
    for (method, path, _) in ROUTES {
        let nobody = ask(&harness, method, path, &Proof::Nothing, None).await;
        assert_eq!(nobody.status, 401, "{method} {path}");
    }
    for role in Role::ALL {
        let proof = signed_in(&harness, role.name()).await;
        for (method, path, needed) in ROUTES {
            let answer = ask(&harness, method, path, &proof, None).await;
            let is_refused = answer.status == 403;
            assert_eq!(
                is_refused,
                !role.covers(needed),
                "{role} {method} {path}: {answer:?}"
            );
            assert_ne!(answer.status, 401, "{role} {method} {path}");
        }
    }
    harness.stop().await;
}

#[tokio::test]
async fn a_refusal_says_what_the_route_takes() {
    let harness = with_users().await;
    let proof = signed_in(&harness, "researcher").await;
    let answer = get(&harness, "/api/users", &proof).await;
    assert_eq!(answer.status, 403);
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json")
    );
    let detail = answer.body["detail"].as_str().unwrap();
    assert!(
        detail.contains("admin") && detail.contains("researcher"),
        "{detail}"
    );
    harness.stop().await;
}

#[tokio::test]
async fn another_role_ends_the_sessions_of_before() {
    let harness = with_users().await;
    let (admin, user) = (
        signed_in(&harness, "admin").await,
        signed_in(&harness, "user").await,
    );
    assert_eq!(me(&harness, &user).await, 200);
    let role = json!({ "role": "admin" });
    let path = "/api/users/user/role";
    let changed = ask(&harness, "PUT", path, &admin, Some(&role)).await;
    assert_eq!(
        (changed.status, &changed.body["role"]),
        (200, &json!("admin")),
        "{changed:?}"
    );
    assert_eq!(me(&harness, &user).await, 401);
    let user = signed_in(&harness, "user").await;
    assert_eq!(get(&harness, "/api/users", &user).await.status, 200);
    // The same role again changes nothing.
    let same = ask(&harness, "PUT", path, &admin, Some(&role)).await;
    assert_eq!(
        (same.status, me(&harness, &user).await),
        (200, 200),
        "{same:?}"
    );
    harness.stop().await;
}

/// A change by another instance is felt within half a minute, and at once by who asks for it.
#[tokio::test]
async fn who_was_removed_elsewhere_is_out_when_the_user_is_read_again() {
    let harness = with_users().await;
    let proof = signed_in(&harness, "user").await;
    assert_eq!(me(&harness, &proof).await, 200);
    accounts(&harness).remove(&name("user")).await.unwrap();
    assert_eq!(me(&harness, &proof).await, 200, "kept for half a minute");
    let Proof::Cookie(cookie) = &proof else {
        panic!("{proof:?}");
    };
    let url = format!("{}/api/me", harness.stack.url());
    let fresh = reqwest::Client::new().get(url).header("cookie", cookie);
    let fresh = fresh.header("cache-control", "no-cache").send().await;
    assert_eq!(fresh.unwrap().status(), 401);
    assert_eq!(me(&harness, &proof).await, 401);
    harness.stop().await;
}
