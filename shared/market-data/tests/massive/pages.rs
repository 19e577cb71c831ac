//! Answers of several pages.

use market_data::provider::Provider;
use wiremock::matchers::{any, query_param};
use wiremock::{Mock, MockServer};

use crate::snapshots::{CHAIN_ROW, chain_row, page};
use crate::wire::{SECRET, asked, json, kind, requests};
use crate::{chain_request, filter, massive};

const PATH: &str = "/v3/snapshot/options/AAPL";

async fn server_with(next_of_first: &str) -> MockServer {
    let server = MockServer::start().await;
    let second = chain_row("O:AAPL260717C00195000", "");
    Mock::given(query_param("cursor", "two"))
        .respond_with(json(200, &page(&[&second], None)))
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(json(200, &page(&[CHAIN_ROW], Some(next_of_first))))
        .with_priority(9)
        .mount(&server)
        .await;
    server
}

#[tokio::test]
async fn pages_of_its_own_hosts_are_read_at_our_address() {
    let own = MockServer::start().await.uri();
    for host in ["https://api.massive.com", "https://api.polygon.io", &own] {
        let server = server_with(&format!("{host}{PATH}?cursor=two")).await;
        let chain = massive(&server)
            .chain(&chain_request(), asked())
            .await
            .unwrap();
        assert_eq!(chain.options.len(), 2, "{host}");
        let asked_for = requests(&server).await;
        assert_eq!(asked_for.len(), 2);
        assert_eq!(
            asked_for[1].headers["authorization"],
            format!("Bearer {SECRET}")
        );
    }
}

#[tokio::test]
async fn other_addresses_are_refused() {
    for next in [
        "https://example.com/v3/snapshot?cursor=two",
        "https://api.massive.com.example.com/v3?cursor=two",
        "https://api.massive.com@example.com/v3?cursor=two",
        "ftp://api.massive.com/v3?cursor=two",
        "/v3/snapshot?cursor=two",
    ] {
        let server = server_with(next).await;
        let refused = massive(&server).chain(&chain_request(), asked()).await;
        assert_eq!(kind(&refused.unwrap_err()), "Malformed", "{next}");
        assert_eq!(requests(&server).await.len(), 1);
    }
}

#[tokio::test]
async fn pages_that_go_round_are_refused() {
    let server = server_with(&format!("https://api.massive.com{PATH}?cursor=one")).await;
    let refused = massive(&server).chain(&chain_request(), asked()).await;
    assert_eq!(kind(&refused.unwrap_err()), "Malformed");
    assert_eq!(requests(&server).await.len(), 2);
}

#[tokio::test]
async fn pages_without_end_are_refused() {
    let server = MockServer::start().await;
    let answer = |request: &wiremock::Request| {
        let path = request.url.path();
        let before = request.url.query().unwrap_or_default().len();
        let next = format!(
            "https://api.massive.com{path}?cursor={}",
            "x".repeat(before)
        );
        json(200, &page(&[], Some(&next)))
    };
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let refused = massive(&server).contracts(&filter(), asked()).await;
    assert_eq!(kind(&refused.unwrap_err()), "Malformed");
    assert_eq!(requests(&server).await.len(), 60);
}
