//! Secrets Manager's requests that make secrets and give them values. A token that came before
//! is the same request again, as the SDK sends it when it heard no answer.

use std::sync::PoisonError;

use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::service::{CURRENT, arn, name_of, no_such_secret};
use super::{ByName, Secrets};
use crate::json_protocol::Answer;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Creation {
    name: String,
    #[serde(flatten)]
    version: NewVersion,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Put {
    secret_id: String,
    #[serde(flatten)]
    version: NewVersion,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct NewVersion {
    secret_string: String,
    #[serde(default = "new_token")]
    client_request_token: String,
}

fn new_token() -> String {
    Uuid::new_v4().to_string()
}

impl Secrets {
    /// Makes a secret that isn't there yet.
    pub(super) fn create_secret(&self, asked: &Creation) -> Answer {
        let mut secrets = self.by_name.lock().unwrap_or_else(PoisonError::into_inner);
        if secrets
            .get(&asked.name)
            .is_some_and(|secret| secret.current.id != asked.version.client_request_token)
        {
            let message = "The operation failed because the secret already exists.";
            return Answer::failure(400, "ResourceExistsException", message);
        }
        self.write(&mut secrets, &asked.name, &asked.version)
    }

    /// Gives a secret that is there another value.
    pub(super) fn put_secret_value(&self, asked: &Put) -> Answer {
        let mut secrets = self.by_name.lock().unwrap_or_else(PoisonError::into_inner);
        let name = name_of(&asked.secret_id);
        if !secrets.contains_key(name) {
            return no_such_secret();
        }
        self.write(&mut secrets, name, &asked.version)
    }

    fn write(&self, secrets: &mut ByName, name: &str, version: &NewVersion) -> Answer {
        let token = &version.client_request_token;
        let is_there = secrets
            .get(name)
            .is_some_and(|secret| secret.current.id == *token);
        if !is_there && let Err(error) = self.keep(secrets, name, token, &version.secret_string) {
            return Answer::failure(500, "InternalServiceError", &error.to_string());
        }
        Answer::of(json!({
            "ARN": arn(name),
            "Name": name,
            "VersionId": token,
            "VersionStages": [CURRENT],
        }))
    }
}
