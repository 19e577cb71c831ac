//! `AWS::Serverless::Function`, with `Globals.Function` merged in.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value as Json;
use yaml_serde::Value;

use super::error::TemplateError;
use super::events::{self, Event};
use super::intrinsics::Resolver;
use super::names::text_of;
use super::policies;
use super::queues::Queue;
use super::resources::{Kind, Resource, typed};
use crate::policy::Policy;

/// Properties that say how a function is built, deployed and watched; what it may do is read apart.
const WITHOUT_LOCAL_PART: &[&str] = &[
    "FunctionName",
    "Architectures",
    "AutoPublishAlias",
    "CodeUri",
    "DeadLetterQueue",
    "DeploymentPreference",
    "Description",
    "EphemeralStorage",
    "EventInvokeConfig",
    "Handler",
    "KmsKeyArn",
    "Layers",
    "LoggingConfig",
    "PermissionsBoundary",
    "Policies",
    "PropagateTags",
    "RecursiveLoop",
    "ReservedConcurrentExecutions",
    "Role",
    "Runtime",
    "RuntimeManagementConfig",
    "Tags",
    "Tracing",
];

/// Read apart, for each event has its own place in errors.
const EVENTS: &str = "Events";

/// A declared function.
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    /// Its name in the template.
    pub logical_id: String,
    /// The binary that it is built from (`Metadata.BuildProperties.Binary`).
    pub binary: String,
    /// How long an invocation may take, in seconds.
    pub timeout_s: u32,
    /// How much memory it has, in MiB.
    pub memory_mib: u32,
    /// Its environment, references resolved.
    pub environment: BTreeMap<String, String>,
    /// What invokes it.
    pub events: Vec<Event>,
    /// What it may do.
    pub policy: Policy,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Declared {
    timeout: Option<u32>,
    memory_size: Option<u32>,
    #[serde(default)]
    environment: Environment,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Environment {
    #[serde(default)]
    variables: BTreeMap<String, Json>,
}

/// The functions among these resources.
pub(super) fn read(
    resolver: &Resolver<'_>,
    resources: &[Resource],
    root: &Value,
    queues: &[Queue],
) -> Result<Vec<Function>, TemplateError> {
    let functions = resources
        .iter()
        .filter(|resource| resource.kind == Kind::Function);
    functions
        .map(|resource| {
            let globals = globals(resolver, root)?;
            let events = events::read(resolver, resource, queues)?;
            read_one(resolver, resource, globals, events)
        })
        .collect()
}

fn globals(resolver: &Resolver<'_>, root: &Value) -> Result<Declared, TemplateError> {
    let section = root
        .get("Globals")
        .and_then(|globals| globals.get("Function"));
    let Some(body) = section else {
        return Ok(Declared::default());
    };
    let properties = [("Properties".into(), body.clone())].into_iter().collect();
    let globals = Resource {
        logical_id: "Globals.Function".to_owned(),
        kind: Kind::Function,
        body: Value::Mapping(properties),
    };
    globals.typed(resolver, WITHOUT_LOCAL_PART)
}

fn read_one(
    resolver: &Resolver<'_>,
    resource: &Resource,
    globals: Declared,
    events: Vec<Event>,
) -> Result<Function, TemplateError> {
    let left_out = [WITHOUT_LOCAL_PART, &[EVENTS]].concat();
    let own: Declared = resource.typed(resolver, &left_out)?;
    let mut variables = globals.environment.variables;
    variables.extend(own.environment.variables);
    let policy = policies::read(resolver, resource)?;
    Ok(Function {
        logical_id: resource.logical_id.clone(),
        binary: binary(resolver, resource)?,
        timeout_s: own.timeout.or(globals.timeout).unwrap_or(3),
        memory_mib: own.memory_size.or(globals.memory_size).unwrap_or(128),
        environment: texts(variables, &resource.place())?,
        events,
        policy,
    })
}

fn binary(resolver: &Resolver<'_>, resource: &Resource) -> Result<String, TemplateError> {
    let build = resource
        .body
        .get("Metadata")
        .and_then(|build| build.get("BuildProperties"));
    let place = format!("{}.Metadata.BuildProperties.Binary", resource.logical_id);
    match build.and_then(|build| build.get("Binary")) {
        Some(binary) => typed(resolver, binary, &place),
        None => Err(TemplateError::shape(&place, "missing")),
    }
}

fn texts(
    variables: BTreeMap<String, Json>,
    place: &str,
) -> Result<BTreeMap<String, String>, TemplateError> {
    let texts = variables.into_iter().map(|(name, value)| {
        let text = text_of(
            Some(value),
            &format!("{place}.Environment.Variables.{name}"),
        )?;
        Ok((name, text))
    });
    texts.collect()
}
