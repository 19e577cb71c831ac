//! Creating, finding, describing, changing and emptying queues.

use rusqlite::params;
use serde::Deserialize;
use serde_json::json;

use super::attributes::{Attributes, Configuration};
use super::error::SqsError;
use super::queue_rows::{check_name, create, delete, described, names, store};
use super::{Sqs, queue_name};
use crate::account::AccountId;
use crate::json_protocol::{Answer, request};
use crate::template::queue_url;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ByName {
    queue_name: String,
    #[serde(default)]
    attributes: Attributes,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ByUrl {
    queue_url: String,
    #[serde(default)]
    attribute_names: Vec<String>,
    #[serde(default)]
    attributes: Attributes,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ByPrefix {
    #[serde(default)]
    queue_name_prefix: String,
}

fn by_url(body: &[u8]) -> Result<ByUrl, SqsError> {
    request(body).map_err(SqsError::Serialization)
}

impl Sqs {
    fn queue_url(&self, name: &str) -> String {
        let endpoint = self
            .endpoint
            .read()
            .map(|text| text.clone())
            .unwrap_or_default();
        queue_url(&endpoint, AccountId::EMBEDDED, name)
    }

    /// Creates a queue; the same queue again is fine, one with other attributes isn't.
    pub(super) async fn create_queue(&self, body: &[u8]) -> Result<Answer, SqsError> {
        let ByName {
            queue_name: name,
            attributes,
        } = request(body).map_err(SqsError::Serialization)?;
        check_name(&name)?;
        let url = self.queue_url(&name);
        let now_ms = self.clock.now_ms();
        self.database
            .run(move |connection| create(connection, &name, &attributes, now_ms))
            .await?;
        Ok(Answer::of(json!({ "QueueUrl": url })))
    }

    /// Removes a queue and all that is in it.
    pub(super) async fn delete_queue(&self, body: &[u8]) -> Result<Answer, SqsError> {
        let name = queue_name(&by_url(body)?.queue_url);
        self.database
            .run(move |connection| delete(connection, &name))
            .await?;
        Ok(Answer::empty())
    }

    /// The URL of a queue that exists.
    pub(super) async fn get_queue_url(&self, body: &[u8]) -> Result<Answer, SqsError> {
        let ByName {
            queue_name: name, ..
        } = request(body).map_err(SqsError::Serialization)?;
        let url = self.queue_url(&name);
        self.database
            .run(move |connection| Configuration::of(connection, &name))
            .await?;
        Ok(Answer::of(json!({ "QueueUrl": url })))
    }

    /// The URLs of all queues whose names begin alike.
    pub(super) async fn list_queues(&self, body: &[u8]) -> Result<Answer, SqsError> {
        let ByPrefix { queue_name_prefix } = request(body).map_err(SqsError::Serialization)?;
        let names = self.database.run(names).await?;
        let names = names
            .iter()
            .filter(|name| name.starts_with(&queue_name_prefix));
        let urls: Vec<_> = names.map(|name| self.queue_url(name)).collect();
        Ok(Answer::of(json!({ "QueueUrls": urls })))
    }

    /// Configured attributes and counts of messages.
    pub(super) async fn get_queue_attributes(&self, body: &[u8]) -> Result<Answer, SqsError> {
        let ByUrl {
            queue_url,
            attribute_names: asked,
            ..
        } = by_url(body)?;
        let name = queue_name(&queue_url);
        let now_ms = self.clock.now_ms();
        let mut all = self
            .database
            .run(move |connection| described(connection, &name, now_ms))
            .await?;
        if !asked.iter().any(|name| name == "All") {
            all.retain(|name, _| asked.contains(name));
        }
        Ok(Answer::of(json!({ "Attributes": all })))
    }

    /// Changes the attributes named, and leaves the others.
    pub(super) async fn set_queue_attributes(&self, body: &[u8]) -> Result<Answer, SqsError> {
        let ByUrl {
            queue_url,
            attributes,
            ..
        } = by_url(body)?;
        let name = queue_name(&queue_url);
        let own_name = name.clone();
        self.database
            .run(move |connection| {
                let mut configuration = Configuration::of(connection, &name)?;
                configuration.set(&attributes)?;
                store(connection, &name, &configuration)
            })
            .await?;
        self.wakeups.ring(&own_name);
        Ok(Answer::empty())
    }

    /// Removes all messages of a queue.
    pub(super) async fn purge_queue(&self, body: &[u8]) -> Result<Answer, SqsError> {
        let name = queue_name(&by_url(body)?.queue_url);
        self.database
            .run(move |connection| {
                Configuration::of(connection, &name)?;
                connection.execute("DELETE FROM message WHERE queue = ?1", params![name])?;
                Ok(())
            })
            .await?;
        Ok(Answer::empty())
    }
}
