//! What a function gets of a request.

use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderValue};
use serde_json::json;

use crate::support::{Api, echo, event};

async fn api() -> Api {
    Api::of(&[("ANY", "/api/{proxy+}", echo())]).await
}

#[tokio::test]
async fn cookies_stand_by_themselves_and_not_among_the_headers() {
    let api = api().await;
    let request = api.get("/api/me");
    let got = event(request.header("cookie", "session=a.b=c; theme=dark")).await;
    assert_eq!(got["cookies"], json!(["session=a.b=c", "theme=dark"]));
    assert_eq!(got["headers"].get("cookie"), None);
    let got = event(api.get("/api/me")).await;
    assert_eq!(got.get("cookies"), None);
    api.stop().await;
}

#[tokio::test]
async fn headers_and_query_that_came_twice_are_joined_with_commas() {
    let api = api().await;
    let mut headers = HeaderMap::new();
    headers.append("x-forwarded-for", HeaderValue::from_static("10.0.0.1"));
    headers.append("X-Forwarded-For", HeaderValue::from_static("10.0.0.2"));
    let path = "/api/signals?limit=5&state=open&state=closed&note=a%20b+c&bare";
    let got = event(api.get(path).headers(headers)).await;
    assert_eq!(got["headers"]["x-forwarded-for"], "10.0.0.1,10.0.0.2");
    let expected = json!({ "limit": "5", "state": "open,closed", "note": "a b c", "bare": "" });
    assert_eq!(got["queryStringParameters"], expected);
    assert_eq!(
        got["rawQueryString"],
        "limit=5&state=open&state=closed&note=a%20b+c&bare"
    );
    api.stop().await;
}

#[tokio::test]
async fn what_is_empty_is_absent() {
    let api = api().await;
    let got = event(api.get("/api/me")).await;
    for absent in ["body", "queryStringParameters", "cookies"] {
        assert_eq!(got.get(absent), None, "{absent}");
    }
    assert_eq!(got["rawQueryString"], "");
    assert_eq!(got["version"], "2.0");
    api.stop().await;
}

#[tokio::test]
async fn bodies_that_are_no_text_come_in_base_64() {
    let api = api().await;
    let sent = |body: &'static [u8]| api.ask(Method::POST, "/api/alerts/test").body(body);
    let got = event(sent(b"{\"a\":1}")).await;
    assert_eq!(
        (&got["body"], &got["isBase64Encoded"]),
        (&json!("{\"a\":1}"), &json!(false))
    );
    let got = event(sent(&[0xff, 0x00, 0xfe])).await;
    assert_eq!(
        (&got["body"], &got["isBase64Encoded"]),
        (&json!("/wD+"), &json!(true))
    );
    api.stop().await;
}
