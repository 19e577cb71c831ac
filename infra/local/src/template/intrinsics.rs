//! `CloudFormation`'s intrinsic functions, in their short form (`!Ref`) and their long form
//! (`{Ref: …}`), resolved against local names.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use yaml_serde::Value;

use super::error::TemplateError;
use super::parameters::{Parameters, scalar_text};
use super::resources::{Resource, by_logical_id};
use super::{REGION, Surroundings};

/// No sensible template nests references deeper; what does refers to itself.
const DEEPEST: usize = 32;

/// Everything that a reference may mean.
#[derive(Debug, Clone)]
pub(super) struct Resolver<'a> {
    pub(super) surroundings: &'a Surroundings,
    pub(super) root: &'a Value,
    pub(super) resources: std::rc::Rc<BTreeMap<String, Resource>>,
    parameters: std::rc::Rc<Parameters>,
    order: std::rc::Rc<Vec<String>>,
    depth: usize,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(
        surroundings: &'a Surroundings,
        parameters: Parameters,
        root: &'a Value,
        resources: Vec<Resource>,
    ) -> Self {
        let (order, resources) = by_logical_id(resources);
        let (order, resources) = (order.into(), resources.into());
        Self {
            surroundings,
            root,
            resources,
            parameters: parameters.into(),
            order,
            depth: 0,
        }
    }

    /// The resources whose condition holds, in the order of the template.
    pub(super) fn present_resources(&self) -> Result<Vec<Resource>, TemplateError> {
        let mut present = Vec::new();
        for resource in self.order.iter().filter_map(|id| self.resources.get(id)) {
            if self.is_present(resource)? {
                present.push(resource.clone());
            }
        }
        Ok(present)
    }

    /// Whether this resource's condition, if it has one, holds.
    pub(super) fn is_present(&self, resource: &Resource) -> Result<bool, TemplateError> {
        match resource.body.get("Condition").and_then(Value::as_str) {
            None => Ok(true),
            Some(condition) => self.condition(condition, &resource.logical_id),
        }
    }

    /// The same, one reference deeper; fails where references go in a circle.
    pub(super) fn one_deeper(&self, place: &str) -> Result<Self, TemplateError> {
        if self.depth >= DEEPEST {
            return Err(TemplateError::shape(place, "refers to itself"));
        }
        Ok(Self {
            depth: self.depth + 1,
            ..self.clone()
        })
    }

    /// The value with all intrinsics resolved; none for `AWS::NoValue`.
    pub(super) fn resolve(
        &self,
        value: &Value,
        place: &str,
    ) -> Result<Option<Json>, TemplateError> {
        if let Some((function, argument)) = call(value) {
            let place = format!("{place}.{function}");
            return self.one_deeper(&place)?.apply(&function, &argument, &place);
        }
        match value {
            Value::Mapping(_) => self.resolve_mapping(value, place).map(Some),
            Value::Sequence(items) => self.resolve_items(items, place).map(Some),
            Value::String(text) => without_dynamic_reference(text, place).map(Some),
            scalar => json_scalar(scalar, place).map(Some),
        }
    }

    fn resolve_mapping(&self, value: &Value, place: &str) -> Result<Json, TemplateError> {
        let mut resolved = Map::new();
        for (key, item) in value.as_mapping().into_iter().flatten() {
            let key = scalar_text(key).unwrap_or_default();
            if let Some(item) = self.resolve(item, &format!("{place}.{key}"))? {
                resolved.insert(key, item);
            }
        }
        Ok(Json::Object(resolved))
    }

    fn resolve_items(&self, items: &[Value], place: &str) -> Result<Json, TemplateError> {
        let mut resolved = Vec::new();
        for (index, item) in items.iter().enumerate() {
            resolved.extend(self.resolve(item, &format!("{place}[{index}]"))?);
        }
        Ok(Json::Array(resolved))
    }

    fn apply(
        &self,
        name: &str,
        argument: &Value,
        place: &str,
    ) -> Result<Option<Json>, TemplateError> {
        match name {
            "Ref" => self.reference(argument.as_str().unwrap_or_default(), place),
            "Fn::GetAtt" => self
                .get_att(argument, place)
                .map(|text| Some(Json::String(text))),
            "Fn::Sub" => {
                let text = self.substitute(argument, place)?;
                without_dynamic_reference(&text, place).map(Some)
            }
            "Fn::Join" => self
                .join(argument, place)
                .map(|text| Some(Json::String(text))),
            "Fn::If" => self.choose(argument, place),
            _ => Err(TemplateError::Intrinsic {
                place: place.to_owned(),
                name: name.to_owned(),
            }),
        }
    }

    /// What `Ref` gives: a pseudo parameter, a parameter, or the local name of a resource.
    pub(super) fn reference(&self, name: &str, place: &str) -> Result<Option<Json>, TemplateError> {
        let text = match name {
            "AWS::NoValue" => return Ok(None),
            "AWS::Region" => REGION.to_owned(),
            "AWS::AccountId" => self.surroundings.account.to_string(),
            "AWS::StackName" => self.surroundings.stack_name.clone(),
            "AWS::Partition" => "aws".to_owned(),
            "AWS::URLSuffix" => "amazonaws.com".to_owned(),
            _ => return self.declared(name, place).map(Some),
        };
        Ok(Some(Json::String(text)))
    }

    fn declared(&self, name: &str, place: &str) -> Result<Json, TemplateError> {
        match self.parameters.get(name) {
            Some(Some(value)) => Ok(value.clone()),
            Some(None) => {
                let reason = format!("the parameter {name} has no default and isn't given");
                Err(TemplateError::shape(place, reason))
            }
            None => self.resource_reference(name, place).map(Json::String),
        }
    }

    fn choose(&self, argument: &Value, place: &str) -> Result<Option<Json>, TemplateError> {
        let Some([condition, holds, fails]) = argument.as_sequence().map(Vec::as_slice) else {
            return Err(TemplateError::shape(
                place,
                "takes a condition and two values",
            ));
        };
        let condition = self.condition(condition.as_str().unwrap_or_default(), place)?;
        self.resolve(if condition { holds } else { fails }, place)
    }
}

/// The intrinsic function that a value calls, by its long name, with its argument.
pub(super) fn call(value: &Value) -> Option<(String, Value)> {
    match value {
        Value::Tagged(tagged) => {
            let tag = tagged.tag.to_string();
            Some((long_name(tag.trim_start_matches('!')), tagged.value.clone()))
        }
        Value::Mapping(mapping) if mapping.len() == 1 => {
            let (key, argument) = mapping.iter().next()?;
            let key = key.as_str()?;
            let is_call = key.starts_with("Fn::") || key == "Ref" || key == "Condition";
            is_call.then(|| (key.to_owned(), argument.clone()))
        }
        _ => None,
    }
}

fn long_name(tag: &str) -> String {
    match tag {
        "Ref" | "Condition" => tag.to_owned(),
        other => format!("Fn::{other}"),
    }
}

/// `{{resolve:…}}` in a text is an intrinsic function too, with a syntax of its own.
fn without_dynamic_reference(text: &str, place: &str) -> Result<Json, TemplateError> {
    if text.contains("{{resolve:") {
        let (place, name) = (place.to_owned(), "{{resolve:…}}".to_owned());
        return Err(TemplateError::Intrinsic { place, name });
    }
    Ok(Json::String(text.to_owned()))
}

fn json_scalar(value: &Value, place: &str) -> Result<Json, TemplateError> {
    serde_json::to_value(value).map_err(|error| TemplateError::shape(place, error.to_string()))
}
