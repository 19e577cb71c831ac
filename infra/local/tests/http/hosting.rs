//! The headers that the local stack takes from the description of the cloud's hosting.

use local_stack::hosting::Hosting;
use reqwest::Method;

use crate::support::{Api, HOSTING, answering};

/// Each of them, and something that it must say.
const PROTECTING: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "camera=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

#[tokio::test]
async fn every_answer_is_protected_whoever_gives_it() {
    let site = tempfile::tempdir().unwrap();
    std::fs::write(site.path().join("index.html"), "<!doctype html>").unwrap();
    let own = serde_json::json!({ "referrer-policy": "unsafe-url" });
    let answer = answering(serde_json::json!({ "statusCode": 200, "headers": own, "body": "" }));
    let api = Api::with_site(site.path(), &[("ANY", "/api/{proxy+}", answer)]).await;
    let asked = [
        (Method::GET, "/"),
        (Method::GET, "/no-such-file.js"),
        (Method::GET, "/api/me"),
        (Method::POST, "/webhook"),
    ];
    for (method, path) in asked {
        let answer = api.ask(method, path).send().await.unwrap();
        for (name, said) in PROTECTING {
            let value = answer.headers()[name].to_str().unwrap();
            assert!(value.contains(said), "{path}: {name}: {value}");
        }
        let policy = answer.headers()["content-security-policy"]
            .to_str()
            .unwrap();
        assert!(!policy.contains("unsafe"), "{policy}");
        assert!(!policy.contains('\n'), "{policy}");
    }
    api.stop().await;
}

#[test]
fn a_description_without_them_is_refused_by_its_place() {
    let wrong = [
        (
            "SecurityHeadersConfig:",
            "Headers:",
            "ResponseHeadersPolicyConfig",
        ),
        (
            "  SecurityHeaders:\n",
            "  Others:\n",
            "Resources.SecurityHeaders",
        ),
        (
            "CacheControl:",
            "Caching:",
            "Resources.Files.Metadata.CacheControl",
        ),
        (
            "Header: Permissions-Policy",
            "Header: \"Permissions Policy\"",
            "Permissions Policy",
        ),
    ];
    for (original, replaced, named) in wrong {
        assert!(HOSTING.contains(original), "{original}");
        let error = Hosting::parse(&HOSTING.replace(original, replaced)).unwrap_err();
        assert!(error.to_string().contains(named), "{error}");
    }
}
