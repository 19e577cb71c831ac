//! What a client gets of a function's answer.

use std::sync::Arc;

use futures::FutureExt;
use local_stack::invoke::{InvokeError, Invoker};
use serde_json::json;

use crate::support::{Api, answering, status};

#[tokio::test]
async fn each_cookie_is_a_header_of_its_own() {
    let answer = answering(json!({
        "statusCode": 201,
        "headers": { "content-type": "application/json" },
        "cookies": ["session=a; HttpOnly; Secure", "theme=dark"],
        "body": "{}",
    }));
    let api = Api::of(&[("ANY", "/api/{proxy+}", answer)]).await;
    let answer = api.get("/api/login").send().await.unwrap();
    assert_eq!(answer.status(), 201);
    let cookies: Vec<_> = answer.headers().get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["session=a; HttpOnly; Secure", "theme=dark"]);
    api.stop().await;
}

#[tokio::test]
async fn a_body_in_base_64_is_sent_as_it_was() {
    let payload = json!({ "statusCode": 200, "body": "/wD+", "isBase64Encoded": true });
    let api = Api::of(&[("GET", "/file", answering(payload))]).await;
    let answer = api.get("/file").send().await.unwrap();
    assert_eq!(answer.bytes().await.unwrap().as_ref(), [0xff, 0x00, 0xfe]);
    api.stop().await;
}

#[tokio::test]
async fn an_answer_that_cannot_be_sent_is_the_functions_failure() {
    let fails: Invoker = Arc::new(|_| async { Err(InvokeError("gone".to_owned())) }.boxed());
    let unusable = [
        fails,
        answering(json!({ "body": "no status" })),
        answering(json!({ "statusCode": 99 })),
        answering(json!({ "statusCode": 200, "headers": { "a b": "c" } })),
        answering(json!({ "statusCode": 200, "headers": { "a": "b\nc" } })),
        answering(json!({ "statusCode": 200, "body": "*", "isBase64Encoded": true })),
    ];
    for (number, function) in unusable.into_iter().enumerate() {
        let api = Api::of(&[("GET", "/x", function)]).await;
        assert_eq!(status(api.get("/x")).await, 500, "case {number}");
        api.stop().await;
    }
}
