//! An HTTP API whose functions answer with what they got.

use std::path::Path;
use std::sync::Arc;

use futures::FutureExt;
use local_stack::http_api::{HttpApi, Route};
use local_stack::invoke::Invoker;
use local_stack::site::{Site, SiteOptions};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

/// What the pages' hosting says in the cloud.
pub(crate) const HOSTING: &str = include_str!("../../../dashboard.yaml");

/// A running HTTP API.
pub(crate) struct Api {
    served: HttpApi,
    client: reqwest::Client,
}

impl Api {
    pub(crate) async fn of(routes: &[(&str, &str, Invoker)]) -> Self {
        Self::start(routes, None).await
    }

    /// With the pages of this directory.
    pub(crate) async fn with_site(directory: &Path, routes: &[(&str, &str, Invoker)]) -> Self {
        let options = SiteOptions {
            directory: directory.to_owned(),
            hosting: HOSTING.to_owned(),
        };
        Self::start(routes, Some(Site::open(&options).unwrap())).await
    }

    async fn start(routes: &[(&str, &str, Invoker)], site: Option<Site>) -> Self {
        let routes = routes.iter().map(|(method, path, function)| Route {
            path: (*path).to_owned(),
            method: (*method).to_owned(),
            function: Arc::clone(function),
        });
        Self {
            served: HttpApi::start(0, routes.collect(), site).await.unwrap(),
            client: reqwest::Client::new(),
        }
    }

    pub(crate) fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("http://127.0.0.1:{}{path}", self.served.port());
        self.client.request(method, url)
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.ask(Method::GET, path)
    }

    pub(crate) async fn stop(self) {
        drop(self.client);
        self.served.stop().await;
    }
}

/// A function that gives back the event it got.
pub(crate) fn echo() -> Invoker {
    Arc::new(|event| {
        async move { Ok(json!({ "statusCode": 200, "body": event.to_string() })) }.boxed()
    })
}

/// A function that always answers this.
pub(crate) fn answering(payload: Value) -> Invoker {
    Arc::new(move |_| {
        let payload = payload.clone();
        async move { Ok(payload) }.boxed()
    })
}

/// The event that a function behind [`echo`] got.
pub(crate) async fn event(request: RequestBuilder) -> Value {
    serde_json::from_slice(&request.send().await.unwrap().bytes().await.unwrap()).unwrap()
}

/// The status that a request is answered with.
pub(crate) async fn status(request: RequestBuilder) -> u16 {
    request.send().await.unwrap().status().as_u16()
}
