//! How much waits in the queues, and how much was put aside. SQS's counts are approximate, and it
//! tells no ages: the oldest work stands in the ledger.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::QueueAttributeName as Attribute;
use futures::future::join_all;

use crate::environment::{Environment, MissingVariable};
use crate::telemetry::chain;

const COUNTS: [Attribute; 3] = [
    Attribute::ApproximateNumberOfMessages,
    Attribute::ApproximateNumberOfMessagesNotVisible,
    Attribute::ApproximateNumberOfMessagesDelayed,
];
/// The queues, by the name they have in variables.
const QUEUES: [&str; 5] = ["ENGINE_A", "ENGINE_B", "ORDERS", "FILLS", "EXITS"];

/// Messages of a queue, about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QueueDepth {
    /// Those that can be received.
    pub waiting: u64,
    /// Those that somebody received and is working on.
    pub in_flight: u64,
    /// Those that can be received in a moment.
    pub delayed: u64,
}

impl QueueDepth {
    /// All of them, whoever looks at them right now.
    pub fn total(self) -> u64 {
        self.waiting + self.in_flight + self.delayed
    }
}

/// Why a queue's depth can't be read.
#[derive(Debug, thiserror::Error)]
pub enum DepthError {
    /// SQS doesn't answer.
    #[error("the queue can't be asked how much is in it")]
    NoAnswer(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It answers something else.
    #[error("the queue doesn't tell how much is in it")]
    NoCounts,
}

/// How much is in the queue with this address.
pub async fn depth_of(client: &Client, url: &str) -> Result<QueueDepth, DepthError> {
    let asked = client.get_queue_attributes().queue_url(url);
    let asked = asked.set_attribute_names(Some(COUNTS.to_vec())).send();
    let answer = asked.await;
    let answer = answer.map_err(|error| DepthError::NoAnswer(error.into()))?;
    let attributes = answer.attributes.unwrap_or_default();
    let [waiting, in_flight, delayed] =
        COUNTS.map(|name| attributes.get(&name).and_then(|count| count.parse().ok()));
    let depth = || {
        Some(QueueDepth {
            waiting: waiting?,
            in_flight: in_flight?,
            delayed: delayed?,
        })
    };
    depth().ok_or(DepthError::NoCounts)
}

/// A queue and its dead letters; what can't be read is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueReading {
    /// `engine_a`, `engine_b`, `orders`, `fills` or `exits`.
    pub queue: String,
    /// Its messages.
    pub depth: Option<QueueDepth>,
    /// Those that were received too often.
    pub dead_letters: Option<QueueDepth>,
}

/// Reads the depths of all work queues.
#[derive(Debug, Clone)]
pub struct QueueGauges {
    client: Client,
    queues: Vec<Gauge>,
}

#[derive(Debug, Clone)]
struct Gauge {
    queue: String,
    url: String,
    dead_letters_url: String,
}

impl QueueGauges {
    /// The queues whose addresses stand in `ENGINE_A_QUEUE_URL`, `ENGINE_A_DEAD_LETTERS_URL`
    /// and so on.
    pub fn named(client: &Client, environment: &Environment) -> Result<Self, MissingVariable> {
        let gauges = QUEUES.map(|name| Gauge::named(name, environment));
        Ok(Self {
            client: client.clone(),
            queues: gauges.into_iter().collect::<Result<_, _>>()?,
        })
    }

    /// All of them at once, in this order.
    pub async fn read(&self) -> Vec<QueueReading> {
        join_all(self.queues.iter().map(|gauge| self.reading(gauge))).await
    }

    async fn reading(&self, gauge: &Gauge) -> QueueReading {
        let (depth, dead_letters) =
            futures::join!(self.depth(&gauge.url), self.depth(&gauge.dead_letters_url));
        let queue = gauge.queue.clone();
        QueueReading {
            queue,
            depth,
            dead_letters,
        }
    }

    async fn depth(&self, url: &str) -> Option<QueueDepth> {
        let depth = depth_of(&self.client, url).await.inspect_err(|error| {
            tracing::warn!(url, error = chain(error), "a queue's depth can't be read");
        });
        depth.ok()
    }
}

impl Gauge {
    fn named(name: &str, environment: &Environment) -> Result<Self, MissingVariable> {
        let url = |of| {
            environment
                .require(&format!("{name}_{of}_URL"))
                .map(str::to_owned)
        };
        Ok(Self {
            queue: name.to_lowercase(),
            url: url("QUEUE")?,
            dead_letters_url: url("DEAD_LETTERS")?,
        })
    }
}
