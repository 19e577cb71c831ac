//! The one table of routes: each stands under the role that it needs.

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use domain::Role;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::Problem;
use crate::session::Gate;
use crate::sources::Shared;
use crate::{
    agents, alerts, document, experiment, halts, history, market, metrics, monitoring, orders,
    parameters, positioning, positions, session, settings, signals, signing_in, tags, users,
};

/// The whole API.
pub(crate) fn router(sources: Shared) -> Router {
    let open = strict(for_everybody());
    let guarded = roles().map(|(needed, routes)| {
        let gate = Gate {
            sources: sources.clone(),
            needed,
        };
        // Before its parameters: whoever may not ask isn't told what could be asked.
        strict(routes).route_layer(from_fn_with_state(gate, session::admit))
    });
    guarded
        .into_iter()
        .fold(open, Router::merge)
        .fallback(no_such_route)
        .method_not_allowed_fallback(no_such_method)
        .layer(from_fn_with_state(sources.clone(), tags::tagged))
        .with_state(sources)
}

/// These routes, each with the parameters that it has and no others.
fn strict(routes: OpenApiRouter<Shared>) -> Router<Shared> {
    let routes = routes.split_for_parts().0;
    routes.route_layer(from_fn(parameters::only_known))
}

/// The routes, with what describes them.
pub(crate) fn described() -> OpenApiRouter<Shared> {
    let guarded = roles().map(|(_, routes)| routes);
    let open = OpenApiRouter::with_openapi(document::frame()).merge(for_everybody());
    guarded.into_iter().fold(open, OpenApiRouter::merge)
}

/// Which role each route needs; those above it may do the same.
fn roles() -> [(Role, OpenApiRouter<Shared>); 3] {
    [
        (Role::User, for_users()),
        (Role::Researcher, for_researchers()),
        (Role::Admin, for_admins()),
    ]
}

/// The door itself.
fn for_everybody() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(signing_in::login))
        .routes(routes!(signing_in::token))
        .routes(routes!(signing_in::logout))
}

/// Whoever is signed in reads.
fn for_users() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(signing_in::me))
        .routes(routes!(signing_in::change_own_password))
        .routes(routes!(document::show))
        .routes(routes!(market::show))
        .routes(routes!(metrics::show))
        .routes(routes!(signals::list))
        .routes(routes!(signals::trace))
        .routes(routes!(orders::orders))
        .routes(routes!(orders::trades))
        .routes(routes!(positions::list))
        .routes(routes!(positions::detail))
        .routes(routes!(positioning::show))
        .routes(routes!(history::stats))
        .routes(routes!(history::equity))
        .routes(routes!(experiment::report))
        .routes(routes!(agents::show))
        .routes(routes!(monitoring::status))
        .routes(routes!(alerts::refused))
        .routes(routes!(settings::status))
        .routes(routes!(settings::changes))
        .routes(routes!(settings::history))
}

/// Researchers also begin and end experiments, and vote again.
fn for_researchers() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(experiment::start))
        .routes(routes!(experiment::stop))
        .routes(routes!(agents::revote))
}

/// Admins also change what is in force.
fn for_admins() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(positions::close))
        .routes(routes!(alerts::templates))
        .routes(routes!(alerts::send))
        .routes(routes!(settings::change))
        .routes(routes!(halts::halt))
        .routes(routes!(halts::resume))
        .routes(routes!(users::list, users::add))
        .routes(routes!(users::set_role))
        .routes(routes!(users::set_password))
        .routes(routes!(users::remove))
}

async fn no_such_route() -> Problem {
    Problem::not_found("there is nothing here; /api/openapi.json lists what there is")
}

async fn no_such_method() -> Problem {
    let detail = "this route doesn't take that method";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail)
}
