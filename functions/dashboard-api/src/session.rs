//! Who is signed in: the one place where sessions and roles are checked. A handler behind it finds
//! the session among its arguments.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::{Role, UserName};
use login::{KeysError, NoSession};
use runtime::telemetry::chain;

use crate::cookie;
use crate::problem::Problem;
use crate::sources::Shared;
use crate::tags::wants_fresh;

/// What a route needs.
#[derive(Clone)]
pub(crate) struct Gate {
    pub(crate) sources: Shared,
    pub(crate) needed: Role,
}

/// Somebody who is signed in, and may do what the route does.
#[derive(Debug, Clone)]
pub(crate) struct Session(login::Session);

impl Session {
    /// Who.
    pub(crate) fn name(&self) -> &str {
        self.0.name.as_str()
    }

    /// The same, as a name.
    pub(crate) fn user(&self) -> &UserName {
        &self.0.name
    }

    /// What the user may do.
    pub(crate) fn role(&self) -> Role {
        self.0.role
    }

    /// When the session ends.
    pub(crate) fn expires_at(&self) -> DateTime<Utc> {
        self.0.expires_at
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Session {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        // A route that isn't behind the gate has none.
        parts.extensions.get().cloned().ok_or_else(signed_out)
    }
}

/// Lets in who is signed in with a role that covers what the route needs.
pub(crate) async fn admit(
    State(gate): State<Gate>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let headers = request.headers();
    let token = presented(headers).ok_or_else(signed_out)?;
    let session = gate.sources.logins.session(token, wants_fresh(headers));
    let session = session.await.map_err(without_session)?;
    if !session.role.covers(gate.needed) {
        let (user, role, needed) = (&session.name, session.role, gate.needed);
        let path = request.uri().path();
        tracing::warn!(%user, %role, %needed, path, "refused: the role doesn't allow it");
        let detail = format!("this takes the role {needed}; {user} has {role}");
        return Err(Problem::new(StatusCode::FORBIDDEN, detail));
    }
    request.extensions_mut().insert(Session(session));
    Ok(next.run(request).await)
}

/// A token of a script goes before a browser's cookie.
fn presented(headers: &HeaderMap) -> Option<&str> {
    let told = headers.get(AUTHORIZATION).and_then(|it| it.to_str().ok());
    let Some((scheme, token)) = told.and_then(|it| it.split_once(' ')) else {
        return cookie::presented(headers);
    };
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

fn signed_out() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "sign in first")
}

fn without_session(why: NoSession) -> Problem {
    match why {
        NoSession::Storage(error) => error.into(),
        NoSession::Keys(KeysError::Token(_)) | NoSession::Ended => {
            tracing::info!(reason = %why, "a session doesn't hold");
            Problem::new(
                StatusCode::UNAUTHORIZED,
                "the session is over; sign in again",
            )
        }
        NoSession::Keys(error) => keys_out_of_reach(&error),
    }
}

/// Nobody can sign in or be recognised without the keys.
pub(crate) fn keys_out_of_reach(error: &KeysError) -> Problem {
    tracing::error!(error = chain(error), "the keys of sessions can't be used");
    let detail = "sessions can't be checked now; try again";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail).retry_after(2)
}
