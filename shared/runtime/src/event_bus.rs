//! The bus on which the stack tells what happened, for whoever wants to know. What an event says
//! is the matter of who puts it there.

use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::types::PutEventsRequestEntry;

use crate::AwsClients;
use crate::environment::{Environment, MissingVariable};
use crate::telemetry::chain;

/// The source of every event of ours.
pub const SOURCE: &str = "parallax";
/// `EventBridge` takes so many events at once.
const ENTRIES_MAX: usize = 10;

/// Something that happened, ready to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// What kind of event it is: `position.opened`.
    pub kind: &'static str,
    /// What there is to say of it: a JSON object.
    pub detail: String,
}

/// The bus of this stack.
#[derive(Debug, Clone)]
pub struct EventBus {
    client: Client,
    name: String,
}

impl EventBus {
    /// The bus whose name stands in `EVENT_BUS_NAME`.
    pub fn named(aws: &AwsClients, environment: &Environment) -> Result<Self, MissingVariable> {
        let name = environment.require("EVENT_BUS_NAME")?.to_owned();
        let client = aws.events.make();
        Ok(Self { client, name })
    }

    /// Tells of these, and says of each whether the bus has it now. Why it hasn't is logged: an
    /// event that wasn't taken is to be told again.
    pub async fn tell(&self, happenings: &[Happening]) -> Vec<bool> {
        let mut taken = Vec::with_capacity(happenings.len());
        for some in happenings.chunks(ENTRIES_MAX) {
            taken.extend(self.put(some).await);
        }
        taken
    }

    async fn put(&self, happenings: &[Happening]) -> Vec<bool> {
        let entries = happenings.iter().map(|it| self.entry(it)).collect();
        let put = self.client.put_events().set_entries(Some(entries));
        let answers = match put.send().await {
            Ok(answer) => answer.entries.unwrap_or_default(),
            Err(error) => {
                tracing::error!(
                    error = chain(&error),
                    alarm = "events_untold",
                    "no event is told"
                );
                return vec![false; happenings.len()];
            }
        };
        let mut taken = Vec::with_capacity(happenings.len());
        for (number, happening) in happenings.iter().enumerate() {
            let refusal = match answers.get(number) {
                Some(answer) => answer.error_code(),
                None => Some("no answer"),
            };
            if let Some(code) = refusal {
                let kind = happening.kind;
                tracing::error!(kind, code, alarm = "events_untold", "an event isn't told");
            }
            taken.push(refusal.is_none());
        }
        taken
    }

    fn entry(&self, happening: &Happening) -> PutEventsRequestEntry {
        PutEventsRequestEntry::builder()
            .event_bus_name(&self.name)
            .source(SOURCE)
            .detail_type(happening.kind)
            .detail(&happening.detail)
            .build()
    }
}
