//! Makes the secrets of a template in any Secrets Manager. What a secret is, is shown to nobody
//! but to the caller: not in logs, not in errors.

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::{ProvideErrorMetadata, SdkError};

/// A secret that couldn't be read or made.
#[derive(Debug, thiserror::Error)]
#[error("the secret {name}: {reason}")]
pub struct DeclaredSecretError {
    name: String,
    reason: String,
}

/// The value of this secret from now on: the one that is given, or the one that it has, or a
/// new one.
pub async fn make_secret(
    client: &Client,
    name: &str,
    given: Option<&str>,
    make: impl FnOnce() -> String,
) -> Result<String, DeclaredSecretError> {
    let Some(present) = current(client, name).await? else {
        let value = given.map_or_else(make, str::to_owned);
        create(client, name, &value).await?;
        return Ok(value);
    };
    match given {
        Some(given) if given != present => {
            put(client, name, given).await?;
            Ok(given.to_owned())
        }
        _ => Ok(present),
    }
}

async fn current(client: &Client, name: &str) -> Result<Option<String>, DeclaredSecretError> {
    match client.get_secret_value().secret_id(name).send().await {
        Ok(answer) => Ok(answer.secret_string),
        Err(SdkError::ServiceError(error)) if error.err().is_resource_not_found_exception() => {
            Ok(None)
        }
        Err(error) => Err(failed(name, &error)),
    }
}

async fn create(client: &Client, name: &str, value: &str) -> Result<(), DeclaredSecretError> {
    let request = client.create_secret().name(name).secret_string(value);
    let created = request.send().await;
    created.map(drop).map_err(|error| failed(name, &error))
}

async fn put(client: &Client, name: &str, value: &str) -> Result<(), DeclaredSecretError> {
    let request = client.put_secret_value().secret_id(name);
    let put = request.secret_string(value).send().await;
    put.map(drop).map_err(|error| failed(name, &error))
}

/// The whole error might show an answer that couldn't be read, with the secret in it.
fn failed<E: std::error::Error + ProvideErrorMetadata>(
    name: &str,
    error: &E,
) -> DeclaredSecretError {
    DeclaredSecretError {
        name: name.to_owned(),
        reason: error
            .code()
            .map_or_else(|| error.to_string(), str::to_owned),
    }
}
