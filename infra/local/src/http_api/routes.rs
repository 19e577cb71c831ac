//! Which route of the template a request means. As the HTTP API has it: what is literal goes
//! before a `{variable}`, that before `{greedy+}`, and a method before `ANY`.

use std::collections::BTreeMap;

use axum::http::Method;
use percent_encoding::percent_decode_str;

use crate::invoke::Invoker;

/// What stands for every method.
const ANY: &str = "ANY";

/// A route of the template.
#[derive(Clone)]
pub struct Route {
    /// The path, with `{variables}`; the last may be `{greedy+}`.
    pub path: String,
    /// The method in capitals, or `ANY`.
    pub method: String,
    /// The function behind it.
    pub function: Invoker,
}

/// The variables of a path, decoded.
pub(super) type Parameters = BTreeMap<String, String>;

/// How closely a part of a route fits; the closest comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Literal,
    Variable,
    Greedy,
}

/// The route that fits this request most closely, and what its variables hold.
pub(super) fn find<'a>(
    routes: &'a [Route],
    method: &Method,
    path: &str,
) -> Option<(&'a Route, Parameters)> {
    let fitting = routes.iter().filter_map(|route| {
        let is_any = route.method == ANY;
        let (fits, parameters) = (is_any || route.method == method.as_str())
            .then(|| fit(&route.path, path))
            .flatten()?;
        Some(((fits, is_any), (route, parameters)))
    });
    let closest = fitting.min_by(|(one, _), (other, _)| one.cmp(other));
    closest.map(|(_, found)| found)
}

/// How each part of a pattern fits this path, if all of them do.
fn fit(pattern: &str, path: &str) -> Option<(Vec<Fit>, Parameters)> {
    let (mut fits, mut parameters) = (Vec::new(), Parameters::new());
    let mut rest = Some(path.strip_prefix('/')?);
    for part in pattern.strip_prefix('/')?.split('/') {
        let left = rest?;
        let variable = part.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
        if let Some(name) = variable.and_then(|it| it.strip_suffix('+')) {
            fits.push(Fit::Greedy);
            parameters.insert(name.to_owned(), held(left)?);
            return Some((fits, parameters));
        }
        let (segment, after) = match left.split_once('/') {
            Some((segment, after)) => (segment, Some(after)),
            None => (left, None),
        };
        rest = after;
        if let Some(name) = variable {
            fits.push(Fit::Variable);
            parameters.insert(name.to_owned(), held(segment)?);
        } else {
            fits.push(Fit::Literal);
            (decoded(segment) == part).then_some(())?;
        }
    }
    rest.is_none().then_some((fits, parameters))
}

/// What a variable holds; it is never empty.
fn held(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| decoded(text))
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
