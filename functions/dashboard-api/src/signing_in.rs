//! `/api/login`, `/api/token`, `/api/logout`, `/api/me`: in, out, and who one is.

use axum::Json;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use domain::{Role, UserName};
use login::{LoginError, NewPassword, Opened};
use runtime::telemetry::chain;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::cookie;
use crate::extract::{Told, is_json};
use crate::problem::{BodyRefusals, Problem, Refusals, TooManyFailures};
use crate::session::{Session, keys_out_of_reach};
use crate::sources::Shared;
use crate::users::account_problem;
use crate::viewers::Viewer;

/// Name and password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    name: UserName,
    #[schema(value_type = String, format = Password)]
    password: SecretString,
}

/// Another password for oneself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnPasswordChange {
    #[schema(value_type = String, format = Password)]
    current_password: SecretString,
    /// The session goes on; all others end.
    #[schema(value_type = String, format = Password, min_length = 12, max_length = 128)]
    password: SecretString,
}

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    name: UserName,
    role: Role,
    /// When the session ends.
    expires_at: DateTime<Utc>,
}

/// A token for scripts: `Authorization: Bearer …`.
#[derive(Serialize, ToSchema)]
pub(crate) struct TokenAnswer {
    token: String,
    expires_at: DateTime<Utc>,
}

/// Signs in: the session is in a cookie.
#[utoipa::path(post, path = "/api/login", tag = "login", security(()), request_body = Credentials,
    responses((status = 200, body = Me), TooManyFailures, BodyRefusals, Refusals))]
pub(crate) async fn login(
    State(sources): State<Shared>,
    Viewer(address): Viewer,
    Told(Credentials { name, password }): Told<Credentials>,
) -> Result<Response, Problem> {
    let opened = sources.logins.sign_in(&name, &password, address).await;
    with_cookie(opened.map_err(login_problem)?)
}

/// Signs a script in: the session is in the answer.
#[utoipa::path(post, path = "/api/token", tag = "login", security(()), request_body = Credentials,
    responses((status = 200, body = TokenAnswer), TooManyFailures, BodyRefusals, Refusals))]
pub(crate) async fn token(
    State(sources): State<Shared>,
    Viewer(address): Viewer,
    Told(Credentials { name, password }): Told<Credentials>,
) -> Result<Json<TokenAnswer>, Problem> {
    let opened = sources.logins.sign_in(&name, &password, address).await;
    let Opened { token, session } = opened.map_err(login_problem)?;
    Ok(Json(TokenAnswer {
        token: token.expose_secret().to_owned(),
        expires_at: session.expires_at,
    }))
}

/// Takes the cookie back. A token that was copied before holds to its end; another password ends
/// all sessions.
#[utoipa::path(post, path = "/api/logout", tag = "login", security(()),
    responses((status = 204, description = "Signed out.")))]
pub(crate) async fn logout(headers: HeaderMap) -> Result<Response, Problem> {
    // A form of another site has a type, and not this one.
    if headers.contains_key(CONTENT_TYPE) && !is_json(&headers) {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return Err(Problem::new(status, "send application/json, or nothing"));
    }
    let ended = cookie::ended().ok_or_else(Problem::internal)?;
    Ok((StatusCode::NO_CONTENT, ended).into_response())
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/me", tag = "login", responses((status = 200, body = Me), Refusals))]
pub(crate) async fn me(session: Session) -> Json<Me> {
    Json(Me {
        name: session.user().clone(),
        role: session.role(),
        expires_at: session.expires_at(),
    })
}

/// Gives oneself another password. The cookie is a new session; all older ones end.
#[utoipa::path(post, path = "/api/me/password", tag = "login", request_body = OwnPasswordChange,
    responses((status = 200, body = Me), TooManyFailures, BodyRefusals, Refusals))]
pub(crate) async fn change_own_password(
    State(sources): State<Shared>,
    Viewer(address): Viewer,
    session: Session,
    Told(change): Told<OwnPasswordChange>,
) -> Result<Response, Problem> {
    let password = NewPassword::new(change.password)
        .map_err(|error| Problem::field("password", error.to_string()))?;
    let name = session.user();
    let known = sources
        .logins
        .confirm(name, &change.current_password, address);
    known.await.map_err(own_password_problem)?;
    let user = sources.accounts.set_password(name, &password).await;
    let user = user.map_err(account_problem)?;
    tracing::info!(user = %name, "changed the own password");
    let opened = sources.logins.open(&user).await;
    with_cookie(opened.map_err(login_problem)?)
}

fn with_cookie(opened: Opened) -> Result<Response, Problem> {
    let Opened { token, session } = opened;
    let kept = cookie::keeping(&token).ok_or_else(Problem::internal)?;
    let me = Me {
        name: session.name,
        role: session.role,
        expires_at: session.expires_at,
    };
    Ok((kept, Json(me)).into_response())
}

/// Who is signed in stays so: it is the field that is wrong.
fn own_password_problem(error: LoginError) -> Problem {
    match error {
        LoginError::Wrong => Problem::field("current_password", "is wrong"),
        other => login_problem(other),
    }
}

fn login_problem(error: LoginError) -> Problem {
    match error {
        LoginError::Wrong => Problem::new(StatusCode::UNAUTHORIZED, error.to_string()),
        LoginError::TooMany { wait } => {
            let wait_s = u64::try_from(wait.num_seconds()).unwrap_or_default() + 1;
            let detail = format!("too many logins failed; try again in {wait_s} seconds");
            Problem::new(StatusCode::TOO_MANY_REQUESTS, detail).retry_after(wait_s)
        }
        LoginError::Storage(error) => error.into(),
        LoginError::Keys(error) => keys_out_of_reach(&error),
        LoginError::Hash(error) => {
            tracing::error!(error = chain(&error), "a password can't be compared");
            Problem::internal()
        }
    }
}
