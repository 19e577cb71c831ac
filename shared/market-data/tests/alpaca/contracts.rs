//! The listed contracts: which are left out, and how pages are followed.

use domain::OptionRight;
use market_data::ContractFilter;
use market_data::provider::Provider;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::wire::{asked, contract, json, kind, parameter, requests, server};
use super::{alpaca, filter};

/// A row as Alpaca writes it.
pub(super) fn listed(name: &str, interest: &str) -> String {
    format!(
        r#"{{"id":"0b1f7c2e","symbol":"{name}","name":"AAPL","status":"active","tradable":true,"expiration_date":"2026-07-17","root_symbol":"AAPL","underlying_symbol":"AAPL","type":"call","style":"american","strike_price":"200","multiplier":"100","size":"100","open_interest":{interest},"close_price":null,"ppind":true}}"#
    )
}

pub(super) fn page(rows: &[String], next: &str) -> String {
    let rows = rows.join(",");
    format!(r#"{{"option_contracts":[{rows}],"next_page_token":{next}}}"#)
}

#[tokio::test]
async fn contracts_come_in_order_and_each_once() {
    let rows = [
        listed("AAPL260717P00200000", "null"),
        listed("AAPL260717C00205000", r#""12""#),
        listed("AAPL260717C00200000", r#""12""#),
        listed("AAPL260717C00200000", r#""12""#),
    ];
    let server = server(json(200, &page(&rows, "null"))).await;
    let answer = alpaca(&server).contracts(&filter(), asked()).await;
    let names = [
        "AAPL260717C00200000",
        "AAPL260717C00205000",
        "AAPL260717P00200000",
    ];
    assert_eq!(answer.unwrap(), names.map(contract));
    let request = &requests(&server).await[0];
    assert_eq!(request.url.path(), "/v2/options/contracts");
    for (name, value) in [
        ("underlying_symbols", "AAPL"),
        ("status", "active"),
        ("expiration_date_gte", "2026-06-24"),
        ("expiration_date_lte", "2026-08-31"),
        ("limit", "10000"),
    ] {
        assert_eq!(parameter(request, name).unwrap(), value);
    }
    assert_eq!(parameter(request, "type"), None);
}

#[tokio::test]
async fn a_side_is_asked_for_by_its_name() {
    for (right, name) in [(OptionRight::Call, "call"), (OptionRight::Put, "put")] {
        let server = server(json(200, &page(&[], "null"))).await;
        let filter = ContractFilter {
            right: Some(right),
            ..filter()
        };
        let none = alpaca(&server).contracts(&filter, asked()).await.unwrap();
        assert!(none.is_empty());
        let request = &requests(&server).await[0];
        assert_eq!(parameter(request, "type").unwrap(), name);
    }
}

#[tokio::test]
async fn what_can_t_be_traded_or_read_is_left_out() {
    let good = listed("AAPL260717C00200000", r#""12""#);
    let change = |from: &str, to: &str| good.replace(from, to);
    for left_out in [
        change(r#""tradable":true"#, r#""tradable":false"#),
        change("AAPL260717C00200000", "AAPL1260717C00200000"),
        change("AAPL260717C00200000", "AAPL270717C00200000"),
        change("AAPL260717C00200000", "AAPL"),
        change(r#""multiplier":"100""#, r#""multiplier":"10""#),
        change(r#""status":"active""#, r#""status":"inactive""#),
        change(r#""symbol":"AAPL260717C00200000""#, r#""symbol":null"#),
        "null".to_owned(),
        "7".to_owned(),
    ] {
        let other = listed("AAPL260717C00210000", r#""1""#);
        let server = server(json(200, &page(&[left_out.clone(), other], "null"))).await;
        let answer = alpaca(&server).contracts(&filter(), asked()).await;
        let only = [contract("AAPL260717C00210000")];
        assert_eq!(answer.unwrap(), only, "{left_out}");
    }
}

#[tokio::test]
async fn an_answer_of_which_nothing_can_be_read_is_refused() {
    for body in [
        r#"{"option_contracts":[{"ticker":"A"},null]}"#,
        "[1]",
        "<html>",
    ] {
        let server = server(json(200, body)).await;
        let error = alpaca(&server).contracts(&filter(), asked()).await;
        assert_eq!(kind(&error.unwrap_err()), "Malformed", "{body}");
    }
    let empty = server(json(200, r#"{"option_contracts":null}"#)).await;
    let none = alpaca(&empty).contracts(&filter(), asked()).await.unwrap();
    assert!(none.is_empty());
}

/// Serves pages by number until the last.
pub(super) async fn paging_server(
    page_of: impl Fn(u32) -> ResponseTemplate + Send + Sync + 'static,
) -> MockServer {
    let server = MockServer::start().await;
    let respond = move |request: &Request| {
        let token = parameter(request, "page_token");
        page_of(token.map_or(0, |token| token.parse().unwrap()))
    };
    let mock = Mock::given(wiremock::matchers::any());
    mock.respond_with(respond).mount(&server).await;
    server
}

fn numbered(number: u32) -> String {
    listed(&format!("AAPL260717C{:08}", 100_000 + number * 500), "null")
}

#[tokio::test]
async fn pages_are_followed_to_the_last() {
    let server = paging_server(|number| {
        let next = if number < 3 {
            format!(r#""{}""#, number + 1)
        } else {
            r#""""#.to_owned()
        };
        json(200, &page(&[numbered(number)], &next))
    })
    .await;
    let answer = alpaca(&server).contracts(&filter(), asked()).await;
    assert_eq!(answer.unwrap().len(), 4);
    assert_eq!(requests(&server).await.len(), 4);
}

#[tokio::test]
async fn pages_without_an_end_are_refused() {
    let circle = paging_server(|number| json(200, &page(&[numbered(number)], r#""1""#))).await;
    let error = alpaca(&circle).contracts(&filter(), asked()).await;
    assert_eq!(kind(&error.unwrap_err()), "Malformed");
    assert_eq!(requests(&circle).await.len(), 2);

    let endless = paging_server(|number| {
        json(
            200,
            &page(&[numbered(number)], &format!(r#""{}""#, number + 1)),
        )
    })
    .await;
    let error = alpaca(&endless).contracts(&filter(), asked()).await;
    assert_eq!(kind(&error.unwrap_err()), "Malformed");
    assert_eq!(requests(&endless).await.len(), 50);
}

#[tokio::test]
async fn a_page_that_fails_costs_the_answer() {
    let server = paging_server(|number| {
        if number == 0 {
            json(200, &page(&[numbered(0)], r#""1""#))
        } else {
            json(500, "{}")
        }
    })
    .await;
    let error = alpaca(&server).contracts(&filter(), asked()).await;
    assert_eq!(kind(&error.unwrap_err()), "Unavailable");
}
