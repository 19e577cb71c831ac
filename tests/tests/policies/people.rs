//! People at the dashboard: what each page reads, and everything that can be done there.

use domain::calendar::trading_date;
use domain::{Role, SignalId, UserName};
use login::{Accounts, NewPassword};
use reqwest::Method;
use secrecy::SecretString;
use serde_json::{Value, json};
use system_tests::Harness;

const PASSWORD: &str = "correct horse battery";

/// Somebody who is signed in.
struct Person<'a> {
    harness: &'a Harness,
    http: reqwest::Client,
    token: String,
}

impl<'a> Person<'a> {
    async fn signed_in(harness: &'a Harness, name: &str) -> Self {
        let http = reqwest::Client::new();
        let url = format!("{}/api/token", harness.stack.url());
        let sign_in = async |password: &str| {
            let told = json!({ "name": name, "password": password });
            http.post(&url).json(&told).send().await.unwrap()
        };
        assert_eq!(sign_in("not the password").await.status(), 401);
        let answer: Value = sign_in(PASSWORD).await.json().await.unwrap();
        let token = answer["token"].as_str().unwrap().to_owned();
        Self {
            harness,
            http,
            token,
        }
    }

    async fn asks(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let url = format!("{}{path}", self.harness.stack.url());
        let request = self.http.request(method, url).bearer_auth(&self.token);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let told: Value = answer.json().await.unwrap_or_default();
        assert!(status.is_success(), "{path}: {status} {told}");
        told
    }

    async fn reads(&self, path: &str) -> Value {
        self.asks(Method::GET, path, None).await
    }

    async fn does(&self, path: &str, body: Value) -> Value {
        self.asks(Method::POST, path, Some(body)).await
    }
}

/// An admin looks at every page, and does what admins do. The signal has an open position of both
/// engines.
pub(crate) async fn at_the_dashboard(harness: &Harness, id: SignalId) {
    let accounts = Accounts::new(harness.stack.surroundings()).unwrap();
    let password = NewPassword::new(SecretString::from(PASSWORD)).unwrap();
    let admin = UserName::parse("ann").unwrap();
    accounts.add(admin, Role::Admin, &password).await.unwrap();
    let ann = Person::signed_in(harness, "ann").await;
    reads_everything(&ann, id).await;
    ann.does(&format!("/api/positions/{id}/A/close"), json!({}))
        .await;
    harness.position(id, "closing").await;
    ann.does("/api/engines/A/halt", json!({ "why": "lunch" }))
        .await;
    ann.does("/api/engines/A/resume", json!({})).await;
    changes_settings(&ann).await;
    ann.does("/api/agents/revote", json!({ "days": 2, "weights": {} }))
        .await;
    ann.does(
        "/api/alerts/test",
        json!({ "symbol": "QQQ", "direction": "long" }),
    )
    .await;
    looks_after_users(&ann).await;
}

async fn reads_everything(ann: &Person<'_>, id: SignalId) {
    let today = trading_date(ann.harness.now());
    for path in [
        "/api/me".to_owned(),
        "/api/market".to_owned(),
        "/api/dashboard/metrics".to_owned(),
        "/api/signals".to_owned(),
        format!("/api/signals/{id}"),
        "/api/orders".to_owned(),
        "/api/trades".to_owned(),
        "/api/positions?state=open".to_owned(),
        "/api/positions?state=closed".to_owned(),
        format!("/api/positions/{id}/A"),
        "/api/positioning/QQQ".to_owned(),
        "/api/history/stats".to_owned(),
        format!("/api/history/equity?engine=A&date={today}"),
        "/api/experiment/report".to_owned(),
        "/api/agents".to_owned(),
        "/api/monitoring/status".to_owned(),
        "/api/alerts/refused".to_owned(),
        "/api/alerts/templates".to_owned(),
        "/api/settings/status".to_owned(),
        "/api/settings/changes".to_owned(),
        "/api/settings/exit_rules/history".to_owned(),
        "/api/users".to_owned(),
    ] {
        ann.reads(&path).await;
    }
}

async fn changes_settings(ann: &Person<'_>) {
    let change = json!({ "seen_version": 0, "values": { "stop_loss_percent": "40" } });
    ann.asks(Method::PUT, "/api/settings/exit_rules", Some(change))
        .await;
    let start = json!({
        "experiment_id": "which-is-better", "hypothesis": "B is better", "mode": "paired",
    });
    ann.does("/api/experiment/start", start).await;
    ann.does("/api/experiment/stop", json!({ "why": "enough seen" }))
        .await;
}

async fn looks_after_users(ann: &Person<'_>) {
    let ben = json!({ "name": "ben", "role": "user", "password": PASSWORD });
    ann.does("/api/users", ben).await;
    let role = json!({ "role": "researcher" });
    ann.asks(Method::PUT, "/api/users/ben/role", Some(role))
        .await;
    let other = json!({ "password": "another horse battery" });
    ann.asks(Method::PUT, "/api/users/ben/password", Some(other))
        .await;
    ann.asks(Method::DELETE, "/api/users/ben", None).await;
    ann.does("/api/logout", json!({})).await;
}
