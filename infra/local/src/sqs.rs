//! A small durable SQS for one machine: standard queues over `SQLite`, spoken to through the
//! AWS JSON 1.0 protocol. What was acknowledged survives the death of the process.
//!
//! It may not know what a message means, and it isn't a queue implementation of the product:
//! the product sees it only through the SDK.

mod attributes;
mod batch;
mod database;
mod error;
mod hand_out;
mod message;
mod message_attributes;
mod queue_rows;
mod queues;
mod receipts;
mod receive;
mod schema;
mod send;
mod wakeups;

use std::path::Path;
use std::sync::{Arc, RwLock};

use tokio_util::sync::CancellationToken;

pub use error::SqsError;

use crate::json_protocol::Answer;
use crate::wall_clock::WallClock;
use database::Database;
use wakeups::Wakeups;

/// The queues of one data directory.
#[derive(Debug)]
pub struct Sqs {
    database: Database,
    clock: Arc<dyn WallClock>,
    wakeups: Wakeups,
    stopping: CancellationToken,
    endpoint: RwLock<String>,
}

impl Sqs {
    /// Opens the queues kept in this file, or in memory.
    pub async fn open(file: Option<&Path>, clock: Arc<dyn WallClock>) -> Result<Self, SqsError> {
        Ok(Self {
            database: Database::open(file.map(Path::to_owned)).await?,
            clock,
            wakeups: Wakeups::default(),
            stopping: CancellationToken::new(),
            endpoint: RwLock::default(),
        })
    }

    /// Says under which address the queues are served, for the URLs of queues.
    pub fn set_endpoint(&self, endpoint: &str) {
        if let Ok(mut own) = self.endpoint.write() {
            endpoint.clone_into(&mut own);
        }
    }

    /// Ends all waiting receives, with no messages.
    pub fn stop_waiting(&self) {
        self.stopping.cancel();
    }

    /// Waits until all is written, and closes the file.
    pub async fn close(&self) {
        self.stop_waiting();
        self.database.close().await;
    }

    /// Answers a request: `SendMessage`, say, with its JSON.
    pub(crate) async fn answer(&self, action: &str, body: &[u8]) -> Answer {
        self.act(action, body)
            .await
            .unwrap_or_else(|error| error.answer())
    }

    async fn act(&self, action: &str, body: &[u8]) -> Result<Answer, SqsError> {
        match action {
            "SendMessage" => self.send(body).await,
            "SendMessageBatch" => self.send_batch(body).await,
            "ReceiveMessage" => self.receive(body).await,
            "DeleteMessage" => self.delete(body).await,
            "DeleteMessageBatch" => self.delete_batch(body).await,
            "ChangeMessageVisibility" => self.change_visibility(body).await,
            "ChangeMessageVisibilityBatch" => self.change_visibility_batch(body).await,
            "CreateQueue" => self.create_queue(body).await,
            "DeleteQueue" => self.delete_queue(body).await,
            "GetQueueUrl" => self.get_queue_url(body).await,
            "ListQueues" => self.list_queues(body).await,
            "GetQueueAttributes" => self.get_queue_attributes(body).await,
            "SetQueueAttributes" => self.set_queue_attributes(body).await,
            "PurgeQueue" => self.purge_queue(body).await,
            _ => Err(SqsError::UnknownOperation(action.to_owned())),
        }
    }
}

/// The name of a queue is the last part of its URL, whichever host that names.
fn queue_name(url: &str) -> String {
    url.rsplit('/').next().unwrap_or_default().to_owned()
}
