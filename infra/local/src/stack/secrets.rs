//! The secrets of a stack: declared, given by the environment, or made up at its first start.

use runtime::Configuration;
use secrecy::{ExposeSecret, SecretString};

use super::StackError;
use crate::aws::LocalAws;
use crate::declared_secrets::make_secret;
use crate::template::Template;

/// The secrets of the template that the environment may give.
const WEBHOOK_SECRET: &str = "WebhookSecret";
const SESSION_SECRET: &str = "JwtSecret";

/// Makes every declared secret: with the declared value, the environment's, or a new one. Returns
/// the webhook's.
pub(super) async fn make_secrets(
    aws: &LocalAws,
    template: &Template,
    configuration: &Configuration,
) -> Result<String, StackError> {
    let mut webhook_secret = String::new();
    let client = aws.secrets_client();
    for secret in &template.secrets {
        if let Some(text) = &secret.text {
            make_secret(&client, &secret.name, None, || text.clone()).await?;
            continue;
        }
        let given = given_secret(configuration, &secret.logical_id);
        let given = given.map(ExposeSecret::expose_secret);
        let made = make_secret(&client, &secret.name, given, new_secret).await?;
        if secret.logical_id == WEBHOOK_SECRET {
            webhook_secret = made;
        }
    }
    Ok(webhook_secret)
}

/// The value that the environment gives a secret of the template.
fn given_secret<'a>(
    configuration: &'a Configuration,
    logical_id: &str,
) -> Option<&'a SecretString> {
    match logical_id {
        WEBHOOK_SECRET => configuration.webhook.secret.as_ref(),
        SESSION_SECRET => configuration.session_secret.as_ref(),
        _ => None,
    }
}

fn new_secret() -> String {
    format!(
        "{}{}",
        uuid::Uuid::new_v4().simple(),
        uuid::Uuid::new_v4().simple()
    )
}
