//! `AWS::SQS::Queue`.

use serde::Deserialize;

use super::error::TemplateError;
use super::intrinsics::Resolver;
use super::names::queue_arn;
use super::resources::{Kind, Resource};

/// Properties that change nothing for one who uses the queue.
const WITHOUT_LOCAL_PART: &[&str] = &[
    "QueueName",
    "KmsDataKeyReusePeriodSeconds",
    "KmsMasterKeyId",
    "RedriveAllowPolicy",
    "SqsManagedSseEnabled",
    "Tags",
];

/// A declared queue. Defaults are those of SQS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// Its name in the template.
    pub logical_id: String,
    /// Its name in SQS.
    pub name: String,
    /// How long a received message stays hidden, in seconds.
    pub visibility_timeout_s: u32,
    /// How long a sent message stays hidden, in seconds.
    pub delay_s: u32,
    /// How long a message is kept, in seconds.
    pub retention_s: u32,
    /// How long a receive waits for a message, in seconds.
    pub receive_wait_s: u32,
    /// Where messages go that are received too often.
    pub redrive: Option<Redrive>,
}

/// When a message goes to which dead-letter queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redrive {
    /// The name of the dead-letter queue.
    pub dead_letter_queue: String,
    /// How many receives a message has.
    pub max_receive_count: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Declared {
    #[serde(default = "default_visibility_s")]
    visibility_timeout: u32,
    #[serde(default)]
    delay_seconds: u32,
    #[serde(default = "default_retention_s")]
    message_retention_period: u32,
    #[serde(default)]
    receive_message_wait_time_seconds: u32,
    redrive_policy: Option<DeclaredRedrive>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct DeclaredRedrive {
    dead_letter_target_arn: String,
    max_receive_count: u32,
}

fn default_visibility_s() -> u32 {
    30
}

fn default_retention_s() -> u32 {
    4 * 24 * 3600
}

/// The queues among these resources.
pub(super) fn read(
    resolver: &Resolver<'_>,
    resources: &[Resource],
) -> Result<Vec<Queue>, TemplateError> {
    let declared: Vec<_> = resources
        .iter()
        .filter(|each| each.kind == Kind::Queue)
        .collect();
    let names: Result<Vec<_>, _> = declared.iter().map(|each| resolver.name_of(each)).collect();
    let names = names?;
    declared
        .into_iter()
        .map(|each| read_one(resolver, each, &names))
        .collect()
}

fn read_one(
    resolver: &Resolver<'_>,
    resource: &Resource,
    names: &[String],
) -> Result<Queue, TemplateError> {
    let declared: Declared = resource.typed(resolver, WITHOUT_LOCAL_PART)?;
    let place = resource.place();
    check_range(
        &place,
        "VisibilityTimeout",
        declared.visibility_timeout,
        0,
        43_200,
    )?;
    check_range(&place, "DelaySeconds", declared.delay_seconds, 0, 900)?;
    check_range(
        &place,
        "MessageRetentionPeriod",
        declared.message_retention_period,
        60,
        1_209_600,
    )?;
    let wait_s = declared.receive_message_wait_time_seconds;
    check_range(&place, "ReceiveMessageWaitTimeSeconds", wait_s, 0, 20)?;
    Ok(Queue {
        logical_id: resource.logical_id.clone(),
        name: resolver.name_of(resource)?,
        visibility_timeout_s: declared.visibility_timeout,
        delay_s: declared.delay_seconds,
        retention_s: declared.message_retention_period,
        receive_wait_s: wait_s,
        redrive: declared
            .redrive_policy
            .as_ref()
            .map(|policy| redrive(resolver, policy, &place, names))
            .transpose()?,
    })
}

fn check_range(
    place: &str,
    name: &str,
    value: u32,
    low: u32,
    high: u32,
) -> Result<(), TemplateError> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    let reason = format!("{value} isn't between {low} and {high}");
    Err(TemplateError::shape(&format!("{place}.{name}"), reason))
}

fn redrive(
    resolver: &Resolver<'_>,
    policy: &DeclaredRedrive,
    place: &str,
    names: &[String],
) -> Result<Redrive, TemplateError> {
    let place = format!("{place}.RedrivePolicy");
    check_range(&place, "maxReceiveCount", policy.max_receive_count, 1, 1000)?;
    let place = format!("{place}.deadLetterTargetArn");
    let dead_letter_queue = queue_of_arn(resolver, &policy.dead_letter_target_arn, &place, names)?;
    Ok(Redrive {
        dead_letter_queue,
        max_receive_count: policy.max_receive_count,
    })
}

/// The name of the declared queue that has this ARN.
pub(super) fn queue_of_arn<'a>(
    resolver: &Resolver<'_>,
    arn: &str,
    place: &str,
    names: impl IntoIterator<Item = &'a String>,
) -> Result<String, TemplateError> {
    let account = resolver.surroundings.account;
    let mut names = names.into_iter();
    let queue = names.find(|name| queue_arn(name, account) == arn);
    queue.cloned().ok_or_else(|| TemplateError::Reference {
        place: place.to_owned(),
        name: arn.to_owned(),
    })
}
