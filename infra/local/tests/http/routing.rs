//! Which of the routes a request means.

use local_stack::invoke::Invoker;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Api, echo, event, status};

/// Routes that overlap, in an order that mustn't matter.
const OVERLAPPING: [(&str, &str); 7] = [
    ("ANY", "/{all+}"),
    ("GET", "/pets/{proxy+}"),
    ("ANY", "/pets/dog/{id}"),
    ("GET", "/pets/dog/{id}"),
    ("GET", "/pets/dog/1"),
    ("POST", "/webhook/{token}"),
    ("ANY", "/api/{proxy+}"),
];

async fn overlapping() -> Api {
    let routes = OVERLAPPING.map(|(method, path)| (method, path, echo()));
    Api::of(&routes).await
}

#[tokio::test]
async fn the_closest_route_is_taken() {
    let api = overlapping().await;
    let cases = [
        (Method::GET, "/pets/dog/1", "GET /pets/dog/1", json!(null)),
        (
            Method::GET,
            "/pets/dog/2",
            "GET /pets/dog/{id}",
            json!({"id": "2"}),
        ),
        (
            Method::PUT,
            "/pets/dog/1",
            "ANY /pets/dog/{id}",
            json!({"id": "1"}),
        ),
        (
            Method::GET,
            "/pets/cat/9",
            "GET /pets/{proxy+}",
            json!({"proxy": "cat/9"}),
        ),
        (
            Method::POST,
            "/pets/cat/9",
            "ANY /{all+}",
            json!({"all": "pets/cat/9"}),
        ),
        (
            Method::GET,
            "/webhook/abc",
            "ANY /{all+}",
            json!({"all": "webhook/abc"}),
        ),
        (
            Method::DELETE,
            "/api/positions/x/A",
            "ANY /api/{proxy+}",
            json!({"proxy": "positions/x/A"}),
        ),
    ];
    for (method, path, route, parameters) in cases {
        let got = event(api.ask(method.clone(), path)).await;
        assert_eq!(got["routeKey"], route, "{method} {path}");
        let given = got.get("pathParameters").unwrap_or(&Value::Null);
        assert_eq!(*given, parameters, "{method} {path}");
        assert_eq!(got["requestContext"]["http"]["method"], method.as_str());
    }
    api.stop().await;
}

#[tokio::test]
async fn variables_are_decoded_and_the_path_is_not() {
    let api = overlapping().await;
    let got = event(api.get("/api/signals/a%20b%2Fc")).await;
    assert_eq!(got["pathParameters"]["proxy"], "signals/a b/c");
    assert_eq!(got["rawPath"], "/api/signals/a%20b%2Fc");
    let got = event(api.get("/pets/dog/a%2Fb")).await;
    assert_eq!(got["pathParameters"]["id"], "a/b");
    api.stop().await;
}

#[tokio::test]
async fn what_no_route_means_is_not_found() {
    let routes: [(&str, &str, Invoker); 3] = [
        ("ANY", "/api/{proxy+}", echo()),
        ("POST", "/webhook", echo()),
        ("POST", "/webhook/{token}", echo()),
    ];
    let api = Api::of(&routes).await;
    let wrong = [
        (Method::GET, "/"),
        (Method::GET, "/api"),
        (Method::GET, "/api/"),
        (Method::GET, "/apis/x"),
        (Method::GET, "/webhook"),
        (Method::POST, "/webhook/"),
        (Method::POST, "/webhook/a/b"),
    ];
    for (method, path) in wrong {
        let answer = api.ask(method.clone(), path).send().await.unwrap();
        assert_eq!(answer.status(), 404, "{method} {path}");
        assert_eq!(answer.text().await.unwrap(), r#"{"message":"Not Found"}"#);
    }
    assert_eq!(status(api.ask(Method::POST, "/webhook/a")).await, 200);
    api.stop().await;
}
