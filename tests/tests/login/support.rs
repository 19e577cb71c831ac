//! A stack with users, and requests to its API.

use domain::{Role, UserName};
use login::{Accounts, NewPassword};
use reqwest::header::{COOKIE, HeaderMap, SET_COOKIE};
use secrecy::SecretString;
use serde_json::{Value, json};
use system_tests::Harness;

pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const OTHER_PASSWORD: &str = "another horse battery";

/// An answer of the API.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    /// A header's text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The cookie as the browser would send it back.
    pub(crate) fn cookie(&self) -> String {
        let told = self.header(SET_COOKIE.as_str()).unwrap();
        told.split(';').next().unwrap().to_owned()
    }

    /// The text of the token.
    pub(crate) fn token(&self) -> String {
        self.body["token"].as_str().unwrap().to_owned()
    }

    /// The fields that are named as wrong.
    pub(crate) fn fields(&self) -> Vec<&str> {
        let problems = self.body["problems"].as_array().into_iter().flatten();
        problems.filter_map(|it| it["field"].as_str()).collect()
    }
}

/// How somebody shows who it is.
#[derive(Debug, Clone)]
pub(crate) enum Proof {
    Nothing,
    Cookie(String),
    Bearer(String),
}

pub(crate) fn name(text: &str) -> UserName {
    UserName::parse(text).unwrap()
}

pub(crate) fn accounts(harness: &Harness) -> Accounts {
    Accounts::new(harness.stack.surroundings()).unwrap()
}

pub(crate) fn password(text: &str) -> NewPassword {
    NewPassword::new(SecretString::from(text.to_owned())).unwrap()
}

/// A stack with `admin`, `researcher` and `user`, who all have the same password.
pub(crate) async fn with_users() -> Harness {
    let harness = Harness::start().await;
    let (accounts, password) = (accounts(&harness), password(PASSWORD));
    for role in Role::ALL {
        let added = accounts.add(name(role.name()), role, &password).await;
        added.unwrap();
    }
    harness
}

pub(crate) async fn ask(
    harness: &Harness,
    method: &str,
    path: &str,
    proof: &Proof,
    body: Option<&Value>,
) -> Answer {
    let url = format!("{}{path}", harness.stack.url());
    let request = reqwest::Client::new().request(method.parse().unwrap(), url);
    let request = match proof {
        Proof::Nothing => request,
        Proof::Cookie(cookie) => request.header(COOKIE, cookie),
        Proof::Bearer(token) => request.bearer_auth(token),
    };
    let request = match body {
        Some(body) => request.json(body),
        None => request,
    };
    let answer = request.send().await.unwrap();
    Answer {
        status: answer.status().as_u16(),
        headers: answer.headers().clone(),
        body: answer.json().await.unwrap_or(Value::Null),
    }
}

pub(crate) async fn get(harness: &Harness, path: &str, proof: &Proof) -> Answer {
    ask(harness, "GET", path, proof, None).await
}

pub(crate) async fn try_login(harness: &Harness, name: &str, password: &str) -> Answer {
    let credentials = json!({ "name": name, "password": password });
    ask(
        harness,
        "POST",
        "/api/login",
        &Proof::Nothing,
        Some(&credentials),
    )
    .await
}

/// The cookie of somebody who signed in.
pub(crate) async fn signed_in(harness: &Harness, name: &str) -> Proof {
    let answer = try_login(harness, name, PASSWORD).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    Proof::Cookie(answer.cookie())
}

/// The token of somebody's script.
pub(crate) async fn token_of(harness: &Harness, name: &str) -> String {
    let credentials = json!({ "name": name, "password": PASSWORD });
    let answer = ask(
        harness,
        "POST",
        "/api/token",
        &Proof::Nothing,
        Some(&credentials),
    )
    .await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.token()
}

/// The status of `GET /api/me`.
pub(crate) async fn me(harness: &Harness, proof: &Proof) -> u16 {
    get(harness, "/api/me", proof).await.status
}
