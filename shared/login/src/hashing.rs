//! Hashes of passwords: argon2id by OWASP's first choice of parameters, which fit a function of
//! 256 MB. Each takes tens of milliseconds of a processor, so it runs beside the others' work.

use argon2::password_hash::phc;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, try_generate_salt};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use storage::users::PasswordHash;

use crate::password::NewPassword;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// What the password of nobody is compared with, so that it takes as long as somebody's. No
/// password hashes to noughts.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA\
                      $AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A password that could not be hashed or compared.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// The hash can't be made, or the one that is stored isn't one.
    #[error("the password's hash can't be used: {0}")]
    Argon2(String),
    /// The system gives no randomness for the salt.
    #[error("no salt can be made up: {0}")]
    NoRandomness(getrandom::Error),
    /// The work was broken off.
    #[error("hashing was broken off")]
    BrokenOff(#[source] tokio::task::JoinError),
}

/// The hash of a new password, with a salt of its own.
pub(crate) async fn hash(password: &NewPassword) -> Result<PasswordHash, HashError> {
    let password = password.secret().clone();
    beside(move || {
        let salt = try_generate_salt().map_err(HashError::NoRandomness)?;
        let hashed: phc::PasswordHash = argon2()?
            .hash_password_with_salt(password.expose_secret().as_bytes(), &salt)
            .map_err(unusable)?;
        Ok(PasswordHash::new(hashed.to_string()))
    })
    .await
}

/// Whether this is the password behind the hash. Without a hash it takes as long to say no.
pub(crate) async fn is_behind(
    presented: &SecretString,
    stored: Option<&PasswordHash>,
) -> Result<bool, HashError> {
    let (presented, stored) = (presented.clone(), stored.cloned());
    beside(move || {
        let text = stored.as_ref().map_or(NOBODY, PasswordHash::as_phc);
        let parsed = phc::PasswordHash::new(text).map_err(unusable)?;
        let bytes = presented.expose_secret().as_bytes();
        let is_right = argon2()?.verify_password(bytes, &parsed).is_ok();
        Ok(is_right && stored.is_some())
    })
    .await
}

async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
) -> Result<T, HashError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(HashError::BrokenOff)?
}

fn argon2() -> Result<Argon2<'static>, HashError> {
    let parameters = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(unusable)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
}

fn unusable(error: impl std::fmt::Display) -> HashError {
    HashError::Argon2(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    async fn hashed(text: &str) -> PasswordHash {
        hash(&NewPassword::new(secret(text)).unwrap())
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_hash_knows_its_password_and_no_other() {
        let stored = hashed("correct horse battery").await;
        for (text, expected) in [
            ("correct horse battery", true),
            ("correct horse batterY", false),
            ("", false),
        ] {
            let is_right = is_behind(&secret(text), Some(&stored)).await.unwrap();
            assert_eq!(is_right, expected, "{text}");
        }
        assert!(
            !is_behind(&secret("correct horse battery"), None)
                .await
                .unwrap()
        );
    }

    #[tokio::test]
    async fn a_hash_says_how_it_was_made_and_its_salt_is_its_own() {
        let (one, other) = (
            hashed("correct horse battery").await,
            hashed("correct horse battery").await,
        );
        assert_ne!(one, other);
        let parameters = "$argon2id$v=19$m=19456,t=2,p=1$";
        assert!(one.as_phc().starts_with(parameters), "{}", one.as_phc());
        // Nobody's hash costs what anybody's does.
        assert!(NOBODY.starts_with(parameters));
        assert_eq!(NOBODY.len(), one.as_phc().len());
        assert!(!format!("{one:?}").contains("argon2"));
    }

    #[tokio::test]
    async fn what_is_no_hash_is_an_error_and_not_a_yes() {
        let broken = PasswordHash::new("correct horse battery".to_owned());
        let compared = is_behind(&secret("correct horse battery"), Some(&broken)).await;
        assert!(matches!(compared, Err(HashError::Argon2(_))));
    }
}
