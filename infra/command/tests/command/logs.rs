//! What the stack logs: enough to follow an alert, no secret, no colours in a file.

use crate::program::{Up, log_of, text, until_says};

/// Reads a secret where only its owner may.
fn kept_secret(dir: &std::path::Path) -> String {
    let secrets = local_stack::secrets::Secrets::open(
        Some(&dir.join("secrets.json")),
        std::sync::Arc::new(local_stack::wall_clock::SystemWallClock),
    );
    secrets.unwrap().current("webhook-secret").unwrap()
}

#[tokio::test]
async fn the_secret_stands_in_no_log_not_even_in_the_longest() {
    for level in ["info", "debug", "trace"] {
        let parent = tempfile::tempdir().unwrap();
        let dir = parent.path().join("data");
        let up = Up::start(&dir, &[], &[("LOG_LEVEL", level)]);
        let secret = kept_secret(&dir);
        let url = format!("{}/webhook", up.url());
        let client = reqwest::Client::new();
        let alert = r#"{"ticker": "SPY", "action": "buy", "note": "path"}"#;
        let answer = client
            .post(format!("{url}/{secret}"))
            .body(alert)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        let answer: serde_json::Value = answer.json().await.unwrap();
        let id = answer["signal_id"].as_str().unwrap();
        for body in [
            format!(r#"{{"ticker": "SPY", "action": "buy", "secret": "{secret}"}}"#),
            format!(r#"{{"ticker": "??", "action": "buy", "secret": "{secret}"}}"#),
            format!(r#"{{"ticker": "SPY", "secret": "{secret}"#),
        ] {
            client.post(&url).body(body).send().await.unwrap();
        }
        client
            .post(format!("{url}/{secret}/x"))
            .body(alert)
            .send()
            .await
            .unwrap();
        until_says(&["trace", id, "--data-dir", text(&dir)], "engine A   ");
        up.interrupt();
        let log = log_of(&dir);
        let line = log.lines().find(|line| line.contains(&secret));
        assert!(line.is_none(), "at {level}: {}", line.unwrap_or_default());
        assert!(!log.contains('\u{1b}'), "colours in a file");
        // An alert can be followed by its id from the first line on.
        let answered = log
            .lines()
            .find(|line| line.contains("alert answered") && line.contains(id));
        assert!(answered.is_some(), "at {level}:\n{log}");
    }
}
