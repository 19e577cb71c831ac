//! `ScheduleV2` events: a rate. Cron expressions aren't needed, and so not understood.

use std::time::Duration;

use serde::Deserialize;
use yaml_serde::Value;

use super::error::TemplateError;
use super::events::Trigger;
use super::intrinsics::Resolver;
use super::resources::typed;

/// What says who may invoke, and what happens to an invocation that fails.
const WITHOUT_LOCAL_PART: &[&str] = &[
    "DeadLetterConfig",
    "Description",
    "FlexibleTimeWindow",
    "GroupName",
    "KmsKeyArn",
    "Name",
    "OmitName",
    "PermissionsBoundary",
    "RetryPolicy",
    "RoleArn",
    "ScheduleExpressionTimezone",
];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Declared {
    schedule_expression: String,
    input: Option<String>,
    state: Option<State>,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "UPPERCASE")]
enum State {
    Enabled,
    Disabled,
}

/// The schedule with these properties.
pub(super) fn read(
    resolver: &Resolver<'_>,
    properties: &Value,
    place: &str,
) -> Result<Trigger, TemplateError> {
    let mut own = properties.clone();
    if let Some(mapping) = own.as_mapping_mut() {
        mapping.retain(|name, _| {
            !name
                .as_str()
                .is_some_and(|name| WITHOUT_LOCAL_PART.contains(&name))
        });
    }
    let declared: Declared = typed(resolver, &own, place)?;
    let every = rate(&declared.schedule_expression).ok_or_else(|| {
        let reason = format!("{:?} isn't a rate(…)", declared.schedule_expression);
        TemplateError::shape(&format!("{place}.ScheduleExpression"), reason)
    })?;
    let enabled = declared.state != Some(State::Disabled);
    Ok(Trigger::Schedule {
        every,
        input: declared.input,
        enabled,
    })
}

/// `rate(1 minute)`, `rate(2 hours)`. One is singular, more are plural, none isn't a rate.
fn rate(expression: &str) -> Option<Duration> {
    let inner = expression.trim().strip_prefix("rate(")?.strip_suffix(')')?;
    let (count, unit) = inner.trim().split_once(' ')?;
    let count: u64 = count.parse().ok()?;
    let unit = unit.trim();
    let (singular, unit_s) = match unit.trim_end_matches('s') {
        unit @ "minute" => (unit, 60),
        unit @ "hour" => (unit, 3600),
        unit @ "day" => (unit, 86_400),
        _ => return None,
    };
    let is_grammatical = if count == 1 {
        unit == singular
    } else {
        unit.len() == singular.len() + 1
    };
    (count > 0 && is_grammatical).then(|| Duration::from_secs(count * unit_s))
}
