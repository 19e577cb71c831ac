//! From which address a request comes: what the HTTP API saw or, where the distribution of
//! `infra/dashboard.yaml` stands before it, what that one saw.
//!
//! The distribution sets both headers on each request, whatever the viewer wrote there. But who
//! calls the HTTP API directly can write them as well: so the address counts only beside the
//! secret, which nobody else knows.

use std::convert::Infallible;
use std::net::IpAddr;

use axum::extract::FromRequestParts;
use lambda_http::RequestExt;
use lambda_http::http::HeaderMap;
use lambda_http::http::request::Parts;
use lambda_http::request::RequestContext;
use runtime::Surroundings;
use runtime::secrets::{CachedSecret, SecretVersions};
use runtime::telemetry::chain;
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

use crate::sources::Shared;

/// By what the distribution proves itself: a custom header of its origin.
const PROOF: &str = "x-origin-secret";
/// The viewer's address, as the distribution saw it.
const VIEWER_ADDRESS: &str = "x-viewer-address";

/// Tells addresses.
pub(crate) struct Viewers {
    origin_secret: Option<CachedSecret>,
}

impl Viewers {
    /// With the secret that `ORIGIN_SECRET_ID` names, if it names one.
    pub(crate) fn new(surroundings: &Surroundings) -> Self {
        let name = surroundings.environment.get("ORIGIN_SECRET_ID");
        let secret = name.map(|name| CachedSecret::named(&surroundings.aws.secrets, name));
        Self {
            // While a rotation reaches the distribution, it still sends the secret before.
            origin_secret: secret.map(CachedSecret::with_previous),
        }
    }

    /// The address of who sent a request, if anybody knows it.
    pub(crate) async fn address(&self, request: &Parts) -> Option<IpAddr> {
        let seen = source_address(request);
        let Some(told) = told_address(&request.headers) else {
            return seen;
        };
        if self.is_proven(&request.headers).await {
            Some(told)
        } else {
            seen
        }
    }

    async fn is_proven(&self, headers: &HeaderMap) -> bool {
        let (Some(secret), Some(presented)) = (&self.origin_secret, headers.get(PROOF)) else {
            return false;
        };
        match secret.versions().await {
            Ok(versions) => is_one_of(presented.as_bytes(), &versions),
            Err(error) => {
                tracing::warn!(error = chain(&error), "the origin's secret is out of reach");
                false
            }
        }
    }
}

/// The address of who sent a request, if anybody knows it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Viewer(pub(crate) Option<IpAddr>);

impl FromRequestParts<Shared> for Viewer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, sources: &Shared) -> Result<Self, Infallible> {
        Ok(Self(sources.viewers.address(parts).await))
    }
}

/// What the gateway saw.
fn source_address(request: &Parts) -> Option<IpAddr> {
    match request.request_context_ref()? {
        RequestContext::ApiGatewayV2(context) => context.http.source_ip.as_deref()?.parse().ok(),
        _ => None,
    }
}

fn told_address(headers: &HeaderMap) -> Option<IpAddr> {
    headers.get(VIEWER_ADDRESS)?.to_str().ok()?.parse().ok()
}

fn is_one_of(presented: &[u8], versions: &SecretVersions) -> bool {
    let is = |secret: &SecretString| -> bool {
        presented.ct_eq(secret.expose_secret().as_bytes()).into()
    };
    is(&versions.current) || versions.previous.as_ref().is_some_and(is)
}
