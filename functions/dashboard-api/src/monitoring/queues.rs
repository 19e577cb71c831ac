//! How much waits in each queue, and in its dead letters.

use runtime::queues::depth::QueueReading;

use super::QueueDepth;
use crate::problem::Problem;
use crate::sources::Shared;

/// All work queues.
pub(crate) async fn queues(sources: &Shared) -> Result<Vec<QueueDepth>, Problem> {
    let read = sources.queues.read().await;
    Ok(read.into_iter().map(shown).collect())
}

fn shown(reading: QueueReading) -> QueueDepth {
    QueueDepth {
        queue: reading.queue,
        waiting: reading.depth.map(|it| it.waiting),
        in_flight: reading.depth.map(|it| it.in_flight),
        delayed: reading.depth.map(|it| it.delayed),
        dead_letters: reading.dead_letters.map(|it| it.waiting + it.in_flight),
    }
}
