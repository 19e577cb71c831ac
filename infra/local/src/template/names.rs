//! The local names, addresses and ARNs of resources, and the functions that write them
//! into texts.

use serde_json::Value as Json;
use yaml_serde::Value;

use super::error::TemplateError;
use super::intrinsics::Resolver;
use super::resources::{Kind, Resource, typed};
use super::{REGION, Surroundings};
use crate::account::AccountId;

impl Resolver<'_> {
    /// The name of a resource: the one it is given, or its logical id in lower kebab case.
    pub(super) fn name_of(&self, resource: &Resource) -> Result<String, TemplateError> {
        let property = match resource.kind {
            Kind::Table => "TableName",
            Kind::Queue => "QueueName",
            Kind::Secret | Kind::Bus => "Name",
            Kind::Function => "FunctionName",
            Kind::WithoutLocalPart => return Ok(resource.logical_id.clone()),
        };
        let given = resource
            .body
            .get("Properties")
            .and_then(|all| all.get(property));
        let place = format!("{}.{property}", resource.place());
        let given: Option<String> = match given {
            None => None,
            Some(given) => typed(&self.one_deeper(&place)?, given, &place)?,
        };
        Ok(given.unwrap_or_else(|| lower_kebab(&resource.logical_id)))
    }

    /// What `Ref` of a resource gives: the address of a queue, the name of anything else. A
    /// secret gives its name too, for every Secrets Manager takes that in place of the ARN.
    pub(super) fn resource_reference(
        &self,
        name: &str,
        place: &str,
    ) -> Result<String, TemplateError> {
        let resource = self.existing(name, place)?;
        let local_name = self.name_of(resource)?;
        Ok(match resource.kind {
            Kind::Queue => self.queue_url(&local_name),
            _ => local_name,
        })
    }

    pub(super) fn get_att(&self, argument: &Value, place: &str) -> Result<String, TemplateError> {
        let parts: Vec<&str> = match argument {
            Value::String(text) => text.splitn(2, '.').collect(),
            Value::Sequence(items) => items.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        match parts.as_slice() {
            [logical_id, attribute] => self.attribute(logical_id, attribute, place),
            _ => Err(TemplateError::shape(
                place,
                "takes a logical id and an attribute",
            )),
        }
    }

    fn attribute(&self, id: &str, attribute: &str, place: &str) -> Result<String, TemplateError> {
        let resource = self.existing(id, place)?;
        let name = self.name_of(resource)?;
        let account = self.surroundings.account;
        match (resource.kind, attribute) {
            (Kind::Queue, "Arn") => Ok(queue_arn(&name, account)),
            (Kind::Queue, "QueueName") | (Kind::Secret, "Id") | (Kind::Bus, "Name") => Ok(name),
            (Kind::Queue, "QueueUrl") => Ok(self.queue_url(&name)),
            (Kind::Table, "Arn") => Ok(table_arn(&name, account)),
            (Kind::Bus, "Arn") => Ok(bus_arn(&name, account)),
            (Kind::Function, "Arn") => Ok(arn("lambda", account, &format!("function:{name}"))),
            _ => Err(TemplateError::Attribute {
                place: place.to_owned(),
                logical_id: id.to_owned(),
                attribute: attribute.to_owned(),
            }),
        }
    }

    fn existing(&self, logical_id: &str, place: &str) -> Result<&Resource, TemplateError> {
        if let Some(resource) = self.resources.get(logical_id)
            && self.is_present(resource)?
        {
            return Ok(resource);
        }
        let (place, name) = (place.to_owned(), logical_id.to_owned());
        Err(TemplateError::Reference { place, name })
    }

    fn queue_url(&self, name: &str) -> String {
        let Surroundings {
            queue_endpoint,
            account,
            ..
        } = self.surroundings;
        queue_url(queue_endpoint, *account, name)
    }

    /// `Fn::Sub`: a text with `${…}`, alone or with variables of its own.
    pub(super) fn substitute(
        &self,
        argument: &Value,
        place: &str,
    ) -> Result<String, TemplateError> {
        let (text, variables) = match argument {
            Value::String(text) => (text.as_str(), None),
            Value::Sequence(items) => match items.as_slice() {
                [Value::String(text), variables] => (text.as_str(), Some(variables)),
                _ => return Err(TemplateError::shape(place, "takes a text and variables")),
            },
            _ => return Err(TemplateError::shape(place, "takes a text")),
        };
        let mut written = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let (name, after) = after
                .split_once('}')
                .ok_or_else(|| TemplateError::shape(place, "has a ${ that isn't closed"))?;
            written.push_str(before);
            written.push_str(&self.variable(name, variables, place)?);
            rest = after;
        }
        written.push_str(rest);
        Ok(written)
    }

    fn variable(
        &self,
        name: &str,
        variables: Option<&Value>,
        place: &str,
    ) -> Result<String, TemplateError> {
        if let Some(literal) = name.strip_prefix('!') {
            return Ok(format!("${{{literal}}}"));
        }
        let own = variables.and_then(|variables| variables.get(name));
        let value = match (own, name.split_once('.')) {
            (Some(own), _) => self.resolve(own, place)?,
            (None, Some((id, attribute))) => return self.attribute(id, attribute, place),
            (None, None) => self.reference(name, place)?,
        };
        text_of(value, place)
    }

    /// `Fn::Join`: a separator and a list.
    pub(super) fn join(&self, argument: &Value, place: &str) -> Result<String, TemplateError> {
        let Some([Value::String(separator), items]) = argument.as_sequence().map(Vec::as_slice)
        else {
            return Err(TemplateError::shape(place, "takes a separator and a list"));
        };
        let Some(Json::Array(items)) = self.resolve(items, place)? else {
            return Err(TemplateError::shape(place, "takes a list"));
        };
        let texts: Result<Vec<_>, _> = items
            .into_iter()
            .map(|each| text_of(Some(each), place))
            .collect();
        Ok(texts?.join(separator))
    }
}

/// A resolved scalar as a text.
pub(super) fn text_of(value: Option<Json>, place: &str) -> Result<String, TemplateError> {
    match value {
        Some(Json::String(text)) => Ok(text),
        Some(scalar @ (Json::Number(_) | Json::Bool(_))) => Ok(scalar.to_string()),
        _ => Err(TemplateError::shape(place, "isn't a text")),
    }
}

/// The address of a queue.
pub(crate) fn queue_url(endpoint: &str, account: AccountId, name: &str) -> String {
    format!("{endpoint}/{account}/{name}")
}

/// The ARN of a queue.
pub(crate) fn queue_arn(name: &str, account: AccountId) -> String {
    arn("sqs", account, name)
}

/// The ARN of a table.
pub(crate) fn table_arn(name: &str, account: AccountId) -> String {
    arn("dynamodb", account, &format!("table/{name}"))
}

/// The ARN of an event bus.
pub(crate) fn bus_arn(name: &str, account: AccountId) -> String {
    arn("events", account, &format!("event-bus/{name}"))
}

fn arn(service: &str, account: AccountId, resource: &str) -> String {
    format!("arn:aws:{service}:{REGION}:{account}:{resource}")
}

/// `LedgerTable` becomes `ledger-table`.
fn lower_kebab(logical_id: &str) -> String {
    let mut name = String::new();
    for letter in logical_id.chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.extend(letter.to_lowercase());
    }
    name
}
