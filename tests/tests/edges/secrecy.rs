//! The secret stays a secret: it stands in no item, no message, and no answer.

use serde_json::json;
use system_tests::Harness;

use crate::support::{all_items, good, good_with, request, spelled};

#[tokio::test]
async fn no_table_and_no_answer_holds_a_secret() {
    let harness = Harness::start().await;
    let secret = harness.stack.webhook_secret().to_owned();
    let guess = "an-almost-right-secret-of-someone";
    let mut sent: Vec<(String, String)> = Vec::new();
    for shown in [secret.as_str(), guess] {
        for (number, field) in [
            "secret",
            "passphrase",
            "apikey",
            "api_key",
            "token",
            "key",
            " SECRET ",
        ]
        .into_iter()
        .enumerate()
        {
            let name = format!("s{number}");
            let fields = json!({ field: shown, "strategy": { "name": name, "token": shown }, "list": [{ "key": shown }] });
            sent.push(("/webhook".into(), good_with(&harness, &fields).to_string()));
        }
        let key = good_with(
            &harness,
            &json!({ "key": format!("Event:{shown}"), "strategy": "key" }),
        );
        sent.push(("/webhook".into(), key.to_string()));
        sent.push((format!("/webhook/{shown}"), good(&harness).to_string()));
        sent.push((format!("/webhook/{shown}"), "{}".into()));
        sent.push((format!("/webhook/{shown}/{shown}"), "{}".into()));
        sent.push((
            "/webhook".into(),
            format!("TOKEN={shown}\nSYMBOL=IWM\nSIGNAL=BUY"),
        ));
        sent.push((
            format!("/webhook/{shown}"),
            format!("{shown}\nSYMBOL=IWM\nSIGNAL=BUY"),
        ));
        sent.push((
            "/webhook".into(),
            format!("{{\"secret\": \"{shown}\", \"ticker\": \"SPY"),
        ));
        sent.push((
            "/webhook".into(),
            json!({ "secret": shown, "ticker": "??", "action": "?" }).to_string(),
        ));
    }
    let mut accepted = 0;
    for (path, body) in &sent {
        let (status, answer) = request(&harness, "POST", path, &[], body.clone()).await;
        accepted += u32::from(status == 200);
        assert!(
            !answer.contains(&secret) && !answer.contains(guess),
            "{path} {body}: {answer}"
        );
    }
    assert!(accepted >= 10, "{accepted} accepted");
    harness.minute().await;
    let items = all_items(&harness).await;
    assert!(items.len() > 20);
    for item in &items {
        let item = spelled(item);
        assert!(!item.contains(&secret) && !item.contains(guess), "{item}");
    }
    harness.stop().await;
}
