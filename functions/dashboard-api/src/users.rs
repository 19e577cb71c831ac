//! `/api/users`: who may sign in, and as what.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use domain::{Role, UserName};
use login::{AccountError, NewPassword};
use runtime::telemetry::chain;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use storage::User;
use storage::page::Page;
use utoipa::{IntoParams, ToSchema};

use crate::extract::{Fields, Named, Told};
use crate::list::{Listed, PageQuery};
use crate::problem::{BodyRefusals, Problem, Refusals};
use crate::session::Session;
use crate::sources::Shared;

/// Which user.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct UserPath {
    name: UserName,
}

/// A user, as admins see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct UserShown {
    name: UserName,
    role: Role,
    created_at: DateTime<Utc>,
    /// When role or password changed last.
    changed_at: DateTime<Utc>,
    /// None if the user never signed in.
    #[schema(required)]
    last_login_at: Option<DateTime<Utc>>,
}

/// A new user.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewUser {
    name: UserName,
    role: Role,
    /// The first password.
    #[schema(value_type = String, format = Password, min_length = 12, max_length = 128)]
    password: SecretString,
}

/// Another role.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleChange {
    role: Role,
}

/// Another password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordChange {
    #[schema(value_type = String, format = Password, min_length = 12, max_length = 128)]
    password: SecretString,
}

impl From<User> for UserShown {
    fn from(user: User) -> Self {
        Self {
            name: user.name,
            role: user.role,
            created_at: user.created_at,
            changed_at: user.changed_at,
            last_login_at: user.last_login_at,
        }
    }
}

/// Users by name; there are 200 at most, so that one page may hold all.
#[utoipa::path(get, path = "/api/users", operation_id = "users", tag = "users", params(PageQuery),
    responses((status = 200, body = Listed<UserShown>), Refusals))]
pub(crate) async fn list(
    State(sources): State<Shared>,
    Fields(query): Fields<PageQuery>,
) -> Result<Json<Listed<UserShown>>, Problem> {
    let request = query.request()?;
    let users = sources.accounts.list().await.map_err(account_problem)?;
    let page = Page::of_whole("users", users, |user| user.name.as_str(), &request)?;
    Ok(Json(Listed::of(page, UserShown::from)))
}

/// Adds a user.
#[utoipa::path(post, path = "/api/users", operation_id = "add_user", tag = "users", request_body = NewUser,
    responses((status = 201, body = UserShown),
        (status = 409, description = "The name is taken.", body = Problem, content_type = "application/problem+json"),
        BodyRefusals, Refusals))]
pub(crate) async fn add(
    State(sources): State<Shared>,
    session: Session,
    Told(new): Told<NewUser>,
) -> Result<(StatusCode, Json<UserShown>), Problem> {
    let password = read_password(new.password)?;
    let added = sources.accounts.add(new.name, new.role, &password).await;
    let user = added.map_err(account_problem)?;
    tracing::info!(user = %user.name, role = %user.role, by = session.name(), "user added");
    Ok((StatusCode::CREATED, Json(user.into())))
}

/// Gives a user another role, within half a minute. The user's sessions end.
#[utoipa::path(put, path = "/api/users/{name}/role", operation_id = "set_role", tag = "users", params(UserPath), request_body = RoleChange,
    responses((status = 200, body = UserShown),
        (status = 404, description = "There is no such user.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The last admin stays one.", body = Problem, content_type = "application/problem+json"),
        BodyRefusals, Refusals))]
pub(crate) async fn set_role(
    State(sources): State<Shared>,
    session: Session,
    Named(UserPath { name }): Named<UserPath>,
    Told(RoleChange { role }): Told<RoleChange>,
) -> Result<Json<UserShown>, Problem> {
    let changed = sources.accounts.set_role(&name, role).await;
    sources.logins.forget(&name);
    let user = changed.map_err(account_problem)?;
    tracing::info!(user = %name, %role, by = session.name(), "role changed");
    Ok(Json(user.into()))
}

/// Gives a user another password. The user's sessions end, within half a minute.
#[utoipa::path(put, path = "/api/users/{name}/password", operation_id = "set_password", tag = "users", params(UserPath), request_body = PasswordChange,
    responses((status = 200, body = UserShown),
        (status = 404, description = "There is no such user.", body = Problem, content_type = "application/problem+json"),
        BodyRefusals, Refusals))]
pub(crate) async fn set_password(
    State(sources): State<Shared>,
    session: Session,
    Named(UserPath { name }): Named<UserPath>,
    Told(PasswordChange { password }): Told<PasswordChange>,
) -> Result<Json<UserShown>, Problem> {
    let password = read_password(password)?;
    let changed = sources.accounts.set_password(&name, &password).await;
    sources.logins.forget(&name);
    let user = changed.map_err(account_problem)?;
    tracing::info!(user = %name, by = session.name(), "password set");
    Ok(Json(user.into()))
}

/// Removes a user; the user's sessions end within half a minute.
#[utoipa::path(delete, path = "/api/users/{name}", operation_id = "remove_user", tag = "users", params(UserPath),
    responses((status = 204, description = "Removed."),
        (status = 404, description = "There is no such user.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The last admin stays.", body = Problem, content_type = "application/problem+json"),
        Refusals))]
pub(crate) async fn remove(
    State(sources): State<Shared>,
    session: Session,
    Named(UserPath { name }): Named<UserPath>,
) -> Result<StatusCode, Problem> {
    let removed = sources.accounts.remove(&name).await;
    sources.logins.forget(&name);
    removed.map_err(account_problem)?;
    tracing::info!(user = %name, by = session.name(), "user removed");
    Ok(StatusCode::NO_CONTENT)
}

fn read_password(text: SecretString) -> Result<NewPassword, Problem> {
    NewPassword::new(text).map_err(|error| Problem::field("password", error.to_string()))
}

pub(crate) fn account_problem(error: AccountError) -> Problem {
    match error {
        AccountError::NotThere(_) => Problem::not_found(error.to_string()),
        AccountError::AlreadyThere(_) | AccountError::LastAdmin(_) | AccountError::TooMany => {
            Problem::new(StatusCode::CONFLICT, error.to_string())
        }
        AccountError::Storage(error) => error.into(),
        AccountError::Hash(error) => {
            tracing::error!(error = chain(&error), "a password can't be hashed");
            Problem::internal()
        }
    }
}
