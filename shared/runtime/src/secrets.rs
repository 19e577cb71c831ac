//! Secrets: from Secrets Manager in the cloud and on the local stack, kept for a few minutes.
//! A secret never reaches a log, an error text or a stored item.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use aws_sdk_secretsmanager::error::SdkError;
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueError;
use secrecy::SecretString;

/// How long a value is used before it is read again, so that a rotation is seen.
const FRESH_FOR: Duration = Duration::from_mins(5);
/// Who doubts a value has it read again, but no more often than this.
const DOUBTED_AFTER: Duration = Duration::from_secs(2);
const CURRENT: &str = "AWSCURRENT";
const PREVIOUS: &str = "AWSPREVIOUS";

/// A secret that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("could not read the secret {name}")]
pub struct SecretError {
    /// The secret's name.
    pub name: String,
    #[source]
    source: Box<dyn std::error::Error + Send + Sync>,
}

/// A secret's value and, where it was asked for, the one before the last rotation.
#[derive(Debug, Clone)]
pub struct SecretVersions {
    /// What holds now.
    pub current: SecretString,
    /// What held before, if anything did.
    pub previous: Option<SecretString>,
}

/// A secret by name, cached.
#[derive(Debug)]
pub struct CachedSecret {
    client: aws_sdk_secretsmanager::Client,
    name: String,
    reads_previous: bool,
    kept: Mutex<Option<(Instant, SecretVersions)>>,
}

impl CachedSecret {
    /// The secret with this name or ARN.
    pub fn named(client: &aws_sdk_secretsmanager::Client, name: &str) -> Self {
        Self {
            client: client.clone(),
            name: name.to_owned(),
            reads_previous: false,
            kept: Mutex::default(),
        }
    }

    /// The same, with the version before the current one: what was made with that still holds.
    #[must_use]
    pub fn with_previous(self) -> Self {
        Self {
            reads_previous: true,
            ..self
        }
    }

    /// Its value. While Secrets Manager can't be reached, an older value goes on being used.
    pub async fn value(&self) -> Result<SecretString, SecretError> {
        Ok(self.versions().await?.current)
    }

    /// Its versions, in the same way.
    pub async fn versions(&self) -> Result<SecretVersions, SecretError> {
        self.versions_within(FRESH_FOR).await
    }

    /// Its versions, for who met something that was made with neither: another instance may have
    /// seen a rotation earlier.
    pub async fn versions_in_doubt(&self) -> Result<SecretVersions, SecretError> {
        self.versions_within(DOUBTED_AFTER).await
    }

    async fn versions_within(&self, age_max: Duration) -> Result<SecretVersions, SecretError> {
        let kept = self.kept();
        if let Some((read_at, versions)) = &kept
            && read_at.elapsed() < age_max
        {
            return Ok(versions.clone());
        }
        match (self.read().await, kept) {
            (Ok(versions), _) => Ok(self.keep(versions)),
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

    async fn read(&self) -> Result<SecretVersions, SecretError> {
        let current = self.stage(CURRENT).await;
        let current = current.map_err(|error| self.failed(error))?;
        let current = current.ok_or_else(|| self.failed("it holds no text"))?;
        let previous = if self.reads_previous {
            self.previous().await?
        } else {
            None
        };
        Ok(SecretVersions { current, previous })
    }

    /// A secret that was never rotated has none.
    async fn previous(&self) -> Result<Option<SecretString>, SecretError> {
        match self.stage(PREVIOUS).await {
            Ok(text) => Ok(text),
            Err(SdkError::ServiceError(error)) if error.err().is_resource_not_found_exception() => {
                Ok(None)
            }
            Err(error) => Err(self.failed(error)),
        }
    }

    async fn stage(
        &self,
        stage: &str,
    ) -> Result<Option<SecretString>, SdkError<GetSecretValueError>> {
        let request = self.client.get_secret_value().secret_id(&self.name);
        let answer = request.version_stage(stage).send().await?;
        Ok(answer.secret_string.map(SecretString::from))
    }

    fn failed(&self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> SecretError {
        SecretError {
            name: self.name.clone(),
            source: source.into(),
        }
    }

    fn kept(&self) -> Option<(Instant, SecretVersions)> {
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn keep(&self, versions: SecretVersions) -> SecretVersions {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((Instant::now(), versions.clone()));
        versions
    }
}
