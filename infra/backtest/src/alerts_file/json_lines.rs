//! Alerts as JSON lines.

use domain::alert;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Fault, instant};
use crate::plan::SentAlert;

/// An alert with the time at which it came in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dated<'a> {
    at: String,
    #[serde(borrow)]
    alert: &'a RawValue,
}

/// The fields that tell the two forms from each other.
#[derive(Deserialize)]
struct Form<'a> {
    #[serde(borrow)]
    alert: Option<&'a RawValue>,
}

/// Every line that isn't empty.
pub(super) fn alerts(text: &str) -> Vec<Result<SentAlert, Fault>> {
    let lines = (1..).zip(text.lines());
    lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(line, text)| alert(line, text).map_err(|what| Fault { line, what }))
        .collect()
}

fn alert(line: u64, text: &str) -> Result<SentAlert, String> {
    let form: Form<'_> = serde_json::from_str(text).map_err(|error| no_json(&error))?;
    let (at, body) = if form.alert.is_some() {
        let dated: Dated<'_> = serde_json::from_str(text).map_err(|error| no_json(&error))?;
        (instant(&dated.at)?, dated.alert.get())
    } else {
        (own_time(text)?, text.trim())
    };
    Ok(SentAlert {
        at,
        body: body.to_owned(),
        line: Some(line),
    })
}

fn no_json(error: &serde_json::Error) -> String {
    format!("no alert in JSON: {error}")
}

fn own_time(body: &str) -> Result<chrono::DateTime<chrono::Utc>, String> {
    let told = alert::fired_at(body.as_bytes()).map_err(|error| error.to_string())?;
    told.ok_or_else(|| {
        "the alert tells no time; write it as {\"at\": \"2026-07-30T09:35:00-04:00\", \"alert\": {…}}"
            .to_owned()
    })
}
