//! Who may send alerts, and who may not.

use serde_json::json;
use system_tests::Harness;
use system_tests::harness::Setup;

use crate::support::{good, good_with, request};

const WRONG: &str = "not-the-secret-of-this-stack";

/// A header, a path and a body, as they are sent.
type Sent = (Option<String>, String, String);

async fn status(harness: &Harness, (signature, path, body): &Sent) -> u16 {
    let headers: Vec<_> = signature
        .iter()
        .map(|value| ("x-signature", value.as_str()))
        .collect();
    let (status, _) = request(harness, "POST", path, &headers, body.clone()).await;
    status
}

#[tokio::test]
async fn each_way_to_show_the_secret_is_taken() {
    let harness = Harness::start().await;
    let secret = harness.stack.webhook_secret().to_owned();
    let plain = good(&harness).to_string();
    let signature = harness.signature(&plain);
    let mut sent: Vec<Sent> = vec![
        (Some(signature.clone()), "/webhook".into(), plain.clone()),
        (
            Some(signature.to_uppercase()),
            "/webhook".into(),
            plain.clone(),
        ),
        (
            Some(format!("sha256={signature}")),
            "/webhook".into(),
            plain.clone(),
        ),
        (
            Some(signature.clone()),
            format!("/webhook/{WRONG}"),
            plain.clone(),
        ),
        (None, format!("/webhook/{secret}"), plain.clone()),
        (None, format!("/webhook/{secret}?from=chart"), plain),
    ];
    for field in [
        "secret",
        "passphrase",
        "apikey",
        "api_key",
        "token",
        "key",
        "Secret",
    ] {
        let body = good_with(&harness, &json!({ field: secret }));
        sent.push((None, "/webhook".into(), body.to_string()));
    }
    let body = good_with(&harness, &json!({ "key": format!("Breakout:{secret}") }));
    sent.push((None, "/webhook".into(), body.to_string()));
    for alert in sent {
        assert_eq!(status(&harness, &alert).await, 200, "{}", alert.2);
    }
    harness.stop().await;
}

#[tokio::test]
async fn who_does_not_show_it_is_refused() {
    let harness = Harness::start().await;
    let secret = harness.stack.webhook_secret().to_owned();
    let plain = good(&harness).to_string();
    let knowing = good_with(&harness, &json!({ "secret": secret })).to_string();
    let signature = harness.signature(&plain);
    let webhook = || "/webhook".to_owned();
    let sent: Vec<Sent> = vec![
        (None, webhook(), plain.clone()),
        (Some(String::new()), webhook(), plain.clone()),
        (Some("zz".repeat(32)), webhook(), plain.clone()),
        (Some("00".repeat(32)), webhook(), plain.clone()),
        (Some(signature[..62].to_owned()), webhook(), plain.clone()),
        (Some(format!("{signature}00")), webhook(), plain.clone()),
        (Some(signature.clone()), webhook(), format!("{plain} ")),
        (Some(secret.clone()), webhook(), plain.clone()),
        // Who signs means the signature to count, even beside the right secret.
        (Some("00".repeat(32)), webhook(), knowing.clone()),
        (
            Some("00".repeat(32)),
            format!("/webhook/{secret}"),
            plain.clone(),
        ),
        (None, format!("/webhook/{WRONG}"), plain.clone()),
        (None, format!("/webhook/{WRONG}"), knowing),
        (None, format!("/webhook/{}", &secret[1..]), plain.clone()),
        (None, format!("/webhook/{secret}0"), plain.clone()),
        (
            None,
            webhook(),
            good_with(&harness, &json!({ "secret": WRONG })).to_string(),
        ),
        (
            None,
            webhook(),
            good_with(&harness, &json!({ "secret": "" })).to_string(),
        ),
        (
            None,
            webhook(),
            good_with(&harness, &json!({ "secret": null })).to_string(),
        ),
        (
            None,
            webhook(),
            good_with(&harness, &json!({ "secret": [secret] })).to_string(),
        ),
        (
            None,
            webhook(),
            good_with(&harness, &json!({ "deep": { "secret": secret } })).to_string(),
        ),
        (None, format!("/webhook?token={secret}"), plain),
    ];
    for alert in sent {
        assert_eq!(status(&harness, &alert).await, 401, "{alert:?}");
    }
    assert_eq!(harness.book().await.open_count, 0);
    harness.stop().await;
}

#[tokio::test]
async fn unsigned_alerts_are_taken_where_that_is_allowed() {
    let harness = Harness::with_environment(&[("ALLOW_UNSIGNED_WEBHOOKS", "true")]).await;
    let body = good(&harness).to_string();
    let (status, answer) = harness.post("/webhook", &[], &body).await;
    assert_eq!((status, answer["status"].as_str()), (200, Some("accepted")));
    harness.stop().await;
}

#[tokio::test]
async fn only_these_addresses_may_send_whatever_headers_say() {
    for (allowed, expected) in [
        ("127.0.0.1", 200),
        ("52.89.214.238, 127.0.0.1", 200),
        ("52.89.214.238,34.212.75.30,::1", 401),
    ] {
        let harness = Harness::with_environment(&[("WEBHOOK_SOURCE_ADDRESSES", allowed)]).await;
        let body = good(&harness).to_string();
        let signature = harness.signature(&body);
        let headers = [
            ("x-signature", signature.as_str()),
            ("x-forwarded-for", "52.89.214.238"),
        ];
        let (status, _) = harness.post("/webhook", &headers, &body).await;
        assert_eq!(status, expected, "{allowed}");
        harness.stop().await;
    }
}

#[tokio::test]
async fn a_secret_of_the_environment_goes_before_a_made_one() {
    let given = "a-secret-that-i-chose";
    let harness = Harness::with(Setup {
        environment: vec![("HMAC_SECRET", given)],
        ..Setup::default()
    })
    .await;
    assert_eq!(harness.stack.webhook_secret(), given);
    let body = good(&harness).to_string();
    let (status, _) = harness.post(&format!("/webhook/{given}"), &[], &body).await;
    assert_eq!(status, 200);
    harness.stop().await;
}

#[tokio::test]
async fn without_a_secret_and_without_leave_the_webhook_does_not_start() {
    let harness = Harness::start().await;
    let mut around = harness.stack.surroundings().clone();
    around.environment = around
        .environment
        .with([("WEBHOOK_SECRET_ID".to_owned(), String::new())]);
    let Err(refused) = webhook::Webhook::new(&around) else {
        panic!("it starts");
    };
    assert!(
        refused.to_string().contains("ALLOW_UNSIGNED_WEBHOOKS=true"),
        "{refused}"
    );
    around.configuration.webhook.allow_unsigned = true;
    assert!(webhook::Webhook::new(&around).is_ok());
    harness.stop().await;
}
