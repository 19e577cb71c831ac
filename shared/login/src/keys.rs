//! The keys that sign sessions. A rotation signs nobody out: what the key before signed still
//! holds, and whoever meets an unknown key looks whether there was a rotation.

use chrono::{DateTime, Utc};
use runtime::configuration::SESSION_SECRET_LENGTH_MIN as SECRET_LENGTH_MIN;
use runtime::secrets::{CachedSecret, SecretError, SecretVersions};
use runtime::telemetry::chain;
use runtime::{StartError, Surroundings};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::token::{Claims, TokenError};

/// A key's name has so many bytes of its hash.
const KEY_ID_BYTES: usize = 8;

/// Why a session can't be opened or looked at.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The token.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The keys are out of reach.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The secret could be guessed.
    #[error("the secret that signs sessions has fewer than {SECRET_LENGTH_MIN} characters")]
    TooShort,
}

/// The keys.
#[derive(Debug)]
pub struct SessionKeys(Source);

#[derive(Debug)]
enum Source {
    Known(SecretVersions),
    Stored(CachedSecret),
}

impl SessionKeys {
    /// The keys that `JWT_SECRET` or `JWT_SECRET_ID` names.
    pub fn new(surroundings: &Surroundings) -> Result<Self, StartError> {
        if let Some(secret) = &surroundings.configuration.session_secret {
            return Ok(Self::known(secret.clone(), None));
        }
        let name = surroundings.environment.require("JWT_SECRET_ID")?;
        let secret = CachedSecret::named(&surroundings.aws.secrets, name);
        Ok(Self(Source::Stored(secret.with_previous())))
    }

    /// These keys, of which the first one signs.
    pub fn known(current: SecretString, previous: Option<SecretString>) -> Self {
        Self(Source::Known(SecretVersions { current, previous }))
    }

    /// The token of a session.
    pub async fn sign(&self, claims: &Claims) -> Result<SecretString, KeysError> {
        let current = self.versions().await?.current;
        let current = long_enough(current).ok_or(KeysError::TooShort)?;
        let token = claims.signed(&key_id(&current), &current)?;
        Ok(SecretString::from(token))
    }

    /// What a token says.
    pub async fn read(&self, token: &str, now: DateTime<Utc>) -> Result<Claims, KeysError> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| TokenError::Foreign)?;
        let named = header.kid.ok_or(TokenError::Foreign)?;
        let key = match key_named(&named, self.versions().await?) {
            Some(key) => key,
            None => self.key_in_doubt(&named).await?,
        };
        Ok(Claims::read(token, &key, now)?)
    }

    async fn versions(&self) -> Result<SecretVersions, SecretError> {
        match &self.0 {
            Source::Known(versions) => Ok(versions.clone()),
            Source::Stored(secret) => secret.versions().await,
        }
    }

    async fn key_in_doubt(&self, named: &str) -> Result<SecretString, KeysError> {
        let Source::Stored(secret) = &self.0 else {
            return Err(TokenError::Foreign.into());
        };
        let versions = secret.versions_in_doubt().await.inspect_err(|error| {
            tracing::warn!(error = chain(error), "the session keys are out of reach");
        })?;
        Ok(key_named(named, versions).ok_or(TokenError::Foreign)?)
    }
}

fn key_named(named: &str, versions: SecretVersions) -> Option<SecretString> {
    let keys = [Some(versions.current), versions.previous];
    let long = keys.into_iter().flatten().filter_map(long_enough);
    long.into_iter().find(|key| key_id(key) == named)
}

fn long_enough(secret: SecretString) -> Option<SecretString> {
    (secret.expose_secret().len() >= SECRET_LENGTH_MIN).then_some(secret)
}

/// Names a key and says nothing of it: the key is long and random.
fn key_id(secret: &SecretString) -> String {
    let digest = Sha256::new()
        .chain_update(b"parallax session key\0")
        .chain_update(secret.expose_secret().as_bytes())
        .finalize();
    hex::encode(&digest[..KEY_ID_BYTES])
}

#[cfg(test)]
mod tests;
