//! A provider's end of the wire, for contract tests: servers on this machine that answer as
//! they are told, and what every adapter is given.
#![allow(
    dead_code,
    reason = "each test binary uses its own part of these helpers"
)]

pub(crate) mod mutations;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{OptionContract, Price, Symbol};
use market_data::health::Pass;
use market_data::provider::line::{Gate, Intended, http_client};
use market_data::{Asked, ChainRequest, MarketError};
use reqwest::Url;
use secrecy::SecretString;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// A part of every key in these tests; no error may hold it.
pub(crate) const SECRET: &str = "s3cr3t-k3y-0f-0urs";
/// When every question is asked: a Wednesday, 10:15:30 in New York.
pub(crate) const NOW: &str = "2026-06-24T14:15:30Z";

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Asked at [`NOW`], with patience.
pub(crate) fn asked() -> Asked {
    asked_at(NOW)
}

pub(crate) fn asked_at(text: &str) -> Asked {
    Asked::at(at(text))
}

pub(crate) fn symbol(text: &str) -> Symbol {
    Symbol::parse(text).unwrap()
}

pub(crate) fn symbols(texts: &[&str]) -> Vec<Symbol> {
    texts.iter().map(|text| symbol(text)).collect()
}

pub(crate) fn contract(text: &str) -> OptionContract {
    OptionContract::parse(text).unwrap()
}

pub(crate) fn price(text: &str) -> Price {
    Price::new(text.parse().unwrap()).unwrap()
}

/// The chain of a month.
pub(crate) fn chain_request() -> ChainRequest {
    ChainRequest {
        underlying: symbol("AAPL"),
        expires_from: "2026-07-01".parse().unwrap(),
        expires_to: "2026-07-31".parse().unwrap(),
        strikes: None,
    }
}

/// A key that holds [`SECRET`].
pub(crate) fn key() -> SecretString {
    SecretString::from(SECRET)
}

pub(crate) fn http() -> reqwest::Client {
    http_client().unwrap()
}

/// A gate that lets everything pass and takes notes.
#[derive(Default)]
pub(crate) struct Notes {
    intended: Mutex<Vec<Intended>>,
    failures: Mutex<Vec<MarketError>>,
}

impl Notes {
    pub(crate) fn gate(self: &Arc<Self>) -> Arc<dyn Gate> {
        Arc::<Self>::clone(self)
    }

    /// The requests that passed, in order.
    pub(crate) fn intended(&self) -> Vec<Intended> {
        self.intended.lock().unwrap().clone()
    }

    /// The failures that were reported, in order.
    pub(crate) fn failures(&self) -> Vec<MarketError> {
        self.failures.lock().unwrap().clone()
    }
}

#[async_trait]
impl Gate for Notes {
    async fn pass(&self, request: &Intended) -> Result<Pass, MarketError> {
        self.intended.lock().unwrap().push(*request);
        Ok(Pass::default())
    }

    async fn report(&self, _: &Intended, _: Pass, outcome: Result<(), &MarketError>) {
        if let Err(error) = outcome {
            self.failures.lock().unwrap().push(error.clone());
        }
    }
}

pub(crate) fn notes() -> Arc<Notes> {
    Arc::default()
}

pub(crate) fn base(server: &MockServer) -> Url {
    server.uri().parse().unwrap()
}

/// An answer of this status with this JSON.
pub(crate) fn json(status: u16, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body, "application/json")
}

/// What a gateway answers that doesn't know our format.
pub(crate) fn html(status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw("<html><body>Bad Gateway</body></html>", "text/html")
}

/// A server that answers everything in the same way.
pub(crate) async fn server(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(answer)
        .mount(&server)
        .await;
    server
}

/// A server that answers each path in its own way, and others with 404.
pub(crate) async fn server_of(answers: &[(&str, ResponseTemplate)]) -> MockServer {
    let server = MockServer::start().await;
    for (at_path, answer) in answers {
        Mock::given(path(*at_path))
            .respond_with(answer.clone())
            .mount(&server)
            .await;
    }
    server
}

/// A server that answers, but not before a while.
pub(crate) async fn slow_server() -> MockServer {
    server(json(200, "{}").set_delay(Duration::from_secs(20))).await
}

/// Everything that a server was asked.
pub(crate) async fn requests(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.unwrap()
}

/// The value of a parameter in a request's address.
pub(crate) fn parameter(request: &Request, name: &str) -> Option<String> {
    let mut pairs = request.url.query_pairs();
    pairs
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

/// A server that promises more than it sends, and hangs up.
pub(crate) fn truncating_server(body: &'static str) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            let promised = body.len() + 1000;
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
            let _ = write!(stream, "{head}content-length: {promised}\r\n\r\n{body}");
        }
    });
    format!("http://{address}").parse().unwrap()
}

/// That an error doesn't tell our key, in no form.
pub(crate) fn assert_keeps_secret(error: &MarketError) {
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(!text.contains(SECRET), "{text}");
    }
}

/// What kind of error it is: the name of its variant.
pub(crate) fn kind(error: &MarketError) -> String {
    let text = format!("{error:?}");
    text.split([' ', '{']).next().unwrap_or_default().to_owned()
}
