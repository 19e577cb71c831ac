//! The pages: which file a path means, how long it is kept, and what is none of the site's.

use std::path::Path;

use reqwest::{Method, Response};

use crate::support::{Api, answering, status};

const PAGE: &str = "<!doctype html><title>Parallax</title>";

fn built() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("secret.txt"), "not served").unwrap();
    let site = root.path().join("dist");
    std::fs::create_dir_all(site.join("assets")).unwrap();
    let files = [
        ("index.html", PAGE),
        ("icon.svg", "<svg/>"),
        ("manifest.webmanifest", "{}"),
        ("assets/index-a1b2.js", "export {}"),
        ("assets/index-a1b2.css", "body {}"),
    ];
    for (name, text) in files {
        std::fs::write(site.join(name), text).unwrap();
    }
    root
}

async fn api(root: &Path) -> Api {
    let answer = answering(serde_json::json!({ "statusCode": 404, "body": "the API's own" }));
    Api::with_site(&root.join("dist"), &[("ANY", "/api/{proxy+}", answer)]).await
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers()[name].to_str().unwrap()
}

#[tokio::test]
async fn files_have_their_types_and_their_time() {
    let root = built();
    let api = api(root.path()).await;
    let kept = "public, max-age=31536000, immutable";
    let files = [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
        ("/icon.svg", "image/svg+xml", "no-cache"),
        (
            "/manifest.webmanifest",
            "application/manifest+json",
            "no-cache",
        ),
        (
            "/assets/index-a1b2.js",
            "text/javascript; charset=utf-8",
            kept,
        ),
        ("/assets/index-a1b2.css", "text/css; charset=utf-8", kept),
    ];
    for (path, content_type, caching) in files {
        let answer = api.get(path).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(header(&answer, "content-type"), content_type, "{path}");
        assert_eq!(header(&answer, "cache-control"), caching, "{path}");
    }
    api.stop().await;
}

#[tokio::test]
async fn deep_links_are_the_page_and_missing_files_are_not() {
    let root = built();
    let api = api(root.path()).await;
    for path in [
        "/signals",
        "/positions/7f/A",
        "/gamma/SPY",
        "/settings/",
        "/apiary",
    ] {
        let answer = api.get(path).send().await.unwrap();
        assert_eq!(
            (
                answer.status().as_u16(),
                answer.text().await.unwrap().as_str()
            ),
            (200, PAGE)
        );
    }
    for path in [
        "/assets/index-0000.js",
        "/favicon.ico",
        "/signals/a.b",
        "/api",
        "/webhook/x",
    ] {
        assert_eq!(status(api.get(path)).await, 404, "{path}");
    }
    let own = api.get("/api/nothing").send().await.unwrap();
    assert_eq!(own.text().await.unwrap(), "the API's own");
    api.stop().await;
}

#[tokio::test]
async fn who_has_a_file_already_is_told_so() {
    let root = built();
    let api = api(root.path()).await;
    let first = api.get("/").send().await.unwrap();
    let etag = header(&first, "etag").to_owned();
    let again = api.get("/signals").header("if-none-match", &etag);
    let again = again.send().await.unwrap();
    assert_eq!(
        (again.status().as_u16(), header(&again, "etag")),
        (304, etag.as_str())
    );
    assert_eq!(header(&again, "cache-control"), "no-cache");
    std::fs::write(root.path().join("dist/index.html"), "another build").unwrap();
    let changed = api
        .get("/")
        .header("if-none-match", &etag)
        .send()
        .await
        .unwrap();
    assert_eq!(changed.text().await.unwrap(), "another build");
    api.stop().await;
}

#[tokio::test]
async fn nothing_outside_the_directory_is_served() {
    let root = built();
    let api = api(root.path()).await;
    let outside = [
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/assets/..%5c..%5csecret.txt",
        "/%2e%2e%2fsecret.txt",
        "//etc/hosts.conf",
        "/secret.txt",
    ];
    for path in outside {
        let answer = api.get(path).send().await.unwrap();
        assert_eq!(answer.status(), 404, "{path}");
        assert!(
            !answer.text().await.unwrap().contains("not served"),
            "{path}"
        );
    }
    api.stop().await;
}

#[tokio::test]
async fn pages_are_read_only() {
    let root = built();
    let api = api(root.path()).await;
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS] {
        assert_eq!(status(api.ask(method.clone(), "/")).await, 404, "{method}");
    }
    let head = api.ask(Method::HEAD, "/").send().await.unwrap();
    assert_eq!(
        (head.status().as_u16(), header(&head, "content-length")),
        (200, "38")
    );
    api.stop().await;
}

#[tokio::test]
async fn without_a_build_the_page_says_what_to_do() {
    let nothing = tempfile::tempdir().unwrap();
    let api = api(nothing.path()).await;
    let hint = api.get("/positions").send().await.unwrap();
    assert_eq!(hint.status(), 404);
    assert!(header(&hint, "content-type").starts_with("text/plain"));
    assert!(hint.text().await.unwrap().contains("npm run build"));
    api.stop().await;
}
