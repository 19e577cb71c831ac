//! Passwords as people choose them, or as we make them up.

use secrecy::{ExposeSecret, SecretString};

/// A shorter one could be guessed.
const LENGTH_MIN: usize = 12;
/// A longer one is no password.
const LENGTH_MAX: usize = 128;

/// Thirty-two characters that nobody mistakes for one another.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// A made-up password has so many of them: 100 bits.
const MADE_LENGTH: usize = 20;
/// A hyphen follows so many of them.
const GROUP_LENGTH: usize = 5;

/// Why a text can't be a password.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too short.
    #[error("must have at least {LENGTH_MIN} characters")]
    TooShort,
    /// Too long.
    #[error("must have at most {LENGTH_MAX} characters")]
    TooLong,
    /// The system gives no randomness.
    #[error("no password can be made up: {0}")]
    NoRandomness(getrandom::Error),
}

/// A password that may be set: 12 to 128 characters. It is shown to nobody.
#[derive(Debug, Clone)]
pub struct NewPassword(SecretString);

impl NewPassword {
    /// The password, if its length will do.
    pub fn new(text: SecretString) -> Result<Self, PasswordError> {
        match text.expose_secret().chars().count() {
            ..LENGTH_MIN => Err(PasswordError::TooShort),
            LENGTH_MIN..=LENGTH_MAX => Ok(Self(text)),
            _ => Err(PasswordError::TooLong),
        }
    }

    /// One that nobody can guess. Its randomness is the system's, since a secret may not follow
    /// from a seed.
    pub fn made_up() -> Result<Self, PasswordError> {
        let mut bytes = [0_u8; MADE_LENGTH];
        getrandom::fill(&mut bytes).map_err(PasswordError::NoRandomness)?;
        let characters = bytes.map(|byte| char::from(ALPHABET[usize::from(byte) % ALPHABET.len()]));
        let groups = characters.chunks(GROUP_LENGTH).map(String::from_iter);
        let text = groups.collect::<Vec<_>>().join("-");
        Ok(Self(SecretString::from(text)))
    }

    /// The text, for who hashes it, or shows it the one time.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// The text, still hidden.
    pub(crate) fn secret(&self) -> &SecretString {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<NewPassword, PasswordError> {
        NewPassword::new(SecretString::from(text.to_owned()))
    }

    #[test]
    fn a_password_has_12_to_128_characters_of_any_kind() {
        assert!(matches!(of(&"a".repeat(11)), Err(PasswordError::TooShort)));
        assert!(matches!(of(&"ä".repeat(11)), Err(PasswordError::TooShort)));
        for fine in ["correct horse", &"ä".repeat(12), &"a".repeat(128)] {
            assert_eq!(of(fine).unwrap().expose(), fine);
        }
        assert!(matches!(of(&"a".repeat(129)), Err(PasswordError::TooLong)));
        assert!(!format!("{:?}", of("correct horse")).contains("correct"));
    }

    #[test]
    fn made_up_ones_are_long_and_each_is_another() {
        let (one, other) = (
            NewPassword::made_up().unwrap(),
            NewPassword::made_up().unwrap(),
        );
        assert_ne!(one.expose(), other.expose());
        assert_eq!(one.expose().len(), MADE_LENGTH + 3);
        assert!(of(one.expose()).is_ok());
    }
}
