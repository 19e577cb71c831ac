//! Reads `template.yaml`, the one description of what this system is made of, into the
//! resources that a local stack serves. It creates nothing, and it ignores nothing silently:
//! what it doesn't understand is an error that names the resource and the place in it.

mod buses;
mod conditions;
mod error;
mod events;
mod functions;
mod intrinsics;
mod names;
mod parameters;
mod policies;
mod queues;
mod resources;
mod schedules;
mod secrets;
mod table_declarations;
mod tables;

use std::collections::BTreeMap;

use yaml_serde::Value;

pub use error::TemplateError;
pub use events::{Event, QueueTrigger, Trigger};
pub use functions::Function;
pub use queues::{Queue, Redrive};
pub use secrets::Secret;
pub use tables::{AttributeKind, Index, Key, Projection, Table};

use crate::account::AccountId;
use intrinsics::Resolver;
pub(crate) use names::{bus_arn, queue_arn, queue_url, table_arn};

/// The region of everything local.
pub const REGION: &str = "us-east-1";

/// What a template can't know by itself.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// Where the queues are served, without a slash at the end: `http://127.0.0.1:4000`.
    pub queue_endpoint: String,
    /// Whose the resources are.
    pub account: AccountId,
    /// What `AWS::StackName` gives.
    pub stack_name: String,
    /// Values of parameters, instead of their defaults.
    pub parameters: BTreeMap<String, String>,
}

/// The resources of a template, in the order of the template, all references resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// `AWS::DynamoDB::Table`.
    pub tables: Vec<Table>,
    /// `AWS::SQS::Queue`.
    pub queues: Vec<Queue>,
    /// `AWS::SecretsManager::Secret`.
    pub secrets: Vec<Secret>,
    /// The names of `AWS::Events::EventBus`.
    pub buses: Vec<String>,
    /// `AWS::Serverless::Function`, with the globals merged in.
    pub functions: Vec<Function>,
}

impl Template {
    /// Reads the text of a template. Resources whose condition is false are left out.
    pub fn parse(text: &str, surroundings: &Surroundings) -> Result<Self, TemplateError> {
        let root: Value = yaml_serde::from_str(text).map_err(TemplateError::Yaml)?;
        let parameters = parameters::read(&root, &surroundings.parameters)?;
        let resources = resources::read(&root)?;
        let resolver = Resolver::new(surroundings, parameters, &root, resources);
        let present = resolver.present_resources()?;
        let queues = queues::read(&resolver, &present)?;
        Ok(Self {
            tables: table_declarations::read(&resolver, &present)?,
            functions: functions::read(&resolver, &present, &root, &queues)?,
            secrets: secrets::read(&resolver, &present)?,
            buses: buses::read(&resolver, &present)?,
            queues,
        })
    }
}
