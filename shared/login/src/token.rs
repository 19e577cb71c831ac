//! Tokens of sessions: JSON Web Tokens, HS256 and nothing else. Their times are domain time, so
//! the library's own look at the clock is off.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Role, UserName};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// A session lasts so long from its beginning.
pub const SESSION_LASTS: TimeDelta = TimeDelta::hours(8);
const ISSUER: &str = "parallax";

/// Why a token opens no session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It isn't a token of ours: malformed, changed, or signed by another key or in another way.
    #[error("the token isn't one of ours")]
    Foreign,
    /// It is over.
    #[error("the session is over")]
    Expired,
    /// It can't be made.
    #[error("no token can be made")]
    Unsignable,
}

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Whose session it is.
    pub sub: UserName,
    /// The role at its beginning; what counts is the user's role now.
    pub role: Role,
    /// When it began.
    #[serde(with = "numeric_date")]
    pub iat: DateTime<Utc>,
    /// When it ends.
    #[serde(with = "numeric_date")]
    pub exp: DateTime<Utc>,
    /// Who made it.
    pub iss: String,
}

impl Claims {
    /// A session that begins at this instant.
    pub fn beginning(sub: UserName, role: Role, iat: DateTime<Utc>) -> Self {
        Self {
            sub,
            role,
            iat,
            exp: iat + SESSION_LASTS,
            iss: ISSUER.to_owned(),
        }
    }

    /// The token, signed by this key, which it names.
    pub(crate) fn signed(&self, key_id: &str, secret: &SecretString) -> Result<String, TokenError> {
        let header = Header {
            kid: Some(key_id.to_owned()),
            ..Header::new(Algorithm::HS256)
        };
        let key = EncodingKey::from_secret(secret.expose_secret().as_bytes());
        encode(&header, self, &key).map_err(|_| TokenError::Unsignable)
    }

    /// What a token says that this key signed and that isn't over.
    pub(crate) fn read(
        token: &str,
        secret: &SecretString,
        now: DateTime<Utc>,
    ) -> Result<Self, TokenError> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.validate_exp = false;
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "iss", "sub"]);
        let key = DecodingKey::from_secret(secret.expose_secret().as_bytes());
        let claims = decode::<Self>(token, &key, &validation).map_err(|_| TokenError::Foreign)?;
        let claims = claims.claims;
        if claims.exp <= now {
            return Err(TokenError::Expired);
        }
        Ok(claims)
    }
}

/// Seconds since 1970 with a fraction where there is one (RFC 7519, 2): milliseconds tell a session
/// of before a new password from one after it.
mod numeric_date {
    use chrono::{DateTime, Utc};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds since 1970 are far below 2^53"
    )]
    pub(super) fn serialize<S: Serializer>(
        at: &DateTime<Utc>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match at.timestamp_millis() {
            whole if whole % 1_000 == 0 => serializer.serialize_i64(whole / 1_000),
            ms => serializer.serialize_f64(ms as f64 / 1_000.0),
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "a number too large becomes the largest, which no date has"
    )]
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<DateTime<Utc>, D::Error> {
        let seconds = f64::deserialize(deserializer)?;
        let ms = (seconds * 1_000.0).round() as i64;
        DateTime::from_timestamp_millis(ms).ok_or_else(|| D::Error::custom("is no date"))
    }
}

#[cfg(test)]
mod tests;
