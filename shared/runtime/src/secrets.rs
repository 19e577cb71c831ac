//! Secrets: from Secrets Manager in the cloud and on the local stack, kept for a few minutes.
//! A secret never reaches a log, an error text or a stored item.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

use tokio::time::Instant;

use aws_sdk_secretsmanager::error::SdkError;
use secrecy::SecretString;

/// How long a value is used before it is read again, so that a rotation is seen.
const FRESH_FOR: Duration = Duration::from_mins(5);

/// A secret that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("could not read the secret {name}")]
pub struct SecretError {
    /// The secret's name.
    pub name: String,
    #[source]
    source: Box<dyn std::error::Error + Send + Sync>,
}

/// A secret by name, cached.
#[derive(Debug)]
pub struct CachedSecret {
    client: aws_sdk_secretsmanager::Client,
    name: String,
    kept: Mutex<Option<(Instant, SecretString)>>,
}

impl CachedSecret {
    /// The secret with this name or ARN.
    pub fn named(client: &aws_sdk_secretsmanager::Client, name: &str) -> Self {
        Self {
            client: client.clone(),
            name: name.to_owned(),
            kept: Mutex::default(),
        }
    }

    /// Its value. While Secrets Manager can't be reached, an older value goes on being used.
    pub async fn value(&self) -> Result<SecretString, SecretError> {
        let kept = self.kept();
        if let Some((read_at, value)) = &kept
            && read_at.elapsed() < FRESH_FOR
        {
            return Ok(value.clone());
        }
        match (self.read().await, kept) {
            (Ok(value), _) => Ok(self.keep(value)),
            (Err(error), Some((_, older))) => {
                tracing::warn!(
                    error = crate::telemetry::chain(&error),
                    "using an older secret"
                );
                Ok(self.keep(older))
            }
            (Err(error), None) => Err(error),
        }
    }

    async fn read(&self) -> Result<SecretString, SecretError> {
        let failed = |source| SecretError {
            name: self.name.clone(),
            source,
        };
        let answer = self
            .client
            .get_secret_value()
            .secret_id(&self.name)
            .send()
            .await
            .map_err(|error: SdkError<_>| failed(error.into()))?;
        let text = answer
            .secret_string
            .ok_or_else(|| failed("it holds no text".into()))?;
        Ok(SecretString::from(text))
    }

    fn kept(&self) -> Option<(Instant, SecretString)> {
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn keep(&self, value: SecretString) -> SecretString {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((Instant::now(), value.clone()));
        value
    }
}
