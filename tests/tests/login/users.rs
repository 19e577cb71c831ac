//! `/api/users`: keeping who may sign in.

use serde_json::{Value, json};
use system_tests::Harness;

use crate::support::{
    Answer, OTHER_PASSWORD, PASSWORD, Proof, ask, get, me, signed_in, try_login, with_users,
};

async fn names(harness: &Harness, admin: &Proof) -> Vec<String> {
    let answer = get(harness, "/api/users", admin).await;
    assert_eq!(
        (answer.status, &answer.body["next_cursor"]),
        (200, &Value::Null)
    );
    let items = answer.body["items"].as_array().unwrap();
    let names = items.iter().map(|item| item["name"].as_str().unwrap());
    names.map(str::to_owned).collect()
}

async fn add(harness: &Harness, admin: &Proof, name: &str, password: &str) -> Answer {
    let user = json!({ "name": name, "role": "researcher", "password": password });
    ask(harness, "POST", "/api/users", admin, Some(&user)).await
}

#[tokio::test]
async fn a_user_is_added_signs_in_and_is_removed() {
    let harness = with_users().await;
    let admin = signed_in(&harness, "admin").await;
    let added = add(&harness, &admin, "Ann", PASSWORD).await;
    assert_eq!(added.status, 201, "{added:?}");
    let at = "2026-07-30T14:00:00Z";
    let expected = json!({ "name": "ann", "role": "researcher", "created_at": at,
        "changed_at": at, "last_login_at": null });
    assert_eq!(added.body, expected);
    let ann = signed_in(&harness, "ann").await;
    assert_eq!(
        names(&harness, &admin).await,
        ["admin", "ann", "researcher", "user"]
    );
    let list = get(&harness, "/api/users", &admin).await;
    assert_eq!(list.body["items"][1]["last_login_at"], at);
    let removed = ask(&harness, "DELETE", "/api/users/ann", &admin, None).await;
    assert_eq!(removed.status, 204, "{removed:?}");
    assert_eq!(me(&harness, &ann).await, 401);
    assert_eq!(try_login(&harness, "ann", PASSWORD).await.status, 401);
    let again = ask(&harness, "DELETE", "/api/users/ann", &admin, None).await;
    assert_eq!(again.status, 404, "{again:?}");
    // A new user of the same name doesn't inherit the old one's sessions.
    assert_eq!(add(&harness, &admin, "ann", PASSWORD).await.status, 201);
    signed_in(&harness, "ann").await;
    harness.stop().await;
}

#[tokio::test]
async fn what_can_t_be_a_user_is_refused_by_field() {
    let harness = with_users().await;
    let admin = signed_in(&harness, "admin").await;
    for (name, password, field) in [
        ("a b", PASSWORD, "name"),
        ("", PASSWORD, "name"),
        ("ann", "short", "password"),
        ("ann", &"x".repeat(129), "password"),
    ] {
        let refused = add(&harness, &admin, name, password).await;
        assert_eq!(
            (refused.status, refused.fields()),
            (400, vec![field]),
            "{refused:?}"
        );
    }
    let taken = add(&harness, &admin, "USER", PASSWORD).await;
    assert_eq!(taken.status, 409, "{taken:?}");
    let role = json!({ "role": "owner" });
    let refused = ask(&harness, "PUT", "/api/users/user/role", &admin, Some(&role)).await;
    assert_eq!(
        (refused.status, refused.fields()),
        (400, vec!["role"]),
        "{refused:?}"
    );
    harness.stop().await;
}

#[tokio::test]
async fn the_last_admin_can_neither_go_nor_step_down() {
    let harness = with_users().await;
    let admin = signed_in(&harness, "admin").await;
    let role = json!({ "role": "user" });
    let down = ask(
        &harness,
        "PUT",
        "/api/users/admin/role",
        &admin,
        Some(&role),
    )
    .await;
    let gone = ask(&harness, "DELETE", "/api/users/admin", &admin, None).await;
    assert_eq!((down.status, gone.status), (409, 409), "{down:?} {gone:?}");
    assert!(down.body["detail"].as_str().unwrap().contains("last admin"));
    let raise = json!({ "role": "admin" });
    let raised = ask(
        &harness,
        "PUT",
        "/api/users/user/role",
        &admin,
        Some(&raise),
    )
    .await;
    assert_eq!(raised.status, 200);
    let down = ask(
        &harness,
        "PUT",
        "/api/users/admin/role",
        &admin,
        Some(&role),
    )
    .await;
    assert_eq!(down.status, 200, "{down:?}");
    assert_eq!(me(&harness, &admin).await, 401);
    harness.stop().await;
}

#[tokio::test]
async fn an_admin_sets_a_password_and_the_user_s_sessions_end() {
    let harness = with_users().await;
    let admin = signed_in(&harness, "admin").await;
    let user = signed_in(&harness, "user").await;
    let password = json!({ "password": OTHER_PASSWORD });
    let path = "/api/users/user/password";
    let set = ask(&harness, "PUT", path, &admin, Some(&password)).await;
    assert_eq!(set.status, 200, "{set:?}");
    assert_eq!(me(&harness, &user).await, 401);
    assert_eq!(
        try_login(&harness, "user", OTHER_PASSWORD).await.status,
        200
    );
    let path = "/api/users/nobody/password";
    let unknown = ask(&harness, "PUT", path, &admin, Some(&password)).await;
    assert_eq!(unknown.status, 404, "{unknown:?}");
    harness.stop().await;
}

#[tokio::test]
async fn no_answer_and_no_other_item_holds_a_password_or_its_hash() {
    let harness = with_users().await;
    let admin = signed_in(&harness, "admin").await;
    let list = get(&harness, "/api/users", &admin).await.body.to_string();
    assert!(!list.contains("argon2") && !list.contains("hash"), "{list}");
    let dynamodb = harness.stack.aws().dynamodb_client();
    for table in dynamodb.list_tables().send().await.unwrap().table_names() {
        let items = dynamodb.scan().table_name(table).send().await.unwrap();
        let items = format!("{:?}", items.items());
        assert!(!items.contains(PASSWORD), "{table}");
        assert_eq!(
            items.contains("argon2id"),
            table.contains("user"),
            "{table}"
        );
    }
    harness.stop().await;
}

#[tokio::test]
async fn users_come_by_pages() {
    let harness = with_users().await;
    let admin = signed_in(&harness, "admin").await;
    let first = get(&harness, "/api/users?limit=2", &admin).await;
    let shown = |answer: &Answer| answer.body["items"].as_array().unwrap().len();
    assert_eq!((first.status, shown(&first)), (200, 2), "{first:?}");
    let cursor = first.body["next_cursor"].as_str().unwrap();
    let path = format!("/api/users?limit=2&cursor={cursor}");
    let last = get(&harness, &path, &admin).await;
    assert_eq!(last.body["items"][0]["name"], "user", "{last:?}");
    assert_eq!(last.body["next_cursor"], Value::Null);
    let wrong = get(&harness, "/api/users?cursor=nowhere", &admin).await;
    assert_eq!((wrong.status, wrong.fields()), (400, vec!["cursor"]));
    harness.stop().await;
}
