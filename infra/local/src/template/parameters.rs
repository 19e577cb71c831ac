//! The `Parameters` section, and the values that stand in for it locally.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use yaml_serde::Value;

use super::error::TemplateError;

/// The value of each parameter that has one; none means that it must be given.
pub(super) type Parameters = BTreeMap<String, Option<Json>>;

/// Reads the section. What is given wins over defaults; what is given must be declared.
pub(super) fn read(
    root: &Value,
    given: &BTreeMap<String, String>,
) -> Result<Parameters, TemplateError> {
    let section = root.get("Parameters").and_then(Value::as_mapping);
    let mut parameters = Parameters::new();
    for (name, body) in section.into_iter().flatten() {
        let name = name.as_str().unwrap_or_default();
        parameters.insert(name.to_owned(), value_of(name, body, given.get(name))?);
    }
    match given.keys().find(|name| !parameters.contains_key(*name)) {
        None => Ok(parameters),
        Some(name) => Err(TemplateError::Reference {
            place: "Parameters".to_owned(),
            name: name.clone(),
        }),
    }
}

fn value_of(
    name: &str,
    body: &Value,
    given: Option<&String>,
) -> Result<Option<Json>, TemplateError> {
    let place = format!("Parameters.{name}");
    let kind = body.get("Type").and_then(Value::as_str).unwrap_or("String");
    let text = given
        .cloned()
        .or_else(|| body.get("Default").and_then(scalar_text));
    match (kind, text) {
        (_, None) => Ok(None),
        ("String", Some(text)) => Ok(Some(Json::String(text))),
        ("CommaDelimitedList", Some(text)) => Ok(Some(list(&text))),
        ("Number", Some(text)) => number(&text)
            .map(Some)
            .ok_or_else(|| TemplateError::shape(&place, format!("{text:?} isn't a number"))),
        (kind, _) => Err(TemplateError::shape(
            &place,
            format!("has the unknown type {kind}"),
        )),
    }
}

fn list(text: &str) -> Json {
    text.split(',')
        .map(|item| Json::String(item.trim().to_owned()))
        .collect()
}

fn number(text: &str) -> Option<Json> {
    text.parse().map(Json::Number).ok()
}

/// A scalar as `CloudFormation` writes it into a string.
pub(super) fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
