//! The files under `events/`: one real event for each trigger of the template.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::SignalId;
use serde_json::Value;

/// What the sample alert has in its path.
pub const SECRET: &str = "an-example-secret";
/// When the sample alert fired.
const FIRED_AT: &str = "2026-07-30T13:59:58Z";
/// The signal that it becomes, which the messages name.
const SIGNAL: &str = "6e5c6c3c-1d24-5c0e-ad2b-cd0cf38b6f44";

/// One event.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// The file's name, without its ending.
    pub name: &'static str,
    /// What it holds.
    pub text: &'static str,
}

macro_rules! sample {
    ($name:literal) => {
        Sample {
            name: $name,
            text: include_str!(concat!("../../events/", $name, ".json")),
        }
    };
}

/// An alert.
pub const WEBHOOK: Sample = sample!("webhook");
/// A question to the dashboard's API.
pub const DASHBOARD: Sample = sample!("dashboard-api");
/// Messages of queues, in the order of the flow.
pub const MESSAGES: [Sample; 5] = [
    sample!("engine-a"),
    sample!("engine-b"),
    sample!("order-creator"),
    sample!("paper-executor"),
    sample!("exit-monitor-handed-over"),
];
/// What schedules send.
pub const SCHEDULED: [Sample; 3] = [
    sample!("position-refresher"),
    sample!("exit-monitor"),
    sample!("sweeper"),
];

impl Sample {
    /// The function that takes it.
    pub fn binary(&self) -> &'static str {
        self.name.trim_end_matches("-handed-over")
    }

    /// The event as it stands in the file.
    pub fn event(&self) -> Value {
        parsed(self.text)
    }

    /// The event as if the alert had fired at this instant.
    pub fn fired_at(&self, instant: DateTime<Utc>) -> Value {
        let instant = instant.to_rfc3339_opts(SecondsFormat::Secs, true);
        parsed(&self.text.replace(FIRED_AT, &instant))
    }

    /// The event, naming this signal instead of the sample alert's.
    pub fn naming(&self, signal: SignalId) -> Value {
        parsed(&self.text.replace(SIGNAL, &signal.to_string()))
    }
}

/// JSON of ours.
pub fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("the text is JSON")
}
