//! `/api/positions`: what is held and when it will be closed; what was held and what it brought.

mod close;
mod detail;
mod held;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::{Engine, Position, SignalId};
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::AnyOfBuilder;
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use crate::extract::Fields;
use crate::list::{Listed, page_request};
use crate::problem::{Problem, Refusals};
use crate::sources::Shared;

pub(crate) use close::{__path_close, close};
pub(crate) use detail::{__path_detail, detail};
pub(crate) use held::{HeldPosition, held};

/// Which positions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Standing {
    /// What is held, an exit under way included.
    #[default]
    Open,
    /// What was held, the last closed first.
    Closed,
}

/// Which positions, and which page of the closed ones; the open ones come whole.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PositionsQuery {
    #[serde(default)]
    #[param(inline)]
    state: Standing,
    /// Items on the page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
    /// Where the page before ended, as it told.
    #[param(max_length = 512)]
    cursor: Option<String>,
}

/// A position: held with its mark, or closed with its outcome.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(crate) enum PositionShown {
    /// Held.
    Held(Box<HeldPosition>),
    /// Closed.
    Closed(Box<Position>),
}

impl PartialSchema for PositionShown {
    /// What is held has all that a closed one has: not one of both, but any.
    fn schema() -> RefOr<Schema> {
        let held = Ref::from_schema_name(HeldPosition::name());
        let closed = Ref::from_schema_name(Position::name());
        AnyOfBuilder::new().item(held).item(closed).into()
    }
}

impl ToSchema for PositionShown {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((HeldPosition::name().into(), HeldPosition::schema()));
        schemas.push((Position::name().into(), Position::schema()));
        HeldPosition::schemas(schemas);
        Position::schemas(schemas);
    }
}

/// Whose position because of which signal.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct PositionName {
    pub(crate) signal_id: SignalId,
    pub(crate) engine: Engine,
}

/// Positions: all that are open, or a page of the closed ones.
#[utoipa::path(get, path = "/api/positions", operation_id = "positions", tag = "positions", params(PositionsQuery),
    responses((status = 200, body = Listed<PositionShown>), Refusals))]
pub(crate) async fn list(
    State(sources): State<Shared>,
    Fields(query): Fields<PositionsQuery>,
) -> Result<Response, Problem> {
    let page = page_request(query.limit, query.cursor.as_deref())?;
    let listed = match query.state {
        Standing::Open => Listed {
            items: held(&sources).await?.into_iter().map(shown).collect(),
            next_cursor: None,
        },
        Standing::Closed => {
            let found = sources.ledger.closed_positions(&page).await?;
            Listed::of(found, |it| PositionShown::Closed(Box::new(it)))
        }
    };
    Ok(Json(listed).into_response())
}

fn shown(held: HeldPosition) -> PositionShown {
    PositionShown::Held(Box::new(held))
}
