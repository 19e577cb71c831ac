//! Query parameters that a route doesn't have are refused by name, also where it has none. What it
//! has stands in the document.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::{PathItem, RefOr};

use crate::document::openapi;
use crate::problem::Problem;

/// The parameters of each path, whatever the method.
static KNOWN: LazyLock<BTreeMap<String, BTreeSet<String>>> = LazyLock::new(|| {
    let paths = openapi().paths.paths;
    paths
        .into_iter()
        .map(|(path, item)| (path, names(item)))
        .collect()
});

/// Lets a request through whose parameters the route has.
pub(crate) async fn only_known(
    path: MatchedPath,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    match stranger(path.as_str(), request.uri().query()) {
        Some(name) => Err(Problem::field(&name, "this route has no such parameter")),
        None => Ok(next.run(request).await),
    }
}

/// The first parameter that the path doesn't have.
fn stranger(path: &str, query: Option<&str>) -> Option<String> {
    // The document is made only where somebody asks with parameters.
    let query = query.filter(|query| !query.is_empty())?;
    let known = KNOWN.get(path);
    let is_known = |name: &str| known.is_some_and(|names| names.contains(name));
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let (name, _) = pairs.find(|(name, _)| !is_known(name))?;
    Some(name.into_owned())
}

fn names(item: PathItem) -> BTreeSet<String> {
    let operations = [item.get, item.post, item.put, item.delete, item.patch];
    operations
        .into_iter()
        .flatten()
        .flat_map(own_names)
        .collect()
}

fn own_names(operation: Operation) -> impl Iterator<Item = String> {
    let parameters = operation.parameters.into_iter().flatten();
    let written_out = parameters.filter_map(|it| match it {
        RefOr::T(parameter) => Some(parameter),
        // Ours are all written where they are used.
        RefOr::Ref(_) => None,
    });
    let in_query = written_out.filter(|it| it.parameter_in == ParameterIn::Query);
    in_query.map(|it| it.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_document_has_is_known() {
        for (path, query, refused) in [
            ("/api/orders", None, None),
            ("/api/orders", Some("limit=5&cursor=a"), None),
            ("/api/orders", Some("limit=5&colour=red"), Some("colour")),
            ("/api/agents", Some("days=3"), Some("days")),
            ("/api/agents", Some(""), None),
            ("/api/signals/{signal_id}", Some("%20x=1"), Some(" x")),
        ] {
            assert_eq!(
                stranger(path, query).as_deref(),
                refused,
                "{path}?{query:?}"
            );
        }
    }
}
