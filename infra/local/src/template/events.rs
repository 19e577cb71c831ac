//! The events of a function: a route, a queue, or a schedule.

use std::time::Duration;

use serde::Deserialize;
use yaml_serde::Value;

use super::error::TemplateError;
use super::intrinsics::Resolver;
use super::queues::{Queue, queue_of_arn};
use super::resources::{Resource, typed};
use super::schedules;

/// The most records that Lambda takes without a window.
const LARGEST_BATCH_WITHOUT_WINDOW: u32 = 10;

/// What invokes a function.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its name in the function.
    pub name: String,
    /// What it is.
    pub trigger: Trigger,
}

/// A kind of event.
#[derive(Debug, Clone, PartialEq)]
pub enum Trigger {
    /// A route of the HTTP API.
    HttpApi {
        /// The path, with `{variables}`.
        path: String,
        /// The method in capitals, or `ANY`.
        method: String,
    },
    /// Messages of a queue.
    Queue(QueueTrigger),
    /// Time.
    Schedule {
        /// From one invocation to the next.
        every: Duration,
        /// What it is invoked with.
        input: Option<String>,
        /// False: it never happens.
        enabled: bool,
    },
}

/// How a function takes messages of a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueTrigger {
    /// The name of the queue.
    pub queue: String,
    /// The most records in one invocation.
    pub batch_size: u32,
    /// How long a batch may be gathered, in seconds.
    pub batching_window_s: u32,
    /// How many invocations there may be at once; none: not limited by the template.
    pub maximum_concurrency: Option<u32>,
    /// Whether the function says which records failed.
    pub reports_batch_item_failures: bool,
    /// False: it never happens.
    pub enabled: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct DeclaredQueueEvent {
    queue: String,
    #[serde(default = "default_batch_size")]
    batch_size: u32,
    #[serde(default)]
    maximum_batching_window_in_seconds: u32,
    #[serde(default)]
    function_response_types: Vec<ResponseType>,
    scaling_config: Option<ScalingConfig>,
    #[serde(default = "enabled_by_default")]
    enabled: bool,
}

#[derive(Deserialize, PartialEq)]
enum ResponseType {
    ReportBatchItemFailures,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct ScalingConfig {
    maximum_concurrency: u32,
}

/// What else a route has (who may call it, how often) has no part locally.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DeclaredRoute {
    path: String,
    method: String,
}

fn default_batch_size() -> u32 {
    10
}

fn enabled_by_default() -> bool {
    true
}

/// The events of this function.
pub(super) fn read(
    resolver: &Resolver<'_>,
    function: &Resource,
    queues: &[Queue],
) -> Result<Vec<Event>, TemplateError> {
    let section = function
        .body
        .get("Properties")
        .and_then(|all| all.get("Events"));
    let section = section.and_then(Value::as_mapping);
    let events = section.into_iter().flatten().map(|(name, body)| {
        let name = name.as_str().unwrap_or_default().to_owned();
        let place = format!("{}.Events.{name}", function.place());
        Ok(Event {
            name,
            trigger: trigger(resolver, body, &place, queues)?,
        })
    });
    events.collect()
}

fn trigger(
    resolver: &Resolver<'_>,
    body: &Value,
    place: &str,
    queues: &[Queue],
) -> Result<Trigger, TemplateError> {
    let kind = body.get("Type").and_then(Value::as_str).unwrap_or("(none)");
    let properties = body.get("Properties").unwrap_or(&Value::Null);
    let place = &format!("{place}.Properties");
    match kind {
        "HttpApi" => route(resolver, properties, place),
        "SQS" => {
            let declared = typed(resolver, properties, place)?;
            queue(resolver, declared, place, queues)
        }
        "ScheduleV2" => schedules::read(resolver, properties, place),
        other => Err(TemplateError::EventType {
            place: place.clone(),
            kind: other.to_owned(),
        }),
    }
}

fn route(
    resolver: &Resolver<'_>,
    properties: &Value,
    place: &str,
) -> Result<Trigger, TemplateError> {
    // The API and who may call it are resources without a local part, so not resolved.
    let mut own = properties.clone();
    if let Some(mapping) = own.as_mapping_mut() {
        mapping.retain(|name, _| matches!(name.as_str(), Some("Path" | "Method")));
    }
    let declared: DeclaredRoute = typed(resolver, &own, place)?;
    Ok(Trigger::HttpApi {
        path: declared.path,
        method: declared.method.to_uppercase(),
    })
}

fn queue(
    resolver: &Resolver<'_>,
    declared: DeclaredQueueEvent,
    place: &str,
    queues: &[Queue],
) -> Result<Trigger, TemplateError> {
    let window_s = declared.maximum_batching_window_in_seconds;
    let largest = if window_s == 0 {
        LARGEST_BATCH_WITHOUT_WINDOW
    } else {
        10_000
    };
    if !(1..=largest).contains(&declared.batch_size) || window_s > 300 {
        let reason = "a batch has 1 to 10 records, or to 10000 with a window of 1 to 300 s";
        return Err(TemplateError::shape(&format!("{place}.BatchSize"), reason));
    }
    let names = queues.iter().map(|queue| &queue.name);
    let reports = declared
        .function_response_types
        .contains(&ResponseType::ReportBatchItemFailures);
    Ok(Trigger::Queue(QueueTrigger {
        queue: queue_of_arn(resolver, &declared.queue, &format!("{place}.Queue"), names)?,
        batch_size: declared.batch_size,
        batching_window_s: window_s,
        maximum_concurrency: declared
            .scaling_config
            .map(|scaling| scaling.maximum_concurrency),
        reports_batch_item_failures: reports,
        enabled: declared.enabled,
    }))
}
