//! The pages beside the API: where a start says they are, and what is served there.

use std::fs;

use crate::program::{Up, text};

#[tokio::test]
async fn built_pages_are_served_with_the_headers_of_their_hosting() {
    let parent = tempfile::tempdir().unwrap();
    let site = parent.path().join("dist");
    fs::create_dir(&site).unwrap();
    fs::write(site.join("index.html"), "<!doctype html>built").unwrap();
    let dir = parent.path().join("data");
    let up = Up::start(&dir, &["--site", text(&site)], &[]);
    let told = format!("pages    {}/\n", up.url());
    assert!(up.banner.contains(&told), "{}", up.banner);
    let page = reqwest::get(format!("{}/positions", up.url())).await;
    let page = page.unwrap();
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert_eq!(page.text().await.unwrap(), "<!doctype html>built");
    assert_eq!(up.interrupt().0, Some(0));
}

#[tokio::test]
async fn a_stack_without_pages_starts_and_says_so() {
    let parent = tempfile::tempdir().unwrap();
    let nowhere = parent.path().join("nowhere");
    let dir = parent.path().join("data");
    let up = Up::start(&dir, &["--site", text(&nowhere)], &[]);
    assert!(up.banner.contains("nothing is built in"), "{}", up.banner);
    let hint = reqwest::get(format!("{}/", up.url())).await.unwrap();
    assert_eq!(hint.status(), 404);
    assert!(hint.text().await.unwrap().contains("npm run build"));
    assert_eq!(up.interrupt().0, Some(0));
}
