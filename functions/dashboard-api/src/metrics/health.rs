//! The health strip: the last alert, providers, waiting work, dead letters.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::QueuedSignal;
use crate::monitoring::{self, LastPass, ProviderHealth, QueueDepth, Vitals};
use crate::problem::Problem;
use crate::signals::FeedSignal;
use crate::sources::Shared;

/// Whether everything works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum HealthWord {
    Ok,
    /// It works, and something wants a look.
    Degraded,
}

/// How the platform fares.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Health {
    status: HealthWord,
    /// What wants a look, in words.
    complaints: Vec<String>,
    #[schema(required)]
    last_alert_at: Option<DateTime<Utc>>,
    providers: Vec<ProviderHealth>,
    /// Since when the oldest unfinished work waits.
    #[schema(required)]
    oldest_work_since: Option<DateTime<Utc>>,
    dead_letters: u64,
    /// When the scheduled functions last ran.
    passes: Vec<LastPass>,
}

/// How everything fares; what was read of signals, the newest first, and of waiting work, the oldest
/// first, is taken from there.
pub(crate) async fn read(
    sources: &Shared,
    latest: &[FeedSignal],
    waiting: &[QueuedSignal],
) -> Result<Option<Health>, Problem> {
    let vitals = Vitals::read(sources).await?;
    let queues = monitoring::queues(sources).await?;
    let providers = monitoring::providers(sources, &vitals).await?;
    let dead_letters = queues.iter().filter_map(|it| it.dead_letters).sum();
    let complaints = complaints(&queues, &providers);
    Ok(Some(Health {
        status: if complaints.is_empty() {
            HealthWord::Ok
        } else {
            HealthWord::Degraded
        },
        complaints,
        last_alert_at: latest.first().map(|it| it.received_at),
        providers,
        oldest_work_since: waiting.first().map(|it| it.since),
        dead_letters,
        passes: vitals.passes(),
    }))
}

fn complaints(queues: &[QueueDepth], providers: &[ProviderHealth]) -> Vec<String> {
    let dead = queues.iter().filter_map(|it| {
        let count = it.dead_letters.filter(|count| *count > 0)?;
        Some(format!("{count} dead letters of the queue {}", it.queue))
    });
    let away = providers.iter().filter_map(ProviderHealth::complaint);
    dead.chain(away).collect()
}
