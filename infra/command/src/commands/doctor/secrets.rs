//! Whether there is a secret that authenticates alerts, without ever showing it.

use std::path::Path;
use std::sync::Arc;

use local_stack::secrets::Secrets;
use local_stack::template::Secret;
use local_stack::wall_clock::SystemWallClock;
use runtime::Configuration;
use runtime::configuration::SECRET_LENGTH_MIN;
use runtime::telemetry::chain;

use super::finding::Finding;

const SUBJECT: &str = "secrets";

/// Looks at every secret that authenticates alerts, which are those without a declared value, and at what the configuration says of them.
pub(super) fn check(
    dir: &Path,
    declared: &[Secret],
    configuration: Option<&Configuration>,
) -> Vec<Finding> {
    let file = dir.join("secrets.json");
    let secrets = match Secrets::open(Some(&file), Arc::new(SystemWallClock)) {
        Ok(secrets) => secrets,
        Err(error) => {
            let advice = "put it back from a copy, or take it away to have a new secret made";
            return vec![Finding::fail(SUBJECT, chain(&error), advice)];
        }
    };
    let made_up = declared.iter().filter(|secret| secret.text.is_none());
    let each = made_up.map(|secret| one(&secret.name, &secrets));
    let unsigned = configuration.is_some_and(|known| known.webhook.allow_unsigned);
    each.chain(unsigned.then(anybody)).collect()
}

fn one(name: &str, secrets: &Secrets) -> Finding {
    match secrets.current(name) {
        None => Finding::warn(
            SUBJECT,
            format!("there is no {name} yet"),
            "the next start of the stack makes it",
        ),
        Some(secret) if secret.len() < SECRET_LENGTH_MIN => Finding::fail(
            SUBJECT,
            format!("{name} has only {} characters", secret.len()),
            format!(
                "set TRADINGVIEW_WEBHOOK_SECRET to a random text of {SECRET_LENGTH_MIN} or more \
                 and start the stack again"
            ),
        ),
        Some(_) => Finding::ok(SUBJECT, format!("{name} is there and long enough")),
    }
}

fn anybody() -> Finding {
    Finding::warn(
        SUBJECT,
        "ALLOW_UNSIGNED_WEBHOOKS lets anybody send alerts who can reach the webhook",
        "unset it unless you are trying something on your own machine",
    )
}
