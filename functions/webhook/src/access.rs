//! Who may send alerts: those who know the secret. Compared in constant time, never logged.

use std::collections::BTreeSet;
use std::net::IpAddr;

use domain::alert;
use hmac::{Hmac, KeyInit, Mac};
use lambda_http::{Request, RequestExt};
use runtime::configuration::WebhookAccess;
use runtime::secrets::CachedSecret;
use runtime::telemetry::chain;
use runtime::{AwsClients, Environment, StartError};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// The header that carries the signature of the body: HMAC-SHA256 in hexadecimal.
pub(crate) const SIGNATURE_HEADER: &str = "x-signature";

/// What the gate says of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// The sender knows the secret.
    Granted,
    /// The sender doesn't.
    Denied,
    /// The secret can't be had, so nobody can tell.
    Unknown,
}

/// Checks senders.
pub(crate) struct Gate {
    secret: Secret,
    source_addresses: BTreeSet<IpAddr>,
}

enum Secret {
    Known(SecretString),
    Stored(CachedSecret),
    NotAsked,
}

impl Gate {
    /// A gate by the configuration; an error if there is neither a secret nor leave to do without.
    pub(crate) fn new(
        access: &WebhookAccess,
        environment: &Environment,
        aws: &AwsClients,
    ) -> Result<Self, StartError> {
        let stored = environment.get("WEBHOOK_SECRET_ID");
        let secret = match (&access.secret, stored) {
            _ if access.allow_unsigned => Secret::NotAsked,
            (Some(secret), _) => Secret::Known(secret.clone()),
            (None, Some(name)) => Secret::Stored(CachedSecret::named(&aws.secrets, name)),
            (None, None) => return Err(StartError::NoWebhookSecret),
        };
        Ok(Self {
            secret,
            source_addresses: access.source_addresses.clone(),
        })
    }

    /// Whether the request's sender may send alerts.
    pub(crate) async fn check(&self, request: &Request, body: &[u8]) -> Access {
        if !self.comes_from_allowed_address(request) {
            return Access::Denied;
        }
        let secret = match &self.secret {
            Secret::NotAsked => return Access::Granted,
            Secret::Known(secret) => secret.clone(),
            Secret::Stored(cached) => match cached.value().await {
                Ok(secret) => secret,
                Err(error) => {
                    tracing::error!(
                        error = chain(&error),
                        "the webhook's secret is out of reach"
                    );
                    return Access::Unknown;
                }
            },
        };
        if proves_secret(request, body, secret.expose_secret()) {
            Access::Granted
        } else {
            Access::Denied
        }
    }

    fn comes_from_allowed_address(&self, request: &Request) -> bool {
        self.source_addresses.is_empty()
            || source_address(request)
                .is_some_and(|address| self.source_addresses.contains(&address))
    }
}

/// The address that the gateway saw; headers can be forged and aren't asked.
fn source_address(request: &Request) -> Option<IpAddr> {
    use lambda_http::request::RequestContext::ApiGatewayV2;
    match request.request_context_ref()? {
        ApiGatewayV2(context) => context.http.source_ip.as_deref()?.parse().ok(),
        _ => None,
    }
}

/// By a signature, if there is one; else by a token in the path, or a secret in the body.
fn proves_secret(request: &Request, body: &[u8], secret: &str) -> bool {
    if let Some(signature) = request.headers().get(SIGNATURE_HEADER) {
        return signature
            .to_str()
            .is_ok_and(|text| is_signature_of(body, text, secret));
    }
    let parameters = request.path_parameters();
    if let Some(token) = parameters.first("token") {
        return is_same(token, secret);
    }
    alert::presented_secret(body).is_some_and(|presented| is_same(&presented, secret))
}

fn is_signature_of(body: &[u8], signature: &str, secret: &str) -> bool {
    let hexadecimal = signature.strip_prefix("sha256=").unwrap_or(signature);
    let Ok(claimed) = hex::decode(hexadecimal) else {
        return false;
    };
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return false;
    };
    mac.chain_update(body).verify_slice(&claimed).is_ok()
}

fn is_same(presented: &str, secret: &str) -> bool {
    presented.as_bytes().ct_eq(secret.as_bytes()).into()
}
