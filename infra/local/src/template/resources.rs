//! The `Resources` section: which there are, of which type, and which of them exist locally.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use yaml_serde::{Mapping, Value};

use super::error::TemplateError;
use super::intrinsics::Resolver;

/// Types that play no part in a local stack: who may do what, who is told, what is shown.
/// They exist for references, and nothing is made of them.
const WITHOUT_LOCAL_PART: &[&str] = &[
    "AWS::Serverless::HttpApi",
    "AWS::Serverless::Application",
    "AWS::CloudFormation::Stack",
    "AWS::CloudFront::",
    "AWS::CloudWatch::",
    "AWS::Budgets::",
    "AWS::IAM::",
    "AWS::KMS::",
    "AWS::Lambda::Permission",
    "AWS::Logs::",
    "AWS::S3::",
    "AWS::SNS::",
    "AWS::Scheduler::ScheduleGroup",
    "AWS::SQS::QueuePolicy",
    "AWS::ApplicationInsights::",
    "AWS::ResourceGroups::",
];

/// What a resource is locally.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Table,
    Queue,
    Secret,
    Bus,
    Function,
    WithoutLocalPart,
}

/// One entry of the section, unresolved.
#[derive(Debug, Clone)]
pub(super) struct Resource {
    pub(super) logical_id: String,
    pub(super) kind: Kind,
    pub(super) body: Value,
}

impl Kind {
    fn of(logical_id: &str, kind: &str) -> Result<Self, TemplateError> {
        let served = match kind {
            "AWS::DynamoDB::Table" => Some(Self::Table),
            "AWS::SQS::Queue" => Some(Self::Queue),
            "AWS::SecretsManager::Secret" => Some(Self::Secret),
            "AWS::Events::EventBus" => Some(Self::Bus),
            "AWS::Serverless::Function" => Some(Self::Function),
            _ => WITHOUT_LOCAL_PART
                .iter()
                .any(|known| {
                    if known.ends_with("::") {
                        kind.starts_with(known)
                    } else {
                        kind == *known
                    }
                })
                .then_some(Self::WithoutLocalPart),
        };
        served.ok_or_else(|| TemplateError::ResourceType {
            logical_id: logical_id.to_owned(),
            kind: kind.to_owned(),
        })
    }
}

/// All resources of the template, those with a false condition too.
pub(super) fn read(root: &Value) -> Result<Vec<Resource>, TemplateError> {
    let section = root.get("Resources").and_then(Value::as_mapping);
    let section = section.ok_or_else(|| TemplateError::shape("Resources", "missing"))?;
    section
        .iter()
        .map(|(name, body)| read_one(name, body))
        .collect()
}

fn read_one(name: &Value, body: &Value) -> Result<Resource, TemplateError> {
    let logical_id = name.as_str().unwrap_or_default().to_owned();
    let kind = body.get("Type").and_then(Value::as_str);
    let kind = kind.ok_or_else(|| TemplateError::shape(&logical_id, "has no Type"))?;
    Ok(Resource {
        kind: Kind::of(&logical_id, kind)?,
        logical_id,
        body: body.clone(),
    })
}

impl Resource {
    /// Where its properties are, for errors.
    pub(super) fn place(&self) -> String {
        format!("{}.Properties", self.logical_id)
    }

    /// Its properties, except those named, which have no meaning locally.
    pub(super) fn properties_without(&self, left_out: &[&str]) -> Value {
        let mut properties = Mapping::new();
        let all = self.body.get("Properties").and_then(Value::as_mapping);
        for (name, value) in all.into_iter().flatten() {
            if !name.as_str().is_some_and(|name| left_out.contains(&name)) {
                properties.insert(name.clone(), value.clone());
            }
        }
        Value::Mapping(properties)
    }

    /// Its properties resolved and typed. A property that the type doesn't have is an error.
    pub(super) fn typed<T: DeserializeOwned>(
        &self,
        resolver: &Resolver<'_>,
        left_out: &[&str],
    ) -> Result<T, TemplateError> {
        typed(resolver, &self.properties_without(left_out), &self.place())
    }
}

/// A value resolved and typed.
pub(super) fn typed<T: DeserializeOwned>(
    resolver: &Resolver<'_>,
    value: &Value,
    place: &str,
) -> Result<T, TemplateError> {
    let json = resolver.resolve(value, place)?.unwrap_or(Json::Null);
    serde_json::from_value(json).map_err(|error| TemplateError::shape(place, error.to_string()))
}

/// The resources by logical id, for references.
pub(super) fn by_logical_id(resources: Vec<Resource>) -> (Vec<String>, BTreeMap<String, Resource>) {
    let order = resources
        .iter()
        .map(|resource| resource.logical_id.clone())
        .collect();
    let by_id = resources
        .into_iter()
        .map(|each| (each.logical_id.clone(), each))
        .collect();
    (order, by_id)
}
