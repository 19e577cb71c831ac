//! From where a login comes: what the gateway saw, or what a proven distribution says.

use local_stack::invoke::Invoker;
use serde_json::{Value, json};
use system_tests::Harness;

use crate::support::with_users;

fn api(harness: &Harness) -> Invoker {
    let api = harness.stack.function("dashboard-api");
    api.expect("the function is declared")
}

/// What the distribution adds to each request.
async fn origin_secret(harness: &Harness) -> String {
    let around = harness.stack.surroundings();
    let id = around.environment.require("ORIGIN_SECRET_ID").unwrap();
    let read = around.aws.secrets.get_secret_value().secret_id(id);
    read.send().await.unwrap().secret_string.unwrap()
}

/// The status of a wrong login of a user that nobody else tries.
async fn guess(api: &Invoker, number: usize, headers: &Value) -> u16 {
    let mut headers = headers.clone();
    headers["content-type"] = json!("application/json");
    let body = json!({ "name": format!("nobody-{number}"), "password": "not the password" });
    let event = json!({
        "version": "2.0", "routeKey": "POST /api/login", "rawPath": "/api/login",
        "rawQueryString": "", "headers": headers, "isBase64Encoded": false,
        "body": body.to_string(),
        "requestContext": {
            "accountId": "1", "apiId": "a", "domainName": "d", "domainPrefix": "d",
            "requestId": "r", "routeKey": "POST /api/login", "stage": "$default",
            "time": "", "timeEpoch": 0,
            "http": { "method": "POST", "path": "/api/login", "protocol": "HTTP/1.1",
                "sourceIp": "203.0.113.9", "userAgent": "" },
        },
    });
    let answer = api(event).await.unwrap();
    u16::try_from(answer["statusCode"].as_u64().unwrap()).unwrap()
}

fn told(address: &str, proof: Option<&str>) -> Value {
    let mut headers = json!({ "x-viewer-address": address, "x-forwarded-for": address });
    if let Some(proof) = proof {
        headers["x-origin-secret"] = json!(proof);
    }
    headers
}

#[tokio::test]
async fn a_distribution_that_proves_itself_is_believed() {
    let harness = with_users().await;
    let (api, proof) = (api(&harness), origin_secret(&harness).await);
    for number in 0..5 {
        let headers = told("198.51.100.10", Some(&proof));
        assert_eq!(guess(&api, number, &headers).await, 401);
    }
    let same = told("198.51.100.10", Some(&proof));
    assert_eq!(guess(&api, 5, &same).await, 429);
    let other = told("198.51.100.11", Some(&proof));
    assert_eq!(guess(&api, 6, &other).await, 401);
    harness.stop().await;
}

#[tokio::test]
async fn a_forged_header_changes_nothing() {
    let harness = with_users().await;
    let api = api(&harness);
    let forged = [None, Some("a-guess"), Some(""), None, Some("the-secret")];
    for (number, proof) in forged.into_iter().enumerate() {
        let headers = told(&format!("198.51.100.{number}"), proof);
        assert_eq!(guess(&api, number, &headers).await, 401);
    }
    // All of them came from one address.
    assert_eq!(guess(&api, 9, &told("198.51.100.9", None)).await, 429);
    assert_eq!(guess(&api, 9, &json!({})).await, 429);
    harness.stop().await;
}
