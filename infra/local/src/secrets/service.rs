//! Secrets Manager's requests: making a secret, giving it another value, reading it.

use std::sync::PoisonError;

use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use super::{Secret, Secrets, Version};
use crate::account::AccountId;
use crate::json_protocol::{Answer, request};
use crate::template::REGION;

pub(super) const CURRENT: &str = "AWSCURRENT";
const PREVIOUS: &str = "AWSPREVIOUS";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Asked {
    secret_id: String,
    version_id: Option<String>,
    version_stage: Option<String>,
}

impl Secrets {
    /// Answers a request: `GetSecretValue`, say, with its JSON.
    pub(crate) fn answer(&self, action: &str, body: &[u8]) -> Answer {
        match action {
            "CreateSecret" => request(body).map(|asked| self.create_secret(&asked)),
            "PutSecretValue" => request(body).map(|asked| self.put_secret_value(&asked)),
            _ => request(body).map(|asked| self.read(action, &asked)),
        }
        .unwrap_or_else(|error| Answer::failure(400, "SerializationException", &error))
    }

    fn read(&self, action: &str, asked: &Asked) -> Answer {
        let secrets = self.by_name.lock().unwrap_or_else(PoisonError::into_inner);
        let name = name_of(&asked.secret_id);
        match (action, secrets.get(name)) {
            ("GetSecretValue", Some(secret)) => value(name, secret, asked),
            ("DescribeSecret", Some(secret)) => description(name, secret),
            ("GetSecretValue" | "DescribeSecret", None) => no_such_secret(),
            _ => {
                let message = format!("The operation {action} is not known.");
                Answer::failure(400, "UnknownOperationException", &message)
            }
        }
    }
}

impl Secret {
    fn staged(&self) -> impl Iterator<Item = (&'static str, &Version)> {
        let previous = self.previous.as_ref().map(|version| (PREVIOUS, version));
        std::iter::once((CURRENT, &self.current)).chain(previous)
    }
}

fn value(name: &str, secret: &Secret, asked: &Asked) -> Answer {
    let default_stage = if asked.version_id.is_some() {
        None
    } else {
        Some(CURRENT)
    };
    let stage = asked.version_stage.as_deref().or(default_stage);
    let found = secret.staged().find(|(own_stage, version)| {
        stage.is_none_or(|stage| stage == *own_stage)
            && asked.version_id.as_ref().is_none_or(|id| *id == version.id)
    });
    let Some((stage, version)) = found else {
        return not_found("Secrets Manager can't find the specified secret value.");
    };
    Answer::of(json!({
        "ARN": arn(name),
        "Name": name,
        "VersionId": version.id,
        "SecretString": version.value,
        "VersionStages": [stage],
        "CreatedDate": epoch_s(version.created_ms),
    }))
}

fn description(name: &str, secret: &Secret) -> Answer {
    let stages = secret
        .staged()
        .map(|(stage, version)| (version.id.clone(), json!([stage])));
    let stages: Map<String, Json> = stages.collect();
    Answer::of(json!({
        "ARN": arn(name),
        "Name": name,
        "LastChangedDate": epoch_s(secret.current.created_ms),
        "VersionIdsToStages": stages,
    }))
}

/// The answer to who names a secret that isn't there.
pub(super) fn no_such_secret() -> Answer {
    not_found("Secrets Manager can't find the specified secret.")
}

fn not_found(message: &str) -> Answer {
    Answer::failure(400, "ResourceNotFoundException", message)
}

pub(super) fn arn(name: &str) -> String {
    let account = AccountId::EMBEDDED;
    format!("arn:aws:secretsmanager:{REGION}:{account}:secret:{name}")
}

/// A secret is asked for by its name or by its ARN.
pub(super) fn name_of(secret_id: &str) -> &str {
    let is_arn = secret_id.starts_with("arn:");
    let name = if is_arn {
        secret_id.splitn(7, ':').nth(6)
    } else {
        None
    };
    name.unwrap_or(secret_id)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds since 1970 are far below 2^53"
)]
fn epoch_s(ms: i64) -> f64 {
    ms as f64 / 1000.0
}
